state-placing = Buying the number…
state-waiting = Waiting for the SMS
state-received = The SMS is here
state-waiting_again = Waiting for another SMS
state-uncertain = In doubt: the answer to the purchase was lost
state-finished = Finished
state-canceled = Canceled: the number was given back, the price returns to your balance
state-banned = Banned: the number was given back, the price returns to your balance
state-expired = Time is over: no SMS came, the price returns to your balance
state-closed = Over. The provider does not say whether the price returned: please look at its site
state-failed = Not bought

card-price = { $price } · { $account }
card-price-at-most = { $price }, at most { $highest } · { $account }
card-at-most = At most { $highest } · { $account }
card-unpriced = Price not told · { $account }
card-worked-out = Your balance fell by { $price } · { $account }
card-code = Code: { $code }
card-called = The call has come
card-ends = Ends { $moment }
card-silent = ⚠️ { $provider } does not answer; it began { $moment }. I keep asking, no code will be lost.
card-key-rejected = ⚠️ The provider refuses the key of { $account }. Replace it under /keys, or the code cannot arrive.

uncertain-before = Your balance before the purchase: { $before }.
uncertain-balances = Your balance: { $before } before, { $after } after.
uncertain-advice = I will not buy again by myself. Please look at the site of { $provider }: if the number is there, you can use it there. If no SMS comes, { $provider } returns the money by itself when the time of the number is over.
uncertain-settled = The time of this purchase is over. Its answer was lost, so I cannot say whether { $provider } had booked a number; if it had and no SMS came, the money has been returned.

code-sender = From: { $sender }
code-call = A call came from this number. The code is often its last digits.
code-empty = An empty SMS has arrived.

notice-expired = No SMS came in time. The price returns to your balance.
notice-closed = This number is over, and { $provider } does not say whether its price returned to your balance. Please look there.
notice-key-rejected = ⚠️ { $provider } refuses the key of { $account }. I have paused this account: until you replace the key, I cannot fetch codes with it.

orders-open = <b>Open orders</b>
orders-archive = <b>Archive</b>
orders-none-open = No open orders right now.
orders-none-archived = Nothing here yet.
orders-since = Bought { $moment }
