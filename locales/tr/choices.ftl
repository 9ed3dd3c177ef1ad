button-any-operator = Herhangi bir operatör
button-forward = Yönlendirmeli
button-highest-price = En yüksek fiyat
button-no-forward = Yönlendirmesiz
button-one-more = Bir servis daha
button-operator = Operatör
button-voice = Arama alabilsin

choice-voice = Bu numara arama alabilir.
choice-forward = Bu numaraya gelen aramalar ve SMS’ler yönlendirilebilir.

operators-title = Hangi operatör?
operators-none = Burada operatör seçilemiyor.

price-prompt = Numara en fazla kaça olsun? Şu anki fiyatı { $price }; sınırı yükseltirseniz daha pahalı numaralar da hesaba katılır. Bir tutar gönderin veya /buy ile geri dönün.
price-placeholder = En yüksek fiyat
price-refused = Şu anki fiyattan düşük olmayan bir tutar gerekiyor. Şu anki fiyat: { $price }.

voice-none = Burada şu anda arama alabilen numara yok.
forward-none = Burada şu anda yönlendirilebilen numara yok.

several-title = Aynı numara şunlar için:
several-prompt = Aynı numarayı başka hangi servis için alayım? Şimdilik: { $goods }. Servisin adını gönderin veya /buy ile geri dönün.
