button-add-service = Ещё один сервис
button-find-service = Найти по имени
button-rent = Арендовать номер
button-rent-accounts = ‹ Аккаунты
button-rental = К номеру

period-hour = { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[many] { $count } часов
    }
period-day = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[many] { $count } дней
    }
period-week = { $count ->
    [one] { $count } неделя
    [few] { $count } недели
   *[many] { $count } недель
    }
period-month = { $count ->
    [one] { $count } месяц
    [few] { $count } месяца
   *[many] { $count } месяцев
    }

rent-whole = Все сервисы
rent-about = около { $price }
rent-together = { $count ->
    [one] { $price } за { $count } сервис
    [few] { $price } за все { $count } сервиса вместе
   *[many] { $price } за все { $count } сервисов вместе
    }
rent-accounts-title = <b>Аренда номера</b> на часы, дни или недели. С какого аккаунта платить?
rent-needs-key = Чтобы арендовать номера, мне сначала нужен ваш ключ поставщика, который сдаёт их в аренду, например: { $providers }.
rent-accounts-none = Ни один из ваших аккаунтов не сдаёт номера в аренду. Добавьте ключ поставщика, который сдаёт, например: { $providers }.
rent-countries-title = <b>{ $account }</b> · из какой страны номер?
rent-countries-none = { $provider } сейчас не называет ни одной страны. Попробуйте позже.
rent-country-missing = { $provider } не сдаёт номера в этой стране: { $country }. Сдаёт в этих:
rent-services-title = <b>Для какого сервиса?</b> Страна номера: { $country }.
rent-services-none = У { $provider } сейчас нечего арендовать. Страна: { $country }. Попробуйте другую.
rent-service-missing = { $provider } сейчас не сдаёт номера для { $service }. Страна: { $country }. Есть для этих сервисов:
rent-service-prompt = Для какого сервиса арендовать номер? Страна: { $country }. Напишите название или вернитесь: /rent.
rent-further-title = Номер будет для: { $services }. Для чего ещё?
rent-extra-title = Для какого ещё сервиса нужен { $phone }?
rent-no-further = Других сервисов здесь сейчас нет.
rent-prices-for = Цены за срок: { $period }.
rent-periods-title = На какой срок?
rent-periods-none = Здесь сейчас нет номеров для аренды. Попробуйте другой сервис или другую страну.
rent-prolong-none = Сейчас этот номер продлить нельзя.

bill-title-rent = <b>Аренда номера</b>
bill-title-prolong = <b>Продление номера</b>
bill-title-add_service = <b>Ещё один сервис на этом номере</b>
bill-title-restore = <b>Восстановление номера</b>
bill-confirm-rent = Арендовать · { $price }
bill-confirm-prolong = Продлить · { $price }
bill-confirm-add_service = Добавить · { $price }
bill-confirm-restore = Восстановить · { $price }
bill-period = Срок: <b>{ $period }</b>
bill-until = Примерно до { $until }
bill-any-country = Из какой страны номер, решает поставщик.
bill-days = { $count ->
    [one] Он продлится на { $count } день.
    [few] Он продлится на { $count } дня.
   *[many] Он продлится на { $count } дней.
    }
bill-overdue = { $count ->
    [one] В цену входит { $count } день после его окончания.
    [few] В цену входят { $count } дня после его окончания.
   *[many] В цену входят { $count } дней после его окончания.
    }
bill-estimated = Цена: <b>около { $price }</b>, посчитано по другим ценам поставщика
bill-untold = { $provider } заранее цену не сообщает. Сколько списано, будет видно по балансу.
bill-refund = { $count ->
    [one] Номер можно вернуть в течение { $count } минуты, пока не пришла ни одна СМС.
    [few] Номер можно вернуть в течение { $count } минут, пока не пришла ни одна СМС.
   *[many] Номер можно вернуть в течение { $count } минут, пока не пришла ни одна СМС.
    }
bill-no-refund = { $provider } не обещает, что номер можно вернуть: считайте деньги потраченными.
bill-spent = Вернуть это нельзя: деньги потрачены.
bill-wake = Сначала номер спит. Разбудите его кнопкой <b>Активировать</b>, прежде чем запрашивать СМС в сервисе.
bill-done-rent = Номер ваш.
bill-done-prolong = Готово: номер остаётся у вас.
bill-done-add_service = Готово: номер теперь принимает СМС и этого сервиса.
bill-done-restore = Готово: номер снова ваш.
bill-lasts = Он ваш до { $until }.
bill-failed = Не получилось, деньги не списаны.
bill-placing = Оплата идёт. Чем она закончится, напишу сюда.
bill-uncertain = Ответ потерялся в пути: { $provider } мог списать деньги, а мог и нет. Я смотрю, что там на вашем аккаунте, и напишу сюда. Пожалуйста, не платите до этого ещё раз.
