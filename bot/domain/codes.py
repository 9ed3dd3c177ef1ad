"""The code inside the text of an SMS, for the button that copies it.

A wrong code on the button is worse than no button: where a text names no code, or does not show which of its
numbers is one, none is found.
"""

import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# What people call a code, in the languages in which services write; compared in lower case.
_NAMES = (
    "code", "codes", "pin", "otp", "passcode", "password", "verification", "token",
    "код", "кода", "кодом", "пин", "пароль", "пароля", "парол",
    "kod", "kodu", "kodunuz", "kodunuzdur", "kodudur", "kodun", "kodunu", "şifre", "şifreniz", "şifrenizdir",
    "şifresi", "parola", "doğrulama",
    "código", "codigo", "clave", "contraseña", "senha", "codice", "cod", "codul", "mã", "kode", "koden",
    "bestätigungscode", "sicherheitscode", "tan", "mtan", "einmalpasswort", "kennwort",
    "koodi", "κωδικός", "κωδικό",
    "کد", "رمز", "الرمز", "كود", "קוד", "कोड", "ओटीपी", "รหัส", "kód",
)  # fmt: skip
_GLUED = ("验证码", "驗證碼", "校验码", "动态码", "認証コード", "コード", "인증번호", "인증", "รหัส")
"""The same in scripts that put no blanks between words."""

_NAMED = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _NAMES), key=len, reverse=True))})(?!\w)|{'|'.join(_GLUED)}",
    re.IGNORECASE,
)
# Codes that are none to type in: of shops, post offices, towns.
_OTHER_BEFORE = re.compile(
    r"(?:promo|promotion|discount|coupon|voucher|gift|referral|invite|zip|postal|post|area|sort|tracking|source|qr|"
    r"indirim|promosyon|hediye|davet|posta|alan)\s*$",
    re.IGNORECASE,
)
_OTHER_BEHIND = re.compile(
    r"\s*(?:promo|promocional|postal|de descuento|de réduction|города|товара|страны|rabatowy|pocztowy)",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"(?<!\w)(?:use|enter|type|введите|используйте|girin|introduce|ingresa|ingrese|saisissez|utilisez|digite|"
    r"輸入|输入)[\s:]{0,3}$",
    re.IGNORECASE,
)
_CANDIDATE = re.compile(
    r"""
    (?<![0-9A-Za-z_\u00c0-\u052f+*#№/@•…-])(?<![0-9][.,:])  # not inside a word, a number, a link, a mask
    (?:
        (?:[A-Z]{1,3}-|(?:(?<=:\ )|(?<=is\ )|\A)\#)?(?P<plain>\d{4,8})  # 123456, G-123456, code: #123456
      | (?<!\d\ )(?P<parted>\d{3}[ -]\d{3}|\d{4}[ -]\d{4}|\d{3}-\d\d|\d\d(?P<mark>[ -])\d\d(?P=mark)\d\d)
        (?!\ \d)                           # blanks stand in longer numbers, too
      | \*(?P<bold>\d{4,8})\*             # as WhatsApp writes bold
      | (?P<mixed>(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{5,8})
    )
    (?![0-9A-Za-z_\u00c0-\u052f*/@•-]|[.,:]\d|\s?-\s?\d)
    """,
    re.VERBOSE,
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w.+-]{1,64}@[\w-]{1,64}\.\S+|\b[\w.-]{1,64}\.(?:com|org|net|ru|me|io|tr|gl|ly)/\S*"
    r"|\+\s?\d[\d ().-]{6,16}\d|(?<!\d)8[ -]?\(?[89]\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d(?!\d)",
    re.IGNORECASE,
)
"""Links, mail addresses, phone numbers."""

_BEHIND = re.compile(
    r"\s?(?:₽|руб|р\.|₺|tl\b|try\b|usd|eur|rub|[$€£₸₹]|%|min|мин|dk\b|sec|сек|hours?\b|час|days?\b|minutes?\b|г\.|год)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:[$€£₽₺₸₹]|\brs\.?|(?:order|заказ\w*|sipariş|account|счет\w*|счёт\w*|карт\w*|card|kart\w*|ending(?:\s+in)?|"
    r"phone|номер\w*|tel\.?|call|звон\w*|ref|ticket|balance|баланс|bakiye|saldo|solde|amount|total|сумм\w*|"
    r"tutar|room|flight|рейс)\b[^\w\n]*(?:no\.?|№|#)?)\s*$",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[.!?]\s")
_NEAR = 40  # characters between a name of the code and the code itself
_SHORT = 3  # words of a text that needs no name for its code: "123456 Telegram"
_YEARS = range(1990, 2100)
_LOOKED_AT = 2000  # characters; an SMS of ten parts has 1,530


@dataclass(frozen=True, slots=True)
class _Candidate:
    value: str
    start: int
    end: int


def find_code(text: str) -> str | None:
    """Return the code in an SMS, or None where none can be told.

    What parts it (``123-456``, ``123 456``) and what stands before it (``G-123456``) is left out, as forms
    want it. Digits of any script are returned as 0 to 9.

    Args:
        text: the whole text.
    """
    plain = "".join(_ascii_digit(character) for character in text[:_LOOKED_AT])
    if len(text) > _LOOKED_AT:
        plain = plain.rstrip(f"{string.digits}{string.ascii_uppercase} -")  # half a code is none
    clean = _ADDRESS.sub(lambda address: " " * len(address.group()), plain)
    found = list(_candidates(clean))
    for one in found:
        if _ASKED_FOR.search(clean, 0, one.start):
            return one.value
    mentioned = list(_NAMED.finditer(clean))
    if mentioned:
        names = [name for name in mentioned if not _is_other(name, clean)]
        near = [(distance, one) for one in found if (distance := _distance(one, names, clean)) is not None]
        return min(near, key=lambda pair: (pair[0], pair[1].start))[1].value if near else None
    is_short = len(re.findall(r"\w+", clean)) <= _SHORT + len(found)
    digits = [one for one in found if one.value.isdigit() and not _is_year(one.value)]
    return digits[0].value if is_short and len(digits) == 1 else None


def _is_other(name: re.Match[str], text: str) -> bool:
    """Whether a code of another kind is meant, such as one for a discount."""
    before = text[max(0, name.start() - _NEAR) : name.start()]
    return bool(_OTHER_BEFORE.search(before) or _OTHER_BEHIND.match(text, name.end()))


def _candidates(text: str) -> Iterator[_Candidate]:
    for match in _CANDIDATE.finditer(text):
        if _BEHIND.match(text, match.end()) or _BEFORE.search(text, 0, match.start()):
            continue
        value = match["plain"] or match["mixed"] or match["bold"] or re.sub(r"\D", "", match["parted"])
        yield _Candidate(value, match.start(), match.end())


def _distance(one: _Candidate, names: list[re.Match[str]], text: str) -> int | None:
    """Return how far a candidate is from the nearest name of a code; None where it cannot be meant by it."""
    best = None
    for name in names:
        if name.start() <= one.start < name.end():
            return None  # the name itself
        between = text[name.end() : one.start] if name.end() <= one.start else text[one.end : name.start()]
        if len(between) > _NEAR or (len(between) > _NEAR // 2 and _PAUSE.search(between)):
            continue
        # "your code is 1234" and "code: 1234" come before "1234 … code"
        distance = len(between) if name.end() <= one.start else len(between) + 5
        if _is_year(one.value):
            distance += _NEAR
        best = distance if best is None else min(best, distance)
    return best


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isdigit() and int(value) in _YEARS  # noqa: PLR2004 - digits of a year


def _ascii_digit(character: str) -> str:
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))
