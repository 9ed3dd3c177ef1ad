"""A simulated provider on HTTP: requests in, honest answers or misbehaviour out."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.clock import Clock
from sandbox.faults import Kind
from sandbox.provider import SimulatedProvider

JSON = "application/json"
HTML = "text/html"
PLAIN = "text/plain"

_PAGE = "<!DOCTYPE html><html><head><title>Numbers</title></head><body><h1>Numbers</h1></body></html>"
_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"
_CLOUDFLARE = (
    "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head>"
    "<body><h1>Sorry, you have been blocked</h1></body></html>"
)

# Answers that come from in front of the provider: HTTP status, content type, text, headers.
_IN_FRONT: dict[str, tuple[int, str, str, dict[str, str]]] = {
    "html-200": (200, HTML, _PAGE, {}),
    "empty": (200, JSON, "", {}),
    "http-502": (502, HTML, _GATEWAY, {}),
    "http-500": (500, HTML, "Internal Server Error", {}),
    "429": (429, PLAIN, "Too Many Requests", {"Retry-After": "7"}),
    "cloudflare-403": (403, HTML, _CLOUDFLARE, {"Server": "cloudflare"}),
    "cloudflare-1020": (403, PLAIN, "error code: 1020", {"Server": "cloudflare"}),
}
_NO_ANSWER = ("reset-before", "reset-after", "hang", "hang-after")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answers when nothing is wrong with it."""

    text: str
    http_status: int = 200
    content_type: str = JSON


async def form_of(request: web.Request) -> dict[str, str]:
    """Return the parameters of a request: those of the query, overridden by those of the form."""
    posted = await request.post() if request.method == "POST" else {}
    return {**request.query, **{name: part for name, part in posted.items() if isinstance(part, str)}}


async def respond(
    request: web.Request, answer: Answer, kind: Kind | None, clock: Clock
) -> web.StreamResponse:
    """Give the answer, or what the fault makes of it.

    The app's runner should cancel handlers whose client has gone, so that no answer is kept back for nobody.
    """
    if kind is None:
        return _plain(answer)
    if kind.seconds:
        await clock.sleep(kind.seconds)
    if kind.body is not None:
        return web.Response(status=kind.status, text=kind.body, content_type=_guess(kind.body))
    if kind.name in _IN_FRONT:
        status, content_type, text, headers = _IN_FRONT[kind.name]
        return web.Response(status=status, content_type=content_type, text=text, headers=headers)
    if kind.name == "cut-off-stream":
        return await _break_off(request, answer)
    response = _plain(Answer(_spoilt(kind.name, answer.text), answer.http_status, answer.content_type))
    if kind.name in _NO_ANSWER:
        _hang_up(request)
    return response


@asynccontextmanager
async def serve(simulator: SimulatedProvider, port: int = 0) -> AsyncIterator[str]:
    """Run one simulator alone on loopback; gives its base URL, as the bot's ``…_URL`` variables want it."""
    app = web.Application()
    simulator.mount(app)
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _plain(answer: Answer) -> web.Response:
    return web.Response(text=answer.text, status=answer.http_status, content_type=answer.content_type)


async def _break_off(request: web.Request, answer: Answer) -> web.StreamResponse:
    whole = answer.text.encode()
    response = web.StreamResponse(status=answer.http_status, headers={"Content-Type": answer.content_type})
    response.content_length = len(whole)
    await response.prepare(request)
    await response.write(whole[: len(whole) // 2])
    _hang_up(request)
    return response


def _spoilt(name: str, text: str) -> str:
    """Return what is left of a text: half of it, lists for values, or (slow, refused) all."""
    if name == "cut-off":
        return text[: len(text) // 2]
    if name == "wrong-types":
        try:
            return json.dumps(_in_lists(json.loads(text)))
        except ValueError:  # an answer that is no JSON
            return json.dumps([text])
    return text


def _in_lists(value: Any) -> Any:
    """Return the JSON value with every leaf put into a list: valid JSON, wrong types throughout."""
    if isinstance(value, dict):
        return {name: _in_lists(part) for name, part in value.items()}
    return [value]


def _guess(body: str) -> str:
    return {"{": JSON, "[": JSON, "<": HTML}.get(body[:1], PLAIN)


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
