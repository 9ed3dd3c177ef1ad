button-data = Verilerim
button-data-copy = Kopyasını al
button-leave = Hakkımdaki her şeyi sil
button-leave-go-on = Son soruya geç
button-leave-keep = Her şey kalsın
button-leave-sure = Kalıcı olarak sil

data-title = <b>Verilerim</b>
data-text = Hakkınızda sakladıklarım: anahtarlarınız (şifreli), numaralarınız ve kiralamalarınız SMS’leriyle birlikte, ayarlarınız, eklediğiniz sunucular ve gruplarınız. Hepsini dosya olarak alabilir ya da sildirebilirsiniz.
data-caption = Hakkınızda saklanan her şey, JSON olarak. Anahtarların yalnızca son dört karakteri var; ama numaralar ve kodlar da içinde, bu yüzden kimseyle paylaşmayın.

leave-question = <b>Hakkınızdaki her şey silinsin mi?</b>
leave-goes = Bunlar hemen silinir ve kimse geri getiremez:
leave-keys = { $count ->
    [0] · anahtar yok
    [one] · { $count } anahtar
   *[other] · { $count } anahtar
    }
leave-purchases = { $count ->
    [0] · satın alınmış numara yok
    [one] · { $count } numara ya da kiralama, SMS’leri ve kodlarıyla
   *[other] · { $count } numara ve kiralama, SMS’leri ve kodlarıyla
    }
leave-settings = · ayarlar, sınırlar, eklediğiniz sunucular, gruplar, istatistikler ve burada bulunduğunuz bilgisi
leave-open = { $count ->
    [one] ⚠️ <b>{ $count } numara hâlâ açık.</b> Sağlayıcısında çalışmayı sürdürür: orada yine para harcayabilir, yine kod alabilir; ama bunları size artık kimse bildirmez. İstemiyorsanız önce numarayı iade edin.
   *[other] ⚠️ <b>{ $count } numara hâlâ açık.</b> Sağlayıcılarında çalışmayı sürdürürler: orada yine para harcayabilir, yine kod alabilirler; ama bunları size artık kimse bildirmez. İstemiyorsanız önce numaraları iade edin.
    }
leave-stays = Kalanlar: bu sohbetteki mesajlar (Telegram’dan temizleyebilirsiniz) ve sağlayıcılardaki hesaplarınız, paranız, geçmişiniz.
leave-sure = <b>Gerçekten her şey silinsin mi?</b> Bu son soru.
leave-no-way-back = Geri dönüşü yok, bizde kopyası da kalmaz. İstiyorsanız önce kopyasını alın.
leave-in-doubt = { $count ->
    [one] Hiçbir şeyi silmedim: { $count } satın alma hâlâ sürüyor ya da sonucu henüz belli değil.
   *[other] Hiçbir şeyi silmedim: { $count } satın alma hâlâ sürüyor ya da sonucu henüz belli değil.
    }
leave-in-doubt-why = Bunu şimdi unutursam paranın çekilip çekilmediğini kimse öğrenemez. Kendiliğinden, çoğunlukla en geç yarım saatte sonuçlanır; o zaman yeniden deneyin.
leave-done = Hakkınızdaki her şey silindi, kodlarınızı da artık sormuyorum. Bu sohbeti şimdi temizleyebilirsiniz. /start ile sıfırdan başlarız.

private-only = Bu yalnızca sizi ilgilendirir. Özel sohbetimizde devam edelim.
