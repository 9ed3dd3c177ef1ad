button-clean-blacklist = Clean the blacklist
button-history = History
button-number-balance = Balance of a number

history-title = <b>{ $account }</b> · the last 7 days, in the provider’s words
history-none = Nothing was bought in these days.
past-open = open
past-finished = finished
past-canceled = canceled

blacklist-question = Clean the blacklist of { $account }? Numbers that brought you no code may then be sold to you again.
blacklist-cleaned = The blacklist of { $account } is clean.

number-balance-prompt = Which number? It must have been bought on { $account }. Send it with its country code, or /keys to go back.
number-balance-placeholder = Number with country code
number-balance-asking = { $provider } is finding out what is on { $phone }. It takes up to a minute…
number-balance-is = On { $phone }: <b>{ $balance }</b>
number-balance-unknown = { $provider } has not found out in time what is on { $phone }. Please try again later.
