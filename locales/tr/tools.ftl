button-clean-blacklist = Kara listeyi temizle
button-history = Geçmiş
button-number-balance = Numaranın bakiyesi

history-title = <b>{ $account }</b> · son 7 gün, sağlayıcının sözleriyle
history-none = Bu günlerde bir şey alınmamış.
past-open = açık
past-finished = bitti
past-canceled = iptal edildi

blacklist-question = Kara liste temizlensin mi? Hesap: { $account }. Kod gelmeyen numaralar size yeniden satılabilir.
blacklist-cleaned = Kara liste temizlendi. Hesap: { $account }.

number-balance-prompt = Hangi numara? Şu hesapla alınmış olmalı: { $account }. Numarayı ülke koduyla gönderin veya /keys ile geri dönün.
number-balance-placeholder = Ülke koduyla numara
number-balance-asking = { $provider } şu numaranın bakiyesini öğreniyor: { $phone }. Bir dakikayı bulabilir…
number-balance-is = { $phone } bakiyesi: <b>{ $balance }</b>
number-balance-unknown = { $provider } şu numaranın bakiyesini zamanında öğrenemedi: { $phone }. Lütfen daha sonra tekrar deneyin.
