"""How services and countries are called and pictured."""

import pytest

from bot.catalog import Country, load_catalog
from bot.catalog.countries import LANGUAGES

SERVICES = load_catalog().services
COUNTRIES = load_catalog().countries


def country(id_: str) -> Country:
    """Return a country that must be there."""
    found = COUNTRIES.get(id_)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("id_", "names"),
    [
        ("RU", ("Russia", "Россия", "Rusya")),
        ("GB", ("United Kingdom", "Великобритания", "Birleşik Krallık")),
        ("US-virtual", ("USA (virtual)", "США (виртуальные)", "ABD (sanal)")),
        ("ZZ", ("Any country", "Любая страна", "Herhangi bir ülke")),
    ],
)
def test_countries_have_names_in_three_languages(id_: str, names: tuple[str, ...]) -> None:
    """A country is called as its reader calls it; a variant says that it is one."""
    assert tuple(country(id_).name(language) for language in LANGUAGES) == names


def test_other_languages_read_english() -> None:
    """A language that the bot does not speak gets English names."""
    assert country("TR").name("pt") == "Türkiye"
    assert country("US-virtual").name("pt") == "USA (virtual)"


@pytest.mark.parametrize(
    ("id_", "flag"), [("RU", "🇷🇺"), ("GB", "🇬🇧"), ("US", "🇺🇸"), ("US-virtual", "🇺🇸"), ("ZZ", "🌐")]
)
def test_flags(id_: str, flag: str) -> None:
    """The flag is that of the territory, for variants too; any country has a globe."""
    assert country(id_).flag == flag
    assert COUNTRIES.flag(id_) == flag


def test_an_unknown_country_has_the_provider_s_name_and_a_globe() -> None:
    """What the catalogue does not know is shown as its provider calls it, else by its code."""
    assert COUNTRIES.flag("getsms:mars") == "🌐"
    assert COUNTRIES.title("getsms:mars", "ru", "Марс") == "Марс"
    assert COUNTRIES.title("getsms:mars", "ru") == "mars"
    assert COUNTRIES.title("RU", "tr", "Russian Federation") == "Rusya"


def test_services_are_called_by_their_brands() -> None:
    """Names are the brands' own, cleaned of the document's look-alikes and slips."""
    titles = {
        id_: SERVICES.title(id_, "ru") for id_ in ("whatsapp", "1xbet", "moneycontrol", "163-com", "auchan")
    }
    assert titles == {
        "whatsapp": "WhatsApp",
        "1xbet": "1xBet",
        "moneycontrol": "Moneycontrol",
        "163-com": "163.com",
        "auchan": "Auchan",
    }


def test_services_that_are_no_brands_are_translated() -> None:
    """A common noun is shown in the reader's language."""
    assert [SERVICES.title("any-other", language) for language in LANGUAGES] == [
        "Any other",
        "Другой сервис",
        "Başka servis",
    ]


def test_an_unknown_service_has_the_provider_s_name() -> None:
    """A foreign id is shown under the provider's name, else under its code, and any other id as it is."""
    assert SERVICES.title("getsms:ask", "en", "SVOE") == "SVOE"
    assert SERVICES.title("getsms:ask", "en") == "ask"
    assert SERVICES.title("gone-service", "en") == "gone-service"


def test_the_popular_come_in_order() -> None:
    """The first page begins with the most wanted, and never shows a service without a rank."""
    assert [service.id for service in SERVICES.popular(3)] == ["telegram", "whatsapp", "vk"]
    everything = SERVICES.popular(len(SERVICES))
    assert all(service.popular_rank is not None for service in everything)
    assert 40 <= len(everything) < len(SERVICES)


def test_the_catalogue_is_read_once() -> None:
    """The second call returns the same object."""
    assert load_catalog() is load_catalog()
