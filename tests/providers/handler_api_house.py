"""What the tests of ``handler_api.php`` share: a house that speaks it, and what was asked of it."""

from decimal import Decimal

from bot.domain.money import Money
from bot.domain.secrets import Key
from bot.providers.base import Record
from bot.providers.handler_api import HandlerApi
from bot.providers.http import Http
from bot.providers.trade import Watched
from tests.support.wire import Wire

KEY = Key("testapikey")
ORDER = Watched("635468021")


def record(url: str = "http://127.0.0.1", dialect: str = "sms_activate", **quirks: str) -> Record:
    """Return a house's record."""
    return Record(
        slug="house",
        title="House",
        url=url,
        protocol="handler_api",
        currency="RUB",
        codes="sms_activate",
        site=url,
        quirks={"dialect": dialect, **quirks},
    )


def house(wire: Wire, http: Http, dialect: str = "sms_activate", **quirks: str) -> HandlerApi:
    """Return the adapter for a house on loopback."""
    return HandlerApi(record(wire.url, dialect, **quirks), http)


def asked(wire: Wire) -> dict[str, str]:
    """Return the form of the newest request, without the key, after checking how it travelled."""
    heard = wire.heard[-1]
    assert (heard.method, heard.target) == ("POST", "/stubs/handler_api.php")
    form = heard.form
    assert form.pop("api_key") == "testapikey"
    return form


def rub(amount: str) -> Money:
    """Return roubles."""
    return Money(Decimal(amount), "RUB")
