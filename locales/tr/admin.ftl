button-allow = İzin ver
button-block = Engelle
button-faults = Kenara ayrılanlar
button-people = Kişiler
button-usual = Ayarlardaki gibi

admin-title = <b>Yönetim</b>
admin-people = Kişi: { $count }
admin-orders = Açık sipariş: { $count }
admin-queue = Bekleyen mesaj: { $count }, en eskisi { $minutes } dakikadır bekliyor
admin-queue-empty = Bekleyen mesaj: yok
admin-faults = Kenara ayrılan: { $count }
admin-provider = { $provider }: sorun yok · açık sipariş: { $count }
admin-provider-silent = ⚠️ { $provider }: yanıt vermiyor, başlangıç: { $moment } · açık sipariş: { $count }

admin-people-title = <b>Kişiler</b>, en yeniler önce. ⛔ engelli, ✅ sizin izninizle.
admin-people-unreadable = { $count ->
    [one] ⚠️ Bu sayfadan { $count } kişi listede yok: veritabanındaki kaydı okunamıyor.
   *[other] ⚠️ Bu sayfadan { $count } kişi listede yok: veritabanındaki kayıtları okunamıyor.
    }
admin-person = <b>Kullanıcı <code>{ $id }</code></b>
admin-since = İlk gelişi: { $moment }
admin-language = Dil: { $language }
admin-accounts = Anahtar: { $count }
admin-unreachable = Botu kendi tarafında engellemiş.
admin-standing-usual = Ayarlar izin veriyorsa botu kullanabilir.
admin-standing-allowed = Ayarlar ne derse desin botu kullanabilir.
admin-standing-blocked = Engelli. Açık siparişler sürer, kodları iletilir.
admin-is-admin = Yönetici: burada yalnızca ayarlar karar verir.

admin-faults-title = <b>Kenara ayrılanlar</b>
admin-faults-none = Hiçbir şey yok. Her şeyin üstesinden gelindi.
admin-faults-advice = Bunlar botun kendi hataları. Yeniden denediğinizde liste boşalır; yine olmayanlar buraya döner.
admin-source-update = Bir mesaj veya dokunuş, { $ref }
admin-source-message = Botun bir mesajı, satır { $ref }
admin-source-order = Bir sipariş, satır { $ref }
admin-source-rental = Bir kiralama, satır { $ref }
admin-source-bill = Bir kiralama ödemesi, { $ref }
admin-source-unknown = Başka bir şey, satır { $ref }
admin-fault-when = İlk kez { $moment }, kaç kez: { $count }
admin-told-again = Yeniden deniyorum.
