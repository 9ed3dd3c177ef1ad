"""The bot's own HTTP server: how the bot is, and the calls of providers that have news."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Protocol

from aiohttp import web

from bot.engine.hooks import PATH, Hooks
from bot.logs import get_logger
from bot.metrics import CONTENT_TYPE

_MOST_BYTES = 64 * 1024
_BODY_SECONDS = 5.0
_MOST_UPDATE_BYTES = 4 * 1024 * 1024  # the longest messages have some hundred thousand
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header # pragma: allowlist secret
_log = get_logger(__name__)


class Ear(Protocol):
    """Who hears of Telegram's updates."""

    @property
    def path(self) -> str:
        """Where they are brought."""
        ...

    def knows(self, secret: str) -> bool:
        """Say whether a caller is Telegram."""
        ...

    async def take(self, body: bytes) -> HTTPStatus:
        """Take one; return what to answer."""
        ...


class Condition(Protocol):
    """How the bot is, for those who look at it from outside."""

    async def troubles(self) -> Mapping[str, str]:
        """Return what keeps the bot from being of use, by part, without a word of its users."""
        ...

    async def metrics(self) -> bytes:
        """Return its numbers in Prometheus' text format."""
        ...


@asynccontextmanager
async def serving(
    host: str,
    port: int,
    *,
    alive: Callable[[], bool],
    hooks: Hooks,
    condition: Condition | None = None,
    ear: Ear | None = None,
) -> AsyncIterator[None]:
    """Serve ``/healthz``, ``/readyz``, ``/metrics`` and ``/hooks/`` while the context is open.

    ``/healthz`` answers 200 ``ok`` while the bot's parts run, 503 after. ``/readyz`` answers 200 or 503, with
    a JSON object ``{"ready": …, "not_ready": {part: why}}``. ``/metrics`` is in Prometheus' text format.
    ``/hooks/ACCOUNT/MAC`` answers GET and POST with an empty 200 where the address was made here, else 404;
    nothing of a call is logged. Telegram's updates come by POST, with its secret, to the path of the webhook.

    Args:
        host: address to listen on.
        port: TCP port; 0 serves nothing.
        alive: whether every part that must run does.
        hooks: knows the addresses, and hears of calls.
        ear: hears of Telegram's updates; None where they are fetched.
        condition: answers for ``/readyz`` and ``/metrics``; without it, these are not there.

    Raises:
        OSError: the port is taken.
    """

    async def health(_: web.Request) -> web.Response:
        return web.Response(text="ok\n") if alive() else web.Response(text="stopped\n", status=503)

    async def hook(request: web.Request) -> web.Response:
        account_id = int(request.match_info["account"])
        if request.method not in {"GET", "POST"} or not hooks.accepts(account_id, request.match_info["mac"]):
            return web.Response(status=404)
        hooks.called(account_id, await _body(request))
        return web.Response()

    if not port:
        yield
        return
    app = web.Application()
    app.router.add_get("/healthz", health)
    if condition is not None:
        _add_condition(app, condition)
    if ear is not None:
        _add_ear(app, ear)
    app.router.add_route("*", PATH + r"/{account:[0-9]{1,18}}/{mac:[A-Za-z0-9_-]{43}}", hook)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        _log.info("health endpoint", url=f"http://{host}:{port}/healthz")
        yield
    finally:
        await runner.cleanup()


def _add_ear(app: web.Application, ear: Ear) -> None:
    async def update(request: web.Request) -> web.Response:
        if not ear.knows(request.headers.get(_SECRET, "")):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        body = await _whole(request)
        if body is None:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        status = await ear.take(body)
        again = {"Retry-After": "1"} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
        return web.Response(status=status, headers=again)

    app.router.add_post(ear.path, update)


async def _whole(request: web.Request) -> bytes | None:
    """Return what Telegram says, or None where it did not come whole, or is longer than any update."""
    found = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for part in request.content.iter_any():
                found += part
                if len(found) > _MOST_UPDATE_BYTES:
                    return None
    except (TimeoutError, OSError, web.RequestPayloadError):
        return None
    return bytes(found)


def _add_condition(app: web.Application, condition: Condition) -> None:
    async def ready(_: web.Request) -> web.Response:
        troubles = await condition.troubles()
        told = {"ready": not troubles, "not_ready": dict(troubles)}
        return web.json_response(told, status=503 if troubles else 200)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=await condition.metrics(), headers={"Content-Type": CONTENT_TYPE})

    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", metrics)


async def _body(request: web.Request) -> bytes:
    """Return what a caller says, up to the most that is read; a slow one has called all the same."""
    found = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for part in request.content.iter_any():
                found += part
                if len(found) >= _MOST_BYTES:
                    break
    except (TimeoutError, OSError, web.RequestPayloadError):
        pass
    return bytes(found[:_MOST_BYTES])
