"""From *the SMS is at the provider* to *Telegram has accepted the message*, while many orders wait.

The real bot runs as a process of its own; this process plays Telegram and Get-SMS for it. Run with
``python -m benchmarks.delivery [orders …]``.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import re
import statistics
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import aiohttp
import psutil
from cryptography.fernet import Fernet

from bot.clock import SystemClock
from bot.domain.money import Money
from bot.domain.offers import Draft, Offer
from bot.domain.orders import State
from bot.domain.secrets import Key
from bot.storage import accounts, orders, people
from bot.storage.database import Database
from bot.storage.schema import migrate
from bot.storage.vault import Vault
from sandbox.app import build_app, serve
from sandbox.bot_process import BotProcess, database, environment
from sandbox.getsms import GetSmsSimulator
from sandbox.ledger import Asked, Ledger
from sandbox.telegram.calls import CallLog, RecordedCall
from sandbox.telegram.server import TelegramServer

RESULTS = Path(__file__).parent / "results"
TOKEN = "424242:" + "A" * 35
INTERVAL = 5.0
ORDERS_PER_USER = 10
SMS_PER_SECOND = 5.0  # each is a message and an edit of the card: Telegram takes 30 calls a second
WARM_UP = 12.0
KEY = "bench-key"
_CODE = re.compile(r"\b1\d{5}\b")
_SEED = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run has measured.

    Attributes:
        orders: how many waited.
        codes: how many SMS came.
        told: how many of them reached Telegram.
        beyond_p50: milliseconds from the check that found the SMS to Telegram's acceptance, median.
        beyond_p99: the same, 99th percentile.
        beyond_max: the same, the slowest.
        total_p50: seconds from the SMS at the provider to Telegram's acceptance, median: half the interval
            of it is the wait for the next check.
        polls_per_second: checks that the provider counted.
        cpu: share of one core that the bot process used.
        memory_mb: resident memory of the bot process at the end.
        memory_kb_per_order: what each waiting order added to the memory of the bot with none.
    """

    orders: int
    codes: int
    told: int
    beyond_p50: float
    beyond_p99: float
    beyond_max: float
    total_p50: float
    polls_per_second: float
    cpu: float
    memory_mb: float
    memory_kb_per_order: float


class Requests(Ledger):
    """The provider's ledger, which notes when an order is asked for after its SMS has come."""

    def __init__(self) -> None:
        super().__init__(limit=1)
        self.polls = 0
        self.came: dict[str, float] = {}
        self.found: dict[str, float] = {}

    def asked(self, asked: Asked) -> None:
        """Note the request."""
        order = asked.form.get("order_id", "")
        if asked.method == "getcode":
            self.polls += 1
            if order in self.came:
                self.found.setdefault(order, time.perf_counter())


class Calls(CallLog):
    """Telegram's record, which notes when a code is told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[str, float] = {}

    def add(self, call: RecordedCall) -> None:
        """Note the message."""
        if call.method == "sendMessage":
            for code in _CODE.findall(str(call.params.get("text", ""))):
                self.told.setdefault(code, time.perf_counter())


@dataclass(frozen=True, slots=True)
class World:
    """The simulators of one run."""

    telegram: TelegramServer
    provider: GetSmsSimulator
    requests: Requests
    calls: Calls


def build_world(count: int) -> World:
    """Make a provider with enough stock, and a Telegram without limits."""
    clock = SystemClock()
    telegram, provider = TelegramServer(token=TOKEN, clock=clock), GetSmsSimulator(clock)
    provider.add_key(KEY, "1000000")
    provider.stock("tg", "ru", count + 1, "2")
    provider.ledger, telegram.calls = requests, calls = Requests(), Calls()
    return World(telegram, provider, requests, calls)


async def buy(session: aiohttp.ClientSession, url: str, count: int) -> list[tuple[str, str]]:
    """Buy so many numbers; return the order ids and phones."""
    form = {"method": "getnumber", "userkey": KEY, "service": "tg", "country": "ru"}
    bought = []
    for _ in range(count):
        async with session.post(f"{url}/getsms/api/v1/", data=form) as answer:
            data = (await answer.json(content_type=None))["data"]
        bought.append((data["order_id"], data["phone"]))
    return bought


async def seed(
    session: aiohttp.ClientSession, url: str, world: World, store: Database, vault: Vault, count: int
) -> list[str]:
    """Write what the bot would have written, had it bought these orders itself; return their remote ids."""
    bought = await buy(session, url, count)
    await migrate(store)
    now = datetime.now(UTC)
    api = f"{url}/bot{TOKEN}"
    for first in range(0, max(count, 1), ORDERS_PER_USER):
        person = world.telegram.person(f"User {first}")
        await person.start()
        async with store.write() as tx:
            await people.first_seen(tx, person.id, "en", now)
            key = Key(KEY)
            account = await accounts.add(
                tx,
                user_id=person.id,
                provider="getsms",
                label="Get-SMS",
                tail=key.tail,
                sealed=vault.seal(key, user_id=person.id, provider="getsms"),
                fingerprint=vault.fingerprint(key),
                now=now,
            )
            for remote_id, phone in bought[first : first + ORDERS_PER_USER]:
                async with session.post(
                    f"{api}/sendMessage", data={"chat_id": str(person.id), "text": phone}
                ) as answer:
                    card = (await answer.json())["result"]["message_id"]
                offer = Offer(account.id, "getsms", "telegram", "RU", Money(Decimal(2), "RUB"), None)
                draft = Draft(remote_id, person.id, offer)
                order = await orders.place(tx, draft, balance_before=None, card=(person.id, card), now=now)
                await orders.move(
                    tx,
                    order.id,
                    of={State.PLACING},
                    to=State.WAITING,
                    remote_id=remote_id,
                    phone=phone,
                    expires_at=now + timedelta(minutes=15),
                )
    async with session.post(f"{api}/deleteWebhook", data={"drop_pending_updates": "true"}):
        return [remote_id for remote_id, _ in bought]


async def measure(count: int, seconds: float, idle_mb: float) -> Figures:
    """Run the bot with this many waiting orders for so long, while SMS arrive at random moments."""
    world = build_world(count)
    secret = Fernet.generate_key().decode()
    with tempfile.TemporaryDirectory() as folder:
        store = Database(f"sqlite+aiosqlite:///{database(Path(folder))}")
        async with (
            serve(build_app(world.telegram, [world.provider]), "127.0.0.1", 0) as url,
            aiohttp.ClientSession() as session,
        ):
            waiting = await seed(session, url, world, store, Vault([secret]), count)
            await store.close()
            variables = environment(token=TOKEN, url=url, data=Path(folder))
            variables |= {"SECRET_KEY": secret, "LOG_LEVEL": "WARNING"}
            bot = await BotProcess.start(variables, SystemClock())
            try:
                return await observe(world, psutil.Process(bot.pid), waiting, seconds, idle_mb)
            finally:
                await bot.stop()


async def observe(
    world: World, bot: psutil.Process, waiting: list[str], seconds: float, idle_mb: float
) -> Figures:
    """Let SMS arrive for so long, and note when each is found and told."""
    await asyncio.sleep(WARM_UP)
    lottery = random.Random(_SEED)  # noqa: S311 - the same moments in every run
    chosen = lottery.sample(waiting, min(int(seconds * SMS_PER_SECOND), len(waiting)))
    codes = {order: f"{100000 + place}" for place, order in enumerate(chosen)}
    moments = sorted(lottery.uniform(0, seconds) for _ in chosen)
    polls, begun, cpu = world.requests.polls, time.perf_counter(), sum(bot.cpu_times()[:2])
    for order, moment in zip(chosen, moments, strict=True):
        await asyncio.sleep(max(0.0, begun + moment - time.perf_counter()))
        world.provider.deliver(order, f"Your code is {codes[order]}", codes[order])
        world.requests.came[order] = time.perf_counter()
    await asyncio.sleep(max(0.0, begun + seconds - time.perf_counter()))
    took = time.perf_counter() - begun
    used = sum(bot.cpu_times()[:2]) - cpu
    polled = world.requests.polls - polls
    await asyncio.sleep(2 * INTERVAL)
    told = [order for order in chosen if codes[order] in world.calls.told]
    beyond = [(world.calls.told[codes[order]] - world.requests.found[order]) * 1000 for order in told]
    total = [world.calls.told[codes[order]] - world.requests.came[order] for order in told]
    memory = bot.memory_info().rss / 2**20
    return Figures(
        orders=len(waiting),
        codes=len(chosen),
        told=len(told),
        beyond_p50=percentile(beyond, 50),
        beyond_p99=percentile(beyond, 99),
        beyond_max=max(beyond, default=0),
        total_p50=percentile(total, 50),
        polls_per_second=polled / took,
        cpu=used / took,
        memory_mb=memory,
        memory_kb_per_order=(memory - idle_mb) * 1024 / len(waiting) if waiting else 0,
    )


def percentile(values: list[float], share: int) -> float:
    """Return the value below which this share (in per cent) of the values lies; 0 without values."""
    if len(values) < 2:  # noqa: PLR2004 - quantiles need two
        return values[0] if values else 0.0
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def table(rows: list[Figures]) -> str:
    """Return the figures as a table in Markdown."""
    lines = [
        "| waiting | codes told | beyond the next check: p50, p99, max | in all | checks/s | core | memory |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row.orders:,} | {row.told} of {row.codes} | {row.beyond_p50:.0f} / {row.beyond_p99:.0f} / "
        f"{row.beyond_max:.0f} ms | {row.total_p50:.1f} s | {row.polls_per_second:.0f} | {row.cpu:.0%} | "
        f"{row.memory_mb:.0f} MB ({row.memory_kb_per_order:.1f} KB an order) |"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, print a table, keep the figures under ``benchmarks/results/``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("orders", nargs="*", type=int, default=[1000, 5000])
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    idle = asyncio.run(measure(0, 1.0, 0.0))
    rows = [asyncio.run(measure(count, options.seconds, idle.memory_mb)) for count in options.orders]
    print(f"Idle bot: {idle.memory_mb:.0f} MB\n\n{table(rows)}")
    RESULTS.mkdir(exist_ok=True)
    report = {
        "python": platform.python_version(),
        "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "interval_seconds": INTERVAL,
        "run_seconds": options.seconds,
        "idle_mb": idle.memory_mb,
        "runs": [asdict(row) for row in rows],
    }
    (RESULTS / "delivery.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
