button-add-service = Bir servis daha
button-find-service = Adıyla bul
button-rent = Numara kirala
button-rent-accounts = ‹ Hesaplar
button-rental = Numaraya git

period-hour = { $count ->
    [one] { $count } saat
   *[other] { $count } saat
    }
period-day = { $count ->
    [one] { $count } gün
   *[other] { $count } gün
    }
period-week = { $count ->
    [one] { $count } hafta
   *[other] { $count } hafta
    }
period-month = { $count ->
    [one] { $count } ay
   *[other] { $count } ay
    }

rent-whole = Tüm servisler
rent-about = yaklaşık { $price }
rent-together = { $count } servisin tümü için { $price }
rent-accounts-title = Saatlik, günlük veya haftalık <b>numara kiralama</b>. Hangi hesap ödesin?
rent-needs-key = Numara kiralayabilmem için önce kiralayan bir sağlayıcıdaki anahtarınız gerekiyor, örneğin: { $providers }.
rent-accounts-none = Hesaplarınızın hiçbiri numara kiralamıyor. Kiralayan bir sağlayıcının anahtarını ekleyin, örneğin: { $providers }.
rent-countries-title = <b>{ $account }</b> · numara hangi ülkeden olsun?
rent-countries-none = { $provider } şu anda hiçbir ülke bildirmiyor. Lütfen daha sonra deneyin.
rent-country-missing = { $provider } bu ülkede numara kiralamıyor: { $country }. Şu ülkelerde kiralıyor:
rent-services-title = <b>Hangi servis için?</b> Numaranın ülkesi: { $country }.
rent-services-none = { $provider } için şu anda kiralık bir şey yok. Ülke: { $country }. Başka bir ülke deneyin.
rent-service-missing = { $provider } şu anda { $service } için numara kiralamıyor. Ülke: { $country }. Şunlar için var:
rent-service-prompt = Hangi servis için numara kiralamak istiyorsunuz? Ülke: { $country }. Servisin adını yazın, geri dönmek için /rent gönderin.
rent-further-title = Numara şunlar için olacak: { $services }. Başka ne için?
rent-extra-title = { $phone } başka hangi servis için gerekli?
rent-no-further = Burada şu anda seçilecek başka servis yok.
rent-prices-for = Fiyatlar şu süre için: { $period }.
rent-periods-title = Ne kadar süreyle?
rent-periods-none = Burada şu anda kiralık numara yok. Başka bir servis veya ülke deneyin.
rent-prolong-none = Bu numaranın süresi şu anda uzatılamıyor.

bill-title-rent = <b>Numara kiralama</b>
bill-title-prolong = <b>Süre uzatma</b>
bill-title-add_service = <b>Aynı numaraya bir servis daha</b>
bill-title-restore = <b>Numarayı geri getirme</b>
bill-confirm-rent = Kirala · { $price }
bill-confirm-prolong = Uzat · { $price }
bill-confirm-add_service = Ekle · { $price }
bill-confirm-restore = Geri getir · { $price }
bill-period = Süre: <b>{ $period }</b>
bill-until = Yaklaşık bitiş: { $until }
bill-any-country = Numaranın hangi ülkeden olacağına sağlayıcı karar verir.
bill-days = { $count ->
    [one] Süresi { $count } gün uzar.
   *[other] Süresi { $count } gün uzar.
    }
bill-overdue = { $count ->
    [one] Fiyata bitişinden bu yana geçen { $count } gün de dâhil.
   *[other] Fiyata bitişinden bu yana geçen { $count } gün de dâhil.
    }
bill-estimated = Fiyat: <b>yaklaşık { $price }</b>, sağlayıcının diğer fiyatlarından hesaplandı
bill-untold = { $provider } fiyatı önceden bildirmiyor. Ne kadar tuttuğunu sonra bakiyenizden görürsünüz.
bill-refund = { $count ->
    [one] Hiç SMS gelmediyse numarayı { $count } dakika içinde geri verebilirsiniz.
   *[other] Hiç SMS gelmediyse numarayı { $count } dakika içinde geri verebilirsiniz.
    }
bill-no-refund = { $provider } numaranın geri verilebileceğine söz vermiyor: parayı harcanmış sayın.
bill-spent = Bunun iadesi yok: para harcanmış olur.
bill-wake = Numara önce uykudadır. Servisten SMS istemeden önce onu <b>Etkinleştir</b> ile uyandırın.
bill-done-rent = Numara sizin.
bill-done-prolong = Tamam: numara sizde kalıyor.
bill-done-add_service = Tamam: numara artık bu servisin SMS’lerini de alıyor.
bill-done-restore = Tamam: numara yeniden sizin.
bill-lasts = Bitiş: { $until }.
bill-failed = Bu işe yaramadı, ücret alınmadı.
bill-placing = Ödeme sürüyor. Nasıl bittiğini buraya yazacağım.
bill-uncertain = Yanıt yolda kayboldu: { $provider } parayı almış da olabilir, almamış da. Oradaki hesabınıza bakıyorum ve ne bulduğumu buraya yazacağım. Lütfen ondan önce tekrar ödemeyin.
