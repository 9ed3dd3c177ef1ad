"""What the simulated Get-SMS sells: countries and services by the document's codes, and how numbers look.

The codes are those of the document's *List of countries* and *List of services*. The table is a part of
them: the countries and services that people ask for most.
"""

import zlib
from dataclasses import dataclass
from decimal import Decimal

# The operators that the document prints under "getcount"; it names none outside Russia.
OPERATORS = {"ru": ("TELE2", "BEELINE", "MEGAFON", "MTS")}
UNNAMED = ("",)


@dataclass(frozen=True, slots=True)
class Country:
    """A country as the provider knows it.

    Attributes:
        lead: first digits of its numbers, dialling code included, without the plus sign.
        digits: the length of a whole number.
        level: factor on every price.
    """

    lead: str
    digits: int
    level: str = "1"


COUNTRIES = {
    "ru": Country("7996", 11, "1.4"),
    "ukr": Country("38067", 12, "1.2"),
    "kazakhstan": Country("7701", 11),
    "england": Country("447400", 12, "0.7"),
    "canada": Country("1416555", 11, "0.5"),
    "germany": Country("49151", 13, "2.1"),
    "usavirt": Country("1646555", 11, "0.4"),
    "ssha": Country("1201555", 11, "0.6"),
    "brazil": Country("5511961", 13, "0.8"),
    "estonia": Country("3725", 11, "0.9"),
    "france": Country("336", 11, "1.5"),
    "indonesia": Country("62812", 12, "0.3"),
    "kyrgyzstan": Country("996700", 12, "1.1"),
    "netherlands": Country("3161", 11, "1.3"),
    "poland": Country("4851", 11, "0.9"),
    "romania": Country("40712", 11, "0.7"),
    "sweden": Country("4670", 11, "1.2"),
    "indiia": Country("9181", 12, "0.4"),
    "malaiziia": Country("6012", 11, "0.4"),
    "vetnam": Country("8491", 11, "0.3"),
    "filippiny": Country("63905", 12, "0.3"),
    "turtsiia": Country("90501", 12, "1.7"),
    "moldova": Country("37362", 11, "0.9"),
    "uzbekistan": Country("99891", 12, "1.1"),
    "gruziia": Country("995555", 12, "1.2"),
    "ispaniia": Country("34612", 11, "1.3"),
    "portugaliia": Country("35191", 12, "1.1"),
    "meksika": Country("52222", 12, "0.5"),
    "italiia": Country("39312", 12, "1.8"),
    "gonkong": Country("852512", 11, "0.6"),
}

# code: (name, price in roubles where the country's factor is 1)
SERVICES = {
    "tg": ("Telegram", "149.50"),
    "wa": ("Whatsapp", "98"),
    "vi": ("Viber", "14.20"),
    "vk": ("Vkontakte", "44.50"),
    "ok": ("Ok.ru", "27.30"),
    "go": ("Google,youtube,Gmail", "12"),
    "ig": ("Instagram", "9.80"),
    "fb": ("Facebook", "8.50"),
    "tw": ("Twitter", "6.70"),
    "ds": ("Discord", "7.10"),
    "mm": ("Microsoft", "5.60"),
    "am": ("Amazon", "11.40"),
    "wx": ("Apple", "13"),
    "av": ("Avito", "62"),
    "ya": ("Yandex", "9.30"),
    "ma": ("Mail.ru", "10.10"),
    "oi": ("Tinder", "33.40"),
    "mt": ("Steam", "16.80"),
    "nf": ("Netflix", "8.90"),
    "ub": ("Uber", "7.40"),
    "tx": ("Bolt", "12.60"),
    "uk": ("Airbnb", "9.90"),
    "lf": ("TikTok/Douyin", "6.20"),
    "dr": ("OpenAI", "11.10"),
    "ts": ("PayPal", "15.70"),
    "bw": ("Signal", "10.40"),
    "wb": ("WeChat", "58.20"),
    "me": ("Line msg", "21.50"),
    "sg": ("OZON", "13.60"),
    "uu": ("Wildberries", "14.90"),
    "tn": ("LinkedIN", "8.10"),
    "ot": ("Any other", "19"),
}

_TURN = 7919  # has no factor in common with 10, so that no suffix comes twice before all have come


def phone_number(country: str, serial: int) -> str:
    """Return the country's number with this serial: international digits, without the plus sign."""
    plan = COUNTRIES[country]
    free = plan.digits - len(plan.lead)
    return plan.lead + str(serial * _TURN % 10**free).zfill(free)


def demo_stock() -> list[tuple[str, str, int, Decimal]]:
    """Return a believable market as rows of service, country, count and price in roubles.

    Rows are the same in every run. Not every service is sold everywhere, and some shelves are empty.
    """
    rows = []
    for country, place in COUNTRIES.items():
        for service, (_, base) in SERVICES.items():
            dice = zlib.crc32(f"{country}/{service}".encode())
            everyday = service in {"tg", "wa", "go", "ot"}
            if not everyday and dice % 5 in (0, 1):
                continue
            empty = not everyday and dice // 5 % 8 == 0
            wobble = Decimal(80 + dice // 40 % 41) / 100
            price = (Decimal(base) * Decimal(place.level) * wobble).quantize(Decimal("0.01"))
            rows.append((service, country, 0 if empty else 3 + dice // 1640 % 400, price))
    return rows
