button-additional = Другой сервис
button-call = Позвонить
button-finish = Завершить
button-new-call = Новый звонок
button-raise = Поднять до { $price }
button-ready = СМС отправлена
button-repeat = Этот номер ещё раз
button-who-called = Кто звонил?

card-number-coming = Номер вот-вот придёт.
card-ready = Поставщик знает, что СМС отправлена.
card-ready-first = Запросите СМС в сервисе, затем нажмите <b>СМС отправлена</b>. Без этого { $provider } не ждёт СМС, и номер закончится без кода.

again-repeat = <b>Тот же номер ещё раз</b>
again-additional = <b>Другой сервис на том же номере</b>
again-which-service = Для какого ещё сервиса вам нужен { $phone }? Напишите название или вернитесь через /orders.
again-service-placeholder = Название сервиса
price-free = бесплатно
service-not-found = По запросу «{ $text }» сервис не нашёлся. Попробуйте написать иначе.

call-nobody = На этот номер пока никто не звонил.
call-from = Звонок с номера { $phone }
call-prompt = Куда позвонить с номера { $phone }? Пришлите номер с кодом страны или вернитесь через /orders.
call-placeholder = Номер с кодом страны
calls-title = <b>Звонки с этого номера</b>
calls-none = Пока ни одного.
forward-prompt = Куда переадресовать { $phone }? Пришлите номер с кодом страны или вернитесь через /orders.
forward-set = Переадресация с { $phone } включена, поставщик знает, что СМС запрошена.
