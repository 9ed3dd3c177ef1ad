"""A town with several bots on one PostgreSQL and one Redis, and people who have many numbers open."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import asyncpg
from aiohttp import web
from cryptography.fernet import Fernet

from bot.storage.database import Database
from bot.storage.schema import migrate
from bot.storage.vault import Vault
from sandbox import demo
from sandbox.bot_process import environment
from sandbox.smspva import SmspvaSimulator
from tests.cluster.own_redis import OwnRedis
from tests.cluster.replica import NAME
from tests.cluster.residents import Home, Seller, keep_key, move_in
from tests.cluster.servers import OwnPostgres, find_binaries
from tests.cluster.via import Gates, Poll
from tests.crash.crowd import Walker
from tests.crash.nest import Bot
from tests.crash.town import Life, Town

NAMES = ("north", "south", "east")
_PROGRAM = "tests.cluster.replica"
_SHARES = {"getsms": 0.4, "sms-activate": 0.4, "getsms-online": 0.2}  # of the homes
_GLANCE = 0.3
_LANDING = (
    0.5  # what a bot had written to its sockets is read by then, and others have ticked off what they told
)
_UNWRITTEN = re.compile(r"told, and not ticked off yet .*rows=\[([\d, ]+)\]")
_CODES = (
    "SELECT coalesce(sms.code, rental_sms.text) AS text FROM outbox"
    " LEFT JOIN sms ON sms.id = outbox.sms_id LEFT JOIN rental_sms ON rental_sms.id = outbox.rental_sms_id"
)
_CODES_OF = f"{_CODES} WHERE outbox.kind = 'code' AND outbox.id IN ({{ids}})"
_CODES_WAITING = (
    f"{_CODES} JOIN leases ON leases.kind = 'chat' AND leases.ref = outbox.chat_id"
    " AND leases.worker = '{worker}' WHERE outbox.kind = 'code' AND outbox.ended_at IS NULL"
)


class City(Town):
    """A town of replicas.

    Args:
        folder: where their logs are.
        seed: of all dice.
        people: how many walk about.
        homes: how many others have an account with open numbers.
        orders: how many numbers each of these has.

    Attributes:
        gates: what came in from which replica.
        crowd: those who walk about.
        bots: the replicas that were started last, by name.
        residents: those at home; they press nothing.
    """

    def __init__(self, folder: Path, seed: int, people: int, homes: int, orders: int) -> None:
        binaries = find_binaries()
        super().__init__(folder, seed, people, sms=2)
        self.clock.hurry(1.0)
        self.gates = Gates(self.clock)
        self.crowd = list(self.walkers)
        self._orders = orders
        self.residents = self._residents(homes)
        self.walkers += [home.walker for home in self.residents]
        self.postgres = OwnPostgres(binaries)
        self.redis = OwnRedis(folder)
        self.bots: dict[str, Bot] = {}
        self._born: dict[str, datetime] = {}
        self._secret = Fernet.generate_key().decode()

    # Setting up

    def _residents(self, homes: int) -> list[Home]:
        found: list[Home] = []
        for slug, share in _SHARES.items():
            house = self.houses[slug]
            assert not isinstance(house, SmspvaSimulator)  # it rents out
            found += [self._home(house, len(found) + number) for number in range(round(share * homes))]
        return found

    def _home(self, house: Seller, number: int) -> Home:
        person = self.telegram.person(f"Resident {number}")
        return Home(Walker(person, f"home-Key-{number:05}", self._die()), house, self._orders)

    def _app(self) -> web.Application:
        return self.gates.build(NAMES, self.telegram, list(self.houses.values()))

    async def _settle_down(self) -> None:
        await self._stack.enter_async_context(self.postgres)
        self._stack.push_async_callback(self.redis.kill)
        await self.redis.start()
        database, vault = Database(self.postgres.url), Vault([self._secret])
        try:
            await migrate(database)
            now = datetime.now(UTC)
            await move_in(database, vault, self.telegram, self.residents, now)
            async with database.write() as tx:
                for number, walker in enumerate(self.crowd):
                    slugs = list(self.houses)
                    for slug in {slugs[number % len(slugs)], slugs[number // len(slugs) % len(slugs)]}:
                        await keep_key(tx, vault, walker, slug, now)
        finally:
            await database.close()

    def variables_of(self, name: str) -> dict[str, str]:
        """Return a replica's configuration."""
        return {
            **environment(token=demo.TOKEN, url=f"{self.url}/{name}", data=self.folder),
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.redis.url,
            "SECRET_KEY": self._secret,
            NAME: name,
        }

    def stir(self) -> None:
        """Let those walk who are not at home, and SMS come to everybody."""
        walks = [walker.walk() for walker in self.crowd]
        self._crowd = [asyncio.create_task(walk) for walk in (*walks, self.fate.rule())]

    # Replicas

    async def start(self, name: str) -> float:
        """Start a replica; return the seconds until it looks for SMS."""
        began, since = time.monotonic(), self.clock.now()
        self._born[name] = since
        self.bots[name] = await self.nest.hatch(self.variables_of(name), program=_PROGRAM)
        await self.until(
            lambda: any(poll.via == name and poll.at > since for poll in self.gates.looks), f"{name} works"
        )
        return time.monotonic() - began

    async def kill(self, name: str) -> None:
        """End a replica as ``kill -9`` does."""
        await self.bots[name].kill()
        await self.excuse(name)

    async def excuse(self, name: str) -> None:
        """Note what a replica may have told without having ticked it off, as it was killed or frozen."""
        ended = self.clock.now()
        self.lives.append(Life(self._born[name], ended, None, None, 0))
        await asyncio.sleep(_LANDING)
        self.listen()
        for row in self.rows(_CODES_WAITING.format(worker=f"{name}.{self.bots[name].pid}")):
            for code in self.told.codes:
                if code in row["text"]:
                    self.told.excused[code] += 1

    def excuse_unwritten(self) -> int:
        """Note what was told and could not be ticked off while the database was away; return how much."""
        logged = _UNWRITTEN.findall(self.nest.log.read_text())
        ids = {int(row_id) for row_ids in logged for row_id in row_ids.split(",")}
        self.listen()
        for row in self.rows(_CODES_OF.format(ids=",".join(map(str, ids)))) if ids else []:
            for code in self.told.codes:
                self.told.excused[code] += code in row["text"]
        return len(ids)

    def life(self, _moment: datetime) -> int:
        """Return the same for every moment: several live at once."""
        return 0

    # What was seen

    def homes_polled(self) -> list[Poll]:
        """Return the looks for SMS of those who press nothing: their accounts' holders alone make them."""
        keys = {home.walker.key for home in self.residents}
        return [poll for poll in self.gates.looks if poll.what in keys]

    def holders(self) -> dict[str, str]:
        """Return which replica has leased the account of each home, by the account's key."""
        keys = {home.walker.person.id: home.walker.key for home in self.residents}
        leased = self.rows(
            "SELECT user_id, worker FROM leases JOIN accounts ON accounts.id = leases.ref"
            " WHERE kind = 'account' AND until > clock_timestamp()"
        )
        return {keys[row["user_id"]]: _name(row["worker"]) for row in leased if row["user_id"] in keys}

    def shares(self) -> Counter[str]:
        """Return how many accounts each replica has leased."""
        leased = self.rows("SELECT worker FROM leases WHERE kind = 'account' AND until > clock_timestamp()")
        return Counter(_name(row["worker"]) for row in leased)

    def fetcher(self) -> str:
        """Return which replica asked Telegram for updates last."""
        return self.gates.fetches[-1].via

    async def until(self, check: Callable[[], bool], what: str, seconds: float = 60.0) -> float:
        """Return after how many seconds something holds; fail where it does not in time."""
        began = time.monotonic()
        while not check():
            assert time.monotonic() - began < seconds, (
                f"{what}: not within {seconds:g} s\n{self._last_words()}"
            )
            await asyncio.sleep(_GLANCE)
        return time.monotonic() - began

    def _last_words(self) -> str:
        with suppress(OSError):
            return self.nest.log.read_text()[-3000:]
        return ""

    # The database

    def rows(self, statement: str) -> list[dict[str, Any]]:
        """Read what is committed, in the forms in which SQLite keeps it."""

        async def read() -> list[asyncpg.Record]:
            connection = await asyncpg.connect(self.postgres.dsn)
            try:
                return list(await connection.fetch(statement))
            finally:
                await connection.close()

        with ThreadPoolExecutor(1) as beside:  # the loop of whoever asks is running
            found = beside.submit(asyncio.run, read()).result()
        return [{name: _plain(value) for name, value in row.items()} for row in found]


def _name(worker: str) -> str:
    return worker.partition(".")[0]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return str(value) if isinstance(value, Decimal) else value
