button-again = Повтор · { $price }
button-again-place = Повтор { $place } · { $price }
button-star = ☆ Избранное
button-starred = ★ Избранное
button-share = Поделиться
button-by-own = У меня
button-in-stock = Только в наличии
button-filter-countries = Показать страны

again-legend = «Повтор» сразу покупает то же самое с тем же ключом, если цена не выше прошлой. Если выше, сначала спрошу.
again-looking = Узнаю сегодняшнюю цену. Пока ничего не куплено.
favourite-added = Добавлено в избранное: в /buy стоит первым.
favourite-removed = Убрано из избранного.
favourites-full = { $count ->
    [one] В избранном помещается только { $count } запись. Сначала уберите что-нибудь.
    [few] В избранном помещается только { $count } записи. Сначала уберите что-нибудь.
    [many] В избранном помещается только { $count } записей. Сначала уберите что-нибудь.
   *[other] В избранном помещается только { $count } записи. Сначала уберите что-нибудь.
    }
share-text = Номера для кодов: { $service }, { $country }

countries-own = Число показывает ваш опыт: на сколько ваших номеров за 90 дней пришло СМС.
countries-none-such = Под фильтр не подходит ни одна страна.
country-filter-title = <b>{ $service }</b> · какие страны показать?
filter-most = Цена: { $value }
filter-name = Название: { $value }
filter-most-prompt = { $service }: до какой цены показывать страны? Валюта ваших аккаунтов: { $currencies }. Пришлите сумму; /buy, чтобы вернуться.
price-unusable = Нужна сумма больше нуля, а если валют несколько, то и валюта, например 20 или 0,50 €. Валюта ваших аккаунтов: { $currencies }. /buy, чтобы вернуться.
filter-name-prompt = { $service }: пришлите часть названия страны; /buy, чтобы вернуться.
filter-name-placeholder = Страна
