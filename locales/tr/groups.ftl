groups-title = <b>Kodlarınızın gittiği gruplar</b>
groups-how = Eklemek için yönettiğiniz bir grupta /notify gönderin. Botun o grupta üye olması gerekir.
groups-none = Henüz hiç yok.
button-groups = Gruplar

group-title = <b>{ $title }</b>
group-topic = Bu grubun bir konusu
group-state-proposed = Siz açmadan oraya hiçbir şey gönderilmez.
group-state-active = Kodlarınız oraya gönderiliyor.
group-state-paused = Duraklatıldı: oraya hiçbir şey gönderilmiyor.
group-state-refused = Kapalı: oraya hiçbir şey gönderilmiyor.
group-pause-owner = Siz durdurdunuz: oraya hiçbir şey gönderilmiyor.
group-pause-removed = Duraklatıldı: bot artık bu grupta değil.
group-pause-muted = Duraklatıldı: botun bu grupta yazma izni yok.
group-pause-topic = Duraklatıldı: konu kapatıldı veya silindi.
group-pause-left = Duraklatıldı: bu grubu artık siz yönetmiyorsunuz.
group-consent = Gruptaki herkes kodları okuyabilir ve kullanabilir. Yalnızca tüm üyelerine güvendiğiniz yere gönderin.
group-services-all = Tüm servislerin kodları.
group-services-some = Yalnızca şunların kodları: { $services }
group-services-title = Oraya hangi servislerin kodları gönderilsin?

button-group-start = Aç
button-group-stop = Durdur
button-group-refuse = Hayır, teşekkürler
button-group-remove = Bu grubu unut
button-group-every = Tüm servisler
button-group-services = { $count ->
    [0] Servisler: tümü
    [one] Servisler: { $count }
   *[other] Servisler: { $count }
    }
button-group-phone-masked = Numaralar: gizli
button-group-phone-whole = Numaralar: tam
button-group-codes-open = Kodlar: açık
button-group-codes-covered = Kodlar: örtülü

notify-sent = Size özelden yazdım. Orada onayladığınızda kodlarınız buraya gelir.
notify-asked = Sordum. Kabul edilirse kodlar buraya gelir.
notify-admins-only = Bunu yalnızca bu grubu yönetenler yapabilir.
notify-no-accounts = Henüz bir anahtarınız yok. Lütfen önce özel sohbette ekleyin.
notify-open-chat = Size henüz yazamıyorum. Lütfen özel sohbeti açıp Başlat’a basın ve orada onaylayın.
notify-off = Kapatıldı. Kodlarınız artık buraya gelmiyor.
notify-off-none = Kodlarınız zaten buraya gelmiyor.

notice-group-asked = Bu grubu yönetenlerden biri, kodlarınızın oraya gelmesini istiyor:
notice-group-paused = Kodlarınız artık bu gruba gelmiyor. Hepsini burada almaya devam ediyorsunuz.

error-not-let-in = Burada bunu yalnızca kodların sahibinin adını verdiği kişiler yapabilir.

command-notify = Kodları bu gruba gönder

group-code-came = 🔔 Bir kod geldi.
button-group-show = Kodu göster
button-group-seen-all = Görenler: herkes
button-group-seen-named = Görenler: seçilenler
button-group-people = { $count ->
    [one] Kişiler: { $count }
   *[other] Kişiler: { $count }
    }
group-people-how = Birini eklemek için grupta onun bir mesajını /notify ile yanıtlayın. Ya da kendisi orada { $command } gönderir.
member-title = <b>{ $name }</b>
member-how = Bu kişi yalnızca seçilenlerin görebildiği kodları görsün mü, hesaplarınızla satın alsın mı?
button-member-sees = ✓ Kodları görür
button-member-sees-not = Kodları görmez
button-budget = { $account } · 24 sa: { $most }
budget-none = hiç
button-budget-none = Hiç
budget-title = <b>{ $name }</b> · { $account }
budget-how = Bu kişi 24 saat içinde paranızın ne kadarını harcayabilir? Grupta /buy ile satın alır; her birini size bildiririm.
budget-spent = Son 24 saat: { $spent }
notify-me = İlettim. Kodları buraya gelen kişi karar verir.
notice-group-access = Bu grupta biri erişim istiyor:
notice-group-bought = Bir grupta sizin paranızla satın alındı: { $price }.
button-group-stop-buyer = Artık satın almasın
button-group-show-order = Numarayı göster
buyer-stopped = Bu kişi artık paranızla hiçbir şey satın alamaz.
group-buy-how = Hangi hizmet, hangi ülke? Örneğin: <code>/buy tg ru</code>
group-buy-nothing = Burada satın alabileceğiniz bir şey yok.
group-buy-whose = Ödeyen: { $owner }
group-buy-left = 24 saat içinde { $left } daha harcayabilirsiniz.
group-buy-limit = Sahibinin sınırı veya bakiyesi buna izin vermiyor. Hiçbir şey satın alınmadı.
error-budget-reached = Bu, sahibinin 24 saatte harcamanıza izin verdiğinden fazla. Hiçbir şey satın alınmadı.
