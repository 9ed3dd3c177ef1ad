start-title = <b>Codebell</b> · her kod için bir numara
start-newcomer =
    Numara sağlayıcısındaki kendi anahtarınızla SMS kodları için numara alırım. Servisi ve ülkeyi seçin, kod doğrudan buraya gelsin.

    Önce anahtarınızı ekleyelim.
start-known = Ne yapalım? Servisin adını yazmanız da yeterli, örneğin <i>telegram</i>.

help-title = <b>Nasıl çalışır</b>
help-commands =
    /buy – numara alın; <code>/buy tg ru</code> sizi doğrudan tekliflere götürür
    /rent – saatlik, günlük veya haftalık numara kiralayın; <code>/rent tg ru</code> da olur
    /watch – numara gelince ya da ucuzlayınca haber alın; <code>/watch tg ru 20</code>
    /orders – açık ve geçmiş siparişleriniz
    /balance – hesaplarınızdaki bakiye
    /keys – anahtar ekleyin, kontrol edin veya silin
    /history – satın aldığınız her şey, dosya olarak da
    /stats – harcama ve başarı, resim olarak
    /settings – sınırlar, bildirimler, verileriniz
    /notify – yönettiğiniz bir grupta: kodlarınız oraya da gelir
    /lang – dili değiştirin

    Bir servis, bir ülke ya da ikisini birden yazmanız da yeterli.
help-buttons =
    <b>Numaranın altındaki düğmeler</b>
    <b>İptal et</b> numarayı geri verir, ücreti bakiyenize döner.
    <b>Yasakla</b> numarayı yine geri verir ve sağlayıcıya çalışmadığını bildirir.
    <b>Yeni SMS iste</b> aynı numaraya bir kod daha ister.
    <b>Bir tane daha al</b> teklifleri yeniden gösterir.
    <b>Tekrar</b>, fiyat geçen seferkinden yüksek değilse aynısını hemen alır.
help-rules =
    <b>Bilmeniz iyi olur</b>
    Bir dokunuş bir numara alır. Kendiliğimden hiçbir şey almam; kiralamayı yalnızca siz açtıysanız uzatırım.
    Numarayı alır almaz SMS’i serviste isteyin: süre sınırlıdır.
    Çok sayıda iptal, sağlayıcının hesabınızı askıya almasına yol açabilir.
    Numaraları yalnızca yasaların ve servis kurallarının izin verdiği şekilde kullanın.

language-title = Hangi dilde konuşalım?
language-set = Bundan sonra Türkçe konuşuyoruz.

not-invited = Üzgünüm, bu bot yalnızca sahibinin davet ettiği kişilere açık.
one-moment = Bir saniye…

failure-ours = Bizim tarafta bir sorun oluştu. Bir kart aksini söylemiyorsa bu dokunuşla hiçbir şey alınmadı. Tekrarlanırsa bot sahibine şu numarayı iletin: { $incident }
failure-no-money = Ücret alınmadı.
failure-until = Engelin bitişi: { $moment }.
failure-clock = ({ $provider } saatine göre)
failure-longest = { $count ->
    [one] Sağlayıcı en fazla { $count } güne izin veriyor.
   *[other] Sağlayıcı en fazla { $count } güne izin veriyor.
    }
failure-since = Uzatma şu andan sonra mümkün: { $moment }.

blocked = Bu botun sahibi sizi engelledi. Hâlâ açık olan numaraların kodları buraya gelecek.
slow-down = Bu benim için fazla hızlı. Şimdi yazdıklarınızı atlıyorum; lütfen yarım dakika sonra devam edin.
slow-down-tap = Çok hızlı: bu dokunuş işlenmedi. Birkaç saniye sonra yeniden basın.
