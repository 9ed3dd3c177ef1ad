command-balance = Hesaplarınızdaki bakiye
command-buy = Numara alın
command-help = Nasıl çalışır
command-keys = Sağlayıcı anahtarlarınız
command-lang = Dili değiştirin
command-orders = Siparişleriniz
command-rent = Günlük veya haftalık numara kiralayın
command-start = Baştan başlayın

bot-description =
    Numara sağlayıcısındaki kendi anahtarınızla SMS kodları için numara alır, kod gelir gelmez buraya yazar.

    Anahtarınız şifrelenmiş olarak saklanır ve bir daha gösterilmez.
bot-short-description = Kendi anahtarlarınızla SMS kodları için numaralar. Kod sohbete gelir.
