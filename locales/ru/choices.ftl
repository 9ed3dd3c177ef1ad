button-any-operator = Любой оператор
button-forward = С переадресацией
button-highest-price = Предел цены
button-no-forward = Без переадресации
button-one-more = Ещё один сервис
button-operator = Оператор
button-voice = Принимает звонки

choice-voice = Номер может принять звонок.
choice-forward = Звонки и СМС на этот номер можно переадресовать.

operators-title = Какой оператор?
operators-none = Выбрать оператора здесь нельзя.

price-prompt = Сколько номер может стоить самое большее? Сейчас он стоит { $price }; если поднять предел, подойдут и номера подороже. Пришлите сумму или вернитесь через /buy.
price-placeholder = Предел цены
price-refused = Нужна сумма не ниже нынешней цены: { $price }.

voice-none = Номеров, которые могут принять звонок, здесь сейчас нет.

several-title = Один номер сразу для:
several-prompt = Для какого ещё сервиса купить этот же номер? Пока выбрано: { $goods }. Напишите название или вернитесь через /buy.
