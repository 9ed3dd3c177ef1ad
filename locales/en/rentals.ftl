button-activate = Activate
button-auto-off = Auto-prolong: off
button-auto-on = Auto-prolong: { $period }
button-auto-stop = Switch it off
button-copy-this = Copy { $code }
button-delete = Delete
button-delete-now = Yes, delete it
button-end-now = Yes, end it now
button-give-back = Yes, give it back
button-inbox = Inbox · { $count }
button-open-rentals = Running
button-past-rentals = Past rentals
button-prolong = Prolong
button-rent-archives = Archive at the provider
button-rent-imports = Import rentals made elsewhere
button-rentals = Rented numbers
button-restore = Bring back
button-restore-this = Bring back { $tail }

rental-state-placing = Renting the number…
rental-state-uncertain = In doubt: the answer to the payment was lost
rental-state-active = Takes SMS
rental-state-sleeping = Asleep
rental-state-waking = Waking up…
rental-state-missing = Out of reach at the moment
rental-state-over = Its time is over
rental-state-canceled = Given back: the price returns to your balance
rental-state-finished = Ended by you
rental-state-deleted = Deleted
rental-state-failed = Not rented

rental-untold = Rented number
rental-until = Until { $until } · { $left }
rental-until-about = Until about { $until } · { $left }
rental-ended = Ended { $moment }
rental-newest = Newest SMS: { $text }
rental-asleep = Before the service sends an SMS, the number must be woken: press <b>Activate</b>. It waits in a queue then, usually for 10 to 15 minutes, and stays awake for 10 to 30.
rental-waking = It waits in the provider’s queue, usually for 10 to 15 minutes, sometimes longer. I will write when it is awake: ask the service for the SMS only then.
rental-awake = Probably falls asleep again after { $moment }.
rental-missing = The provider has this number in none of its devices right now. Usually it comes back by itself; if not, ask the provider’s support.
rental-refund = As long as no SMS has come, it can be given back until { $moment }.
rental-auto = Prolongs itself by { $period }, for at most { $most } each time
rental-auto-untold = Prolongs itself by { $period }; { $provider } tells no price for that
rental-paying = A payment is under way: { $what }
rental-in-doubt = ⚠️ In doubt: { $what }. The answer was lost; I am looking whether { $provider } has taken the money. Please do not pay again before I write.
rental-unlisted = This is paid for. { $provider } has not told yet which number it is; I keep looking at its list.
rental-balance-before = Your balance before that: { $before }.

rental-ask-cancel = <b>Give this number back?</b> As long as no SMS has come, { $provider } returns its price to your balance. The number is gone then.
rental-ask-until = This is possible until { $moment }.
rental-ask-finish = <b>End this rental now?</b> The number is gone at once, and the money for the time that is left does not come back.
rental-ask-delete = <b>Delete this number?</b> It is gone at { $provider } at once, and no money comes back. The SMS that have come stay in its inbox here.

rental-auto-title = <b>Prolong without asking</b>
rental-auto-explain = Shortly before its end I prolong this number by myself, every time, until you switch that off. It never costs more than it costs now: if it becomes dearer, I write to you instead of paying.
rental-auto-by = By how much each time?
rental-auto-set = From now on this number prolongs itself.
rental-auto-stopped = This number ends when its time is over.

rentals-open = <b>Rented numbers</b>
rentals-past = <b>Past rentals</b>
rentals-none-open = You rent no number right now.
rentals-none-past = Nothing here yet.

inbox-title = <b>SMS of</b> { $phone }
inbox-none = No SMS has come yet. When one does, I will write at once.

archives-title = The archive of which account?
archives-none = None of your providers keeps an archive.
archive-title = <b>Archive</b> · { $account }
archive-none = Nothing here.
archive-no-sms = No SMS came
archive-has-sms = SMS came

rent-imports-title = <b>Rented elsewhere with your keys</b>
rent-imports-none = I found no rented number that I do not watch already.
rent-imports-nobody = None of your accounts rents numbers out.

notice-awake = The number is awake. Ask the service for the SMS now.
notice-asleep = The number has fallen asleep. Wake it with <b>Activate</b> before the next SMS.
notice-ending = ⏳ This rented number ends { $left }. Then nobody can read its SMS any more.
notice-ending-auto = Before that I prolong it by { $period }, as you wanted.
notice-rental-over = This rental is over.
notice-prolonged = I have prolonged this number by { $period }, as you wanted.
notice-not-prolonged = ⚠️ I was to prolong this number by { $period }, and could not. Nothing was charged.
notice-dearer = It costs { $price } now, and you allowed { $most }.
notice-price-unsure = What it costs now, or whether it can be had for that long, the provider does not tell.
notice-bill-uncertain = ⚠️ The answer to this payment was lost on the way: { $provider } may have taken the money, or may not.
notice-bill-now = I do not pay again by myself. I keep looking at your account at { $provider } and write what I find. Please do not pay again before that.
notice-bill-paid = The payment that was in doubt has gone through.
notice-bill-settled = The answer to this payment was lost, and I found no trace of it at { $provider }: most likely nothing was paid. If your balance says otherwise, please ask its support.
notice-bill-gone = The answer to this payment was lost, and { $provider } lists nothing that was paid for. But your balance fell by just the price: most likely the money is gone. Please look at its site; if the number is not there, ask its support.
notice-bill-astray = This is paid for, but no number of its own has turned up for it at { $provider }. Please look at its site; if the number is not there, ask its support.
