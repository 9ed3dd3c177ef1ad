"""The simulated Get-SMS on HTTP: requests in, honest answers or misbehaviour out."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.getsms.faults import Kind
from sandbox.getsms.replies import in_lists

if TYPE_CHECKING:
    from sandbox.getsms.simulator import GetSmsSimulator

_JSON = "application/json"
_HTML = "text/html"
_PAGE = "<!DOCTYPE html><html><head><title>Get-SMS</title></head><body><h1>Get-SMS</h1></body></html>"
_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"
_CLOUDFLARE = (
    "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head>"
    "<body><h1>Sorry, you have been blocked</h1></body></html>"
)

# Answers that come from in front of the provider: HTTP status, content type, text, headers.
_IN_FRONT: dict[str, tuple[int, str, str, dict[str, str]]] = {
    "html-200": (200, _HTML, _PAGE, {}),
    "empty": (200, _JSON, "", {}),
    "http-502": (502, _HTML, _GATEWAY, {}),
    "http-500": (500, _HTML, "Internal Server Error", {}),
    "429": (429, "text/plain", "Too Many Requests", {"Retry-After": "7"}),
    "cloudflare-403": (403, _HTML, _CLOUDFLARE, {"Server": "cloudflare"}),
    "cloudflare-1020": (403, "text/plain", "error code: 1020", {"Server": "cloudflare"}),
}
_NO_ANSWER = ("reset-before", "reset-after", "hang", "hang-after")


def mount(simulator: "GetSmsSimulator", app: web.Application, prefix: str) -> None:
    """Add the API's one path, for GET and POST.

    The app's runner should cancel handlers whose client has gone, so that no answer is kept back for nobody.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        posted = await request.post() if request.method == "POST" else {}
        form = {**request.query, **{name: part for name, part in posted.items() if isinstance(part, str)}}
        kind, body, status = simulator.answer(form, request.method)
        http_status = status if simulator.prints.http_status else 200
        if kind is None:
            return web.Response(text=body, status=http_status, content_type=_JSON)
        if kind.seconds:
            await simulator.clock.sleep(kind.seconds)
        return await _misbehave(request, kind, body, http_status)

    app.router.add_route("GET", f"{prefix}/api/v1/", handle)
    app.router.add_route("POST", f"{prefix}/api/v1/", handle)


async def _misbehave(request: web.Request, kind: Kind, body: str, http_status: int) -> web.StreamResponse:
    if kind.name in _IN_FRONT:
        status, content_type, text, headers = _IN_FRONT[kind.name]
        return web.Response(status=status, content_type=content_type, text=text, headers=headers)
    if kind.name == "cut-off-stream":
        response = web.StreamResponse(status=http_status, headers={"Content-Type": _JSON})
        response.content_length = len(body.encode())
        await response.prepare(request)
        await response.write(body.encode()[: len(body) // 2])
        _hang_up(request)
        return response
    response = web.Response(status=http_status, text=_spoilt(kind.name, body), content_type=_JSON)
    if kind.name in _NO_ANSWER:
        _hang_up(request)
    return response


def _spoilt(name: str, body: str) -> str:
    """Return what is left of the body: half of it, lists for values, or (slow, refused) all."""
    if name == "cut-off":
        return body[: len(body) // 2]
    if name == "wrong-types":
        try:
            return json.dumps(in_lists(json.loads(body)))
        except ValueError:  # the balance that is no JSON
            return json.dumps({"status": [200], "data": {"balance": [[]]}})
    return body


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


@asynccontextmanager
async def serve(simulator: "GetSmsSimulator", port: int = 0) -> AsyncIterator[str]:
    """Run the simulator alone on loopback; gives its base URL, as ``GETSMS_URL`` wants it."""
    app = web.Application()
    simulator.mount(app)
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
