settings-title = <b>Settings</b>
settings-caps = Limits that you set for yourself. I hold them before every purchase; 24 h means the last 24 hours.

button-cap-open = Open at once: { $most }
button-cap-day = { $account } · 24 h: { $most }
button-cap-off = No limit
button-cap-other = Another amount
button-change-limit = Change the limit
button-settings = Settings
cap-none = no limit

cap-open-title = <b>Numbers open at once</b>
cap-open-text = The numbers and rentals of all your accounts count together.
cap-open-now = Open now: { $now }
cap-open-limit = Limit: { $most }
cap-day-title = <b>Spending within 24 hours</b> · { $account }
cap-day-text =
    Everything bought or rented here with this key within the last 24 hours counts, also what is still open or in doubt. What failed, and numbers that ended without an SMS and were given back, do not.

    What other programs spend with the same key I cannot see.
cap-day-spent = Last 24 hours: { $spent }
cap-day-limit = Limit: { $most }
cap-untold = { $count ->
    [one] { $count } purchase is not counted, because nobody told its price.
   *[other] { $count } purchases are not counted, because nobody told their price.
    }
cap-prompt = How much may { $account } spend within 24 hours? Send me an amount in { $currency }. /settings to go back.
cap-prompt-placeholder = Amount
cap-refused = I cannot use this as a limit. Please send an amount above zero, for example 150 or 99.50. /settings to go back.

error-cap-reached = This would go beyond a limit that you set yourself, so I have neither bought nor paid anything.
cap-reached-open = Open now: { $now }. Your limit: { $most }.
cap-reached-day = Spent within the last 24 hours: { $now }. Your limit: { $most }.
cap-reached-foreign = Your limit of { $most } is in another currency than the prices of this account. Please set it anew.

offer-cap = Last 24 hours: { $spent } of at most { $most }
offer-risk = ⚠️ { $missed } of the last { $total } numbers of this account brought no SMS. Providers suspend accounts for that. Better wait a while, or try another country, operator or service.
balance-cap = 24 h: { $spent } of { $most }

command-settings = Limits, notifications, your data
