buy-title = <b>Kod hangi servisten gelecek?</b>
buy-title-in = <b>Hangi servis?</b> Numaranın ülkesi: { $country }.
buy-or-type = Listeden seçin veya adını yazın.
buy-needs-key = Numara alabilmem için önce sağlayıcı anahtarınız gerekiyor. Bir dakikanızı alır.

search-found = “{ $text }” ile hangisini kastettiniz?
search-nothing = “{ $text }” için ne bir servis ne de bir ülke bulabildim. Başka türlü yazmayı deneyin veya listeden seçin.

countries-title = <b>{ $service }</b> · numara hangi ülkeden olsun? Ülkenin adını da yazabilirsiniz.
countries-none = { $service } için şu anda kimse numara satmıyor. Daha sonra deneyin veya başka bir servis seçin.

stock = { $count ->
    [0] tükendi
    [one] { $count } numara
   *[other] { $count } numara
    }

asking = Soruluyor: { $accounts }…
offers-choose = Hangi teklif? En ucuzu başta.
offers-none = Burada şu anda hiç numara kalmadı.
offers-elsewhere = Şu ülkelerde var:
offer-price = Fiyat: <b>{ $price }</b>
offer-account = Ödeyen hesap: { $account }
offer-operator = Operatör: { $operator }
offer-stock = Stok: { $stock }
offer-minutes = { $count ->
    [one] Kod için süre: { $count } dakika
   *[other] Kod için süre: { $count } dakika
    }
offer-rule = Yalnızca SMS gelirse ödersiniz.
