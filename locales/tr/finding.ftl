button-again = Tekrar · { $price }
button-again-place = Tekrar { $place } · { $price }
button-star = ☆ Favori
button-starred = ★ Favori
button-share = Paylaş
button-by-own = Bende
button-in-stock = Yalnızca stoktakiler
button-filter-countries = Ülkeleri göster

again-legend = “Tekrar”, fiyat geçen seferkinden yüksek değilse aynısını aynı anahtarla hemen alır. Yüksekse önce sorarım.
again-looking = Bugünkü fiyatı soruyorum. Henüz bir şey alınmadı.
favourite-added = Favorilere eklendi: /buy içinde en başta.
favourite-removed = Favorilerden çıkarıldı.
favourites-full = { $count ->
    [one] Favorilerde { $count } kayıtlık yer var. Lütfen önce birini çıkarın.
   *[other] Favorilerde { $count } kayıtlık yer var. Lütfen önce birini çıkarın.
    }
share-text = Kod almak için numaralar: { $service }, { $country }

countries-own = Sayı sizin deneyiminizi gösteriyor: son 90 gündeki numaralarınızın kaçına SMS geldi.
countries-none-such = Filtreye uyan ülke yok.
country-filter-title = <b>{ $service }</b> · hangi ülkeleri göstereyim?
filter-most = Fiyat: { $value }
filter-name = Ad: { $value }
filter-most-prompt = { $service }: hangi fiyata kadar olan ülkeleri göstereyim? Hesaplarınızın para birimi: { $currencies }. Bir tutar gönderin; dönmek için /buy.
price-unusable = Sıfırdan büyük bir tutar gerekiyor; birden çok para birimi varsa onu da yazın, örneğin 20 ya da 0,50 €. Hesaplarınızın para birimi: { $currencies }. Dönmek için /buy.
filter-name-prompt = { $service }: ülke adının bir parçasını gönderin; dönmek için /buy.
filter-name-placeholder = Ülke
