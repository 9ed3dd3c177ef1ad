"""The data files: whole, valid and unambiguous."""

import csv
import hashlib
import re
import unicodedata
from collections import Counter
from importlib.resources import files

import phonenumbers
import pytest
from babel import Locale

from bot.catalog import ANY_COUNTRY, load_catalog
from bot.catalog.index import Closeness

CATALOG = load_catalog()

TABLES = ("getsms", "sms_activate", "getsms_online", "sms_reg", "smspva")

RENAMED = {
    "England": "United Kingdom",
    "USA": "United States",
    "Turkey": "Türkiye",
    "Hong Kong": "Hong Kong SAR China",
    "Czech Republic": "Czechia",
    "Myanmar": "Myanmar (Burma)",
    "Dem.Congo": "Congo - Kinshasa",
    "Congo": "Congo - Brazzaville",
    "Ivory Coast": "Côte d’Ivoire",
    "Saud. Arabia": "Saudi Arabia",
    "UAE": "United Arab Emirates",
    "Reunion": "Réunion",
    "Salvador": "El Salvador",
    "Trinidad and Tobago": "Trinidad & Tobago",
    "USA (Virtual)": "USA (virtual)",
    "Chili": "Chile",
}


def rows(name: str) -> list[dict[str, str]]:
    """Read a data file as it is shipped."""
    text = (files("bot.catalog") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def digest(lines: list[str]) -> str:
    """Reduce many lines to a few letters that change with any of them."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def test_every_printed_country_is_kept() -> None:
    """All 132 rows of Get-SMS's list of countries are there, letter by letter and in its order."""
    lines = [f"{row['code']} {row['name']} {row['compatible']}" for row in rows("getsms-countries")]
    assert len(lines) == 132
    assert digest(lines) == "ccf59ab780627ccb"  # pragma: allowlist secret


def test_every_printed_service_is_kept() -> None:
    """All 548 rows of Get-SMS's list of services are there, letter by letter and in its order."""
    lines = [f"{row['code']} {row['name']}" for row in rows("getsms-services") if row["name"]]
    assert len(lines) == 548
    assert digest(lines) == "3399aa0ec0631a8d"  # pragma: allowlist secret


def test_codes_printed_only_in_an_answer_are_known() -> None:
    """The codes of getcount's printed answer that the list lacks lead to their services."""
    unlisted = {row["code"]: row["service"] for row in rows("getsms-services") if not row["name"]}
    assert unlisted == {"wapp": "whatsapp", "vbr": "viber"}


def test_the_country_that_is_printed_twice_is_one() -> None:
    """Croatia's repeated row gives one country with one code."""
    repeated = [
        code for code, times in Counter(row["code"] for row in rows("getsms-countries")).items() if times > 1
    ]
    assert repeated == ["khorvatiia"]
    assert CATALOG.countries.codes("getsms", "HR") == ("khorvatiia",)


@pytest.mark.parametrize("kind", ["services", "countries"])
def test_own_ids_and_codes_belong_together(kind: str) -> None:
    """Every id is unique, every code leads to an id that exists, and every service is sold by somebody."""
    ids = [row["id"] for row in rows(kind)]
    column = "service" if kind == "services" else "country"
    coded = {row[column] for table in TABLES for row in rows(f"{table}-{kind}")}
    assert len(ids) == len(set(ids))
    assert coded <= set(ids)
    if kind == "services":
        assert coded == set(ids)


def test_service_ids_fit_into_buttons() -> None:
    """Service ids are short, and of letters, digits and hyphens only."""
    odd = [
        service.id for service in CATALOG.services if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,23}", service.id)
    ]
    assert odd == []


def test_names_do_not_mix_scripts() -> None:
    """No word of a service's name mixes Latin and Cyrillic letters: look-alikes are cleaned."""
    for service in CATALOG.services:
        for word in service.name.split():
            scripts = {unicodedata.name(letter).split()[0] for letter in word if letter.isalpha()}
            assert not {"LATIN", "CYRILLIC"} <= scripts, service


def test_names_are_unique() -> None:
    """No two services are shown under one name, in any language."""
    for language in ("en", "ru", "tr"):
        titles = Counter(service.title(language).casefold() for service in CATALOG.services)
        assert [title for title, times in titles.items() if times > 1] == []


def test_countries_are_territories_of_iso() -> None:
    """Every country id begins with an ISO 3166-1 alpha-2 code that CLDR knows; only variants say more."""
    territories = Locale("en").territories
    for country in CATALOG.countries:
        assert country.territory in territories
        assert re.fullmatch(r"[A-Z]{2}(-[a-z]+)?", country.id)
    assert [country.id for country in CATALOG.countries if len(country.id) > 2] == ["US-virtual"]


def test_every_territory_with_phones_can_be_found() -> None:
    """Whoever types a country's name finds it, whether or not anybody sells numbers there."""
    not_iso = {"AC", "TA"}  # Ascension and Tristan da Cunha: parts of SH in ISO
    assert phonenumbers.SUPPORTED_REGIONS - not_iso == {
        country.territory for country in CATALOG.countries if country.id != ANY_COUNTRY
    }


def test_printed_names_lead_to_their_territories() -> None:
    """Each row's printed name is CLDR's English name of its territory, or one of the known differences."""
    different = {}
    for row in rows("getsms-countries"):
        country = CATALOG.countries.get(row["country"])
        assert country is not None
        if country.name("en") != row["name"]:
            different[row["name"]] = country.name("en")
    assert different == RENAMED


def test_the_popular_have_ranks_without_gaps() -> None:
    """Ranks run from 1 without gaps, and the data file is in their order."""
    ranks = [service.popular_rank for service in CATALOG.services if service.popular_rank is not None]
    assert ranks == list(range(1, len(ranks) + 1))
    assert len(ranks) >= 40


def test_many_services_answer_to_everyday_names() -> None:
    """At least a hundred services have aliases, most of the popular ones in Cyrillic as well."""
    with_aliases = [row for row in rows("services") if row["aliases"]]
    assert len(with_aliases) >= 100
    cyrillic = [row for row in with_aliases if re.search("[а-я]", row["aliases"])]
    assert len(cyrillic) >= 100


def test_the_document_s_own_words_are_exact() -> None:
    """Every code and every printed name is an exact name of its service or country."""
    for shelf, kind, column in (
        (CATALOG.services, "services", "service"),
        (CATALOG.countries, "countries", "country"),
    ):
        for row in rows(f"getsms-{kind}"):
            for text in filter(None, (row["code"], row["name"])):
                exact = [hit.entry.id for hit in shelf.hits(text) if hit.closeness is Closeness.EXACT]
                assert row[column] in exact, row


def test_no_alias_hides_a_code() -> None:
    """Whoever types a code finds its service first, unless a popular one, or one of that name, is meant."""
    for row in rows("getsms-services"):
        first = CATALOG.services.search(row["code"])[0]
        assert first.id in (row["service"], row["code"]) or first.popular_rank is not None, row
