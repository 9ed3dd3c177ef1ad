"""Who asks: each replica reaches the same simulators by a path of its own, and it is noted which path it was.

The path is part of the addresses in a replica's configuration. Host and port are the same for all, so that
replicas share a provider's limits as they would in the world.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.clock import Clock
from sandbox.app import build_app
from sandbox.provider import SimulatedProvider
from sandbox.telegram.server import TelegramServer
from sandbox.wire import form_of

_CHECKS = frozenset({"getcode", "getStatus", "getActiveActivations"})
_KEYS = ("userkey", "api_key", "apikey")
_FETCH = "/getUpdates"


@dataclass(frozen=True, slots=True)
class Poll:
    """A request, mostly a look for SMS, or for updates.

    Attributes:
        at: when.
        via: which replica asked.
        what: the key whose numbers were looked at.
    """

    at: datetime
    via: str
    what: str


class Gates:
    """Where all requests come in.

    Args:
        clock: whose time counts.

    Attributes:
        looks: the looks for SMS, oldest first.
        calls: all requests to providers, by path, oldest first.
        fetches: the calls of ``getUpdates``, oldest first; they are all about one thing.
    """

    def __init__(self, clock: Clock) -> None:
        self.looks: list[Poll] = []
        self.calls: dict[str, list[Poll]] = {}
        self.fetches: list[Poll] = []
        self._clock = clock

    def build(
        self, names: Sequence[str], telegram: TelegramServer, houses: Sequence[SimulatedProvider]
    ) -> web.Application:
        """Return one application in which each replica finds everything below ``/<its name>``."""
        app = web.Application()
        for name in names:
            way = build_app(telegram, houses)
            way.middlewares.append(self._noting(name, frozenset(house.path for house in houses)))
            app.add_subapp(f"/{name}", way)
        return app

    def _noting(self, name: str, paths: frozenset[str]) -> Middleware:
        @web.middleware
        async def note(request: web.Request, handler: Handler) -> web.StreamResponse:
            place = request.path.split("/")[2]
            if request.path.endswith(_FETCH):
                self.fetches.append(Poll(self._clock.now(), name, _FETCH))
            elif place in paths:
                form = await form_of(request)
                key = next((form[field] for field in _KEYS if field in form), "")
                call = Poll(self._clock.now(), name, key)
                self.calls.setdefault(place, []).append(call)
                if _CHECKS & {form.get("method"), form.get("action")}:
                    self.looks.append(call)
            return await handler(request)

        return note
