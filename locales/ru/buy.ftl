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

stock-short = { $count ->
    [0] нет
   *[other] { $count } шт.
    }
rate = { $percent } %
countries-rates = Процент сообщает поставщик: как часто СМС приходит.

own-services-title = <b>Другие сервисы { $provider }</b> под его собственными названиями. Название можно и написать.
own-services-whose = Чьи другие сервисы показать?
own-services-none = У { $provider } нет ничего сверх обычного списка сервисов.

asking = Спрашиваю { $accounts }…
offers-choose = Какое предложение? Сначала самые дешёвые.
offers-none = Здесь сейчас нет свободных номеров.
offers-elsewhere = Номера есть в этих странах:
offer-price = Цена: <b>{ $price }</b>
offer-at-most = Цена: <b>{ $price }</b>, не дороже <b>{ $highest }</b>
offer-unpriced = До покупки { $provider } не сообщает цену. После неё я покажу, сколько ушло с баланса, если его не меняет и другой заказ.
offer-forward = Переадресация стоит дороже, а цену до покупки { $provider } не сообщает. После неё я покажу, сколько списано, если это скажет поставщик или видно по балансу.
offer-limit = Не дороже: <b>{ $highest }</b>
price-untold = цена после покупки
price-up-to = до { $price }
offer-account = Спишется с: { $account }
offer-operator = Оператор: { $operator }
offer-stock = В наличии: { $stock }
offer-minutes = { $count ->
    [one] Время на код: { $count } минута
    [few] Время на код: { $count } минуты
   *[many] Время на код: { $count } минут
    }
offer-rule = Вы платите, только если СМС придёт.
