button-notifications = Bildirimler
notifications-title = <b>Bildirimler</b>
notifications-text = Kodları, numaraların bitişini ve anahtarla ilgili sorunları her zaman bildiririm: sessiz saatler yalnızca sesi kapatır.
reminders-on = Kiralama bitmeden bir gün ve bir saat önce hatırlatma: açık.
reminders-off = Kiralama bitmeden bir gün ve bir saat önce hatırlatma: kapalı. Kiralama haber verilmeden bitebilir.
button-reminders-on = Kiralama hatırlatması: aç
button-reminders-off = Kiralama hatırlatması: kapat

button-quiet = Sessiz saatler
button-quiet-from = Başlangıç { $hour }
button-quiet-to = Bitiş { $hour }
button-quiet-off = Sessiz saat olmasın
button-zone = Saat dilimi: { $zone }
button-offsets = UTC farkıyla
quiet-title = <b>Sessiz saatler</b>
quiet-text = Bu saatlerde her şey, kodlar da, yine hemen gelir; ama ses çıkarmaz.
quiet-off = Sessiz saatler: yok.
quiet-on = Sessiz saatler: { $hours }.
quiet-there = Sizde saat şu anda { $time } ({ $zone }).
quiet-from-title = <b>Sessizlik saat kaçta başlasın?</b>
quiet-to-title = <b>Sessizlik saat kaçta bitsin?</b>

zone-title = <b>Hangi saate göre yaşıyorsunuz?</b>
zone-text = Saati sizinkiyle aynı olan şehri seçin; yaz saati hesaba katılır. Uyan şehir yoksa UTC farkını seçin.
zone-offsets = Saatiniz UTC’den ne kadar ileride veya geride? Bu durumda yaz saati hesaba katılmaz.
