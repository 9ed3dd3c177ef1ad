"""The bot's own HTTP endpoint: whether it lives."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.logs import get_logger

_log = get_logger(__name__)


@asynccontextmanager
async def serving(host: str, port: int, *, alive: Callable[[], bool]) -> AsyncIterator[None]:
    """Serve ``/healthz`` while the context is open: 200 ``ok`` while the bot's parts run, 503 after.

    Args:
        host: address to listen on.
        port: TCP port; 0 serves nothing.
        alive: whether every part that must run does.

    Raises:
        OSError: the port is taken.
    """

    async def health(_: web.Request) -> web.Response:
        return web.Response(text="ok\n") if alive() else web.Response(text="stopped\n", status=503)

    if not port:
        yield
        return
    app = web.Application()
    app.router.add_get("/healthz", health)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        _log.info("health endpoint", url=f"http://{host}:{port}/healthz")
        yield
    finally:
        await runner.cleanup()
