buy-title = <b>От какого сервиса ждёте код?</b>
buy-title-in = <b>Какой сервис?</b> Страна номера: { $country }.
buy-or-type = Выберите из списка или напишите название.
buy-needs-key = Чтобы покупать номера, мне сначала нужен ваш ключ поставщика. Это займёт минуту.

search-found = Что вы имеете в виду под «{ $text }»?
search-nothing = По запросу «{ $text }» не нашлось ни сервиса, ни страны. Попробуйте написать иначе или выберите из списка.

countries-title = <b>{ $service }</b> · из какой страны номер? Название можно просто написать.
countries-none = Для { $service } сейчас никто не продаёт номера. Попробуйте позже или выберите другой сервис.

stock = { $count ->
    [0] нет в наличии
   *[other] { $count } шт.
    }

asking = Спрашиваю { $accounts }…
offers-choose = Какое предложение? Сначала самые дешёвые.
offers-none = Здесь сейчас нет свободных номеров.
offers-elsewhere = Номера есть в этих странах:
offer-price = Цена: <b>{ $price }</b>
offer-account = Спишется с: { $account }
offer-operator = Оператор: { $operator }
offer-stock = В наличии: { $stock }
offer-minutes = { $count ->
    [one] Время на код: { $count } минута
    [few] Время на код: { $count } минуты
   *[many] Время на код: { $count } минут
    }
offer-rule = Вы платите, только если СМС придёт.
