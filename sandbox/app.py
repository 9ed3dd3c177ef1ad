"""The sandbox as one web application on one port: Telegram, the providers, the panel and the chat page."""

import errno
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from sandbox import panel
from sandbox.provider import SimulatedProvider
from sandbox.telegram.server import TelegramServer

PREFERRED_PORT = 8080
_PAGE = Path(__file__).parent / "web"
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - recognised here, never bound by default


def build_app(telegram: TelegramServer, providers: Sequence[SimulatedProvider]) -> web.Application:
    """Put the simulators together.

    Telegram has ``/bot…``, ``/file/bot…`` and ``/chat/…``; each provider its path as prefix; the panel has
    ``/provider…``; ``/`` is the chat page, its files are under ``/static/``. Chat pages hear of every change
    at a provider as the event ``provider``.
    """
    app = web.Application()
    telegram.mount(app)
    for provider in providers:
        provider.mount(app, f"/{provider.path}")
        provider.listeners.append(lambda: telegram.world.feed.broadcast({"type": "provider"}))
    panel.mount(app, providers)
    app.router.add_get("/", _index)
    app.router.add_static("/static/", _PAGE)
    app.on_response_prepare.append(_always_ask_again)
    return app


@asynccontextmanager
async def serve(app: web.Application, host: str, port: int | None) -> AsyncIterator[str]:
    """Run the app; gives the base URL under which this machine reaches it.

    Args:
        app: what ``build_app`` returns.
        host: the address to listen on.
        port: the port; None prefers 8080 and takes a free one where that is busy.

    Raises:
        OSError: the port cannot be had.
    """
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, PREFERRED_PORT if port is None else port).start()
        except OSError as busy:
            if port is not None or busy.errno != errno.EADDRINUSE:
                raise
            await web.TCPSite(runner, host, 0).start()
        reached = "127.0.0.1" if host in _EVERYWHERE else host
        bracketed = f"[{reached}]" if ":" in reached else reached
        yield f"http://{bracketed}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _index(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(_PAGE / "index.html")


async def _always_ask_again(request: web.Request, response: web.StreamResponse) -> None:
    """Keep browsers from mixing files of two versions of the page."""
    if request.path == "/" or request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"
