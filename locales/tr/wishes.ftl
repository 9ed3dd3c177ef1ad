wish-cancel = ↩️ Bu numarayı geri veriyorum.
wish-ban = ↩️ Bu numarayı yasaklıyorum.
wish-finish = ☑️ Bu siparişi bitiriyorum.
wish-auto = ↩️ Kod gelmedi, süre dolmak üzere. /settings ayarınıza göre numarayı geri veriyorum.
wish-why-early = { $provider } henüz erken olduğunu söylüyor.
wish-why-silent = { $provider } yanıt vermiyor.
wish-why-pause = { $provider } ara vermemi istiyor.
wish-why-key = { $provider } anahtarı kabul etmiyor. /keys ile değiştirin.
wish-why-other = { $provider } bunu henüz yapmadı.
wish-tries = { $count ->
    [one] { $count } kez sordum.
   *[other] { $count } kez sordum.
    }
wish-next = Sonraki deneme: { $moment }.
wish-noted = Tamam. { $provider } henüz onaylamadı. Sormaya devam ediyorum, yeniden basmanız gerekmez.
wish-noted-early = Tamam. { $provider } için henüz erken. Sormaya devam ediyorum, yeniden basmanız gerekmez.
wish-taken-back = Bunu artık istemiyorum. { $provider } bunu çoktan yaptıysa kartta yazacak.

notice-given-back = { $provider } numarayı geri aldı. Ücreti bakiyenize döner.
notice-auto-canceled = Kod gelmedi; /settings ayarınıza göre numarayı süresi dolmadan geri verdim. Ücreti bakiyenize döner.
notice-kept = { $provider } bu numara için bunu artık yapmıyor, o yüzden sormayı bıraktım. Numara sizde kalıyor, kodunu beklemeye devam ediyorum.

choose-question = { $count ->
    [one] { $provider } listesinde satın aldığınız olabilecek { $count } numara var. Emin değilim. Sizin numaranız mı?
   *[other] { $provider } listesinde satın aldığınız olabilecek { $count } numara var. Hangisi sizin?
    }
choose-since = { $provider } saatine göre { $moment } tarihinden beri
choose-none = Anladım: hiçbiri. Aramaya devam ediyorum, nasıl bittiğini yazacağım.
button-this-one = Bu · { $tail }
button-none-of-these = Hiçbiri

auto-cancel-title = <b>Kodsuz iade</b>
auto-cancel-text = Bitmesine bu kadar dakika kala kod gelmemişse numarayı kendim geri veririm, ücreti bakiyenize döner. Bu sırada gelen kodu iletirim, numara sizde kalır. Kiralamalara dokunmam.
auto-cancel-off = Şu an: hiçbir zaman.
auto-cancel-on = { $count ->
    [one] Şu an: bitmesine { $count } dakika kala.
   *[other] Şu an: bitmesine { $count } dakika kala.
    }
button-auto-cancel = Kod yoksa { $count } dk kala geri ver
button-auto-cancel-never = Kod yoksa sonuna dek bekle
button-minutes = { $count } dk
button-never = Hiçbir zaman
