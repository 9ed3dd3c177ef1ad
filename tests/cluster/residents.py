"""People with many open numbers: bought behind the bots' backs, and written down as a bot would have done."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import insert

from bot.domain.secrets import Key
from bot.storage import accounts, people, sealing
from bot.storage.database import Database, Transaction
from bot.storage.tables import OrderRow
from bot.storage.vault import Vault
from sandbox.getsms import GetSmsSimulator
from sandbox.handler_api import HandlerApiSimulator
from sandbox.telegram.server import TelegramServer
from tests.crash.crowd import Walker

PRICE = "2"
_LIFETIME = timedelta(minutes=15)
_COUNTRIES = {"getsms": "ru", "sms-activate": "0", "getsms-online": "ru"}
_SPARE = 1000
_BALANCE = "1000000"

Seller = GetSmsSimulator | HandlerApiSimulator


@dataclass(frozen=True, slots=True)
class Home:
    """Somebody with an account at one house, and how many numbers wait there."""

    walker: Walker
    house: Seller
    orders: int


async def move_in(
    database: Database, vault: Vault, telegram: TelegramServer, homes: list[Home], now: datetime
) -> None:
    """Buy what is to wait, and write it down; the walkers count as having pressed for it."""
    for house in {id(home.house): home.house for home in homes}.values():
        _restock(house, sum(home.orders for home in homes if home.house is house))
    rows = []
    async with database.write() as tx:
        for home in homes:
            telegram.world.chats[home.walker.person.id].started = True
            home.house.add_key(home.walker.key, _BALANCE)
            account_id = await keep_key(tx, vault, home.walker, home.house.slug, now)
            rows += [_bought(telegram, home, account_id, number, now) for number in range(home.orders)]
        await tx.execute(insert(OrderRow), rows)
    telegram.world.updates.clear()


async def keep_key(tx: Transaction, vault: Vault, walker: Walker, slug: str, now: datetime) -> int:
    """Write down somebody's key at a provider, as the bot keeps it; return the account's id."""
    person, key = walker.person.id, Key(walker.key)
    await people.first_seen(tx, person, "en", now)
    account = await accounts.add(
        tx,
        user_id=person,
        provider=slug,
        label=slug,
        tail=key.tail,
        sealed=b"",
        fingerprint=vault.fingerprint(key),
        now=now,
    )
    await sealing.put(tx, account.id, vault.seal(key, account_id=account.id, user_id=person, provider=slug))
    return account.id


def _restock(house: Seller, orders: int) -> None:
    house.stock("tg", _COUNTRIES[house.slug], orders + _SPARE, PRICE)


def _bought(
    telegram: TelegramServer, home: Home, account_id: int, number: int, now: datetime
) -> dict[str, object]:
    """Return the row of a number that was bought."""
    person, token = home.walker.person.id, f"home-{account_id}-{number}"
    home.walker.tapped.add(f"y|{token}")
    world = telegram.world
    card = world.post(world.chats[person], world.bot, {"text": token})
    return {
        "token": token,
        "user_id": person,
        "account_id": account_id,
        "provider": home.house.slug,
        "service": "telegram",
        "country": "RU",
        "state": "waiting",
        "amount": Decimal(PRICE),
        "currency": "RUB",
        "remote_id": _buy(home),
        "phone": f"+79{account_id:04}{number:05}",
        "created_at": now,
        "expires_at": now + _LIFETIME,
        "card_chat_id": person,
        "card_message_id": card.id,
    }


def _buy(home: Home) -> str:
    where = {"service": "tg", "country": _COUNTRIES[home.house.slug]}
    if isinstance(home.house, GetSmsSimulator):
        form = {"method": "getnumber", "userkey": home.walker.key, **where}
        _, body, _ = home.house.answer(form, "POST")
        return str(json.loads(body)["data"]["order_id"])
    _, answer = home.house.answer({"action": "getNumber", "api_key": home.walker.key, **where}, "POST")
    return answer.text.split(":")[1]
