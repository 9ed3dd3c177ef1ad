settings-title = <b>Ayarlar</b>
settings-caps = Kendinize koyduğunuz sınırlar. Her satın almadan önce bunlara bakarım; 24 sa, son 24 saat demektir.

button-cap-open = Aynı anda açık: { $most }
button-cap-day = { $account } · 24 sa: { $most }
button-cap-off = Sınır yok
button-cap-other = Başka tutar
button-change-limit = Sınırı değiştir
button-settings = Ayarlar
cap-none = sınır yok

cap-open-title = <b>Aynı anda açık numaralar</b>
cap-open-text = Tüm hesaplarınızın numaraları ve kiralamaları birlikte sayılır.
cap-open-now = Şu anda açık: { $now }
cap-open-limit = Sınır: { $most }
cap-day-title = <b>24 saatlik harcama</b> · { $account }
cap-day-text =
    Son 24 saatte burada bu anahtarla satın alınan veya kiralanan her şey sayılır; hâlâ açık veya belirsiz olanlar da. Başarısız olanlar ve SMS gelmeden biten, iade edilen numaralar sayılmaz.

    Aynı anahtarla başka programların harcadığını göremem.
cap-day-spent = Son 24 saat: { $spent }
cap-day-limit = Sınır: { $most }
cap-untold = { $count ->
    [one] { $count } satın alma, fiyatını kimse bildirmediği için sayılmadı.
   *[other] { $count } satın alma, fiyatlarını kimse bildirmediği için sayılmadı.
    }
cap-prompt = { $account } 24 saatte en çok ne kadar harcasın? { $currency } olarak bir tutar gönderin. Geri dönmek için /settings.
cap-prompt-placeholder = Tutar
cap-refused = Bunu sınır olarak kullanamam. Lütfen sıfırdan büyük bir tutar gönderin, örneğin 150 veya 99,50. Geri dönmek için /settings.

error-cap-reached = Bu, kendinize koyduğunuz bir sınırı aşardı; bu yüzden hiçbir şey satın almadım ve ödemedim.
cap-reached-open = Şu anda açık: { $now }. Sınırınız: { $most }.
cap-reached-day = Son 24 saatte harcanan: { $now }. Sınırınız: { $most }.
cap-reached-foreign = { $most } tutarındaki sınırınız, bu hesabın fiyatlarından farklı bir para biriminde. Lütfen yeniden belirleyin.

offer-cap = Son 24 saat: { $spent }, sınır { $most }
offer-risk = ⚠️ Bu hesabın son { $total } numarasından { $missed } tanesine SMS gelmedi. Sağlayıcılar bu yüzden hesapları askıya alır. Biraz beklemek ya da başka bir ülke, operatör veya servis denemek daha iyi olur.
balance-cap = 24 sa: { $spent } / { $most }

command-settings = Sınırlar, bildirimler, verileriniz
