"""The bus over Redis: one channel that every replica publishes to and is subscribed to."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from uuid import uuid4

from bot.clock import Clock
from bot.cluster.link import FAILURES, Away, Link
from bot.logs import get_logger

_AGAIN_SECONDS = 1.0
_SILENCE_SECONDS = 5.0  # of real time; then the connection is tried with a ping
_log = get_logger(__name__)

Hear = Callable[[str], None]


class RedisBus:
    """What other replicas are told, and what they tell; see ``bot.engine.bus.Bus``.

    Attributes:
        is_subscribed: whether it hears.

    Args:
        link: to Redis.
        clock: whose time passes between two tries to subscribe.
    """

    def __init__(self, link: Link, clock: Clock) -> None:
        self._link = link
        self._clock = clock
        self._channel = link.key("bus")
        self._me = uuid4().hex
        self._listeners: defaultdict[str, list[Hear]] = defaultdict(list)
        self._subscribed: list[Callable[[], None]] = []
        self.is_subscribed = False

    async def tell(self, topic: str, text: str) -> None:
        """Say something to the other replicas; where Redis is away it is lost, without a word."""
        said = json.dumps([self._me, topic, text])
        try:
            await self._link.ask(lambda redis: redis.publish(self._channel, said))
        except Away:
            return

    def listen(self, topic: str, hear: Hear) -> None:
        """Have ``hear`` called with each text of a topic that another replica tells."""
        self._listeners[topic].append(hear)

    def when_subscribed(self, act: Callable[[], None]) -> None:
        """Have ``act`` called whenever the bus begins to hear: what was told before may have been missed."""
        self._subscribed.append(act)

    async def run(self) -> None:
        """Hear until cancelled; a connection that breaks is made anew."""
        while True:
            try:
                await self._hear_all()
            except FAILURES as error:
                self._link.lost(error)
            finally:
                self.is_subscribed = False
            await self._clock.sleep(_AGAIN_SECONDS)

    async def _hear_all(self) -> None:
        async with self._link.redis.pubsub() as channel:
            await channel.subscribe(self._channel)
            is_silent = False
            while True:
                said = await channel.get_message(timeout=_SILENCE_SECONDS)
                if said is None:
                    if is_silent:
                        raise TimeoutError
                    is_silent = True
                    await channel.ping()
                    continue
                is_silent = False
                if said["type"] == "subscribe":
                    self.is_subscribed = True
                    self._each(self._subscribed)
                elif said["type"] == "message":
                    self._heard(said["data"])

    def _heard(self, said: str) -> None:
        try:
            sender, topic, text = json.loads(said)
        except (ValueError, TypeError):
            _log.warning("the bus carries what no replica says")
            return
        if sender != self._me:
            self._each([partial(hear, text) for hear in self._listeners.get(topic, ())])

    def _each(self, acts: Iterable[Callable[[], None]]) -> None:
        for act in acts:
            try:
                act()
            except Exception:  # noqa: BLE001 - one listener's fault must not make the others deaf
                _log.exception("a listener of the bus failed")
