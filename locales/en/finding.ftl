button-again = Again · { $price }
button-again-place = Again { $place } · { $price }
button-star = ☆ Favourite
button-starred = ★ Favourite
button-share = Share
button-by-own = My own
button-in-stock = In stock only
button-filter-countries = Show countries

again-legend = “Again” buys the same at once with the same key, if it costs no more than the last time. If it does, I ask first.
again-looking = I am asking for today’s price. Nothing is bought yet.
favourite-added = It is among your favourites now, first under /buy.
favourite-removed = No longer among your favourites.
favourites-full = { $count ->
    [one] There is room for { $count } favourite. Please take one off first.
   *[other] There is room for { $count } favourites. Please take one off first.
    }
share-text = Numbers for codes: { $service }, { $country }

countries-own = The figure is your own: how many of your numbers of the last 90 days got their SMS.
countries-none-such = No country passes your filter.
country-filter-title = <b>{ $service }</b> · which countries shall I show?
filter-most = Price: { $value }
filter-name = Name: { $value }
filter-most-prompt = { $service }: up to which price shall I show countries? Your accounts pay in { $currencies }. Send an amount, or /buy to go back.
price-unusable = I need an amount above zero, and its currency where there are several, for example 20 or €0.50. Your accounts pay in { $currencies }. /buy to go back.
filter-name-prompt = { $service }: send a part of the country’s name, or /buy to go back.
filter-name-placeholder = Country
