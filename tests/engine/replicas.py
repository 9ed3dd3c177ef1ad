"""Several engines on one PostgreSQL database and one provider, each with a clock of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal

from cryptography.fernet import Fernet
from sqlalchemy import select, update

from bot.catalog import OwnNames, load_catalog
from bot.domain.money import Money
from bot.domain.offers import Draft, Offer
from bot.domain.orders import Order
from bot.domain.outbox import Notice
from bot.engine.bus import Bus
from bot.engine.engine import Engine, build_engine
from bot.engine.keyring import Keyring
from bot.engine.shared_territory import SharedTerritory
from bot.providers.addresses import Addresses
from bot.providers.http import Http
from bot.providers.registry import Providers, build_records
from bot.storage import orders
from bot.storage.database import Database
from bot.storage.lease_tables import LeaseRow, WorkerRow
from bot.storage.leases import _in
from bot.storage.tables import OutboxRow, SmsRow
from bot.storage.vault import Vault
from sandbox.getsms import GetSmsSimulator
from tests.engine.world import CALM, HASTE
from tests.support.clock import ManualClock

_SPARE_SECONDS = 20.0
_CALM_LOOKS = 5
_SLEEPS = 2  # of the jobs, and of the leases
_STEP_SECONDS = 2.5


@dataclass
class Wire:
    """A bus between engines of one process.

    Attributes:
        is_cut: whether nothing is heard.
        said: what was told, by topic.
    """

    is_cut: bool = False
    said: list[tuple[str, str]] = field(default_factory=list)
    _ends: list["_End"] = field(default_factory=list)

    def end(self) -> "_End":
        """Return one more participant."""
        self._ends.append(_End(self))
        return self._ends[-1]


@dataclass(eq=False)
class _End:
    wire: Wire
    hears: list[tuple[str, Callable[[str], None]]] = field(default_factory=list)

    async def tell(self, topic: str, text: str) -> None:
        """Have all others hear."""
        self.wire.said.append((topic, text))
        if self.wire.is_cut:
            return
        for other in self.wire._ends:
            for of, hear in other.hears if other is not self else ():
                if of == topic:
                    hear(text)

    def listen(self, topic: str, hear: Callable[[str], None]) -> None:
        """Hear what others tell."""
        self.hears.append((topic, hear))


@dataclass
class Replica:
    """One process of several.

    Attributes:
        clock: its own; where it stands still while others' go on, the process is frozen.
        database: its own connections.
        engine: on them.
    """

    clock: ManualClock
    database: Database
    engine: Engine
    _stack: AsyncExitStack

    @property
    def shared(self) -> SharedTerritory:
        """Its accounts."""
        assert self.engine.lookout.shared is not None
        return self.engine.lookout.shared

    @property
    def keyring(self) -> Keyring:
        """What opens its keys."""
        return self.engine.accounts._keyring

    @property
    def watched(self) -> set[int]:
        """The orders that it watches."""
        return {check.order_id for check in self.engine.watch.checks}

    async def start(self) -> None:
        """Take up its share, and watch."""
        await self._stack.enter_async_context(self.engine.running())
        await self.quiet()

    async def stop(self) -> None:
        """End as a process ends that was told to stop."""
        await self._stack.aclose()

    async def kill(self) -> None:
        """End as a process ends that was killed: it gives nothing back and finishes nothing."""
        self.shared.leave = self._say_nothing  # type: ignore[method-assign]  # nobody says goodbye
        under_way = [*self.engine.purchase._under_way, *self.engine.leasing._under_way]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self.stop()
        await run_out(self.database, self)

    async def _say_nothing(self) -> None:
        return

    async def quiet(self) -> None:
        """Wait until everything that is due was done."""
        async with asyncio.timeout(_SPARE_SECONDS):
            calm = 0
            while calm < _CALM_LOOKS:
                await asyncio.sleep(0.002)  # lets sockets and threads work
                is_busy = self.engine.scheduler._tasks or self.shared._tasks or self.shared._lock.locked()
                calm = 0 if is_busy or self.clock.sleepers < _SLEEPS else calm + 1


class Fleet:
    """Makes replicas, and lets time pass for them."""

    def __init__(self, url: str, sim: GetSmsSimulator, provider: str, clock: ManualClock) -> None:
        self._url = url
        self._sim = sim
        self._provider = provider
        self._clock = clock
        self._secret = Fernet.generate_key().decode()
        self.wire = Wire()

    @asynccontextmanager
    async def replica(self, *, bus: Bus | None = None, hasty: bool = False) -> AsyncIterator[Replica]:
        """Open a replica; it does not run yet."""
        async with AsyncExitStack() as stack:
            clock = ManualClock(self._clock.now())
            database = Database(self._url)
            stack.push_async_callback(database.close)
            http = await stack.enter_async_context(
                Http(clock, HASTE if hasty else CALM, addresses=Addresses(loopback=True))
            )
            engine = build_engine(
                database=database,
                clock=clock,
                catalog=replace(load_catalog(), own=OwnNames()),
                providers=Providers(build_records(self._provider), http),
                vault=Vault([self._secret]),
                bus=bus or self.wire.end(),
                public_url="https://bot.example",
            )
            replica = Replica(clock, database, engine, AsyncExitStack())
            stack.push_async_callback(replica.stop)
            yield replica

    async def pass_(self, seconds: float, *replicas: Replica) -> None:
        """Let time pass for the provider and these replicas; any other stands still."""
        while seconds > 0:
            step = min(_STEP_SECONDS, seconds)
            await self._clock.advance(step)
            for replica in replicas:
                await replica.clock.advance(step)
            for replica in replicas:
                await replica.quiet()
            seconds -= step


async def add_accounts(replica: Replica, sim: GetSmsSimulator, users: Iterable[int]) -> dict[int, int]:
    """Have each of these users keep a key; return their accounts."""
    made = {}
    for user in users:
        sim.add_key(f"demo-key-of-{user}", balance="500.00")
        await replica.engine.people.arrive(user, "en")
        view = (await replica.engine.accounts.add(user, "getsms", f"demo-key-of-{user}")).account
        made[user] = view.account.id
    return made


async def buy(replica: Replica, user: int, service: str = "telegram", country: str = "RU") -> Order:
    """Buy the cheapest offer by a tap that this replica takes."""
    offer = (await replica.engine.shop.offers(user, service, country)).offers[0]
    return await replica.engine.purchase.confirm(user, offer.draft.token, chat_id=user, message_id=55)


async def intend(replica: Replica, user: int, account_id: int) -> Order:
    """Write down that a replica is about to buy, as it does before it calls the provider."""
    offer = Offer(
        account_id=account_id,
        provider="getsms",
        service="telegram",
        country="RU",
        price=Money(Decimal("12.50"), "RUB"),
        stock=7,
    )
    async with replica.database.write() as tx:
        return await orders.place(
            tx,
            Draft("token-1", user, offer),
            balance_before=None,
            card=(user, 55),
            now=replica.clock.now(),
            worker=replica.shared.worker,
        )


async def order_of(replica: Replica, order_id: int) -> Order:
    """Return an order as it stands in the database."""
    view = await replica.engine.orders.find(order_id)
    assert view is not None
    return view.order


async def notices(replica: Replica) -> list[Notice]:
    """Return the notices that were ever written down to be told."""
    async with replica.database.read() as tx:
        query = select(OutboxRow.notice).where(OutboxRow.notice.is_not(None)).order_by(OutboxRow.id)
        return [Notice(str(one)) for one in (await tx.execute(query)).scalars()]


async def codes(replica: Replica) -> list[str]:
    """Return the texts of the SMS that were ever written down to be told."""
    async with replica.database.read() as tx:
        query = select(SmsRow.text).join(OutboxRow, OutboxRow.sms_id == SmsRow.id).order_by(OutboxRow.id)
        return list((await tx.execute(query)).scalars())


async def run_out(database: Database, replica: Replica) -> None:
    """Have the lease time of a replica pass at the database server."""
    worker = replica.shared.worker
    async with database.write() as tx:
        await tx.execute(update(LeaseRow).where(LeaseRow.worker == worker).values(until=_in(-1)))
        await tx.execute(update(WorkerRow).where(WorkerRow.id == worker).values(seen_at=_in(-60)))
