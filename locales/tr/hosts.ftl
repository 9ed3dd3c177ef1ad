error-host-unusable = Bu adresi kullanamam. https://example.com gibi bir adres gerekli: https ile başlayan, kullanıcı adı, soru işareti veya devamı olmayan.
error-host-private = Bu adres özel bir ağa gidiyor. Yalnızca açık internetteki sunuculara bağlanırım.
error-move-too-early = Bu anahtarla yapılan bir satın alma henüz sonuçlanmadı; nasıl biteceğini yalnızca şimdiki sunucu bilir. Sonuçlandığında yeniden deneyin.
error-orders-stay = { $count ->
    [one] Bu anahtarın { $count } açık siparişi orada bilinmiyor, kodu kaybolurdu. Anahtarı taşımadım; sipariş bitince yeniden deneyin.
   *[other] Bu anahtarın { $count } açık siparişi orada bilinmiyor, kodları kaybolurdu. Anahtarı taşımadım; siparişler bitince yeniden deneyin.
    }
