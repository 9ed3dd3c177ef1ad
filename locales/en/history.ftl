purchases-title = <b>History</b>
purchases-total = { $count ->
    [one] { $count } purchase
   *[other] { $count } purchases
    }
purchases-none = Nothing bought yet.
purchases-none-such = Nothing here with this filter.
purchases-activations = Numbers for a code
purchases-rentals = Rented numbers
purchases-unpriced = price not told
purchases-sms = SMS after { $after }
purchases-no-sms = no SMS
purchases-open = open
purchases-doubt = in doubt
purchases-returned = price returned
purchases-act-rent = rented
purchases-act-prolong = prolonged
purchases-act-add_service = one more service
purchases-act-restore = brought back
button-filter = Filter
button-filter-off = Clear the filter
button-filter-show = Show { $many }
button-purchases = History
button-stats = Statistics

filter-title = <b>Filter</b>
filter-any = all
facet-kind = Kind: { $value }
facet-account = Account: { $value }
facet-service = Service: { $value }
facet-country = Country: { $value }
facet-month = Month: { $value }

export-caption = { $count ->
    [one] { $count } purchase, times in UTC.
   *[other] { $count } purchases, times in UTC.
    }

stats-title = <b>Statistics</b> · { $count ->
    [one] last { $count } day
   *[other] last { $count } days
    }
stats-none = Nothing bought in these days.
stats-spent = Spent: { $spent }
stats-brought = SMS came: { $brought } of { $ended } numbers
stats-no-picture = The picture could not be drawn. Please try again in a minute.
button-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
    }
picture-spend = Spent by day, { $currency }
picture-success = Numbers that got their SMS
picture-result = { $brought } of { $ended }
picture-wait = SMS after { $after }
picture-zone = Days in UTC. “SMS after” is the median.

command-history = What you bought
command-stats = Spending and success in a picture
