"""The audit itself: it names what breaks a promise, and is silent about what does not."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from sandbox.bot_process import PROJECT
from tests.crash.audit import audit
from tests.crash.commits import Point, every_point
from tests.crash.forgery import write
from tests.crash.town import Town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """One person at home, and no bot."""
    async with Town(tmp_path, 1, 1, bots=False) as town:
        yield town


async def _sell(town: Town) -> str:
    """Sell a number behind the bot's back; return the provider's id."""
    form = {"method": "getnumber", "userkey": town.walkers[0].key, "service": "tg", "country": "ru"}
    async with aiohttp.ClientSession() as session, session.post(f"{town.url}/getsms/api/v1/", data=form):
        return str(town.houses["getsms"].orders[-1].id)


def _know(town: Town, remote_id: str | None, state: str, error: str | None = None) -> None:
    """Have the bot know an order that was placed by a button that was pressed."""
    person = town.walkers[0].person.id
    town.walkers[0].tapped.add("y|token")
    write(
        town,
        "INSERT INTO orders (token, user_id, account_id, provider, service, country, state, amount, currency,"
        " remote_id, created_at, card_chat_id, deal, error) VALUES"
        " ('token', ?, 1, 'getsms', 'telegram', 'RU', ?, '1', 'RUB', ?, '2020-01-01 00:00:00', ?, 'buy', ?)",
        *(person, state, remote_id, person, error),
    )


async def test_a_purchase_that_nobody_knows(town: Town) -> None:
    """A number that was paid for is a problem, until an order stands for it."""
    assert audit(town).problems == []
    remote_id = await _sell(town)
    unknown, sent = audit(town).problems
    assert unknown == f"getsms {remote_id} was bought and nobody was told"
    assert "1 purchases were sent for 0 orders" in sent
    _know(town, remote_id, "waiting")
    assert audit(town).problems == []


async def test_a_purchase_in_doubt(town: Town) -> None:
    """An order in doubt stands for it once its owner was told, and not before."""
    await _sell(town)
    _know(town, None, "uncertain", "outcome-unknown")
    problems = audit(town).problems
    assert problems[0] == "order 1 is uncertain, and its owner was not told"
    person = town.walkers[0].person.id
    write(
        town,
        "INSERT INTO outbox"
        " (kind, priority, chat_id, user_id, order_id, notice, created_at, ended_at, ending) VALUES"
        " ('notice', 2, ?, ?, 1, 'uncertain', '2020-01-01', '2020-01-01', 'sent')",
        *(person, person),
    )
    town.told.doubts[person] = 1
    assert audit(town).problems == []


async def test_codes_and_states(town: Town) -> None:
    """A code is told once, to its owner; what is over here is over there, and was not paid for."""
    remote_id = await _sell(town)
    _know(town, remote_id, "received")
    town.houses["getsms"].deliver(remote_id, "70000001", "70000001")
    assert "code 70000001 of order 1 (received), which is received, was not told" in audit(town).problems
    person = town.walkers[0].person.id
    town.told.codes["70000001"] = [person]
    assert audit(town).problems == []
    town.told.codes["70000001"] = [person, person]
    assert "was told 2 times" in audit(town).problems[0]
    town.told.excused["70000001"] = 1
    assert audit(town).problems == []
    town.told.codes["70000001"] = [person, 1]
    assert "was told to" in audit(town).problems[0]
    town.told.codes["70000001"] = [person]
    write(town, "UPDATE orders SET state = 'canceled'")
    assert "order 1 is canceled" in audit(town).problems[0]


def test_every_commit_has_a_name() -> None:
    """The points are read from the source; those around a purchase are among them."""
    points = every_point(PROJECT / "bot")
    assert {Point("Purchase._intend", "after"), Point("Purchase._settle", "before")} < set(points)
    assert Point("Outbox.telling", "after") not in points
    assert [Point.parse(str(point)) for point in points] == list(points)
