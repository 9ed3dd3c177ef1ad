state-placing = Numara alınıyor…
state-waiting = SMS bekleniyor
state-received = SMS geldi
state-waiting_again = Yeni bir SMS bekleniyor
state-uncertain = Belirsiz: satın alma yanıtı kayboldu
state-finished = Tamamlandı
state-canceled = İptal edildi: numara geri verildi, ücreti bakiyenize döner
state-banned = Yasaklandı: numara geri verildi, ücreti bakiyenize döner
state-expired = Süre doldu: SMS gelmedi, ücreti bakiyenize döner
state-closed = Sona erdi. Sağlayıcı, ücretin dönüp dönmediğini söylemiyor: lütfen sitesine bakın
state-failed = Alınmadı

card-price = { $price } · { $account }
card-price-at-most = { $price }, en fazla { $highest } · { $account }
card-at-most = En fazla { $highest } · { $account }
card-unpriced = Fiyat bildirilmedi · { $account }
card-worked-out = Bakiyeden eksilen: { $price } · { $account }
card-code = Kod: { $code }
card-called = Arama geldi
card-ends = Bitiş: { $moment }
card-silent = ⚠️ { $provider } yanıt vermiyor; başlangıcı: { $moment }. Sormaya devam ediyorum, kod kaybolmaz.
card-key-rejected = ⚠️ Sağlayıcı şu hesabın anahtarını kabul etmiyor: { $account }. /keys ile değiştirin, yoksa kod gelemez.

uncertain-before = Satın almadan önceki bakiyeniz: { $before }.
uncertain-balances = Bakiyeniz: önce { $before }, sonra { $after }.
uncertain-advice = Kendiliğimden yeniden satın almam. Lütfen { $provider } sitesine bakın: numara oradaysa orada kullanabilirsiniz. SMS gelmezse numaranın süresi dolunca { $provider } parayı kendiliğinden iade eder.
uncertain-settled = Bu satın almanın süresi doldu. Yanıt kaybolduğu için { $provider } tarafında bir numara ayrılıp ayrılmadığını bilmiyorum; ayrıldıysa ve SMS gelmediyse para iade edildi.

code-sender = Gönderen: { $sender }
code-call = Bu numaradan arama geldi. Kod çoğu zaman son rakamlarıdır.
code-empty = Boş bir SMS geldi.

notice-expired = SMS zamanında gelmedi. Ücreti bakiyenize döner.
notice-closed = Bu numara sona erdi; { $provider } ücretin bakiyenize dönüp dönmediğini söylemiyor. Lütfen sitesine bakın.
notice-key-rejected = ⚠️ { $provider } şu hesabın anahtarını kabul etmiyor: { $account }. Bu hesabı duraklattım: anahtarı değiştirene kadar onunla kod alamam.

orders-open = <b>Açık siparişler</b>
orders-archive = <b>Arşiv</b>
orders-none-open = Şu anda açık siparişiniz yok.
orders-none-archived = Burada henüz bir şey yok.
orders-since = Alınma: { $moment }
