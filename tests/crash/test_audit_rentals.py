"""The audit of rentals: it names what breaks a promise, and is silent about what does not."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from tests.crash.audit import audit
from tests.crash.books import Lease, leases
from tests.crash.forgery import write
from tests.crash.town import Town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """One person at home, and no bot."""
    async with Town(tmp_path, 1, 1, bots=False) as town:
        yield town


async def _ask(town: Town, method: str, **more: str) -> None:
    """Have the provider do something behind the bot's back."""
    form = {"method": method, "userkey": town.walkers[0].key, "type": "day", "period": "1", **more}
    async with aiohttp.ClientSession() as session:
        await session.post(f"{town.url}/getsms/api/v2/rent/", data=form)


async def _rent(town: Town) -> Lease:
    """Rent a number out; return what the provider wrote down."""
    await _ask(town, "getnumber", service="tg", country="ru")
    (lease,) = leases(town.houses["getsms"])
    return lease


def _know(town: Town, lease: Lease | None, state: str = "active") -> None:
    """Have the bot know a rental; without a lease, one whose payment is in doubt."""
    person = town.walkers[0].person.id
    known = (lease.id, lease.phone, _written(lease.until)) if lease else (None, None, None)
    write(
        town,
        "INSERT INTO rentals (id, user_id, account_id, provider, bill, service, state, currency,"
        " remote_id, phone, until, created_at, news_at, card_chat_id) VALUES"
        " (1, ?, 1, 'getsms', 'rent', 'telegram', ?, 'RUB', ?, ?, ?, '2020-01-01', '2020-01-01', ?)",
        *(person, state if lease else "uncertain", *known, person),
    )
    _bill(town, "rent", "paid" if lease else "uncertain")


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.000000")


def _bill(town: Town, act: str, state: str) -> None:
    """Have the bot know a payment, whose button was pressed."""
    town.walkers[0].tapped.add(f"Ry|{act}")
    write(
        town,
        "INSERT INTO bills (token, user_id, account_id, act, state, further, currency, rental_id, created_at,"
        " placed_at) VALUES (?, ?, 1, ?, ?, '[]', 'RUB', 1, '2020-01-01', '2020-01-01 00:00:00')",
        *(act, town.walkers[0].person.id, act, state),
    )


async def test_a_rental_that_nobody_knows(town: Town) -> None:
    """A number that was rented is a problem, until a paid bill and a rental stand for it."""
    lease = await _rent(town)
    unknown, sent = audit(town).problems
    assert f"'{lease.phone}'): 1 acts were paid for, and 1 of them nobody was told of" in unknown
    assert "1 payments were sent for 0 bills" in sent
    _know(town, lease)
    assert audit(town).problems == []


async def test_a_payment_in_doubt(town: Town) -> None:
    """It stands for a rental once its owner was told, and not before."""
    await _rent(town)
    _know(town, None)
    assert "is uncertain, and its owner was not told" in audit(town).problems[0]
    person = town.walkers[0].person.id
    write(
        town,
        "INSERT INTO outbox"
        " (kind, priority, chat_id, user_id, rental_id, notice, created_at, ended_at, ending) VALUES"
        " ('notice', 2, ?, ?, 1, 'bill-uncertain', '2020-01-01', '2020-01-01', 'sent')",
        *(person, person),
    )
    town.told.unpaid[person] = 1
    assert audit(town).problems == []


async def test_what_was_over_before_anybody_looked(town: Town) -> None:
    """A number that was told as uncertain, is in no list and has ended there, was told as well as can be."""
    lease = await _rent(town)
    _know(town, None)
    write(town, "UPDATE rentals SET state = 'failed'")
    write(town, "UPDATE bills SET state = 'failed', error = 'outcome-unknown'")
    unknown, *_ = audit(town).problems
    assert "1 of them nobody was told of" in unknown
    town.houses["getsms"].expire(lease.id)
    (told, unpaid) = audit(town).problems
    assert "its owner was not told" in told
    assert "fewer messages" in unpaid


async def test_what_was_prolonged(town: Town) -> None:
    """Each time that was paid for has its bill; a bill that says "paid" was paid for; the ends agree."""
    lease = await _rent(town)
    _know(town, lease)
    await _ask(town, "prolong", rentid=lease.id)
    unknown, sent, end = audit(town).problems
    assert "2 acts were paid for, and 1 of them nobody was told of" in unknown
    assert "2 payments were sent for 1 bills" in sent
    assert "until" in end
    _bill(town, "prolong", "paid")
    assert audit(town).problems == [end]
    (longer,) = leases(town.houses["getsms"])
    write(town, "UPDATE rentals SET until = ?", _written(longer.until))
    assert audit(town).problems == []
    _bill(town, "restore", "paid")
    assert "2 acts were paid for, and 1 of them too many the bot tells of" in audit(town).problems[0]


async def test_sms_and_ends(town: Town) -> None:
    """An SMS of a rental is told; what is over there is over here."""
    lease = await _rent(town)
    _know(town, lease)
    town.houses["getsms"].deliver(lease.id, "Your code is 70000001.", "70000001")
    person = town.walkers[0].person.id
    assert "code 70000001 of rental 1 (active), which is received, was not told" in audit(town).problems
    town.told.codes["70000001"] = [person]
    assert audit(town).problems == []
    town.houses["getsms"].expire(lease.id)
    assert "rental 1 is active" in audit(town).problems[0]
    write(town, "UPDATE rentals SET state = 'over'")
    assert audit(town).problems == []
    write(town, "UPDATE rentals SET state = 'canceled'")
    assert "and was paid for" in audit(town).problems[0]
