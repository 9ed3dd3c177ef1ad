purchases-title = <b>Geçmiş</b>
purchases-total = { $count ->
    [one] { $count } satın alma
   *[other] { $count } satın alma
    }
purchases-none = Henüz bir şey satın alınmadı.
purchases-none-such = Bu filtreyle bir şey yok.
purchases-activations = Kod için numaralar
purchases-rentals = Kiralık numaralar
purchases-unpriced = fiyat bilinmiyor
purchases-sms = SMS: { $after } sonra
purchases-no-sms = SMS gelmedi
purchases-open = açık
purchases-doubt = belirsiz
purchases-returned = ücret iade edildi
purchases-act-rent = kiralandı
purchases-act-prolong = uzatıldı
purchases-act-add_service = bir servis daha
purchases-act-restore = geri alındı
button-filter = Filtre
button-filter-off = Filtreyi temizle
button-filter-show = Göster: { $many }
button-purchases = Geçmiş
button-stats = İstatistik

filter-title = <b>Filtre</b>
filter-any = tümü
facet-kind = Tür: { $value }
facet-account = Hesap: { $value }
facet-service = Servis: { $value }
facet-country = Ülke: { $value }
facet-month = Ay: { $value }

export-caption = { $count ->
    [one] { $count } satın alma, saatler UTC.
   *[other] { $count } satın alma, saatler UTC.
    }

stats-title = <b>İstatistik</b> · { $count ->
    [one] son { $count } gün
   *[other] son { $count } gün
    }
stats-none = Bu günlerde bir şey satın alınmadı.
stats-spent = Harcanan: { $spent }
stats-brought = SMS geldi: { $ended } numaradan { $brought }
stats-no-picture = Resim çizilemedi. Lütfen bir dakika sonra yeniden deneyin.
button-days = { $count ->
    [one] { $count } gün
   *[other] { $count } gün
    }
picture-spend = Günlük harcama, { $currency }
picture-success = SMS gelen numaralar
picture-result = { $ended } numaradan { $brought }
picture-wait = SMS: { $after } sonra
picture-zone = Günler UTC’ye göre. SMS süresi ortancadır.

command-history = Satın aldıklarınız
command-stats = Harcama ve başarı, resimle
