start-title = <b>Codebell</b> · a number for every code
start-newcomer =
    I buy phone numbers for SMS codes with your own key at a number provider. Pick a service and a country, and the code arrives right here.

    Let’s begin with your key.
start-known = What shall we do? You can also just type the name of a service, for example <i>telegram</i>.

help-title = <b>How it works</b>
help-commands =
    /buy – buy a number; <code>/buy tg ru</code> goes straight to the offers
    /rent – rent a number for hours, days or weeks; <code>/rent tg ru</code> works, too
    /watch – hear when there are numbers, or when they get cheaper; <code>/watch tg ru 20</code>
    /orders – your orders, open and past
    /balance – what is on your accounts
    /keys – add, check or remove keys
    /history – everything you bought, also as a file
    /stats – spending and success in a picture
    /settings – limits, notifications, your data
    /notify – in a group that you run: your codes come there, too
    /lang – change the language

    You can also just type a service, a country, or both.
help-buttons =
    <b>Under a number</b>
    <b>Cancel</b> gives the number back; the price returns to your balance.
    <b>Ban</b> gives it back too, and tells the provider that it does not work.
    <b>Another SMS</b> asks for one more code on the same number.
    <b>Buy another</b> shows the offers again.
    <b>Again</b> buys the same at once, if it costs no more than the last time.
help-rules =
    <b>Good to know</b>
    One tap buys one number. By myself I buy nothing; I prolong a rental only if you switched that on for it.
    Request the SMS in the service as soon as you have the number: the time is limited.
    Too many canceled numbers may get your account suspended by the provider.
    Use numbers only as the law and the rules of the service allow.

language-title = Which language shall I speak?
language-set = From now on in English.

not-invited = Sorry, this bot works only for the people its owner has invited.
one-moment = One moment…

failure-ours = Something went wrong on our side. Nothing was bought by this tap unless a card says so. If it happens again, tell the owner of the bot this number: { $incident }
failure-no-money = Nothing was charged.
failure-until = The block ends { $moment }.
failure-clock = (by the clock of { $provider })
failure-longest = { $count ->
    [one] The provider allows { $count } day at most.
   *[other] The provider allows { $count } days at most.
    }
failure-since = It can be from { $moment } on.

blocked = The owner of this bot has blocked you. Codes for numbers that are still open will arrive here.
slow-down = That was too fast for me. I skip what you send now; please go on in half a minute.
slow-down-tap = Too fast: this tap was not carried out. Please press again in a few seconds.
