error-unreachable = { $provider } şu anda yanıt vermiyor. Lütfen bir dakika sonra tekrar deneyin.
error-rate-limited = { $seconds ->
    [one] { $provider } kısa bir ara istiyor. Lütfen { $seconds } saniye sonra tekrar deneyin.
   *[other] { $provider } kısa bir ara istiyor. Lütfen { $seconds } saniye sonra tekrar deneyin.
    }
error-malformed = { $provider } okuyamadığım bir yanıt gönderdi. Lütfen bir dakika sonra tekrar deneyin.
error-no-answer = { $provider }, bu numaranın süresi dolana kadar yanıt vermedi.
error-outcome-unknown = Satın alma yanıtı yolda kayboldu. { $provider } sizin için bir numara ayırmış da olabilir, ayırmamış da.
error-key-rejected = { $provider } bu anahtarı kabul etmiyor. Sitede kontrol edin ve /keys ile değiştirin.
error-key-unreadable = { $provider } için verdiğiniz anahtarı artık açamıyorum; oraya hiçbir şey gönderilmedi ve para alınmadı. Lütfen anahtarı /keys ile yeniden verin.
error-refused = { $provider } isteği reddetti.
error-no-numbers = { $provider } burada numara bırakmadı. Biraz sonra deneyin veya başka bir ülke seçin.
error-low-balance = { $provider } hesabınızda yeterli bakiye yok. Sitede yükleme yapıp tekrar deneyin.
error-bad-service = { $provider } bu servisi tanımıyor. Lütfen başka birini seçin.
error-bad-country = { $provider } bu servisi bu ülkede satmıyor. Lütfen başka bir ülke seçin.
error-bad-operator = { $provider } bu operatörü tanımıyor. Lütfen başka bir teklif seçin.
error-banned = { $provider } hesabınızı bir süreliğine engelledi; nedeni genellikle çok sayıda kullanılmamış numaradır. Ayrıntıyı destek ekibi bilir.
error-maintenance = { $provider } bakımda. Lütfen daha sonra tekrar deneyin.
error-provider-fault = { $provider } tarafında bir arıza var. Lütfen birkaç dakika sonra tekrar deneyin.
error-bad-request = { $provider } isteği anlamadı. Başka bir teklif deneyin veya daha sonra gelin.
error-too-early-to-cancel = Bu numarayı geri vermek için henüz erken. Birkaç dakika sonra deneyin; bu arada kodu bekliyorum.
error-too-late-to-cancel = Bu numarayı geri vermek için artık geç.
error-no-sms-yet = Yeni bir SMS ancak ilki geldikten sonra istenebilir.
error-order-expired = Bu numaranın süresi doldu.
error-order-gone = { $provider } artık bu siparişi tanımıyor.
error-out-of-date = Bu menü eskimiş ya da düğme zaten kullanılmış. Yeniden başlayın: /buy veya /orders.
error-not-yours = Bu başka birine ait. Kendinizinkine başlamak için /start gönderin.
error-price-rose = Bu arada fiyat yükseldi, bu yüzden hiçbir şey almadım. Teklifin şu anki hâli:
error-bill-rose = Fiyat bu arada arttı, bu yüzden ödeme yapmadım. Şu anki hâli:
error-not-prolongable = Bu numaranın süresi henüz uzatılamıyor. Ödeme yapılmadı.
error-payment-open = Bu numara için bir ödeme hâlâ sürüyor, bu yüzden ikinci kez ödemedim. Birkaç dakika sonra kartına bakın.
error-sms-came-first = Tam o anda bir SMS geldi! Numara sizde kalıyor, kod sohbette.
error-unknown-service = Bu servisi bilmiyorum. Liste için /buy gönderin.
error-unknown-country = Bu ülkeyi bilmiyorum. Liste için /buy gönderin.
error-unknown-provider = Bu sağlayıcı artık burada yok. Mevcut olanlar için /keys gönderin.
error-not-offered = Bu sağlayıcı bunu yapamıyor.
error-key-unusable = Bu bir anahtara benzemiyor: anahtar, boşluksuz tek parça harf ve rakamlardan oluşur.
error-key-known = Bu anahtarı zaten eklediniz.
error-account-in-use = { $count ->
    [one] Bu anahtarda hâlâ { $count } açık sipariş var. Anahtar silinirse kod kaybolur. Siparişin bitmesini bekleyin veya iptal edin.
   *[other] Bu anahtarda hâlâ { $count } açık sipariş var. Anahtar silinirse kodlar kaybolur. Siparişlerin bitmesini bekleyin veya iptal edin.
    }
error-price-too-low = { $provider } daha yüksek bir üst fiyat istiyor. Hiçbir şey satın alınmadı.
error-sms-is-there = Bu numaraya bir SMS geldi, bu yüzden numara iade edilemez.
error-not-repeatable = Bu numara yeniden alınamıyor. Hiçbir şey satın alınmadı.
error-number-busy = Bu numara şu anda meşgul. Lütfen daha sonra yeniden deneyin.
error-already-done = Bu istek zaten gönderilmişti.
error-bad-number = { $provider } bu telefon numarasını tanımıyor.
error-number-unusable = Bu, ülke kodlu bir telefon numarasına benzemiyor; hiçbir şey göndermedim.
error-number-trouble = { $provider } bu numarada sorun olduğunu bildiriyor. SMS’i sormaya devam ediyorum; başka bir numara alabilirsiniz.
error-order-closed = { $provider } bu siparişi kapattı.
error-bad-period = Bu numara bu kadar süre için alınamıyor. Lütfen başka bir süre seçin.
error-still-running = Bu kiralama henüz bitmedi; geri getirilecek bir şey yok.
