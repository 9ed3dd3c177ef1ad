"""The simulators of one run, with orders that wait in them and in the bot's database."""

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.fernet import Fernet
from sqlalchemy import insert

from benchmarks.traffic import Calls, Requests
from bot.clock import SystemClock
from bot.domain.orders import State
from bot.domain.secrets import Key
from bot.storage import accounts, people, sealing
from bot.storage.database import Database
from bot.storage.schema import migrate
from bot.storage.tables import OrderRow
from bot.storage.vault import Vault
from sandbox.app import build_app, serve
from sandbox.bot_process import database
from sandbox.getsms import GetSmsSimulator
from sandbox.handler_api import GETSMS_ONLINE, SMS_ACTIVATE, HandlerApiSimulator
from sandbox.handler_api.house import House
from sandbox.telegram.limits import Rates
from sandbox.telegram.people import Person
from sandbox.telegram.server import TelegramServer

TOKEN = "424242:" + "A" * 35
LIFETIME = timedelta(minutes=15)
PRICE = Decimal(2)
_HOUSES: dict[str, House] = {"sms-activate": SMS_ACTIVATE, "getsms-online": GETSMS_ONLINE}
_COUNTRIES = {"getsms": "ru", "sms-activate": "0", "getsms-online": "ru"}
_PATHS = {"getsms": "/api/v1/"}
_SPARE = 1000  # numbers in stock beyond those that wait


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that waits for its SMS: the provider's id of it, the account's key, and whose it is."""

    remote_id: str
    key: str
    person: Person


@dataclass(frozen=True, slots=True)
class World:
    """One Telegram, one provider, a folder for the bot, and what waits.

    Attributes:
        provider: the simulator that the orders are at.
        requests: what it was asked.
        calls: what Telegram was asked.
        url: the base URL of everything.
        folder: where the bot's database is.
        secret: opens the keys in it.
        waiting: the orders, in the order in which they were bought (the bot's ids of them: 1, 2, …); persons
            take turns.
    """

    slug: str
    telegram: TelegramServer
    provider: GetSmsSimulator | HandlerApiSimulator
    requests: Requests
    calls: Calls
    url: str
    folder: Path
    secret: str
    waiting: list[Waiting]

    @property
    def keys(self) -> dict[str, str]:
        """The key of each order, by the provider's id."""
        return {one.remote_id: one.key for one in self.waiting}

    def deliver(self, order: Waiting, code: str) -> float:
        """Let an SMS arrive; return when."""
        self.provider.deliver(order.remote_id, f"Your code is {code}", code)
        return time.perf_counter()

    def check_form(self, order: Waiting) -> dict[str, str]:
        """Return the form with which this provider is asked for an order's SMS, as its document has it."""
        if self.slug == "getsms":
            return {"method": "getcode", "userkey": order.key, "order_id": order.remote_id}
        return {"action": "getStatus", "api_key": order.key, "id": order.remote_id}

    @property
    def check_url(self) -> str:
        """Where that form goes."""
        return f"{self.url}/{self.slug}{_PATHS.get(self.slug, '/stubs/handler_api.php')}"


@asynccontextmanager
async def open_world(
    slug: str, *, orders: int, users: int, rates: Rates | None = None
) -> AsyncIterator[World]:
    """Serve the simulators on loopback while the context is open.

    Args:
        slug: the provider: ``getsms``, ``sms-activate`` or ``getsms-online``.
        orders: how many wait; ``users`` take turns.
        users: how many persons there are, each with one account.
        rates: Telegram's limits; None for none.
    """
    clock = SystemClock()
    telegram = TelegramServer(token=TOKEN, clock=clock, rates=rates)
    house = _HOUSES.get(slug)
    provider = GetSmsSimulator(clock) if house is None else HandlerApiSimulator(house, clock)
    provider.ledger = requests = Requests()
    telegram.calls = calls = Calls()
    provider.stock("tg", _COUNTRIES[slug], orders + _SPARE, str(PRICE))
    secret = Fernet.generate_key().decode()
    with TemporaryDirectory() as name:
        folder = Path(name)
        waiting = [
            _bought(slug, provider, telegram, one) for one in _people(provider, telegram, users, orders)
        ]
        await _write(slug, telegram, folder, Vault([secret]), waiting)
        telegram.world.updates.clear()
        requests.log.clear()
        async with serve(build_app(telegram, [provider]), "127.0.0.1", 0) as url:
            yield World(slug, telegram, provider, requests, calls, url, folder, secret, waiting)


def _people(
    provider: GetSmsSimulator | HandlerApiSimulator, telegram: TelegramServer, users: int, orders: int
) -> list[tuple[Person, str]]:
    """Let people join who have a key each; return who buys, purchase by purchase."""
    joined = []
    for number in range(users):
        person = telegram.person(f"User {number}")
        telegram.world.chats[person.id].started = True
        provider.add_key(key := f"bench-key-{number:05}", "1000000")
        joined.append((person, key))
    return [joined[number % users] for number in range(orders)]


def _bought(
    slug: str,
    provider: GetSmsSimulator | HandlerApiSimulator,
    _telegram: TelegramServer,
    buyer: tuple[Person, str],
) -> Waiting:
    person, key = buyer
    where = {"service": "tg", "country": _COUNTRIES[slug]}
    if isinstance(provider, GetSmsSimulator):
        _, body, _ = provider.answer({"method": "getnumber", "userkey": key, **where}, "POST")
        return Waiting(str(json.loads(body)["data"]["order_id"]), key, person)
    _, answer = provider.answer({"action": "getNumber", "api_key": key, **where}, "POST")
    return Waiting(answer.text.split(":")[1], key, person)


async def _write(
    slug: str, telegram: TelegramServer, folder: Path, vault: Vault, waiting: list[Waiting]
) -> None:
    """Write what the bot would have written, had it bought these orders itself."""
    store = Database(f"sqlite+aiosqlite:///{database(folder)}")
    store.make_folder()
    try:
        await migrate(store)
        now = datetime.now(UTC)
        async with store.write() as tx:
            owners = {one.key: one.person for one in waiting}
            held = {}
            for text, person in owners.items():
                await people.first_seen(tx, person.id, "en", now)
                key = Key(text)
                account = await accounts.add(
                    tx,
                    user_id=person.id,
                    provider=slug,
                    label="Bench",
                    tail=key.tail,
                    sealed=b"",
                    fingerprint=vault.fingerprint(key),
                    now=now,
                )
                sealed = vault.seal(key, account_id=account.id, user_id=person.id, provider=slug)
                await sealing.put(tx, account.id, sealed)
                held[text] = account.id
            if waiting:
                rows = [
                    _row(slug, telegram, held[one.key], one, number, now)
                    for number, one in enumerate(waiting)
                ]
                await tx.execute(insert(OrderRow), rows)
    finally:
        await store.close()


def _row(
    slug: str, telegram: TelegramServer, account_id: int, order: Waiting, number: int, now: datetime
) -> dict[str, object]:
    world = telegram.world
    card = world.post(world.chats[order.person.id], world.bot, {"text": order.remote_id})
    return {
        "id": number + 1,
        "token": f"bench-{number}",
        "user_id": order.person.id,
        "account_id": account_id,
        "provider": slug,
        "service": "telegram",
        "country": "RU",
        "state": State.WAITING.value,
        "amount": PRICE,
        "currency": "RUB",
        "remote_id": order.remote_id,
        "phone": f"+7900{number:07}",
        "created_at": now,
        "expires_at": now + LIFETIME,
        "card_chat_id": order.person.id,
        "card_message_id": card.id,
    }
