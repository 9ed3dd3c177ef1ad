button-clean-blacklist = Очистить чёрный список
button-history = История
button-number-balance = Баланс номера

history-title = <b>{ $account }</b> · последние 7 дней, словами поставщика
history-none = За эти дни покупок не было.
past-open = открыт
past-finished = завершён
past-canceled = отменён

blacklist-question = Очистить чёрный список { $account }? Тогда вам снова могут достаться номера, на которые код не пришёл.
blacklist-cleaned = Чёрный список { $account } очищен.

number-balance-prompt = Какой номер? Он должен быть куплен через { $account }. Пришлите его с кодом страны или вернитесь через /keys.
number-balance-placeholder = Номер с кодом страны
number-balance-asking = { $provider } узнаёт, сколько на счёте у { $phone }. Это займёт до минуты…
number-balance-is = На счёте { $phone }: <b>{ $balance }</b>
number-balance-unknown = { $provider } не успел узнать, сколько на счёте у { $phone }. Попробуйте позже.
