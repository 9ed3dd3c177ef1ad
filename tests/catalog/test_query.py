"""One line of text, read as a service and a country."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog import Query, load_catalog

CATALOG = load_catalog()


def ids(query: Query) -> tuple[str | None, str | None]:
    """Return the ids of what was understood."""
    service, country = query.service, query.country
    return service.id if service else None, country.id if country else None


@pytest.mark.parametrize(
    ("text", "service", "country"),
    [
        ("tg ru", "telegram", "RU"),
        ("TG RU", "telegram", "RU"),
        ("ru tg", "telegram", "RU"),
        ("tg_ru", "telegram", "RU"),
        ("tg,ru", "telegram", "RU"),
        ("tg 🇷🇺", "telegram", "RU"),
        ("telegram россия", "telegram", "RU"),
        ("россия телеграм", "telegram", "RU"),
        ("whats app united kingdom", "whatsapp", "GB"),
        ("WhatsApp Türkiye", "whatsapp", "TR"),
        ("wa ingiltere", "whatsapp", "GB"),
        ("новая зеландия вк", "vk", "NZ"),
        ("ok ru", "ok", "RU"),
        ("mail.ru us", "mail-ru", "US"),
        ("google voice us", "google-voice", "US"),
        ("tg usa", "telegram", "US"),
        ("tg usa virtual", "telegram", "US-virtual"),
        ("usa virtual telegram", "telegram", "US-virtual"),
        ("telegram 2 ru", "telegram-2", "RU"),
        ("1688 kitai", "1688", "CN"),
        ("любой сша", "any-other", "US"),
        ("ntktuhfv hjccbz", "telegram", "RU"),
        ("dfq,th hjccbz", "viber", "RU"),
        ("ru am", "amazon", "RU"),
        ("uk tg", "telegram", "GB"),
        ("ua tg", "telegram", "UA"),
        ("ma tg", "telegram", "MA"),
        ("tg jp", "telegram", "JP"),
        ("tg sg", "telegram", "SG"),
        ("вк япония", "vk", "JP"),
        ("whatsapp İsviçre", "whatsapp", "CH"),
        ("телеграм любая страна", "telegram", "ZZ"),
        ("tg any", "telegram", "ZZ"),
        ("telegram", "telegram", None),
        ("ok.ru", "ok", None),
        ("burger king", "burger-king", None),
        ("yandex go", "yandex-go", None),
        ("россия", None, "RU"),
        ("united kingdom", None, "GB"),
        ("ru", None, "RU"),
        ("tr", None, "TR"),
        ("tg", "telegram", None),
        ("any", "any-other", None),
        ("jp", None, "JP"),
    ],
)
def test_exact_words_are_certain(text: str, service: str | None, country: str | None) -> None:
    """Codes, names and aliases in either order are understood without asking back."""
    query = CATALOG.parse(text)
    assert ids(query) == (service, country)
    assert query.certain
    assert query.unknown == ""


@pytest.mark.parametrize(
    ("text", "service", "country"),
    [
        ("телеграмм росия", "telegram", "RU"),
        ("tele russ", "telegram", "RU"),
        ("telegram united", "telegram", "US"),
        ("telgram", "telegram", None),
        ("wb ru", "wildberries", "RU"),
    ],
)
def test_doubtful_words_are_a_proposal(text: str, service: str, country: str | None) -> None:
    """Beginnings, typos and names of two well-known services are understood, but asked back."""
    query = CATALOG.parse(text)
    assert ids(query) == (service, country)
    assert not query.certain


def test_choices_are_every_service_that_may_be_meant() -> None:
    """Where a word may mean several services, all of them are offered, the likeliest first."""
    assert [service.id for service in CATALOG.parse("wb ru").choices] == ["wildberries", "wechat"]
    assert [service.id for service in CATALOG.parse("ашан ru").choices] == ["auchan", "auchan-2"]
    assert [service.id for service in CATALOG.parse("сбер").choices] == [
        "sberapteka",
        "sbermarket",
        "sbermegamarket",
    ]


@pytest.mark.parametrize(
    ("text", "service", "country", "unknown"),
    [
        ("telegram blah", "telegram", None, "blah"),
        ("хочу телеграм", "telegram", None, "хочу"),
        ("tg atlantis", "telegram", None, "atlantis"),
        ("telegram un", "telegram", None, "un"),
        ("blahblah россия", None, "RU", "blahblah"),
    ],
)
def test_words_left_over_are_named(text: str, service: str | None, country: str | None, unknown: str) -> None:
    """What was not understood is said, and what was is kept."""
    query = CATALOG.parse(text)
    assert ids(query) == (service, country)
    assert query.unknown == unknown
    assert not query.certain


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "…",
        "qqqqqq",
        "hello world",
        "please log in",
        "no problem",
        "как дела",
        "где мой код",
        "привет как дела",
        "what do you need",
        "where is my code",
        "tg ru tg ru tg ru tg ru",
    ],
)
def test_small_talk_is_not_an_order(text: str) -> None:
    """A line that asks for nothing gives an empty query."""
    assert CATALOG.parse(text) == Query()


@settings(deadline=None)  # a busy machine is no defect
@given(st.text(max_size=80))
def test_any_line_can_be_read(text: str) -> None:
    """No line makes the reading fail, and what is certain is something."""
    query = CATALOG.parse(text)
    assert not query.certain or query.service or query.country
