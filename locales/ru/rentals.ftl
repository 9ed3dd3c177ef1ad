button-activate = Активировать
button-auto-off = Автопродление выключено
button-auto-on = Автопродление: { $period }
button-auto-stop = Выключить
button-copy-this = Скопировать { $code }
button-delete = Удалить
button-delete-now = Да, удалить
button-end-now = Да, завершить
button-give-back = Да, вернуть
button-inbox = Входящие · { $count }
button-open-rentals = Активные
button-past-rentals = Прошлые
button-prolong = Продлить
button-rent-archives = Архив у поставщика
button-rent-imports = Добавить арендованное в другом месте
button-rentals = Аренда
button-restore = Восстановить
button-restore-this = Вернуть { $tail }

rental-state-placing = Арендую номер…
rental-state-uncertain = Неясно: ответ на оплату потерялся
rental-state-active = Принимает СМС
rental-state-sleeping = Спит
rental-state-waking = Просыпается…
rental-state-missing = Сейчас не на связи
rental-state-over = Срок вышел
rental-state-canceled = Возвращён: деньги вернутся на баланс
rental-state-finished = Завершён вами
rental-state-deleted = Удалён
rental-state-failed = Не арендован

rental-untold = Арендованный номер
rental-until = До { $until } · { $left }
rental-until-about = Примерно до { $until } · { $left }
rental-ended = Закончился { $moment }
rental-newest = Последняя СМС: { $text }
rental-asleep = Прежде чем сервис отправит СМС, номер надо разбудить: нажмите <b>Активировать</b>. Он встанет в очередь, обычно на 10–15 минут, и не будет спать 10–30 минут.
rental-waking = Номер ждёт в очереди поставщика, обычно 10–15 минут, иногда дольше. Напишу, когда он проснётся: запрашивайте СМС в сервисе только тогда.
rental-awake = Снова уснёт, скорее всего, после { $moment }.
rental-missing = Сейчас этого номера нет ни в одном устройстве поставщика. Обычно он возвращается сам; если нет, напишите в поддержку поставщика.
rental-refund = Пока не пришла ни одна СМС, номер можно вернуть до { $moment }.
rental-auto = Продлевается сам, срок: { $period }, не дороже { $most } за раз
rental-auto-untold = Продлевается сам, срок: { $period }; цену { $provider } не сообщает
rental-paying = Идёт оплата: { $what }
rental-in-doubt = ⚠️ Неясно: { $what }. Ответ потерялся; проверяю, списал ли деньги { $provider }. Пожалуйста, не платите ещё раз, пока я не напишу.
rental-unlisted = Оплачено. Какой это номер, { $provider } пока не сообщил; я слежу за его списком.
rental-balance-before = Баланс перед этим: { $before }.

rental-ask-cancel = <b>Вернуть номер?</b> Пока не пришла ни одна СМС, { $provider } вернёт его цену на ваш баланс. Номера после этого не будет.
rental-ask-until = Это можно сделать до { $moment }.
rental-ask-finish = <b>Завершить аренду сейчас?</b> Номера сразу не станет, деньги за оставшееся время не вернутся.
rental-ask-delete = <b>Удалить номер?</b> У { $provider } его сразу не станет, деньги не вернутся. Пришедшие СМС останутся здесь, во входящих.

rental-auto-title = <b>Продлевать без вопросов</b>
rental-auto-explain = Незадолго до конца срока я сам продлеваю номер, каждый раз, пока вы это не выключите. Не дороже, чем сейчас: если цена вырастет, я напишу, а платить не буду.
rental-auto-by = На сколько каждый раз?
rental-auto-set = Теперь номер продлевается сам.
rental-auto-stopped = Номер закончится, когда выйдет его срок.

rentals-open = <b>Арендованные номера</b>
rentals-past = <b>Прошлая аренда</b>
rentals-none-open = Сейчас вы не арендуете ни одного номера.
rentals-none-past = Здесь пока пусто.

inbox-title = <b>СМС номера</b> { $phone }
inbox-none = Пока не пришла ни одна СМС. Как только придёт, напишу сразу.

archives-title = Архив какого аккаунта?
archives-none = Ни один из ваших поставщиков не хранит архив.
archive-title = <b>Архив</b> · { $account }
archive-none = Здесь пусто.
archive-no-sms = СМС не было
archive-has-sms = СМС были

rent-imports-title = <b>Арендовано не здесь, но вашими ключами</b>
rent-imports-none = Не нашёл арендованных номеров, за которыми ещё не слежу.
rent-imports-nobody = Ни один из ваших аккаунтов не сдаёт номера в аренду.

notice-awake = Номер проснулся. Запрашивайте СМС в сервисе.
notice-asleep = Номер уснул. Перед следующей СМС разбудите его кнопкой <b>Активировать</b>.
notice-ending = ⏳ Аренда этого номера закончится { $left }. После этого его СМС уже не прочитать.
notice-ending-auto = До этого я его продлю, как вы и хотели. Срок: { $period }.
notice-rental-over = Аренда этого номера закончилась.
notice-prolonged = Я продлил этот номер, как вы и хотели. Срок: { $period }.
notice-not-prolonged = ⚠️ Я должен был продлить этот номер, но не смог. Срок: { $period }. Деньги не списаны.
notice-dearer = Теперь это стоит { $price }, а вы разрешили { $most }.
notice-price-unsure = Сколько это стоит теперь и можно ли ещё взять такой срок, поставщик не говорит.
notice-bill-uncertain = ⚠️ Ответ на эту оплату потерялся в пути: { $provider } мог списать деньги, а мог и нет.
notice-bill-now = Сам я ещё раз не заплачу. Слежу за вашим аккаунтом у { $provider } и напишу, что найду. Пожалуйста, не платите до этого ещё раз.
notice-bill-paid = Оплата, в которой были сомнения, прошла.
notice-bill-settled = Ответ на эту оплату потерялся, и следов её у { $provider } я не нашёл: скорее всего, ничего не списано. Если по балансу видно другое, напишите в поддержку.
notice-bill-gone = Ответ на этот платёж потерялся, и в списке { $provider } нет ничего оплаченного. Но баланс уменьшился ровно на цену: скорее всего, деньги списаны. Посмотрите на его сайте; если номера там нет, обратитесь в поддержку.
notice-bill-astray = Это оплачено, но отдельного номера за эту оплату у { $provider } не появилось. Посмотрите на его сайте; если номера там нет, напишите в поддержку.
