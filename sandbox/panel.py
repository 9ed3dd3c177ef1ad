"""The panel's HTTP side: whoever plays the providers does it through here, in JSON."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import web

from sandbox.provider import NotPossible, SimulatedProvider


def mount(app: web.Application, providers: Sequence[SimulatedProvider]) -> None:
    """Serve ``/provider`` and what lies under it.

    ``GET /provider`` shows all providers. ``POST /provider/{slug}/…`` changes one and answers with what the
    panel now shows of it; what cannot be is 400 ``{"error": sentence}``, an unknown provider 404.
    """
    by_slug = {provider.slug: provider for provider in providers}

    async def show(_request: web.Request) -> web.Response:
        return web.json_response({"providers": [provider.panel() for provider in providers]})

    async def act(request: web.Request) -> web.Response:
        provider = by_slug.get(request.match_info["slug"])
        action = _ACTIONS.get(request.match_info["action"])
        if provider is None or action is None:
            return _error(404, "There is no such provider or action here.")
        try:
            body = await request.json()
        except ValueError:
            return _error(400, "The request is not JSON.")
        if not isinstance(body, dict):
            return _error(400, "The request is not a JSON object.")
        try:
            action(provider, body)
        except NotPossible as refused:
            return _error(400, str(refused))
        return web.json_response({"provider": provider.panel()})

    app.router.add_get("/provider", show)
    app.router.add_post("/provider/{slug}/{action}", act)


def _sms(provider: SimulatedProvider, body: dict[str, Any]) -> None:
    order, text = _text(body, "order"), _text(body, "text")
    provider.deliver(
        order, text, _text(body, "code", default=None) or None, _text(body, "sender", default="")
    )


def _expire(provider: SimulatedProvider, body: dict[str, Any]) -> None:
    provider.expire(_text(body, "order"))


def _play(provider: SimulatedProvider, body: dict[str, Any]) -> None:
    provider.play(_text(body, "order"), _text(body, "deed"))


def _fault(provider: SimulatedProvider, body: dict[str, Any]) -> None:
    times = None if body.get("times") is None else int(_number(body, "times"))
    provider.break_with(_text(body, "name", default=None), _text(body, "method", default="*"), times)


def _stock(provider: SimulatedProvider, body: dict[str, Any]) -> None:
    service, country = _text(body, "service"), _text(body, "country")
    stock = provider.stock_rent if body.get("rent") is True else provider.stock
    stock(service, country, int(_number(body, "count")), _text(body, "price"))


def _balance(provider: SimulatedProvider, body: dict[str, Any]) -> None:
    provider.set_balance(_text(body, "key"), _text(body, "balance"))


def _automatic(provider: SimulatedProvider, body: dict[str, Any]) -> None:
    provider.set_automatic(enabled=body.get("enabled") is True, after=_number(body, "after"))


_REQUIRED = object()


def _text(body: dict[str, Any], name: str, default: Any = _REQUIRED) -> Any:
    """Return a field as text (numbers are taken); its default where it is absent or null."""
    value = body.get(name)
    if value is None and default is not _REQUIRED:
        return default
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise NotPossible(f"“{name}” is missing.")
    return str(value)


def _number(body: dict[str, Any], name: str) -> float:
    written = _text(body, name)
    try:
        number = float(written)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise NotPossible(f"“{name}” is not a number.")
    return number


def _error(status: int, sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=status)


_ACTIONS: dict[str, Callable[[SimulatedProvider, dict[str, Any]], None]] = {
    "sms": _sms,
    "expire": _expire,
    "play": _play,
    "fault": _fault,
    "stock": _stock,
    "balance": _balance,
    "automatic": _automatic,
}
