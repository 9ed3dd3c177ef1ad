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

asking = Asking { $accounts }…
offers-choose = Which offer? The cheapest comes first.
offers-none = There are no numbers left here right now.
offers-elsewhere = These countries have some:
offer-price = Price: <b>{ $price }</b>
offer-account = Paid by: { $account }
offer-operator = Operator: { $operator }
offer-stock = In stock: { $stock }
offer-minutes = { $count ->
    [one] Time for the code: { $count } minute
   *[other] Time for the code: { $count } minutes
    }
offer-rule = You pay only if an SMS arrives.
