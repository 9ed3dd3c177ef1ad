"""All providers together: their order, and what the configuration changes."""

import re
from typing import Any

import pytest

from bot.catalog import load_catalog
from bot.config import ConfigError, ExtraProvider, Settings
from bot.providers.base import Record
from bot.providers.directory import build_directory

TABLES = load_catalog().tables
EXTRA: dict[str, Any] = {
    "slug": "my-host",
    "title": "My host",
    "url": "https://example.com",
    "protocol": "handler_api",
    "currency": "USD",
}


def directory(*extras: dict[str, Any], **settings: Any) -> dict[str, Record]:
    """Return the records of a configuration, by slug."""
    entries = tuple(ExtraProvider(**{**EXTRA, **extra}) for extra in extras)
    return {
        record.slug: record
        for record in build_directory(Settings(extra_providers=entries, **settings), TABLES)
    }


def test_those_of_the_documents_come_first() -> None:
    """Without any setting: the documented ones, the closed one marked, then the presets; no slug twice."""
    found = build_directory(Settings(), TABLES)
    slugs = [record.slug for record in found]
    assert slugs[:4] == ["getsms", "getsms-online", "sms-activate", "smspva"]
    assert len(slugs) == len(set(slugs))
    assert [record.slug for record in found if record.closed] == ["sms-activate"]
    assert all(re.fullmatch("[a-z0-9-]+", slug) for slug in slugs)
    assert {record.codes for record in found} <= set(TABLES)
    assert all(record.owner is None for record in found)


def test_settings_choose_addresses_and_languages() -> None:
    """Each variable changes its own provider: where it is, and how it is spoken to."""
    found = directory(
        getsms_url="http://127.0.0.1:1/getsms",
        getsms_api="compatible",
        getsms_online_url="http://127.0.0.1:1/online",
        getsms_online_api="sms_reg",
        sms_activate_url="http://127.0.0.1:1/activate",
        smspva_url="http://127.0.0.1:1/smspva",
        smspva_requests_per_second=2.5,
    )
    told = {slug: (record.url, record.protocol, record.codes) for slug, record in found.items()}
    assert told["getsms"] == ("http://127.0.0.1:1/getsms", "handler_api", "getsms_compatible")
    assert told["getsms-online"] == ("http://127.0.0.1:1/online", "sms_reg", "sms_reg")
    assert told["sms-activate"] == ("http://127.0.0.1:1/activate", "handler_api", "sms_activate")
    assert told["smspva"] == ("http://127.0.0.1:1/smspva", None, "smspva")
    assert found["smspva"].limits.requests_per_second == 2.5


def test_smspva_is_left_alone_for_four_seconds_after_each_call() -> None:
    """Unless somebody who knows better says so: its page names no rate, its clients keep four to five."""
    assert directory()["smspva"].limits.requests_per_second == 0.25


def test_a_configured_provider_comes_last_with_the_usual_codes() -> None:
    """What an entry leaves out is what is usual for its language and dialect."""
    found = directory(
        {},
        {"slug": "like-getsms", "quirks": {"dialect": "getsms"}, "site": "https://help.example.com"},
        {"slug": "like-online", "quirks": {"dialect": "getsms_online"}},
        {"slug": "own-table", "codes": "smspva"},
        {"slug": "reg", "protocol": "sms_reg"},
    )
    assert list(found)[-5:] == ["my-host", "like-getsms", "like-online", "own-table", "reg"]
    codes = [found[slug].codes for slug in list(found)[-5:]]
    assert codes == ["sms_activate", "getsms_compatible", "getsms_online", "smspva", "sms_reg"]
    assert (found["my-host"].site, found["like-getsms"].site) == (
        "https://example.com",
        "https://help.example.com",
    )


def test_a_preset_is_put_right_in_its_place() -> None:
    """An entry with a preset's slug replaces it without changing the order."""
    usual = list(directory())
    found = directory({"slug": "5sim", "title": "5SIM (dollars)", "currency": "USD"})
    assert list(found) == usual
    assert (found["5sim"].currency, found["5sim"].url) == ("USD", "https://example.com")


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({"slug": "getsms"}, "slug getsms belongs to a provider with settings of its own"),
        ({"slug": "host-7"}, "slug host-7 is kept for hosts that users add"),
        ({"codes": "vendor"}, "codes must be one of "),
        ({"protocol": "soap"}, "protocol must be one of getsms_v1, handler_api, sms_reg"),
        ({"protocol": "sms_reg", "quirks": {"cancel": "8"}}, "quirks: sms_reg has none"),
        ({"quirks": {"dialect": "klingon"}}, "quirks: my-host: no dialect 'klingon'"),
        ({"quirks": {"speed": "9"}}, "quirks: my-host: no quirk 'speed'"),
        ({"quirks": {"cancel_after": "soon"}}, "quirks: my-host: quirk cancel_after cannot be 'soon'"),
    ],
)
def test_an_entry_that_cannot_work_is_named(extra: dict[str, Any], said: str) -> None:
    """The bot does not start on a provider that it could not ask; the sentence names entry and reason."""
    with pytest.raises(ConfigError) as caught:
        directory({"slug": "fine"}, extra)
    (sentence,) = caught.value.problems
    assert sentence.startswith(f"EXTRA_PROVIDERS entry 2 {said}")
