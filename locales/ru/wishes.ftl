wish-cancel = ↩️ Возвращаю этот номер.
wish-ban = ↩️ Баню этот номер.
wish-finish = ☑️ Завершаю этот заказ.
wish-auto = ↩️ Код не пришёл, время почти вышло. Возвращаю номер, как вы настроили в /settings.
wish-why-early = { $provider } отвечает, что ещё рано.
wish-why-silent = { $provider } не отвечает.
wish-why-pause = { $provider } просит подождать.
wish-why-key = { $provider } не принимает ключ. Замените его в /keys.
wish-why-other = { $provider } этого пока не сделал.
wish-tries = { $count ->
    [one] Спросил { $count } раз.
    [few] Спросил { $count } раза.
   *[many] Спросил { $count } раз.
    }
wish-next = Следующая попытка { $moment }.
wish-noted = Принято. { $provider } ещё не подтвердил. Я буду спрашивать дальше, нажимать снова не нужно.
wish-noted-early = Принято. Для { $provider } ещё рано. Я буду спрашивать дальше, нажимать снова не нужно.
wish-taken-back = Больше не прошу об этом. Если { $provider } это уже сделал, карточка об этом скажет.

notice-given-back = { $provider } принял номер обратно. Деньги вернутся на баланс.
notice-auto-canceled = Код не пришёл, поэтому я вернул номер до конца срока, как вы настроили в /settings. Деньги вернутся на баланс.
notice-kept = { $provider } больше не делает этого с этим номером, поэтому я перестал просить. Номер остаётся у вас, я жду его код.

choose-question = { $count ->
    [one] В списке { $provider } есть { $count } номер, который может быть вашей покупкой. Точно я не знаю. Это он?
    [few] В списке { $provider } есть { $count } номера, которые могут быть вашей покупкой. Какой из них ваш?
   *[many] В списке { $provider } есть { $count } номеров, которые могут быть вашей покупкой. Какой из них ваш?
    }
choose-since = С { $moment } по часам { $provider }
choose-none = Понял: ни один из них. Ищу дальше и скажу, чем всё закончится.
button-this-one = Вот этот · { $tail }
button-none-of-these = Ни один из них

auto-cancel-title = <b>Возврат без кода</b>
auto-cancel-text = Если за столько минут до конца кода нет, я сам верну номер, чтобы деньги вернулись на баланс. Если код придёт, пока я это делаю, вы его получите, а номер останется. Аренды это не касается.
auto-cancel-off = Сейчас: никогда.
auto-cancel-on = { $count ->
    [one] Сейчас: за { $count } минуту до конца.
    [few] Сейчас: за { $count } минуты до конца.
   *[many] Сейчас: за { $count } минут до конца.
    }
button-auto-cancel = Без кода: вернуть за { $count } мин
button-auto-cancel-never = Без кода: ждать до конца
button-minutes = { $count } мин
button-never = Никогда
