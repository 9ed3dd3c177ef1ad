"""Search as people type: three languages, two scripts, codes, slips of layout and of the finger."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog import load_catalog

SERVICES = load_catalog().services
COUNTRIES = load_catalog().countries


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # ids, names and codes
        ("telegram", "telegram"),
        ("Telegram", "telegram"),
        ("tg", "telegram"),
        ("wa", "whatsapp"),
        ("wapp", "whatsapp"),
        ("ok", "ok"),
        ("ok.ru", "ok"),
        ("st", "auchan"),
        ("ig", "instagram"),
        ("fb", "facebook"),
        ("OpenAI", "openai"),
        ("mail.ru", "mail-ru"),
        ("1xbet", "1xbet"),
        ("Telegram 2.0", "telegram-2"),
        ("Şikayetvar", "sikayetvar"),
        ("sikayet var", "sikayetvar"),
        ("L'Étoile", "letoile"),
        ("letoile", "letoile"),
        ("炙热星河", "zhire-xinghe"),
        # the document's own spelling, look-alikes included
        ("MoneyСontrol", "moneycontrol"),
        ("1хbet", "1xbet"),
        ("Ashan", "auchan"),
        # everyday names, in three languages
        ("whats app", "whatsapp"),
        ("what's app", "whatsapp"),
        ("chatgpt", "openai"),
        ("youtube", "google"),
        ("gmail", "google"),
        ("outlook", "microsoft"),
        ("x", "twitter"),
        ("insta", "instagram"),
        ("телега", "telegram"),
        ("тг", "telegram"),
        ("ТЕЛЕГРАМ", "telegram"),
        ("ватсап", "whatsapp"),
        ("вотсап", "whatsapp"),
        ("вк", "vk"),
        ("вконтакте", "vk"),
        ("инста", "instagram"),
        ("одноклассники", "ok"),
        ("ютуб", "google"),
        ("тикток", "tiktok"),
        ("вайбер", "viber"),
        ("вб", "wildberries"),
        ("озон", "ozon"),
        ("юла", "youla"),
        ("вкусно и точка", "vkusno-i-tochka"),
        ("мвидео", "mvideo"),
        ("любой другой", "any-other"),
        ("diğer", "any-other"),
        ("Başka servis", "any-other"),
        ("звонок", "missed-call"),
        ("yapay zeka", "openai"),
        ("İNSTAGRAM", "instagram"),
        ("tıktok", "tiktok"),
        ("vatsap", "whatsapp"),
        # beginnings
        ("tele", "telegram"),
        ("face", "facebook"),
        ("микро", "microsoft"),
        ("сбермар", "sbermarket"),
        ("hotstar", "disney-hotstar"),
        # a popular service beats an obscure one's code
        ("tt", "tiktok"),
        ("wp", "whatsapp"),
        # the wrong layout
        ("ntktuhfv", "telegram"),
        ("NTKTUHFV", "telegram"),
        ("еудупкфь", "telegram"),
        ("dfq,th", "viber"),
        ("rjynfrn", "vk"),
        ("цhatsapp", "whatsapp"),
        ("црфеыфзз", "whatsapp"),
        ("bycnfuhfv", "instagram"),
        ("bycnf", "instagram"),
        ("dfqöth", "viber"),
        ("ьфшдюкг", "mail-ru"),
        # typos
        ("телеграмм", "telegram"),
        ("telgram", "telegram"),
        ("telegarm", "telegram"),
        ("nтелега", "telegram"),
        ("instgrm", "instagram"),
        ("watsap", "whatsapp"),
        ("instagramm", "instagram"),
        ("facebok", "facebook"),
        ("feisbuk", "facebook"),
        ("дискрод", "discord"),
        ("wildberies", "wildberries"),
        ("yemeksepati", "yemeksepeti"),
    ],
)
def test_the_service_that_is_meant_comes_first(text: str, first: str) -> None:
    """What a person may type for a service finds it before all others."""
    assert [service.id for service in SERVICES.search(text)][:1] == [first]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("RU", "RU"),
        ("ssha", "US"),
        ("usavirt", "US-virtual"),
        ("🇩🇪", "DE"),
        ("russia", "RU"),
        ("россия", "RU"),
        ("Rusya", "RU"),
        ("рф", "RU"),
        ("usa", "US"),
        ("сша", "US"),
        ("ABD", "US"),
        ("америка", "US"),
        ("uk", "GB"),
        ("england", "GB"),
        ("англия", "GB"),
        ("ingiltere", "GB"),
        ("kingdom", "GB"),
        ("türkiye", "TR"),
        ("TURKIYE", "TR"),
        ("türkıye", "TR"),
        ("turkey", "TR"),
        ("турция", "TR"),
        ("almanya", "DE"),
        ("голландия", "NL"),
        ("корея", "KR"),
        ("эмираты", "AE"),
        ("Cote d'Ivoire", "CI"),
        ("кот-д'ивуар", "CI"),
        ("dem.congo", "CD"),
        ("конго", "CG"),
        ("guinea", "GN"),
        ("папуа", "PG"),
        ("usa virtual", "US-virtual"),
        ("сша виртуальные", "US-virtual"),
        ("indonezya", "ID"),
        ("hjccbz", "RU"),
        ("gjkmif", "PL"),
        ("t]rkiye", "TR"),
        ("]rd]n", "JO"),
        ("ъквът", "JO"),
        ("кгыышф", "RU"),
        ("росия", "RU"),
        ("rossiya", "RU"),
        ("japan", "JP"),
        ("япония", "JP"),
        ("japonya", "JP"),
        ("Zgjybz", "JP"),
        ("швейцария", "CH"),
        ("черногория", "ME"),
        ("босния", "BA"),
        ("macedonia", "MK"),
        ("any country", "ZZ"),
        ("любая страна", "ZZ"),
        ("germaniya", "DE"),
        ("казакстан", "KZ"),
    ],
)
def test_the_country_that_is_meant_comes_first(text: str, first: str) -> None:
    """What a person may type for a country finds it before all others."""
    assert [country.id for country in COUNTRIES.search(text)][:1] == [first]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "?!",
        "🙂",
        "qqqqqq",
        "zxcvbnm",
        "asdfgh",
        "йцукен",
        "12345",
        "bxp",
        "fall",
        "display",
        "rkiye",
        "цу",
        "hello",
        "привет",
        "merhaba",
        "teşekkürler",
        "спасибо",
        "купить номер",
        "where is my code",
        "qq" * 2000,
    ],
)
def test_nonsense_finds_nothing(text: str) -> None:
    """A text that means no service and no country finds none."""
    assert SERVICES.search(text) == []
    assert COUNTRIES.search(text) == []


def test_exact_before_prefix() -> None:
    """A service that is called just so comes before services that begin so."""
    assert [service.id for service in SERVICES.search("uk")] == ["airbnb", "uklon", "ukrnet"]
    assert [service.id for service in SERVICES.search("wb")] == ["wildberries", "wechat"]


def test_the_wanted_come_first_among_equals() -> None:
    """Beginnings that fit several names are ordered by popularity."""
    assert [service.id for service in SERVICES.search("s", 3)] == ["steam", "signal", "snapchat"]


def test_the_plain_country_comes_before_its_variant() -> None:
    """Asking for the USA offers the country first and its virtual numbers second."""
    for text in ("us", "usa", "сша", "abd", "united st"):
        assert [country.id for country in COUNTRIES.search(text)][:2] == ["US", "US-virtual"]


def test_no_more_than_asked_for() -> None:
    """The limit holds, and nothing is found twice."""
    found = [service.id for service in SERVICES.search("m", 5)]
    assert len(found) == len(set(found)) == 5


@settings(deadline=None)  # a busy machine is no defect
@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    """No text makes the search fail or return more than asked."""
    assert len(SERVICES.search(text, 3)) <= 3
    assert len(COUNTRIES.search(text, 3)) <= 3


def test_every_service_is_found_by_its_name() -> None:
    """Each service is among the hits for its own name in each language."""
    for service in SERVICES:
        for language in ("en", "ru", "tr"):
            assert service in SERVICES.search(service.title(language)), service


def test_every_country_is_found_by_its_name() -> None:
    """Each country is the first hit for its own name in each language."""
    for country in COUNTRIES:
        for language in ("en", "ru", "tr"):
            assert COUNTRIES.search(country.name(language))[0] is country
