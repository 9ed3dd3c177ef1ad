"""The list of providers."""

from datetime import timedelta

import pytest

from bot.domain.errors import UnknownProvider
from bot.providers.http import Http
from bot.providers.registry import Providers, build_records


def test_getsms_as_its_page_says() -> None:
    """The record holds the page's own limits."""
    (record,) = build_records()
    assert (record.slug, record.title, record.currency) == ("getsms", "Get-SMS", "RUB")
    assert record.url == record.site == "https://get-sms.com"
    assert record.limits.lifetime == timedelta(minutes=15)
    assert record.limits.check_every == 5
    assert record.limits.requests_per_second is None


def test_the_url_may_have_a_prefix_and_a_slash() -> None:
    """What a person configures is put in front of the documented path, whole."""
    (record,) = build_records("http://127.0.0.1:8080/getsms/")
    assert record.url == "http://127.0.0.1:8080/getsms"


async def test_providers_are_found_by_slug(http: Http) -> None:
    """Each record has its adapter, and an unknown slug has a name for what is wrong."""
    records = build_records()
    providers = Providers(records, http)
    assert [adapter.record for adapter in providers.all()] == list(records)
    assert providers.get("getsms") is providers.all()[0]
    with pytest.raises(UnknownProvider):
        providers.get("nobody")
