button-additional = Başka servis
button-call = Arama yap
button-finish = Bitir
button-new-call = Bir numara ara
button-raise = Şuna yükselt: { $price }
button-ready = SMS gönderildi
button-repeat = Aynı numara tekrar
button-who-called = Kim aradı?

card-number-coming = Numara yolda.
card-ready = Sağlayıcı SMS’in gönderildiğini biliyor.
card-ready-first = Serviste SMS’i isteyin, sonra <b>SMS gönderildi</b> düğmesine basın. Yoksa { $provider } SMS beklemez ve numaranın süresi kodsuz dolar.

again-repeat = <b>Aynı numara yeniden</b>
again-additional = <b>Aynı numarada başka bir servis</b>
again-which-service = Şu numara başka hangi servis için gerekiyor: { $phone }? Servisin adını gönderin veya /orders ile geri dönün.
again-service-placeholder = Servisin adı
price-free = ücretsiz
service-not-found = “{ $text }” için bir servis bulamadım. Başka türlü yazmayı deneyin.

call-nobody = Bu numarayı henüz kimse aramadı.
call-from = Arayan numara: { $phone }
call-prompt = { $phone } kimi arasın? Numarayı ülke koduyla gönderin veya /orders ile geri dönün.
call-placeholder = Ülke koduyla numara
calls-title = <b>Bu numaradan yapılan aramalar</b>
calls-none = Henüz yok.
forward-prompt = { $phone } nereye yönlendirilsin? Numarayı ülke koduyla gönderin veya /orders ile geri dönün.
forward-set = { $phone } artık yönlendiriliyor; sağlayıcı SMS istendiğini biliyor.
