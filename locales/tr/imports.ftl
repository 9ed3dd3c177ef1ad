button-adopt = Takip et · { $tail }
button-imports = Başka yerde alınanları ekle

imports-title = <b>Anahtarlarınızla başka yerde alınanlar</b>
imports-none = Takip ettiklerim dışında açık bir numara bulamadım.
imports-silent = Şu hesaplar başka yerde alınanları bildiremiyor: { $accounts }.
