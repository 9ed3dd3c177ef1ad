"""The houses that ship with the bot, beside Get-SMS."""

import re
from datetime import timedelta

import pytest

from bot.providers.handler_api import HandlerApi
from bot.providers.http import Http
from bot.providers.presets import build_presets
from bot.providers.registry import Providers, build_records


def test_the_houses_and_their_hosts() -> None:
    """Every known house is there, over TLS, under a slug of its own that fits into a button."""
    records = (*build_records(), *build_presets())
    assert {record.slug: record.url for record in records} == {
        "getsms": "https://get-sms.com",
        "getsms-online": "https://api.getsms.online",
        "sms-activate": "https://api.sms-activate.org",
        "smspva": "https://smspva.com",
        "hero-sms": "https://hero-sms.com",
        "vak-sms": "https://vak-sms.com",
        "grizzlysms": "https://api.grizzlysms.com",
        "smsbower": "https://smsbower.page",
        "smshub": "https://smshub.org",
        "give-sms": "https://give-sms.com",
        "5sim": "https://api1.5sim.net",
    }
    assert all(re.fullmatch(r"[a-z0-9-]{1,16}", record.slug) for record in records)
    assert all(re.fullmatch(r"[A-Z]{3}", record.currency) for record in records)


def test_only_sms_activate_is_closed() -> None:
    """SMS-Activate is kept for those who move their keys away from it."""
    assert [record.slug for record in build_presets() if record.closed] == ["sms-activate"]


async def test_every_record_has_its_adapter(http: Http) -> None:
    """All records can be built, each with the dialect that its quirks name."""
    providers = Providers((*build_records(), *build_presets()), http)
    dialects = {
        adapter.record.slug: adapter.record.quirks["dialect"]
        for adapter in providers.all()
        if isinstance(adapter, HandlerApi)
    }
    assert dialects == {
        "getsms-online": "getsms_online",
        "sms-activate": "sms_activate",
        "hero-sms": "hero_sms",
        "vak-sms": "vak_sms",
        "grizzlysms": "clone",
        "smsbower": "clone",
        "smshub": "clone",
        "give-sms": "getsms",
        "5sim": "clone",
    }


def test_getsms_online_as_its_page_says() -> None:
    """Its rate and lifetime are the page's; its two languages have code tables of their own."""
    handler, *_ = build_presets("http://127.0.0.1:8080/online/")
    assert (handler.url, handler.protocol) == ("http://127.0.0.1:8080/online", "handler_api")
    assert (handler.limits.requests_per_second, handler.limits.lifetime) == (50, timedelta(minutes=20))
    assert (handler.codes, handler.currency) == ("getsms_online", "RUB")
    other, *_ = build_presets(getsms_online_api="sms_reg")
    assert (other.slug, other.protocol, other.codes, other.quirks) == (
        handler.slug,
        "sms_reg",
        "sms_reg",
        {},
    )


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/sms", "http://127.0.0.1:8080/sms/"])
def test_where_sms_activate_is(url: str) -> None:
    """Its place can be configured, with a prefix."""
    record = build_presets(sms_activate_url=url)[1]
    assert (record.slug, record.url) == ("sms-activate", "http://127.0.0.1:8080/sms")


async def test_getsms_in_its_other_language(http: Http) -> None:
    """The same house by the same name, with other codes."""
    (native,), (compatible,) = build_records(), build_records(getsms_api="compatible")
    assert (compatible.slug, compatible.title, compatible.currency) == ("getsms", "Get-SMS", "RUB")
    assert (native.codes, compatible.codes) == ("getsms", "getsms_compatible")
    adapter = Providers((compatible,), http).get("getsms")
    assert isinstance(adapter, HandlerApi)
    assert adapter.dialect.cancel == "8"
