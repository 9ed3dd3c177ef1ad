button-any-operator = Any operator
button-forward = With forwarding
button-highest-price = Highest price
button-no-forward = Without forwarding
button-one-more = One more service
button-operator = Operator
button-voice = Can take a call

choice-voice = The number can take a call.
choice-forward = Calls and SMS to this number can be forwarded.

operators-title = Which operator?
operators-none = There is no choice of operators here.

price-prompt = How much may the number cost at most? Now it is { $price }; with a higher limit, dearer numbers count too. Send an amount, or /buy to go back.
price-placeholder = Highest price
price-refused = I need an amount that is not below the present price, { $price }.

voice-none = There are no numbers here right now that can take a call.
forward-none = There are no numbers here right now that can be forwarded.

several-title = The same number for:
several-prompt = For which other service shall I buy the same number? So far: { $goods }. Send its name, or /buy to go back.
