"""The connection to Redis: asked while it answers, left alone while it does not, and told of once each."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar, cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from bot.clock import Clock
from bot.logs import get_logger

PATIENCE_SECONDS = 1.0
"""Real seconds that Redis has for an answer; it takes one of a thousand parts of that."""

_AGAIN_SECONDS = 1.0
_log = get_logger(__name__)
T = TypeVar("T")

SECOND = 1_000_000
"""The scripts reckon in microseconds of the server's clock."""

NOW = "local t = redis.call('TIME') local now = t[1] * 1000000 + t[2] "
"""The beginning of a script that needs the time."""

# What answers a ping may still take nothing: it is full, or another server's copy, or permits no scripts.
_TRY = "return redis.call('SET', KEYS[1], 1, 'PX', 1000)"

FAILURES = (RedisError, OSError, TimeoutError)
"""What the library raises where Redis is away, restarts, or has no memory left."""


class Away(Exception):
    """Redis does not answer; whoever asked goes on without it."""


class Link:
    """One Redis, as one replica reaches it.

    Attributes:
        redis: the client, for what needs a connection of its own.

    Args:
        url: ``redis://``, ``rediss://`` or ``unix://``; the password in it is not logged.
        prefix: stands before every key and channel.
        clock: whose time passes between two looks at a Redis that was away.
    """

    def __init__(self, url: str, prefix: str, clock: Clock) -> None:
        self.redis = Redis.from_url(
            url,
            decode_responses=True,
            retry=Retry(NoBackoff(), 0),
            socket_timeout=PATIENCE_SECONDS,
            socket_connect_timeout=PATIENCE_SECONDS,
        )
        self._prefix = prefix
        self._clock = clock
        self._probe: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def key(self, *parts: object) -> str:
        """Return the full name of a key or a channel."""
        return ":".join((self._prefix, *map(str, parts)))

    @property
    def is_away(self) -> bool:
        """Whether Redis did not answer the last time."""
        return self._probe is not None

    async def ask(self, question: Callable[[Redis], Awaitable[T]]) -> T:
        """Return the answer to a question.

        While Redis is away nobody waits for it: one task looks whether it is back.

        Raises:
            Away: it does not answer.
        """
        if self._probe is not None:
            raise Away
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await question(self.redis)
        except FAILURES as error:
            self.lost(error)
        raise Away

    async def run(self, script: str, keys: tuple[str, ...], *arguments: object) -> Any:
        """Return what a script returns; one round trip.

        Raises:
            Away: Redis does not answer.
        """

        async def question(redis: Redis) -> Any:
            return await cast("Any", redis.eval(script, len(keys), *keys, *cast("Any", arguments)))

        return await self.ask(question)

    def lost(self, error: Exception) -> None:
        """Note that Redis does not answer, and begin to look for it."""
        if self._probe is None:
            # An error of the library can quote an address, but never a password; its kind is enough.
            _log.warning("redis does not answer; each replica goes by itself", reason=type(error).__name__)
            self._probe = asyncio.create_task(self._look(), name="redis")

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done that nobody waits for; closing ends it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Let go of every connection, and of what nobody waits for."""
        tasks = [*self._tasks, *([self._probe] if self._probe is not None else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(*FAILURES):
            await self.redis.aclose()

    async def _look(self) -> None:
        while True:
            await self._clock.sleep(_AGAIN_SECONDS)
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await cast("Any", self.redis.eval(_TRY, 1, self.key("try")))
            except FAILURES:
                continue
            self._probe = None
            _log.info("redis answers again")
            return


def micro(seconds: float) -> int:
    """Return seconds as the scripts reckon them."""
    return round(seconds * SECOND)
