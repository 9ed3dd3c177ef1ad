inline-anywhere = любая страна
inline-description = Отправит ссылку, которая откроет бота здесь
inline-open = Открыть
inline-text = Номера для кодов: { $link }
