button-another-host = Başka bir sunucu
button-closed-provider = { $provider } · kapandı
button-move = Başka sunucuya taşı
button-move-here = Anahtarı taşı

hosts-prompt =
    Sunucunun adresini gönderin, örneğin { $example }

    SMS-Activate ile aynı dili, { $protocol }, konuşmalıdır; çoğu böyledir. Vazgeçmek için /keys.
hosts-prompt-placeholder = Sunucunun adresi
hosts-currency =
    { $host } fiyatları hangi para biriminde? Bu tür sunucuların çoğu dolar kullanır.

    Başka bir para birimi için üç harfli kodunu gönderin, örneğin KZT. Vazgeçmek için /keys.
hosts-asking = Bakiye ve fiyatlar soruluyor: { $host }…
hosts-closed = { $provider } kapandı. Anahtarınızı tanıyan bir halefi varsa anahtarı oraya taşıyın: siparişleriniz onunla kalır.

move-where = { $account } nereye taşınsın? Siparişleri ve geçmişi onunla kalır.
move-nowhere = Aynı dili konuşan başka bir sunucu bilmiyorum. Bir tane ekleyebilirsiniz.
move-question =
    { $account } taşınsın mı? Şimdi: { $here }, sonra: { $there }.

    Önce yeni sunucuya anahtarı tanıyıp tanımadığını sorarım. Siparişler ve geçmiş anahtarla kalır.
move-open-orders = { $count ->
    [one] { $count } sipariş açık. Yeni sunucu tanıyorsa bundan sonra orada izlerim; tanımıyorsa her şey olduğu gibi kalır.
   *[other] { $count } sipariş açık. Yeni sunucu hepsini tanıyorsa bundan sonra orada izlerim; tanımıyorsa her şey olduğu gibi kalır.
    }
move-done = ✅ Taşındı. { $account } artık { $there } üzerinde.

error-host-unusable = Bu adresi kullanamam. https://example.com gibi bir adres gerekli: https ile başlayan, kullanıcı adı, soru işareti veya devamı olmayan.
error-host-private = Bu adres özel bir ağa gidiyor. Yalnızca açık internetteki sunuculara bağlanırım.
error-move-too-early = Bu anahtarla yapılan bir satın alma henüz sonuçlanmadı; nasıl biteceğini yalnızca şimdiki sunucu bilir. Sonuçlandığında yeniden deneyin.
error-orders-stay = { $count ->
    [one] Bu anahtarın { $count } açık siparişi orada bilinmiyor, kodu kaybolurdu. Anahtarı taşımadım; sipariş bitince yeniden deneyin.
   *[other] Bu anahtarın { $count } açık siparişi orada bilinmiyor, kodları kaybolurdu. Anahtarı taşımadım; siparişler bitince yeniden deneyin.
    }
