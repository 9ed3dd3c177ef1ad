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

stock-short = { $count ->
    [0] tükendi
   *[other] { $count } adet
    }
rate = %{ $percent }
countries-rates = Yüzdeyi sağlayıcı bildiriyor: SMS ne sıklıkla geldi.

own-services-title = <b>{ $provider }: diğer servisler</b>, kendi adlarıyla. Adını da yazabilirsiniz.
own-services-whose = Kimin diğer servisleri?
own-services-none = { $provider } alışılmış listenin dışında bir şey satmıyor.

asking = Soruluyor: { $accounts }…
offers-choose = Hangi teklif? En ucuzu başta.
offers-none = Burada şu anda hiç numara kalmadı.
offers-elsewhere = Şu ülkelerde var:
offer-price = Fiyat: <b>{ $price }</b>
offer-at-most = Fiyat: <b>{ $price }</b>, en fazla <b>{ $highest }</b>
offer-unpriced = { $provider } satın almadan önce fiyat bildirmiyor. Sonrasında, bakiyeyi başka bir sipariş de değiştirmiyorsa, ne kadar eksildiğini gösteririm.
offer-forward = Yönlendirme daha pahalıdır; { $provider } fiyatını satın almadan önce bildirmiyor. Sonrasında, bildirilirse veya bakiyeden anlaşılırsa, ne kadar alındığını gösteririm.
offer-limit = En fazla: <b>{ $highest }</b>
price-untold = fiyat alımdan sonra
price-up-to = en fazla { $price }
offer-account = Ödeyen hesap: { $account }
offer-operator = Operatör: { $operator }
offer-stock = Stok: { $stock }
offer-minutes = { $count ->
    [one] Kod için süre: { $count } dakika
   *[other] Kod için süre: { $count } dakika
    }
offer-rule = Yalnızca SMS gelirse ödersiniz.
