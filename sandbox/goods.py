"""What simulated providers sell, whatever they call it: places whose numbers look real, services, a market.

Places are known by the country numbers, and services by the letters, of the documents that many providers
share. The tables are a part of theirs: what people ask for most.
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """A country, or a kind of its numbers.

    Attributes:
        names: in English, Russian and Chinese.
        lead: first digits of its numbers, dialling code included, without the plus sign.
        digits: the length of a whole number.
        level: factor on every price.
    """

    names: tuple[str, str, str]
    lead: str
    digits: int
    level: str = "1"

    def number(self, serial: int) -> str:
        """Return the number with this serial: international digits, without the plus sign."""
        free = self.digits - len(self.lead)
        return self.lead + str(serial * _TURN % 10**free).zfill(free)


_TURN = 7919  # has no factor in common with 10, so that no suffix comes twice before all have come

PLACES = {
    "0": Place(("Russia", "Россия", "俄罗斯"), "7996", 11, "1.4"),
    "1": Place(("Ukraine", "Украина", "乌克兰"), "38067", 12, "1.2"),
    "2": Place(("Kazakhstan", "Казахстан", "哈萨克斯坦"), "7701", 11),
    "16": Place(("England", "Англия", "英国"), "447400", 12, "0.7"),
    "36": Place(("Canada", "Канада", "加拿大"), "1416555", 11, "0.5"),
    "43": Place(("Germany", "Германия", "德国"), "49151", 13, "2.1"),
    "12": Place(("USA (virtual)", "США (виртуальные)", "美国虚拟"), "1646555", 11, "0.4"),
    "187": Place(("USA", "США", "美国"), "1201555", 11, "0.6"),
    "73": Place(("Brazil", "Бразилия", "巴西"), "5511961", 13, "0.8"),
    "34": Place(("Estonia", "Эстония", "爱沙尼亚"), "3725", 11, "0.9"),
    "78": Place(("France", "Франция", "法国"), "336", 11, "1.5"),
    "6": Place(("Indonesia", "Индонезия", "印度尼西亚"), "62812", 12, "0.3"),
    "11": Place(("Kyrgyzstan", "Киргизия", "吉尔吉斯斯坦"), "996700", 12, "1.1"),
    "48": Place(("Netherlands", "Нидерланды", "荷兰"), "3161", 11, "1.3"),
    "15": Place(("Poland", "Польша", "波兰"), "4851", 11, "0.9"),
    "32": Place(("Romania", "Румыния", "罗马尼亚"), "40712", 11, "0.7"),
    "46": Place(("Sweden", "Швеция", "瑞典"), "4670", 11, "1.2"),
    "22": Place(("India", "Индия", "印度"), "9181", 12, "0.4"),
    "7": Place(("Malaysia", "Малайзия", "马来西亚"), "6012", 11, "0.4"),
    "10": Place(("Vietnam", "Вьетнам", "越南"), "8491", 11, "0.3"),
    "4": Place(("Philippines", "Филиппины", "菲律宾"), "63905", 12, "0.3"),
    "62": Place(("Turkey", "Турция", "土耳其"), "90501", 12, "1.7"),
    "85": Place(("Moldova", "Молдова", "摩尔多瓦"), "37362", 11, "0.9"),
    "40": Place(("Uzbekistan", "Узбекистан", "乌兹别克斯坦"), "99891", 12, "1.1"),
    "51": Place(("Belarus", "Беларусь", "白俄罗斯"), "375296", 12, "1.3"),
    "128": Place(("Georgia", "Грузия", "格鲁吉亚"), "995555", 12, "1.2"),
    "56": Place(("Spain", "Испания", "西班牙"), "34612", 11, "1.3"),
    "117": Place(("Portugal", "Португалия", "葡萄牙"), "35191", 12, "1.1"),
    "54": Place(("Mexico", "Мексика", "墨西哥"), "52222", 12, "0.5"),
    "86": Place(("Italy", "Италия", "意大利"), "39312", 12, "1.8"),
    "14": Place(("Hong Kong", "Гонконг", "香港"), "852512", 11, "0.6"),
}

# code: (name, price in roubles where the place's factor is 1)
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


def market(
    places: Mapping[str, Place],
    services: Mapping[str, tuple[str, str]],
    everyday: Iterable[str] = ("tg", "wa", "go", "ot"),
) -> list[tuple[str, str, int, Decimal]]:
    """Return a believable market as rows of service, country, count and price in roubles.

    Rows are the same in every run. Not every service is sold everywhere and some shelves are empty, but for
    those of ``everyday``.

    Args:
        places: by the provider's own country codes.
        services: name and price, by the provider's own service codes.
        everyday: services that are in stock everywhere.
    """
    rows = []
    always = frozenset(everyday)
    for country, place in places.items():
        for service, (_, base) in services.items():
            dice = zlib.crc32(f"{country}/{service}".encode())
            if service not in always and dice % 5 in (0, 1):
                continue
            empty = service not in always and dice // 5 % 8 == 0
            wobble = Decimal(80 + dice // 40 % 41) / 100
            price = (Decimal(base) * Decimal(place.level) * wobble).quantize(Decimal("0.01"))
            rows.append((service, country, 0 if empty else 3 + dice // 1640 % 400, price))
    return rows
