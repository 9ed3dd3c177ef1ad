button-additional = Another service
button-call = Make a call
button-finish = Finish
button-new-call = Call a number
button-raise = Raise to { $price }
button-ready = SMS sent
button-repeat = Same number again
button-who-called = Who called?

card-number-coming = The number is on its way.
card-ready = The provider knows that the SMS was sent.
card-ready-first = Request the SMS in the service, then press <b>SMS sent</b>. Without that, { $provider } waits for no SMS, and the number ends empty.

again-repeat = <b>The same number again</b>
again-additional = <b>Another service on the same number</b>
again-which-service = For which other service do you need { $phone }? Send its name, or /orders to go back.
again-service-placeholder = Name of the service
price-free = free
service-not-found = I found no service for “{ $text }”. Try another spelling.

call-nobody = Nobody has called this number yet.
call-from = A call came from { $phone }
call-prompt = Whom shall { $phone } call? Send the number with its country code, or /orders to go back.
call-placeholder = Number with country code
calls-title = <b>Calls from this number</b>
calls-none = None yet.
forward-prompt = Where shall { $phone } be forwarded to? Send the number with its country code, or /orders to go back.
forward-set = { $phone } is forwarded from now on, and the provider knows that the SMS was requested.
