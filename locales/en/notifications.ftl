button-notifications = Notifications
notifications-title = <b>Notifications</b>
notifications-text = Codes, ends of numbers and trouble with a key are always told: silent hours only take the sound away.
reminders-on = Reminders a day and an hour before a rental ends: on.
reminders-off = Reminders a day and an hour before a rental ends: off. It may end without a word beforehand.
button-reminders-on = Rental reminders: turn on
button-reminders-off = Rental reminders: turn off

button-quiet = Silent hours
button-quiet-from = From { $hour }
button-quiet-to = To { $hour }
button-quiet-off = No silent hours
button-zone = Time zone: { $zone }
button-offsets = By UTC
quiet-title = <b>Silent hours</b>
quiet-text = During these hours everything still arrives at once, codes too, but without a sound.
quiet-off = Silent hours: none.
quiet-on = Silent hours: { $hours }.
quiet-there = By your time: { $time } now ({ $zone }).
quiet-from-title = <b>When does the silence begin?</b>
quiet-to-title = <b>When does the silence end?</b>

zone-title = <b>Which time do you live by?</b>
zone-text = Choose the city whose time is yours; summer time is followed. If none fits, go by the distance from UTC.
zone-offsets = How far is your clock ahead of UTC, or behind it? Summer time is not followed then.
