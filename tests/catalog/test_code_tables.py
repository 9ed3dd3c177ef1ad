"""The code tables: what each provider means by its words and numbers."""

import csv
from importlib.resources import files

import pytest

from bot.catalog import Operator, load_catalog
from bot.providers.handler_api_dialects import DIALECTS
from bot.providers.presets import build_presets
from bot.providers.registry import build_records
from bot.providers.sms_reg import OPERATORS

CATALOG = load_catalog()
SERVICES = CATALOG.services
COUNTRIES = CATALOG.countries


def rows(name: str) -> list[dict[str, str]]:
    """Read a data file as it is shipped."""
    text = (files("bot.catalog") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def service(table: str, code: str) -> str | None:
    """Return the id behind a service's code."""
    found = SERVICES.by_code(table, code)
    return found.id if found else None


def country(table: str, code: str) -> str | None:
    """Return the id behind a country's code."""
    found = COUNTRIES.by_code(table, code)
    return found.id if found else None


# one letter pair or word, and what it means in each table that knows it
@pytest.mark.parametrize(
    ("code", "meanings"),
    [
        (
            "mg",
            {"getsms": "magnit", "sms_activate": "magnit", "getsms_online": "openai", "sms_reg": "openai"},
        ),
        ("oi", {"getsms": "tinder", "sms_activate": "tinder", "getsms_online": "bookmakers"}),
        ("me", {"getsms": "line", "sms_activate": "line", "getsms_online": "yappy", "sms_reg": "yappy"}),
        ("uk", {"getsms": "airbnb", "sms_activate": "airbnb", "getsms_online": "meetme"}),
        ("dr", {"getsms": "openai", "sms_activate": "openai", "getsms_online": None}),
        ("fx", {"getsms": "pgbonus", "sms_activate": "pgbonus"}),
        ("yq", {"getsms": "foxtrot", "sms_activate": None}),
        ("bnl", {"getsms": None, "sms_activate": "reddit"}),
        ("or", {"getsms_online": "any-other", "sms_reg": None}),
        ("Viber", {"sms_reg": "viber", "getsms_online": None}),
        ("viber", {"sms_reg": None}),
        ("classmates", {"sms_reg": "ok"}),
        ("gmail", {"sms_reg": "google"}),
        ("opt46", {"smspva": "airbnb", "getsms": None}),
        ("opt16", {"smspva": "instagram"}),
        ("opt59", {"smspva": "avito"}),
        ("opt48", {"smspva": None}),
    ],
)
def test_a_code_means_what_its_table_says(code: str, meanings: dict[str, str | None]) -> None:
    """The same letters are other services elsewhere, and a table knows nothing that was not shown."""
    assert {table: service(table, code) for table in meanings} == meanings


@pytest.mark.parametrize(
    ("table", "code", "id_"),
    [
        ("getsms_compatible", "0", "RU"),
        ("getsms_compatible", "12", "US-virtual"),
        ("getsms_compatible", "187", "US"),
        ("getsms_compatible", "ru", None),
        ("getsms_compatible", "182", None),
        ("sms_activate", "0", "RU"),
        ("sms_activate", "2", "KZ"),
        ("sms_activate", "6", "ID"),
        ("sms_activate", "52", "TH"),
        ("sms_activate", "182", "JP"),
        ("sms_activate", "175", "AU"),
        ("sms_activate", "9999", None),
        ("getsms_online", "uk", "GB"),
        ("getsms_online", "or", "ZZ"),
        ("getsms_online", "all", None),
        ("sms_reg", "all", "ZZ"),
        ("sms_reg", "or", None),
        ("smspva", "RU", "RU"),
        ("smspva", "AT", "AT"),
        ("smspva", "UK", "GB"),
        ("smspva", "GB", None),
        ("smspva", "EN", None),
    ],
)
def test_a_country_s_code_means_what_its_table_says(table: str, code: str, id_: str | None) -> None:
    """Numbers, words and ISO-like codes lead to ISO countries."""
    assert country(table, code) == id_


def test_the_numbers_of_get_sms_are_those_of_sms_activate() -> None:
    """Get-SMS took the numbers over: every one of them means the same country in both tables."""
    for row in rows("getsms-countries"):
        assert country("getsms_compatible", row["compatible"]) == row["country"]
        assert country("sms_activate", row["compatible"]) == row["country"]


def test_the_second_protocol_of_get_sms_sells_the_same_services() -> None:
    """The page sends readers of both protocols to one list of services."""
    for row in rows("getsms-services"):
        assert service("getsms_compatible", row["code"]) == row["service"]


def test_sms_activate_never_contradicts_get_sms() -> None:
    """A two-letter code that both tables know is one service."""
    for row in rows("sms_activate-services"):
        assert service("getsms", row["code"]) in (row["service"], None)


@pytest.mark.parametrize(
    ("id_", "code"), [("any-other", "ot"), ("avito", "av"), ("google", "go"), ("viber", "vi")]
)
def test_of_two_codes_the_one_of_the_printed_answers_is_sent(id_: str, code: str) -> None:
    """GetSMS.ONLINE lists pairs such as at/av; its answers say av."""
    assert SERVICES.code("getsms_online", id_) == code
    assert len(SERVICES.codes("getsms_online", id_)) == 2


def test_the_lists_of_getsms_online_are_kept_whole() -> None:
    """Both protocols list 33 services; the first 22 places, the second 21, and another word for any."""
    assert len({row["service"] for row in rows("getsms_online-services")}) == 33
    assert [row["service"] for row in rows("sms_reg-services")] == list(
        dict.fromkeys(row["service"] for row in rows("getsms_online-services"))
    )
    first = {row["code"] for row in rows("getsms_online-countries")}
    second = {row["code"] for row in rows("sms_reg-countries")}
    assert len(first) == 22
    assert first - second == {"ru_aiva", "or"}
    assert second - first == {"all"}


def test_a_place_may_name_an_operator() -> None:
    """ru_mts is Russia by MTS; ru is Russia by anybody; what is no place is neither."""
    russia, ukraine = COUNTRIES.get("RU"), COUNTRIES.get("UA")
    assert COUNTRIES.place("getsms_online", "ru_mts") == (russia, Operator("mts", "MTS"))
    assert COUNTRIES.place("getsms_online", "ua_life") == (ukraine, Operator("life", "Life :)"))
    assert COUNTRIES.place("getsms_online", "ru") == (russia, None)
    assert COUNTRIES.place("getsms_online", "ru_yota") == (None, None)
    assert COUNTRIES.place("getsms", "ru") == (russia, None)


def test_a_country_is_sent_without_an_operator() -> None:
    """The code of a country is the one that leaves the operator open."""
    assert COUNTRIES.codes("getsms_online", "RU") == ("ru",)
    assert COUNTRIES.codes("getsms_online", "KZ") == ("kz",)
    assert COUNTRIES.by_code("getsms_online", "ru_mts") is None


def test_operators_of_a_country_keep_the_order_of_the_page() -> None:
    """The operators that a person may choose from, as the page lists them."""
    codes = [operator.code for operator in COUNTRIES.operators("getsms_online", "RU")]
    assert codes == ["beeline", "mts", "megafon", "tele2", "aiva"]
    assert [operator.code for operator in COUNTRIES.operators("sms_reg", "RU")] == codes[:-1]
    assert COUNTRIES.operators("getsms_online", "PL") == ()
    assert COUNTRIES.operators("getsms", "RU") == ()


def test_other_tables_codes_are_no_search_words() -> None:
    """A number or a clashing pair of letters finds nothing that people do not know under it."""
    assert COUNTRIES.search("187") == []
    assert SERVICES.search("opt46") == []
    assert "yappy" not in [found.id for found in SERVICES.search("me")]
    assert "openai" not in [found.id for found in SERVICES.search("mg")]


def test_every_provider_has_a_table() -> None:
    """A record's table exists: a slip in its name would leave everything without a name and a price."""
    records = (
        *build_records(),
        *build_records(getsms_api="compatible"),
        *build_presets(),
        *build_presets(getsms_online_api="sms_reg"),
    )
    assert {record.codes for record in records} <= CATALOG.tables


@pytest.mark.parametrize(
    ("table", "known"), [("getsms_online", DIALECTS["getsms_online"].operators), ("sms_reg", OPERATORS)]
)
def test_protocols_and_tables_know_the_same_operators(table: str, known: dict[str, tuple[str, ...]]) -> None:
    """The places that an adapter puts together are those that the table takes apart."""
    for code, operators in known.items():
        for operator in operators:
            where, by = COUNTRIES.place(table, f"{code}_{operator}")
            assert where is COUNTRIES.by_code(table, code)
            assert by is not None
            assert by.code == operator
    places = sum(1 for row in rows(f"{table}-countries") if row["operator"])
    assert places == sum(map(len, known.values()))
