command-watch = Numara gelince haber ver

button-tell-me = Gelince haber ver
button-watches = Takip ettiklerim
button-watch-stop = Takibi bırak
button-show-offers = Teklifleri göster
button-low-balance = Bakiye sınırı
button-low-off = Kapalı

watch-title = <b>Takip edilen numaralar</b>
watch-none = Henüz bir şey takip etmiyorsunuz. <code>/watch tg ru</code> ya da fiyatla <code>/watch tg ru 20</code> yazın; veya numaraların tükendiği yerde “Gelince haber ver” düğmesine basın.
watch-how = Yaklaşık beş dakikada bir sorar, bir kez haber veririm; numaralar tükenip yeniden gelirse bir daha. Kendiliğimden hiçbir şey almam.
watch-usage = Bir servis ve bir ülke yazın, isterseniz en yüksek fiyatı da: <code>/watch tg ru</code> ya da <code>/watch tg ru 20</code>.
watch-added = Numara gelince size haber vereceğim.
watch-asked = Sorulan: { $accounts }
watch-until = Bitiş: { $moment }
watch-now = Son görülen: { $facts }
watch-nobody = { $count ->
    [one] Bunu takip edemiyorum: ya hesaplarınızın hiçbiri numara olup olmadığını bildirmiyor ya da en çok takip edilebilecek { $count } kayda ulaştınız.
   *[other] Bunu takip edemiyorum: ya hesaplarınızın hiçbiri numara olup olmadığını bildirmiyor ya da en çok takip edilebilecek { $count } kayda ulaştınız.
    }
watch-removed = Artık takip etmiyorum.
watch-news = { $account }: numara var.
watch-price-prompt = { $service }: en fazla hangi fiyatta haber vereyim? { $currency } cinsinden bir tutar gönderin; dönmek için /watch.
watch-price-unusable = Sıfırdan büyük bir tutar gerekiyor; birden çok para birimi varsa onu da yazın, örneğin 20 ya da 0,50 €. Hesaplarınızın para birimi: { $currencies }. Dönmek için /watch.

low-title = <b>Bakiye sınırı</b> · { $account }
low-text = Bakiye bu tutarın altına düşünce bir kez haber veririm, sonra ancak yükleme yaptıktan sonra yeniden. Satın almalardan sonra ve günde birkaç kez bakarım.
low-below = Haber verme sınırı: { $below }
low-seen = Son görülen: { $balance }
low-prompt = { $account } bakiyesi kaçın altına düşünce haber vereyim? { $currency } cinsinden bir tutar gönderin. Dönmek için /keys.
low-refused = Bunu kullanamıyorum. Lütfen sıfırdan büyük bir tutar gönderin, örneğin 150 ya da 99,50. Dönmek için /keys.
low-news = ⚠️ { $account } bakiyesi azaldı: { $balance } kaldı. { $below } altına düşünce haber istemiştiniz.
