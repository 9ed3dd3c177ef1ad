button-data = My data
button-data-copy = Get a copy
button-leave = Delete everything about me
button-leave-go-on = Go on to the last question
button-leave-keep = Keep everything
button-leave-sure = Delete for good

data-title = <b>My data</b>
data-text = What I have stored about you: your keys (sealed), numbers and rentals with their SMS, settings, your own hosts and groups. You can get all of it as a file, or have it deleted.
data-caption = All that is stored about you, as JSON. Of keys it holds the last four characters only; codes and numbers are in it, so keep it to yourself.

leave-question = <b>Delete everything about you?</b>
leave-goes = This goes at once, and nobody can bring it back:
leave-keys = { $count ->
    [0] · no key, as none is kept
    [one] · { $count } key
   *[other] · { $count } keys
    }
leave-purchases = { $count ->
    [0] · no number, as none was bought
    [one] · { $count } number or rental with its SMS and codes
   *[other] · { $count } numbers and rentals with their SMS and codes
    }
leave-settings = · settings, limits, your own hosts, groups, statistics, and that you were ever here
leave-open = { $count ->
    [one] ⚠️ <b>{ $count } number is still open.</b> At its provider it goes on running: it can still cost money there, and still get codes, of which nobody will tell you any more. If you do not want that, give it back first.
   *[other] ⚠️ <b>{ $count } numbers are still open.</b> At their providers they go on running: they can still cost money there, and still get codes, of which nobody will tell you any more. If you do not want that, give them back first.
    }
leave-stays = What stays: the messages in this chat, which you can clear in Telegram, and your accounts, money and history at the providers.
leave-sure = <b>Really delete everything?</b> This is the last question.
leave-no-way-back = There is no way back, and no copy with us. If you want one, take it first.
leave-in-doubt = { $count ->
    [one] I have deleted nothing: { $count } purchase is still under way, or its outcome is not known yet.
   *[other] I have deleted nothing: { $count } purchases are still under way, or their outcome is not known yet.
    }
leave-in-doubt-why = If I forgot it now, nobody could find out any more whether money was taken. It is settled by itself, in half an hour at the latest as a rule; then ask again.
leave-done = Everything about you is deleted, and I ask for no codes of yours any more. You can clear this chat now. With /start we would begin from nothing.

private-only = That is nobody else’s business. Let’s continue in our private chat.
