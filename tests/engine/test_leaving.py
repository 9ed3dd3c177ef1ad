"""Leaving for good, without a chat: nothing is remembered here, nor in another replica, and doubt refuses."""

from bot.domain.money import Money
from bot.engine.bus import Hear
from bot.engine.leaving import Leaving, Memory
from bot.storage import belongings, hosts
from tests.engine.world import USER, World

SECRET_SHOP = "Shop of theirs"


class Hall:
    """A bus on which all hear all, one's own voice included."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self._ears: dict[str, list[Hear]] = {}

    async def tell(self, topic: str, text: str) -> None:
        """Say it to everybody."""
        self.told.append(text)
        for hear in self._ears.get(topic, ()):
            hear(text)

    def listen(self, topic: str, hear: Hear) -> None:
        """Hear a topic."""
        self._ears.setdefault(topic, []).append(hear)


async def own_host(world: World) -> str:
    """Have the user own a host whose names are known; return its slug."""
    async with world.database.write() as tx:
        host = await hosts.add(
            tx,
            user_id=USER,
            url="https://sms.example",
            title="sms.example",
            currency="USD",
            now=world.clock.now(),
        )
    await world.engine.hosts.load()
    slug = f"host-{host.id}"
    world.engine.unmapped._catalog.own.learn(slug, "zz", {"en": SECRET_SHOP})
    return slug


async def test_nothing_is_remembered(world: World) -> None:
    """The sealed key, the person's host and its names leave the memory with the rows."""
    account_id = (await world.engine.accounts.list(USER))[0].account.id
    slug = await own_host(world)
    engine = world.engine
    await engine.accounts.check(USER, account_id)
    assert account_id in engine.leaving._keyring._sealed
    held = await engine.leaving.leave(USER)
    assert (held.in_doubt, held.keys) == (0, 1)
    assert account_id not in engine.leaving._keyring._sealed
    assert engine.leaving._providers.record(slug) is None
    assert slug not in str(engine.unmapped._catalog.own._names)
    async with world.database.read() as tx:
        assert not any((await belongings.read(tx, USER)).values())


async def test_other_replicas_forget_as_well(world: World) -> None:
    """What one replica deletes, the others hear of by ids alone, and forget."""
    account_id = (await world.engine.accounts.list(USER))[0].account.id
    slug = await own_host(world)
    hall, engine = Hall(), world.engine
    forgotten: list[object] = []
    memory = Memory((forgotten.append,), (forgotten.append,))
    old = engine.leaving
    for _ in range(2):
        leaving = Leaving(world.database, world.clock, old._keyring, old._providers, memory, hall)
    await leaving.leave(USER)
    assert hall.told == [f"{account_id};{slug}"]
    assert forgotten.count(account_id) == forgotten.count(slug) == 3  # by itself, and by two who hear it


async def test_a_number_in_doubt_is_kept(world: World) -> None:
    """An order whose outcome is unknown refuses the whole, and its row and key stay."""
    order = await world.buy()
    async with world.database.write() as tx:
        await tx.exec_driver_sql("UPDATE orders SET state = 'uncertain'")
    held = await world.engine.leaving.leave(USER)
    assert (held.in_doubt, held.open_numbers, held.purchases) == (1, 1, 1)
    assert await world.engine.orders.find(order.id) is not None
    assert isinstance(await world.engine.accounts.balance((await world.engine.accounts.list(USER))[0]), Money)
