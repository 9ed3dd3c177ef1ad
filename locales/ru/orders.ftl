state-placing = Покупаю номер…
state-waiting = Жду СМС
state-received = СМС пришла
state-waiting_again = Жду ещё одну СМС
state-uncertain = Неясно: ответ на покупку потерялся
state-finished = Завершён
state-canceled = Отменён: номер возвращён, деньги вернутся на баланс
state-banned = Забанен: номер возвращён, деньги вернутся на баланс
state-expired = Время вышло: СМС не пришла, деньги вернутся на баланс
state-closed = Закончен. Вернулись ли деньги, поставщик не говорит: проверьте на его сайте
state-failed = Не куплен

card-price = { $price } · { $account }
card-price-at-most = { $price }, не дороже { $highest } · { $account }
card-at-most = Не дороже { $highest } · { $account }
card-unpriced = Цена не названа · { $account }
card-worked-out = С баланса ушло { $price } · { $account }
card-code = Код: { $code }
card-called = Звонок пришёл
card-ends = Закончится { $moment }
card-silent = ⚠️ { $provider } не отвечает, началось это { $moment }. Я продолжаю спрашивать, код не потеряется.
card-key-rejected = ⚠️ Поставщик не принимает ключ { $account }. Замените его в /keys, иначе код не придёт.

uncertain-before = Баланс перед покупкой: { $before }.
uncertain-balances = Баланс: было { $before }, стало { $after }.
uncertain-advice = Сам я ничего повторно не куплю. Загляните на сайт { $provider }: если номер там есть, им можно пользоваться прямо там. Если СМС не придёт, { $provider } сам вернёт деньги, когда выйдет время номера.
uncertain-settled = Время этой покупки вышло. Ответ потерялся, поэтому я не знаю, был ли номер забронирован в { $provider }; если был и СМС не пришла, деньги уже вернулись.

code-sender = От: { $sender }
code-call = С этого номера позвонили. Код – часто его последние цифры.
code-empty = Пришла пустая СМС.

notice-expired = СМС не пришла вовремя. Деньги вернутся на баланс.
notice-closed = Этот номер закончился, а вернулись ли деньги на баланс, { $provider } не говорит. Проверьте, пожалуйста, на сайте.
notice-key-rejected = ⚠️ { $provider } не принимает ключ { $account }. Я приостановил этот аккаунт: пока вы не замените ключ, я не могу получать по нему коды.

orders-open = <b>Активные заказы</b>
orders-archive = <b>Архив</b>
orders-none-open = Активных заказов сейчас нет.
orders-none-archived = Здесь пока пусто.
orders-since = Куплен { $moment }
