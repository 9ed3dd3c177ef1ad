button-add-service = One more service
button-find-service = Find by name
button-rent = Rent a number
button-rent-accounts = ‹ Accounts
button-rental = To the number

period-hour = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
    }
period-day = { $count ->
    [one] { $count } day
   *[other] { $count } days
    }
period-week = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
    }
period-month = { $count ->
    [one] { $count } month
   *[other] { $count } months
    }

rent-whole = All services
rent-about = about { $price }
rent-together = { $count ->
    [one] { $price } for { $count } service
   *[other] { $price } for all { $count } services
    }
rent-accounts-title = <b>Rent a number</b> for hours, days or weeks. Which account shall pay?
rent-needs-key = To rent numbers I need your key first, at a provider that rents them out, for example: { $providers }.
rent-accounts-none = None of your accounts rents numbers out. Add a key of a provider that does, for example: { $providers }.
rent-countries-title = <b>{ $account }</b> · from which country shall the number be?
rent-countries-none = { $provider } lists no countries right now. Please try again later.
rent-country-missing = { $provider } rents nothing out in { $country }. It does in these countries:
rent-services-title = <b>For which service?</b> The number will be from { $country }.
rent-services-none = { $provider } has nothing to rent in { $country } right now. Try another country.
rent-service-missing = { $provider } rents no number for { $service } in { $country } right now. For these it does:
rent-service-prompt = For which service do you want to rent a number from { $country }? Send its name, or /rent to go back.
rent-further-title = The number will be for: { $services }. For what else?
rent-extra-title = For which other service do you need { $phone }?
rent-no-further = There is no other service to choose here right now.
rent-prices-for = The prices are for { $period }.
rent-periods-title = For how long?
rent-periods-none = There is no number to rent here right now. Try another service or country.
rent-prolong-none = This number cannot be prolonged right now.

bill-title-rent = <b>Rent a number</b>
bill-title-prolong = <b>Prolong a number</b>
bill-title-add_service = <b>One more service on the number</b>
bill-title-restore = <b>Bring a number back</b>
bill-confirm-rent = Rent · { $price }
bill-confirm-prolong = Prolong · { $price }
bill-confirm-add_service = Add · { $price }
bill-confirm-restore = Bring back · { $price }
bill-period = For: <b>{ $period }</b>
bill-until = Until about { $until }
bill-any-country = Which country the number is from, the provider decides.
bill-days = { $count ->
    [one] It will last { $count } day longer.
   *[other] It will last { $count } days longer.
    }
bill-overdue = { $count ->
    [one] The price includes { $count } day since its end.
   *[other] The price includes { $count } days since its end.
    }
bill-estimated = Price: <b>about { $price }</b>, worked out from other prices of the provider
bill-untold = { $provider } tells no price beforehand. Your balance shows afterwards what it cost.
bill-refund = { $count ->
    [one] You can give the number back within { $count } minute as long as no SMS has come.
   *[other] You can give the number back within { $count } minutes as long as no SMS has come.
    }
bill-no-refund = { $provider } does not promise that a number can be given back: take the money as spent.
bill-spent = This cannot be given back: the money is spent.
bill-wake = The number sleeps at first. Wake it with <b>Activate</b> before you ask the service for an SMS.
bill-done-rent = The number is yours.
bill-done-prolong = Done: the number stays yours.
bill-done-add_service = Done: the number takes SMS of this service now, too.
bill-done-restore = Done: the number is yours again.
bill-lasts = It lasts until { $until }.
bill-failed = This did not work, and nothing was charged.
bill-placing = The payment is under way. I will write here how it ends.
bill-uncertain = The answer was lost on the way: { $provider } may have taken the money, or may not. I am looking at your account there and will write what I find. Please do not pay again before that.
