purchases-title = <b>История</b>
purchases-total = { $count ->
    [one] { $count } покупка
    [few] { $count } покупки
   *[many] { $count } покупок
    }
purchases-none = Пока ничего не куплено.
purchases-none-such = С этим фильтром ничего нет.
purchases-activations = Номера для кода
purchases-rentals = Арендованные номера
purchases-unpriced = цена неизвестна
purchases-sms = СМС через { $after }
purchases-no-sms = без СМС
purchases-open = открыт
purchases-doubt = неясно
purchases-returned = деньги вернулись
purchases-act-rent = аренда
purchases-act-prolong = продление
purchases-act-add_service = ещё один сервис
purchases-act-restore = восстановление
button-filter = Фильтр
button-filter-off = Сбросить фильтр
button-filter-show = Показать { $many }
button-purchases = История
button-stats = Статистика

filter-title = <b>Фильтр</b>
filter-any = все
facet-kind = Вид: { $value }
facet-account = Аккаунт: { $value }
facet-service = Сервис: { $value }
facet-country = Страна: { $value }
facet-month = Месяц: { $value }

export-caption = { $count ->
    [one] { $count } покупка, время по UTC.
    [few] { $count } покупки, время по UTC.
   *[many] { $count } покупок, время по UTC.
    }

stats-title = <b>Статистика</b> · { $count ->
    [one] последний { $count } день
    [few] последние { $count } дня
   *[many] последние { $count } дней
    }
stats-none = За эти дни ничего не куплено.
stats-spent = Потрачено: { $spent }
stats-brought = СМС пришла: { $brought } из { $ended }
stats-no-picture = Нарисовать картинку не удалось. Попробуйте через минуту.
button-days = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[many] { $count } дней
    }
picture-spend = Расход по дням, { $currency }
picture-success = Номера, на которые пришла СМС
picture-result = { $brought } из { $ended }
picture-wait = СМС через { $after }
picture-zone = Дни по UTC. «СМС через» – медиана.

command-history = Что вы купили
command-stats = Расходы и успех на картинке
