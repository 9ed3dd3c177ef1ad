groups-title = <b>Groups that get your codes</b>
groups-how = To add one, send /notify in a group that you run. I must be a member there.
groups-none = None so far.
button-groups = Groups

group-title = <b>{ $title }</b>
group-topic = A topic of this group
group-state-proposed = Nothing is told there before you switch it on.
group-state-active = Your codes are told there.
group-state-paused = Paused: nothing is told there.
group-state-refused = Off: nothing is told there.
group-pause-owner = Stopped by you: nothing is told there.
group-pause-removed = Paused: I am no longer a member of this group.
group-pause-muted = Paused: I am not allowed to write in this group.
group-pause-topic = Paused: the topic was closed or deleted.
group-pause-left = Paused: you no longer run this group.
group-consent = Everybody in the group can read the codes and use them. Let them go only where you trust all members.
group-services-all = Told for all services.
group-services-some = Told for: { $services }
group-services-title = Which services are told there?

button-group-start = Switch on
button-group-stop = Stop
button-group-refuse = No, thanks
button-group-remove = Forget this group
button-group-every = All services
button-group-services = { $count ->
    [0] Services: all
    [one] Services: { $count }
   *[other] Services: { $count }
    }
button-group-phone-masked = Numbers: masked
button-group-phone-whole = Numbers: whole
button-group-codes-open = Codes: plain
button-group-codes-covered = Codes: covered

notify-sent = I have written to you privately. Once you agree there, your codes come here.
notify-asked = I have asked. If they agree, their codes come here.
notify-admins-only = Only those who run this group can do that.
notify-no-accounts = You have no key with me yet. Please add one in the private chat first.
notify-open-chat = I cannot write to you yet. Please open the private chat, press Start, and agree there.
notify-off = Off. Your codes come here no more.
notify-off-none = None of your codes come here.

notice-group-asked = Somebody who runs this group asks for your codes to come there:
notice-group-paused = Your codes come to this group no more. You still get all of them here.

error-not-let-in = Only the people whom the owner has named may do that here.

command-notify = Send codes to this group

group-code-came = 🔔 A code has come.
button-group-show = Show the code
button-group-seen-all = Seen by: everybody
button-group-seen-named = Seen by: named people
button-group-people = { $count ->
    [one] People: { $count }
   *[other] People: { $count }
    }
group-people-how = To name somebody, answer a message of theirs in the group with /notify. Or they send { $command } there.
member-title = <b>{ $name }</b>
member-how = Shall this person see codes that only named people may see, and buy with your accounts?
button-member-sees = ✓ Sees codes
button-member-sees-not = Does not see codes
button-budget = { $account } · 24 h: { $most }
budget-none = nothing
button-budget-none = Nothing
budget-title = <b>{ $name }</b> · { $account }
budget-how = How much may this person spend of your money within 24 hours? They buy with /buy in the group, and I tell you of each purchase.
budget-spent = Last 24 hours: { $spent }
notify-me = I have passed it on. Whoever’s codes come here decides.
notice-group-access = Somebody in this group asks to be let in:
notice-group-bought = Bought in a group with your money, for { $price }.
button-group-stop-buyer = No more purchases
button-group-show-order = Show the number
buyer-stopped = This person can buy nothing more with your money.
group-buy-how = Which service, and where? For example: <code>/buy tg ru</code>
group-buy-nothing = There is nothing here that you may buy.
group-buy-whose = Paid with the money of { $owner }
group-buy-left = You may still spend { $left } within 24 hours.
group-buy-limit = The owner’s limit or balance does not allow this. Nothing was bought.
error-budget-reached = This is more than the owner lets you spend within 24 hours. Nothing was bought.
