"""A whole engine on a real database, against the simulated Get-SMS over sockets, under one clock."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from cryptography.fernet import Fernet

from bot.catalog import OwnNames, load_catalog
from bot.clock import Clock
from bot.domain.orders import Order
from bot.domain.outbox import Kind, Message, Notice
from bot.domain.views import AccountView, OfferView
from bot.engine.engine import Engine, build_engine
from bot.providers.addresses import Addresses
from bot.providers.base import Record
from bot.providers.calls import Kind as CallKind
from bot.providers.http import Http, Patience
from bot.providers.registry import Providers, build_records
from bot.storage.database import Database
from bot.storage.vault import Vault
from sandbox.getsms import GetSmsSimulator
from sandbox.getsms.shop import Order as RemoteOrder
from sandbox.keys import Key as RemoteKey
from tests.support.clock import ManualClock
from tests.support.migrated import lay
from tests.support.pace import database_rests
from tests.support.servers import postgres_rows

T = TypeVar("T")

USER = 1001
STRANGER = 2002
KEY = "demo-key-of-the-user"
CARD = {"chat_id": USER, "message_id": 55}

CALM = {kind: Patience(connect=5, read=20, total=20) for kind in CallKind}
"""Time-outs that no honest answer on loopback meets; they are the event loop's, in real seconds."""

HASTE = CALM | {CallKind.PAID: Patience(connect=1, read=0.3, total=0.3)}
"""For tests in which the answer to a purchase never comes."""

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
"""For what must hold on either engine: on PostgreSQL writers work side by side.

Not for tests in which much time passes by the turned clock: leases there are kept by the server's.
"""

_SPARE_SECONDS = 20.0
_LOOKS = 50


class WallClock:
    """The machine's wall clock as somebody sets it: off by so much, while seconds pass as they do.

    Attributes:
        off: how far ahead of the right time it is.
    """

    def __init__(self, right: ManualClock) -> None:
        self._right = right
        self.off = timedelta()

    def now(self) -> datetime:
        """Return the time that the clock shows."""
        return self._right.now() + self.off

    def monotonic(self) -> float:
        """Return seconds that no setting of the clock touches."""
        return self._right.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Sleep as long as the right clock says."""
        await self._right.sleep(seconds)


async def until(condition: Callable[[], bool]) -> None:
    """Wait, without the clock of the test moving, until something on a socket or a thread has happened."""
    async with asyncio.timeout(_SPARE_SECONDS):
        while not condition():  # noqa: ASYNC110 - a socket or a thread sets no event
            await asyncio.sleep(0.001)


@dataclass
class World:
    """What a test holds in its hands.

    Attributes:
        clock: of the engine and of the provider.
        sim: the provider.
        path: the database file.
        database: open on it.
        engine: on the database.
        http: the engine's door, for more providers on it.
    """

    clock: ManualClock
    sim: GetSmsSimulator
    path: Path
    database: Database
    engine: Engine
    http: Http
    running: asyncio.Task[None] | None = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self) -> None:
        """Take up what is open, and watch."""
        self.running = await self._stack.enter_async_context(self.engine.running())

    async def stop(self) -> None:
        """End as a process ends that was told to stop."""
        await self._stack.aclose()
        self.running = None

    async def kill(self) -> None:
        """End as a process ends that was killed: nothing is finished, nothing is written."""
        under_way = [*self.engine.purchase._under_way, *self.engine.leasing._under_way]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self.stop()

    async def quiet(self) -> None:
        """Wait until no job is under way, or those that are wait for the clock themselves."""
        async with asyncio.timeout(_SPARE_SECONDS):
            looks = 0
            while self.engine.scheduler._tasks and looks < _LOOKS:
                await asyncio.sleep(0.001)  # lets sockets and threads work
                own = bool(self.engine.scheduler._heap)  # the scheduler sleeps towards its next job
                looks = looks + 1 if self.clock.sleepers > own else 0

    async def pass_(self, seconds: float, step: float = 5.0) -> None:
        """Let time pass in steps, the work of each step being done before the next."""
        await self.clock.advance(0)
        await self.quiet()
        while seconds > 0:
            await self.clock.advance(min(step, seconds))
            await self.quiet()
            seconds -= step

    async def while_time_passes(self, awaited: Awaitable[T], step: float = 1.0) -> T:
        """Let time pass, as much as it takes, until something is done."""
        task = asyncio.ensure_future(awaited)
        async with asyncio.timeout(_SPARE_SECONDS):
            while not task.done():
                await asyncio.sleep(0.001)  # lets sockets and threads work
                await database_rests(task)
                await self.clock.advance(step)
        return await task

    async def add_account(self, user_id: int = USER, key: str = KEY, balance: str = "500.00") -> AccountView:
        """Have the provider know a key, and the user keep it."""
        self.sim.add_key(key, balance=balance)
        await self.engine.people.arrive(user_id, "en")
        return (await self.engine.accounts.add(user_id, "getsms", key)).account

    async def offer(self, service: str = "telegram", country: str = "RU", user_id: int = USER) -> OfferView:
        """Return the cheapest offer, with a live confirm button."""
        return (await self.engine.shop.offers(user_id, service, country)).offers[0]

    async def buy(self, **which: Any) -> Order:
        """Buy the cheapest offer."""
        view = await self.offer(**which)
        return await self.engine.purchase.confirm(view.draft.user_id, view.draft.token, **CARD)

    async def order(self, order_id: int) -> Order:
        """Return our order as it stands in the database."""
        view = await self.engine.orders.find(order_id)
        assert view is not None
        return view.order

    def remote(self, order: Order) -> RemoteOrder:
        """Return the provider's side of an order."""
        assert order.remote_id is not None
        return self.sim.order(order.remote_id)

    def forget_key(self, key: str) -> RemoteKey:
        """Have the provider reject a key from now on; return it, to be put back."""
        return self.sim.keys.pop(key)

    def know_key(self, key: RemoteKey) -> None:
        """Have the provider accept a key again."""
        self.sim.keys[key.key] = key

    def deliver(self, order: Order, text: str, code: str | None = None) -> None:
        """Let an SMS arrive at the order's number."""
        assert order.remote_id is not None
        self.sim.deliver(order.remote_id, text, code)

    def asked(self, method: str) -> int:
        """Return how many requests of this method the provider got."""
        return self.sim.ledger.count(method)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Read the database as another process would: only what is committed."""
        if not self.database.is_sqlite:
            return postgres_rows(self.database.url.render_as_string(hide_password=False), statement)
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()

    async def told(self) -> list[Message]:
        """Return what waits for the courier."""
        return list(await self.engine.outbox.take(1000, (), 1000))

    async def codes(self) -> list[str]:
        """Return the texts of the SMS that wait for the courier, in the order of sending."""
        found = []
        for message in await self.told():
            if message.kind is Kind.CODE:
                assert message.sms_id is not None
                sms = await self.engine.outbox.sms(message.sms_id)
                assert sms is not None
                found.append(sms.text)
        return found

    async def notices(self) -> list[Notice]:
        """Return the notices that wait for the courier, in the order of sending."""
        return [message.notice for message in await self.told() if message.notice is not None]


class Builder:
    """Makes worlds that share a clock, a provider and a database file: one after another, or side by side."""

    def __init__(
        self, clock: ManualClock, sim: GetSmsSimulator, url: str, path: Path, database_url: str | None = None
    ) -> None:
        self.clock = clock
        self.sim = sim
        self.url = url
        self.path = path
        self.database_url = database_url or f"sqlite+aiosqlite:///{path}"
        self.secret = Fernet.generate_key().decode()

    @asynccontextmanager
    async def world(
        self,
        *,
        hasty: bool = False,
        further: tuple[Record, ...] = (),
        clock: Clock | None = None,
        public_url: str = "",
    ) -> AsyncIterator[World]:
        """Open a world; it does not run yet.

        Args:
            hasty: whether purchases give up after a fraction of a real second.
            further: more providers.
            clock: the engine's own, where it is not the provider's.
            public_url: where providers reach the bot; empty where they cannot.
        """
        async with AsyncExitStack() as stack:
            database = Database(self.database_url)
            if database.is_sqlite:
                lay(self.path)
            stack.push_async_callback(database.close)
            http = await stack.enter_async_context(
                Http(clock or self.clock, HASTE if hasty else CALM, addresses=Addresses(loopback=True))
            )
            engine = build_engine(
                database=database,
                clock=clock or self.clock,
                catalog=replace(load_catalog(), own=OwnNames()),
                providers=Providers((*build_records(self.url), *further), http),
                vault=Vault([self.secret]),
                public_url=public_url,
            )
            world = World(self.clock, self.sim, self.path, database, engine, http)
            stack.push_async_callback(world.kill)
            yield world

    def record(self, slug: str, url: str) -> Record:
        """Return a further provider that speaks Get-SMS's protocol elsewhere."""
        return replace(build_records(url)[0], slug=slug, title=slug)
