button-activate = Etkinleştir
button-auto-off = Otomatik uzatma kapalı
button-auto-on = Otomatik uzatma: { $period }
button-auto-stop = Kapat
button-copy-this = Kopyala: { $code }
button-delete = Sil
button-delete-now = Evet, sil
button-end-now = Evet, şimdi bitir
button-give-back = Evet, geri ver
button-inbox = Gelenler · { $count }
button-open-rentals = Sürenler
button-past-rentals = Bitenler
button-prolong = Uzat
button-rent-archives = Sağlayıcının arşivi
button-rent-imports = Başka yerde kiralananı ekle
button-rentals = Kiralıklarım
button-restore = Geri getir
button-restore-this = Geri getir { $tail }

rental-state-placing = Numara kiralanıyor…
rental-state-uncertain = Belirsiz: ödemenin yanıtı kayboldu
rental-state-active = SMS alıyor
rental-state-sleeping = Uykuda
rental-state-waking = Uyanıyor…
rental-state-missing = Şu anda ulaşılamıyor
rental-state-over = Süresi doldu
rental-state-canceled = Geri verildi: ücreti bakiyenize döner
rental-state-finished = Siz bitirdiniz
rental-state-deleted = Silindi
rental-state-failed = Kiralanmadı

rental-untold = Kiralık numara
rental-until = Bitiş: { $until } · { $left }
rental-until-about = Yaklaşık bitiş: { $until } · { $left }
rental-ended = Bitti: { $moment }
rental-newest = Son SMS: { $text }
rental-asleep = Servis SMS göndermeden önce numarayı uyandırmak gerekir: <b>Etkinleştir</b> düğmesine basın. Numara genellikle 10–15 dakika sırada bekler, sonra 10–30 dakika uyanık kalır.
rental-waking = Numara sağlayıcının sırasında bekliyor; genellikle 10–15 dakika, bazen daha uzun sürer. Uyanınca yazacağım: SMS’i servisten ancak o zaman isteyin.
rental-awake = Büyük olasılıkla şu saatten sonra yine uyur: { $moment }.
rental-missing = Bu numara şu anda sağlayıcının hiçbir cihazında değil. Genellikle kendiliğinden döner; dönmezse sağlayıcının desteğine yazın.
rental-refund = Hiç SMS gelmediyse şu saate kadar geri verilebilir: { $moment }.
rental-auto = Kendiliğinden uzar: { $period }, her seferinde en fazla { $most }
rental-auto-untold = Kendiliğinden uzar: { $period }; { $provider } bunun fiyatını bildirmiyor
rental-paying = Ödeme sürüyor: { $what }
rental-in-doubt = ⚠️ Belirsiz: { $what }. Yanıt kayboldu; { $provider } parayı aldı mı diye bakıyorum. Lütfen ben yazmadan tekrar ödemeyin.
rental-unlisted = Ödendi. { $provider } hangi numara olduğunu henüz bildirmedi; listesine bakmayı sürdürüyorum.
rental-balance-before = Öncesindeki bakiyeniz: { $before }.

rental-ask-cancel = <b>Numara geri verilsin mi?</b> Hiç SMS gelmediyse { $provider } ücretini bakiyenize iade eder. Numara artık sizde olmaz.
rental-ask-until = Son saat: { $moment }.
rental-ask-finish = <b>Kiralama şimdi bitsin mi?</b> Numara hemen gider, kalan sürenin parası geri gelmez.
rental-ask-delete = <b>Numara silinsin mi?</b> { $provider } tarafında hemen silinir, para iade edilmez. Gelen SMS’ler burada, gelenlerde kalır.

rental-auto-title = <b>Sormadan uzat</b>
rental-auto-explain = Süresi dolmadan kısa süre önce numarayı kendim uzatırım, siz kapatana kadar her seferinde. Bugünkü fiyatından pahalıya uzatmam: pahalanırsa ödemem, size yazarım.
rental-auto-by = Her seferinde ne kadar?
rental-auto-set = Bu numara artık kendiliğinden uzar.
rental-auto-stopped = Bu numara süresi dolunca biter.

rentals-open = <b>Kiralık numaralar</b>
rentals-past = <b>Geçmiş kiralamalar</b>
rentals-none-open = Şu anda kiraladığınız numara yok.
rentals-none-past = Burada henüz bir şey yok.

inbox-title = <b>Gelen SMS’ler:</b> { $phone }
inbox-none = Henüz hiç SMS gelmedi. Gelir gelmez yazacağım.

archives-title = Hangi hesabın arşivi?
archives-none = Sağlayıcılarınızın hiçbiri arşiv tutmuyor.
archive-title = <b>Arşiv</b> · { $account }
archive-none = Burada bir şey yok.
archive-no-sms = SMS gelmedi
archive-has-sms = SMS geldi

rent-imports-title = <b>Anahtarlarınızla başka yerde kiralananlar</b>
rent-imports-none = Henüz izlemediğim kiralık bir numara bulamadım.
rent-imports-nobody = Hesaplarınızın hiçbiri numara kiralamıyor.

notice-awake = Numara uyandı. SMS’i şimdi servisten isteyin.
notice-asleep = Numara uykuya daldı. Sonraki SMS’ten önce <b>Etkinleştir</b> ile uyandırın.
notice-ending = ⏳ Bu numaranın kiralama süresi doluyor: { $left }. Sonrasında SMS’leri okunamaz.
notice-ending-auto = Ondan önce, istediğiniz gibi, uzatacağım: { $period }.
notice-rental-over = Bu kiralama sona erdi.
notice-prolonged = İstediğiniz gibi bu numaranın süresini uzattım: { $period }.
notice-not-prolonged = ⚠️ Bu numaranın süresini uzatacaktım, olmadı: { $period }. Ücret alınmadı.
notice-dearer = Şimdi { $price } tutuyor; sizin izin verdiğiniz: { $most }.
notice-price-unsure = Şimdi ne tuttuğunu ya da bu kadar uzatılıp uzatılamayacağını sağlayıcı bildirmiyor.
notice-bill-uncertain = ⚠️ Bu ödemenin yanıtı yolda kayboldu: { $provider } parayı almış da olabilir, almamış da.
notice-bill-now = Kendiliğimden tekrar ödemem. { $provider } hesabınıza bakmayı sürdürüyorum ve ne bulduğumu yazacağım. Lütfen ondan önce tekrar ödemeyin.
notice-bill-paid = Belirsiz kalan ödeme gerçekleşmiş.
notice-bill-settled = Bu ödemenin yanıtı kayboldu ve { $provider } tarafında izini bulamadım: büyük olasılıkla bir şey ödenmedi. Bakiyeniz farklıysa lütfen desteğe yazın.
notice-bill-gone = Bu ödemenin yanıtı yolda kayboldu ve { $provider } listesinde ödenmiş bir şey yok. Ancak bakiyeniz tam fiyat kadar azaldı: büyük olasılıkla para çekildi. Lütfen sitesine bakın; numara orada yoksa desteğine yazın.
notice-bill-astray = Bu ödendi ama { $provider } tarafında bunun için ayrı bir numara çıkmadı. Lütfen sitesine bakın; numara orada yoksa desteğe yazın.
