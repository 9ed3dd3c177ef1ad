"""SIGTERM: the bot ends in good order, within ten seconds, whatever is under way."""

import json
import os
import signal
import sqlite3
import time
from contextlib import closing

import aiohttp

from sandbox.bot_process import database
from sandbox.telegram.seen import Seen
from tests.e2e.shopper import DOUBT, Shopper
from tests.e2e.world import PATIENCE, Port, World

LONGEST = 10.0


async def _stopped(world: World) -> str:
    """Stop the newest bot as an operator does; return what it said."""
    bot = world.bots[-1]
    began = time.monotonic()
    assert await bot.stop(grace=LONGEST) == 0
    assert time.monotonic() - began < LONGEST
    assert "Traceback" not in bot.said
    return bot.said


async def test_idle_bot_ends_at_once(world: World, anna: Shopper) -> None:
    """The open question for updates does not hold it up, and nothing is complained about."""
    await world.start_bot(fresh=True)
    await anna.gets_help()
    await _stopped(world)


async def test_purchase_that_answers_late_is_finished(world: World, anna: Shopper) -> None:
    """A purchase under way is waited for: its answer is not lost, and there is nothing to be in doubt of."""
    await world.start_bot()
    await anna.add_key()
    card = await anna.look_up()
    world.getsms.fault("slow", "getnumber", seconds=3)
    await anna.confirm(card)
    await world.until(lambda: world.getsms.ledger.count("getnumber") == 1, "the purchase to go out")
    await _stopped(world)

    await world.start_bot()
    await anna.becomes(card, "Copy number")
    await anna.gets_help()
    assert not any(DOUBT in message.text for message in anna.person.messages)
    assert world.getsms.ledger.count("getnumber") == 1


async def test_purchase_that_does_not_answer_is_left_in_doubt(world: World, anna: Shopper) -> None:
    """A purchase that hangs does not hold the end up; the next run says that it is in doubt."""
    await world.start_bot()
    await anna.add_key()
    card = await anna.look_up()
    world.getsms.fault("hang-after", "getnumber")
    await anna.confirm(card)
    await world.until(lambda: world.getsms.ledger.count("getnumber") == 1, "the purchase to go out")
    await _stopped(world)

    await world.start_bot()
    await anna.reads(DOUBT, after=card)
    assert world.getsms.ledger.count("getnumber") == 1


async def test_payment_for_a_rental_that_answers_late_is_finished(world: World, anna: Shopper) -> None:
    """A payment for a rental is waited for like a purchase: nothing is left in doubt."""
    await world.start_bot()
    await anna.add_key()
    world.getsms.stock_rent("tg", "ru", 5, "100")
    asked = await anna.person.send("/rent tg ru")
    screen = await anna.person.wait_for(
        lambda message: _like(message, "1 day") is not None, after=asked, timeout=PATIENCE
    )
    await anna.person.press(screen, _like(screen, "1 day") or "", timeout=PATIENCE)
    await world.until(lambda: _like(screen, "Rent · ") is not None, "the confirm button")
    world.getsms.fault("slow", "rent/getnumber", seconds=4)
    await anna.person.tap(screen, _like(screen, "Rent · "))
    await world.until(lambda: world.getsms.ledger.count("rent/getnumber") == 1, "the payment to go out")
    await _stopped(world)
    with closing(sqlite3.connect(database(world.folder))) as stored:
        states = stored.execute("SELECT state FROM bills WHERE state != 'offered'").fetchall()
    assert states == [("paid",)]


def _like(message: Seen, start: str) -> str | None:
    labels = (label for row in message.labels for label in row)
    return next((label for label in labels if label.startswith(start)), None)


async def test_who_sends_work_hears_of_the_end_first(world: World, anna: Shopper) -> None:
    """From SIGTERM on ``/readyz`` and ``/healthz`` say 503; a purchase is awaited, its code comes later."""
    port = Port()
    bot = await world.start_bot(HTTP_PORT=str(port.number))
    await anna.add_key()
    card = await anna.look_up()
    world.getsms.fault("slow", "getnumber", seconds=4)
    await anna.confirm(card)
    await world.until(lambda: world.getsms.ledger.count("getnumber") == 1, "the purchase to go out")
    began = time.monotonic()
    os.kill(bot.pid, signal.SIGTERM)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port.number}") as session:
        told = await _stopping(session)
        async with session.get("/healthz") as health:
            assert (health.status, await health.text()) == (503, "stopped\n")
    assert told == {"bot": "is stopping"}
    assert await bot.wait() == 0
    assert time.monotonic() - began < LONGEST
    assert world.getsms.ledger.count("getnumber") == 1

    await world.start_bot()
    order = world.getsms.orders[-1]
    world.getsms.deliver(order.id, "Telegram code: 13579", "13579")
    await anna.code("13579", card)
    assert not any(DOUBT in message.text for message in anna.person.messages)
    port.close()


async def _stopping(session: aiohttp.ClientSession) -> dict[str, str]:
    """Return what is not ready, as soon as something is not."""
    while True:
        async with session.get("/readyz") as answer:
            if answer.status == 503:
                found: dict[str, str] = json.loads(await answer.text())["not_ready"]
                return found
