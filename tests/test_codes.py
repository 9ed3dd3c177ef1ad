"""The code inside an SMS: found where it is one, and not made up where it is none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import find_code

WITH_CODE = {
    "Telegram code: 12345. You can also tap on this link to log in: https://t.me/login/12345": "12345",
    "Telegram code 54321\n\nDo not give this code to anyone!": "54321",
    "Код в Telegram: 77123. Никому не сообщайте этот код!": "77123",
    "Telegram kodu: 40915. Bu kodu kimseyle paylaşmayın.": "40915",
    "WhatsApp code 123-456\nDon't share this code with others\n4sgLq1p5sV6": "123456",
    "Your WhatsApp code: 301-774\nOr tap on this link: v.whatsapp.com/301774": "301774",
    "<#> Your WhatsApp code: 825-117": "825117",
    "Ваш код WhatsApp: 945-221. Не сообщайте его никому": "945221",
    "WhatsApp kodunuz: 411-902\nBu kodu paylaşmayın": "411902",
    "G-918273 is your Google verification code.": "918273",
    "G-204815 – ваш код подтверждения Google.": "204815",
    "Google doğrulama kodunuz G-775120": "775120",
    "FB-83921 is your Facebook confirmation code": "83921",
    "38291 is your Facebook code": "38291",
    "Use 482 913 to verify your Instagram account. Instagram code: 482 913": "482913",
    "Instagram code: 382 910. Don't share it.": "382910",
    "[TikTok] 492817 is your verification code": "492817",
    "Your Uber code is 4821. Never share this code.": "4821",
    "VK: 61523 - код подтверждения": "61523",
    "Код: 0042. Сбербанк. Никому не говорите": "0042",
    "Пароль для входа 558102. Тинькофф": "558102",
    "Никому не говорите код 7741! Вход в Авито": "7741",
    "Ваш код подтверждения — 9921": "9921",
    "Яндекс: 382 194 — ваш код. Не сообщайте его.": "382194",
    "Ozon. Код для входа: 48213. Действует 5 мин.": "48213",
    "Onay kodunuz: 664201. Kod 3 dakika geçerlidir.": "664201",
    "Trendyol giriş şifreniz 918244": "918244",
    "e-Devlet Kapısı şifreniz: 73920184": "73920184",
    "Tu código de verificación es 830192": "830192",
    "Su clave de acceso es 4417": "4417",
    "Seu código do Nubank é 552018": "552018",
    "Votre code de confirmation est 671 204": "671204",
    "Ihr Bestätigungscode lautet: 118820. Bitte nicht weitergeben.": "118820",
    "PayPal: Ihr Sicherheitscode ist 443210.": "443210",
    "Il tuo codice Amazon è 902177": "902177",
    "Twój kod weryfikacyjny to 6617": "6617",
    "رمز التحقق الخاص بك هو 482190": "482190",
    "رمز التحقق: ٤٨٢١٩٠": "482190",
    "【微信】验证码 739201,请勿告诉他人。": "739201",
    "您的验证码是482913，5分钟内有效": "482913",
    "認証コード: 557120": "557120",
    "[카카오] 인증번호 [8213]를 입력하세요": "8213",
    "Microsoft access code: 8830": "8830",
    "Use verification code A1B2C3 to sign in to Steam": "A1B2C3",
    "Your Steam Guard code is R7K2Q": "R7K2Q",
    "Discord security code: 553 810": "553810",
    "Your Binance OTP is 660184, valid for 10 minutes. Amount 1500 USD": "660184",
    "Oплата 1 250.00 руб. на карте *4411. Код 880214": "880214",
    "Your Apple ID Code is: 381920. Don't share it with anyone.": "381920",
    "123456": "123456",
    "Telegram 41827": "41827",
    "Kodunuz: 12-34-56": "123456",
    "Your verification code is:123456": "123456",
    "Onay Kodu:482913": "482913",
    "Your code: 48 29 13": "482913",
    "Hi! Use 482913 to log in to your account.": "482913",
    "Введите 4829, чтобы подтвердить вход": "4829",
    "Your code is *482913*": "482913",
    "#48291 is your Facebook code": "48291",
    "Your Tinder code is 482913\n@tinder.com #482913": "482913",
    "Your code is 2024": "2024",
    "482913 tek kullanımlık şifrenizdir. 250,00 TL": "482913",
    "Tek kullanımlık şifreniz: 482913. 1500 TL tutarındaki işlem içindir": "482913",
    "Оплата 4 829,00 р. Код: 7788": "7788",
    "Сообщите код 4829 курьеру. Заказ 1234567": "4829",
    "Код 4829 для входа на Госуслуги. Если это не вы, звоните 8 800 100-70-10": "4829",
    "mTAN 482913 fuer Ueberweisung 1500,00 EUR auf DE89370400440532013000": "482913",
    "Ihr Einmalpasswort: 482913": "482913",
    "Votre code de vérification est : 482913. Ne le partagez pas.": "482913",
    "Usa el código 4829 para confirmar. No llames al +34 600 123 456": "4829",
    "OTP is 482913 for txn of Rs.1500.00 on card ending 4411. Valid till 12:45": "482913",
    "رمز واتساب الخاص بك هو 482-913": "482913",
    "کد ورود: ۴۸۲۹۱۳": "482913",
    "【淘宝网】482913（登录验证码，请勿泄露）": "482913",
    "認証コードは482913です": "482913",
    "인증번호는 [482913] 입니다": "482913",
    "आपका OTP 482913 है": "482913",
    "Mã xác nhận của bạn là 482913": "482913",
    "รหัส OTP คือ 482913": "482913",
}

WITHOUT_CODE = (
    "",
    "Hello! How are you?",
    "Your parcel 4829173 will arrive on 24.11.2026 between 10:00 and 14:00.",
    "Your code was used to sign in. If this was not you, call +1 202 555 0147.",
    "Никому не сообщайте код из SMS. Звоните 88005553535",
    "Списание 1500 руб. по карте *4411. Баланс 23100 руб.",
    "Покупка 2490р. Карта *1234. Доступно 15000р.",
    "Hesabınıza 2500 TL yatırıldı.",
    "Happy New Year 2027 from all of us at the company!",
    "You have missed calls from +79991234567 at 12:45",
    "Заказ №48213 готов к выдаче до 25.11.2026",
    "Your order #48213 has shipped. Track it: https://example.com/t/482139",
    "Visa ending in 4242 was charged $1200",
    "Discount 50% with promo until 2026-12-31",
    "Ваш баланс: 1500.00 руб.",
    "Meeting moved to 1530 in room 2041, see you there with the others",
    "Your account balance is 482913",
    "You sent 4829 to John",
    "Flight TK1920 at 12:45 gate 204",
    "Promo code SAVE20 gives 20% off",
    "Use promo code 48291 for 20% off",
    "İndirim kodu 48291, yarına kadar",
    "Код города 495, звоните 1234567",
    "Kod pocztowy 00-950",
    "Your code is ****12, ask for another one",
    "Your code is XXXXXX",
    "Ваш код отправлен в 12:45 21.11.2026",
    "Your code expires in 3600 seconds",
    "Your code was asked for from +90 532 123 45 67",
    "Your verification code will be sent to +14155550123",
)


@pytest.mark.parametrize(("text", "code"), WITH_CODE.items())
def test_the_code_is_found(text: str, code: str) -> None:
    """Of all numbers in a text the button copies the code, as a form wants it."""
    assert find_code(text) == code


@pytest.mark.parametrize("text", WITHOUT_CODE)
def test_nothing_is_made_up(text: str) -> None:
    """Amounts, dates, phone numbers, cards and orders are no codes: no button stands under them."""
    assert find_code(text) is None


@given(st.text(max_size=400))
def test_any_text_can_be_looked_through(text: str) -> None:
    """Whatever an SMS holds, looking never fails, and what is found is 4 to 8 letters or digits."""
    found = find_code(text)
    assert found is None or re.fullmatch(r"[A-Z0-9]{4,8}", found)


@given(st.text(alphabet="0123456789 -.:#*+/AGcode\u0664\n", max_size=60))
def test_what_is_found_was_written_so(text: str) -> None:
    """What is found stands in the text character for character, once blanks and dashes are left out."""
    found = find_code(text)
    written = text.replace("\u0664", "4").replace(" ", "").replace("-", "")
    assert found is None or found in written


def test_a_long_text_is_looked_through_to_a_bound() -> None:
    """A provider's answer may be of any length; what lies beyond the longest SMS is left alone."""
    assert find_code("a" * 2000 + " code 4829") is None
    assert find_code("a" * 1990 + " code 482913") is None
    assert find_code("a" * 100 + " code 4829" + "." * 100_000) == "4829"


@given(st.from_regex(r"\A[0-9]{5,6}\Z"), st.sampled_from(["Your code is {}", "Код: {}", "{} onay kodunuz"]))
def test_what_is_found_stands_in_the_text(code: str, frame: str) -> None:
    """A code in a plain sentence is returned digit for digit."""
    assert find_code(frame.format(code)) == code
