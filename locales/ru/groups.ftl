groups-title = <b>Группы, куда приходят ваши коды</b>
groups-how = Чтобы добавить группу, отправьте /notify в группе, которой вы управляете. Бот должен в ней состоять.
groups-none = Пока ни одной.
button-groups = Группы

group-title = <b>{ $title }</b>
group-topic = Тема этой группы
group-state-proposed = Пока вы не включите, туда ничего не приходит.
group-state-active = Ваши коды приходят туда.
group-state-paused = Пауза: туда ничего не приходит.
group-state-refused = Выключено: туда ничего не приходит.
group-pause-owner = Вы остановили отправку: туда ничего не приходит.
group-pause-removed = Пауза: бота больше нет в этой группе.
group-pause-muted = Пауза: боту запрещено писать в этой группе.
group-pause-topic = Пауза: тему закрыли или удалили.
group-pause-left = Пауза: вы больше не управляете этой группой.
group-consent = Прочитать и использовать коды сможет каждый в группе. Отправляйте их только туда, где доверяете всем участникам.
group-services-all = Коды всех сервисов.
group-services-some = Только коды: { $services }
group-services-title = Коды каких сервисов отправлять туда?

button-group-start = Включить
button-group-stop = Остановить
button-group-refuse = Нет, спасибо
button-group-remove = Забыть эту группу
button-group-every = Все сервисы
button-group-services = { $count ->
    [0] Сервисы: все
    [one] Сервисы: { $count }
    [few] Сервисы: { $count }
    [many] Сервисы: { $count }
   *[other] Сервисы: { $count }
    }
button-group-phone-masked = Номера: скрыты
button-group-phone-whole = Номера: целиком
button-group-codes-open = Коды: открыто
button-group-codes-covered = Коды: под спойлером

notify-sent = Личное сообщение уже у вас. Согласитесь там, и коды будут приходить сюда.
notify-asked = Вопрос отправлен. При согласии коды будут приходить сюда.
notify-admins-only = Это могут только те, кто управляет группой.
notify-no-accounts = У вас пока нет ключа. Сначала добавьте его в личном чате.
notify-open-chat = Бот пока не может вам написать. Откройте личный чат, нажмите «Старт» и дайте согласие там.
notify-off = Выключено. Ваши коды сюда больше не приходят.
notify-off-none = Ваши коды сюда и не приходили.

notice-group-asked = Управляющий этой группой просит, чтобы ваши коды приходили туда:
notice-group-paused = Ваши коды больше не приходят в эту группу. Здесь вы по-прежнему получаете их все.

error-not-let-in = Здесь это могут только те, кого назвал владелец кодов.

command-notify = Отправлять коды в эту группу

group-code-came = 🔔 Пришёл код.
button-group-show = Показать код
button-group-seen-all = Видят: все
button-group-seen-named = Видят: избранные
button-group-people = { $count ->
    [one] Люди: { $count }
    [few] Люди: { $count }
    [many] Люди: { $count }
   *[other] Люди: { $count }
    }
group-people-how = Чтобы добавить человека, ответьте в группе на его сообщение командой /notify. Или он сам отправит там { $command }.
member-title = <b>{ $name }</b>
member-how = Показывать этому человеку коды, доступные только избранным, и разрешить покупать с ваших счетов?
button-member-sees = ✓ Видит коды
button-member-sees-not = Не видит коды
button-budget = { $account } · 24 ч: { $most }
budget-none = ничего
button-budget-none = Ничего
budget-title = <b>{ $name }</b> · { $account }
budget-how = Сколько ваших денег этот человек может потратить за 24 часа? Покупка — командой /buy в группе, о каждой вы узнаете.
budget-spent = За последние 24 часа: { $spent }
notify-me = Просьба передана. Решает тот, чьи коды сюда приходят.
notice-group-access = В этой группе просят доступ:
notice-group-bought = Куплено в группе на ваши деньги: { $price }.
button-group-stop-buyer = Больше не покупать
button-group-show-order = Показать номер
buyer-stopped = Этот человек больше ничего не купит на ваши деньги.
group-buy-how = Какой сервис и какая страна? Например: <code>/buy тг россия</code>
group-buy-nothing = Здесь нет ничего, что вам можно купить.
group-buy-whose = Платит { $owner }
group-buy-left = Вы можете потратить ещё { $left } за 24 часа.
group-buy-limit = Лимит или баланс владельца этого не позволяет. Ничего не куплено.
error-budget-reached = Это больше, чем владелец разрешает вам потратить за 24 часа. Ничего не куплено.
