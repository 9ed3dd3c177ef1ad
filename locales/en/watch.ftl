command-watch = Tell me when there are numbers

button-tell-me = Tell me when there are some
button-watches = What I watch
button-watch-stop = Stop watching
button-show-offers = Show the offers
button-low-balance = Low balance
button-low-off = Off

watch-title = <b>Watched numbers</b>
watch-none = You watch nothing yet. Write <code>/watch tg ru</code>, or with a price, <code>/watch tg ru 20</code>; or press “Tell me when there are some” where numbers have run out.
watch-how = I ask about every five minutes and tell you once, then again only after they were gone. I buy nothing by myself.
watch-usage = Write a service and a country, and a highest price if you like: <code>/watch tg ru</code> or <code>/watch tg ru 20</code>.
watch-added = I will tell you when there are numbers.
watch-asked = Asked: { $accounts }
watch-until = Until: { $moment }
watch-now = Last seen: { $facts }
watch-nobody = { $count ->
    [one] I cannot watch this: none of your accounts can tell whether there are numbers, or you watch { $count } thing already, which is the most.
   *[other] I cannot watch this: none of your accounts can tell whether there are numbers, or you watch { $count } things already, which is the most.
    }
watch-removed = I watch this no more.
watch-news = { $account } has numbers.
watch-price-prompt = { $service }: at which price shall I tell you at most? Send an amount in { $currency }, or /watch to go back.
watch-price-unusable = I need an amount above zero, and its currency where there are several, for example 20 or €0.50. Your accounts pay in { $currencies }. /watch to go back.

low-title = <b>Low balance</b> · { $account }
low-text = Below this amount I tell you, once, and again only after you have topped up. I look after purchases and a few times a day.
low-below = Tell me below: { $below }
low-seen = Last seen: { $balance }
low-prompt = Below which balance of { $account } shall I tell you? Send me an amount in { $currency }. /keys to go back.
low-refused = I cannot use this. Please send an amount above zero, for example 150 or 99.50. /keys to go back.
low-news = ⚠️ { $account } is running low: { $balance } left. You wanted to hear below { $below }.
