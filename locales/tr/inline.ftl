inline-anywhere = tüm ülkeler
inline-description = Botu burada açan bir bağlantı gönderir
inline-open = Aç
inline-text = Kod almak için numaralar: { $link }
