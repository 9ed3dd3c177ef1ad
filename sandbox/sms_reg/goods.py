"""What the simulated GetSMS.ONLINE sells by its API #2: countries, operators and services of the document."""

from decimal import Decimal

from sandbox.goods import PLACES, Place, market

ANYWHERE = "all"

_RUSSIA, _UKRAINE, _KAZAKHSTAN = PLACES["0"], PLACES["1"], PLACES["2"]

# "Country - Possible contain": country codes, and country codes with an operator
COUNTRIES: dict[str, Place] = {
    "ru_beeline": _RUSSIA,
    "ru_mts": _RUSSIA,
    "ru_megafon": _RUSSIA,
    "ru_tele2": _RUSSIA,
    "ru": _RUSSIA,
    "ua_beeline": _UKRAINE,
    "ua_kyivstar": _UKRAINE,
    "ua_djuice": _UKRAINE,
    "ua_mts": _UKRAINE,
    "ua_jeans": _UKRAINE,
    "ua_life": _UKRAINE,
    "ua": _UKRAINE,
    "kz_beeline": _KAZAKHSTAN,
    "kz_aktiv": _KAZAKHSTAN,
    "kz_tele2": _KAZAKHSTAN,
    "kz": _KAZAKHSTAN,
    "by": PLACES["51"],
    "pl": PLACES["15"],
    "uk": PLACES["16"],
    "de": PLACES["43"],
}

# "Service when you need activation - Possible contain": name, and a price in roubles (the document has none)
SERVICES = {
    "other": ("Not in list", "19"),
    "mg": ("OpenAI", "11.10"),
    "me": ("Yappy", "6.40"),
    "dt": ("IZI KZ", "5.90"),
    "telegram": ("Telegram", "149.50"),
    "whatsapp": ("WhatsApp", "49"),
    "oi": ("Букмекеры", "21"),
    "pm": ("Joyride", "8.30"),
    "sn": ("OLX", "16.20"),
    "td": ("Tinder", "33.40"),
    "nd": ("Pandao", "4.70"),
    "nv": ("Naver", "9.60"),
    "bc": ("BlaBCar", "7.80"),
    "vk": ("VK.com", "44.50"),
    "ds": ("Discord", "7.10"),
    "avito": ("Avito", "62"),
    "yl": ("Youla", "13.90"),
    "uk": ("MeetMe", "5.20"),
    "ub": ("Uber", "7.40"),
    "kt": ("KakaoT", "12.80"),
    "ma": ("Mail.ru", "10.10"),
    "instagram": ("Instagram", "9.80"),
    "classmates": ("OK.ru", "27.30"),
    "mb": ("Yahoo", "4.50"),
    "facebook": ("Facebook", "8.50"),
    "mm": ("Microsoft", "5.60"),
    "sm": ("Steam", "16.80"),
    "wb": ("WeChat", "58.20"),
    "we": ("AOL", "3.90"),
    "gmail": ("Google", "12"),
    "twitter": ("Twitter", "6.70"),
    "Viber": ("Viber", "14.20"),
    "ya": ("Yandex", "9.30"),
}


def covers(asked: str, country: str) -> bool:
    """Whether a number of this country code is what was asked for: ``ru`` has the numbers of ``ru_mts``."""
    return asked in (ANYWHERE, country) or country.startswith(f"{asked}_")


def demo_stock() -> list[tuple[str, str, int, Decimal]]:
    """Return a believable market as rows of service, country, count and price in roubles."""
    return market(COUNTRIES, SERVICES, everyday=("telegram", "whatsapp", "gmail", "other"))
