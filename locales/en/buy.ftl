buy-title = <b>Which service is the code from?</b>
buy-title-in = <b>Which service?</b> The number will be from { $country }.
buy-or-type = Pick one, or type its name.
buy-needs-key = To buy numbers I need your key at a provider first. It takes a minute.

search-found = What do you mean by “{ $text }”?
search-nothing = I found neither a service nor a country for “{ $text }”. Try another spelling, or pick from the list.

countries-title = <b>{ $service }</b> · from which country? You can also type its name.
countries-none = Nobody sells numbers for { $service } right now. Try again later, or pick another service.

stock = { $count ->
    [0] sold out
    [one] { $count } number
   *[other] { $count } numbers
    }

stock-short = { $count ->
    [0] sold out
   *[other] { $count } pcs
    }
rate = { $percent } %
countries-rates = The percentage is the provider’s figure: how often the SMS came.

own-services-title = <b>Other services of { $provider }</b>, under its own names. You can also type a name.
own-services-whose = Whose other services?
own-services-none = { $provider } sells nothing beyond the usual list of services.

asking = Asking { $accounts }…
offers-choose = Which offer? The cheapest comes first.
offers-none = There are no numbers left here right now.
offers-elsewhere = These countries have some:
offer-price = Price: <b>{ $price }</b>
offer-at-most = Price: <b>{ $price }</b>, at most <b>{ $highest }</b>
offer-unpriced = { $provider } tells no price before the purchase. Afterwards I show what your balance has lost, unless another order moves it, too.
offer-forward = Forwarding costs extra, and { $provider } does not tell that price before the purchase. Afterwards I show what was charged, as far as it is told or your balance shows it.
offer-limit = At most: <b>{ $highest }</b>
price-untold = price after purchase
price-up-to = up to { $price }
offer-account = Paid by: { $account }
offer-operator = Operator: { $operator }
offer-stock = In stock: { $stock }
offer-minutes = { $count ->
    [one] Time for the code: { $count } minute
   *[other] Time for the code: { $count } minutes
    }
offer-rule = You pay only if an SMS arrives.
