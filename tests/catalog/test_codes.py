"""Providers' codes and our ids, both ways."""

import pytest

from bot.catalog import foreign_id, load_catalog, split_foreign
from bot.catalog.codes import Codes

SERVICES = load_catalog().services
COUNTRIES = load_catalog().countries
TABLES = load_catalog().tables


@pytest.mark.parametrize(
    ("code", "id_"),
    [
        ("tg", "telegram"),
        ("wa", "whatsapp"),
        ("wapp", "whatsapp"),
        ("vbr", "viber"),
        ("vk", "vk"),
        ("ot", "any-other"),
    ],
)
def test_a_service_is_found_by_its_code(code: str, id_: str) -> None:
    """Listed codes, and those of printed answers, lead to their service."""
    service = SERVICES.by_code("getsms", code)
    assert service is not None
    assert service.id == id_


@pytest.mark.parametrize(
    ("code", "id_"),
    [("ru", "RU"), ("england", "GB"), ("ssha", "US"), ("usavirt", "US-virtual"), ("oae", "AE")],
)
def test_a_country_is_found_by_its_code(code: str, id_: str) -> None:
    """Get-SMS's words for countries lead to ISO codes, and back."""
    country = COUNTRIES.by_code("getsms", code)
    assert country is not None
    assert country.id == id_
    assert COUNTRIES.code("getsms", id_) == code


def test_the_listed_code_is_the_main_one() -> None:
    """Where the document has two words for one stock, the one of its list comes first and none is lost."""
    assert SERVICES.code("getsms", "whatsapp") == "wa"
    assert SERVICES.codes("getsms", "whatsapp") == ("wa", "wapp")


def test_every_listed_code_is_some_main_code() -> None:
    """Whoever buys by main codes can buy everything: only the two unlisted words are no main codes."""
    others = {code for service in SERVICES for code in SERVICES.codes("getsms", service.id)[1:]}
    assert others == {"wapp", "vbr"}
    assert all(len(COUNTRIES.codes("getsms", country.id)) <= 1 for country in COUNTRIES)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_code_leads_back(table: str) -> None:
    """Each code of each service and country leads to an id that has this code among its own."""
    for service in SERVICES:
        for code in SERVICES.codes(table, service.id):
            assert SERVICES.by_code(table, code) is service
    for country in COUNTRIES:
        for code in COUNTRIES.codes(table, country.id):
            assert COUNTRIES.by_code(table, code) is country


def test_an_unknown_code_gets_a_foreign_id() -> None:
    """What the table does not know is still sold: the id carries the code, the catalogue none."""
    assert SERVICES.by_code("getsms", "ask") is None
    id_ = foreign_id("getsms", "ask")
    assert id_ == "getsms:ask"
    assert split_foreign(id_) == ("getsms", "ask")
    assert SERVICES.get(id_) is None
    assert SERVICES.code("getsms", id_) is None


def test_sharing_a_table_shares_no_private_codes() -> None:
    """Two providers with one table: a code that the table lacks belongs to the one that said it."""
    assert foreign_id("hero-sms", "xyz") != foreign_id("smsbower", "xyz")


def test_a_foreign_code_may_hold_the_separator() -> None:
    """Only the first colon separates: a vendor's code may have its own."""
    assert split_foreign(foreign_id("getsms", "a:b")) == ("getsms", "a:b")


def test_own_ids_are_not_foreign() -> None:
    """A canonical id is not mistaken for a foreign one."""
    assert split_foreign("telegram") is None
    assert split_foreign("US-virtual") is None


def test_an_unknown_table_or_id_has_no_code() -> None:
    """Nothing is invented for a table or an id that does not exist."""
    assert SERVICES.code("nobody", "telegram") is None
    assert SERVICES.code("getsms", "no-such-service") is None
    assert COUNTRIES.by_code("getsms", "RU") is None


def test_a_code_cannot_stand_for_two_things() -> None:
    """A contradiction in a table is refused when the table is read."""
    with pytest.raises(ValueError, match="mg stands for openai and for magnit"):
        Codes({"table": [("mg", "openai"), ("mg", "magnit")]})
