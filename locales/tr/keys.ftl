keys-title = <b>Anahtarlar</b>
keys-none = Henüz anahtarınız yok. Anahtar, sağlayıcıdan sizin adınıza numara almamı sağlar; sağlayıcıdaki hesabınızda bulunur.
keys-some = Kontrol etmek, yeniden adlandırmak veya silmek için bir anahtara dokunun.
keys-which-provider = Anahtarınız hangi sağlayıcıda?
keys-prompt =
    { $provider } anahtarınızı gönderin. Hesabınızda bulabilirsiniz: { $site }

    Mesajınızı hemen siler, anahtarı şifreleyerek saklarım; burada bir daha kimse okuyamaz. Vazgeçmek için /keys.
keys-prompt-placeholder = Anahtarı buraya yapıştırın
keys-label-prompt = { $account } için yeni ad nedir? En fazla 64 karakter gönderin. Vazgeçmek için /keys.
keys-label-placeholder = Yeni ad
keys-proving = Anahtar kontrol ediliyor: { $provider }…
keys-not-deleted = ⚠️ Anahtarı içeren mesajınızı silemedim. Lütfen kendiniz silin.
keys-not-kept = Bu anahtarı kaydetmedim. Başka bir anahtar gönderin; vazgeçmek için /keys.
keys-stray = Bu bir anahtara benziyordu; bu yüzden aramadım ve saklamadım. Anahtar eklemek için önce düğmeye basın.
keys-added = ✅ Anahtar çalışıyor. Kaydedilen ad: { $account }.
keys-replaced = ✅ Yeni anahtar çalışıyor. Artık bunu kullanan hesap: { $account }.
keys-renamed = ✅ Yeniden adlandırıldı.
keys-removed = Silindi.
keys-tail = { $provider }, anahtar { $tail }
keys-since = Eklenme: { $moment }
keys-rejected = ⚠️ Sağlayıcı bu anahtarı kabul etmiyor. Değiştirilene kadar siparişlerinin kodları kontrol edilemez.
keys-remove-question = { $account } silinsin mi? Anahtarı unutacağım. Sağlayıcıdaki paranıza dokunulmaz, anahtarı yeniden ekleyebilirsiniz.
keys-private-only = Anahtarlar özeldir. Özel sohbetimizde devam edelim; bir gruba asla anahtar göndermeyin.

balance-title = <b>Bakiye</b>
balance-asking = soruluyor…
balance-untold = bu servis bildirmiyor; anahtar çalışıyor
balance-is = Bakiye: { $balance }

notice-key-unreadable = ⚠️ Kayıtlı anahtarı artık açamıyorum: { $account }. Sorun { $provider } tarafında değil, benim kasamda. Lütfen anahtarı yeniden gönderin; o zamana kadar onunla numara alamam, kod da getiremem.
