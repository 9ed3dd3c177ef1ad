error-unreachable = { $provider } cannot be reached right now. Please try again in a minute.
error-rate-limited = { $seconds ->
    [one] { $provider } asks for a pause. Please try again in { $seconds } second.
   *[other] { $provider } asks for a pause. Please try again in { $seconds } seconds.
    }
error-malformed = { $provider } sent an answer that I cannot read. Please try again in a minute.
error-no-answer = { $provider } gave no answer until the time of this number was over.
error-outcome-unknown = The answer to the purchase was lost on the way. { $provider } may have booked a number for you, or may not.
error-key-rejected = { $provider } does not accept this key. Check it on the site, and replace it under /keys.
error-key-unreadable = I can no longer open the key that you gave me for { $provider }, so nothing was sent there and no money was taken. Please give it to me again under /keys.
error-refused = { $provider } refused.
error-no-numbers = { $provider } has no numbers left here. Try again soon, or pick another country.
error-low-balance = There is not enough money on your { $provider } account. Top it up on the site, then try again.
error-bad-service = { $provider } does not know this service. Please pick another one.
error-bad-country = { $provider } does not sell this service in this country. Please pick another country.
error-bad-operator = { $provider } does not know this mobile operator. Please pick another offer.
error-banned = { $provider } has blocked your account for a while, usually for too many unused numbers. Its support can tell you more.
error-maintenance = { $provider } is closed for maintenance. Please try again later.
error-provider-fault = Something is broken at { $provider }. Please try again in a few minutes.
error-bad-request = { $provider } did not understand the request. Please try another offer, or try again later.
error-too-early-to-cancel = It is too early to give this number back. Try again in a few minutes; until then I keep waiting for the code.
error-too-late-to-cancel = It is too late to give this number back.
error-no-sms-yet = Another SMS can be asked for once the first one has arrived.
error-order-expired = The time of this number is over.
error-order-gone = { $provider } no longer knows this order.
error-out-of-date = This menu is out of date, or the button was used already. Start afresh with /buy or /orders.
error-not-yours = This belongs to somebody else. Send /start to begin your own.
error-price-rose = The price has gone up in the meantime, so I have not bought anything. Here is the offer as it stands now:
error-bill-rose = The price has gone up in the meantime, so I have not paid anything. Here it is as it stands now:
error-not-prolongable = This number cannot be prolonged yet. Nothing was paid.
error-payment-open = A payment for this number is still under way, so I have not paid again. Look at its card in a few minutes.
error-sms-came-first = An SMS arrived just before that! The number stays with you, and the code is in the chat.
error-unknown-service = I do not know this service. Send /buy for the list.
error-unknown-country = I do not know this country. Send /buy for the list.
error-unknown-provider = This provider is not offered here any more. Send /keys for what is.
error-not-offered = This provider cannot do that.
error-key-unusable = This does not look like a key: a key is one piece of letters and digits, without blanks.
error-key-known = You have added this key already.
error-account-in-use = { $count ->
    [one] { $count } order is still open on this key. If it were removed, the code would be lost. Wait until the order is over, or cancel it.
   *[other] { $count } orders are still open on this key. If it were removed, the codes would be lost. Wait until they are over, or cancel them.
    }
error-price-too-low = { $provider } wants a higher top price than this. Nothing was bought.
error-sms-is-there = An SMS has arrived for this number, so it cannot be given back.
error-not-repeatable = This number cannot be had again. Nothing was bought.
error-number-busy = This number is busy right now. Please try again later.
error-already-done = This has been asked for already.
error-bad-number = { $provider } does not know this phone number.
error-number-unusable = This does not look like a phone number with its country code, so nothing was sent.
error-number-trouble = { $provider } reports trouble with this number. I keep asking for its SMS; you can buy another number.
error-order-closed = { $provider } has closed this order.
error-bad-period = This number cannot be had for that long. Please pick another period.
error-still-running = This rental has not ended yet, so there is nothing to restore.
