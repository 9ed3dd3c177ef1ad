button-allow = Allow
button-block = Block
button-faults = Put aside
button-people = People
button-usual = As configured

admin-title = <b>Admin</b>
admin-people = People: { $count }
admin-orders = Open orders: { $count }
admin-queue = Messages waiting: { $count }, the oldest for { $minutes } min
admin-queue-empty = Messages waiting: none
admin-faults = Put aside: { $count }
admin-provider = { $provider }: no trouble · open orders: { $count }
admin-provider-silent = ⚠️ { $provider }: no answer, it began { $moment } · open orders: { $count }

admin-people-title = <b>People</b>, the newest first. ⛔ blocked, ✅ allowed by you.
admin-people-unreadable = { $count ->
    [one] ⚠️ { $count } person of this page is left out: the row in the database cannot be read.
   *[other] ⚠️ { $count } people of this page are left out: their rows in the database cannot be read.
    }
admin-person = <b>User <code>{ $id }</code></b>
admin-since = Here since { $moment }
admin-language = Language: { $language }
admin-accounts = Keys: { $count }
admin-unreachable = Has blocked the bot.
admin-standing-usual = May use the bot if the configuration says so.
admin-standing-allowed = May use the bot, whatever the configuration says.
admin-standing-blocked = Blocked. Open orders go on, and their codes are delivered.
admin-is-admin = An admin: only the configuration decides here.

admin-faults-title = <b>Put aside</b>
admin-faults-none = Nothing. Everything has been dealt with.
admin-faults-advice = These are faults of the bot. The list is emptied when you try again; what still fails comes back.
admin-source-update = A message or tap, { $ref }
admin-source-message = A message of the bot, row { $ref }
admin-source-order = An order, row { $ref }
admin-source-rental = A rental, row { $ref }
admin-source-bill = A payment for a rental, { $ref }
admin-source-unknown = Something else, row { $ref }
admin-fault-when = First { $moment }, times: { $count }
admin-told-again = Trying again.
