button-allow = Разрешить
button-block = Заблокировать
button-faults = Отложено
button-people = Люди
button-usual = Как в настройках

admin-title = <b>Управление</b>
admin-people = Людей: { $count }
admin-orders = Активных заказов: { $count }
admin-queue = Сообщений в очереди: { $count }, самое старое ждёт { $minutes } мин
admin-queue-empty = Сообщений в очереди: нет
admin-faults = Отложено: { $count }
admin-provider = { $provider }: всё в порядке · активных заказов: { $count }
admin-provider-silent = ⚠️ { $provider }: не отвечает, началось { $moment } · активных заказов: { $count }

admin-people-title = <b>Люди</b>, сначала новые. ⛔ заблокирован, ✅ разрешён вами.
admin-people-unreadable = { $count ->
    [one] ⚠️ { $count } человек с этой страницы пропущен: запись в базе не читается.
    [few] ⚠️ { $count } человека с этой страницы пропущены: записи в базе не читаются.
   *[many] ⚠️ { $count } человек с этой страницы пропущено: записи в базе не читаются.
    }
admin-person = <b>Пользователь <code>{ $id }</code></b>
admin-since = Здесь с { $moment }
admin-language = Язык: { $language }
admin-accounts = Ключей: { $count }
admin-unreachable = Заблокировал бота у себя.
admin-standing-usual = Пользуется ботом, если так решено в настройках.
admin-standing-allowed = Пользуется ботом, что бы ни стояло в настройках.
admin-standing-blocked = Заблокирован. Активные заказы продолжаются, коды приходят.
admin-is-admin = Администратор: здесь решают только настройки.

admin-faults-title = <b>Отложено</b>
admin-faults-none = Ничего. Со всем удалось справиться.
admin-faults-advice = Это ошибки самого бота. При новой попытке список очистится; что снова не получится, вернётся сюда.
admin-source-update = Сообщение или нажатие, { $ref }
admin-source-message = Сообщение бота, строка { $ref }
admin-source-order = Заказ, строка { $ref }
admin-source-rental = Аренда, строка { $ref }
admin-source-bill = Платёж за аренду, { $ref }
admin-source-unknown = Что-то другое, строка { $ref }
admin-fault-when = Впервые { $moment }, всего раз: { $count }
admin-told-again = Пробую ещё раз.
