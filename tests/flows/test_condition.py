"""What ``/readyz`` and ``/metrics`` are told from, on a bot at work with the clock in our hands."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from bot.condition import OLDEST_SECONDS, SILENT_SECONDS
from bot.providers.addresses import Addresses
from sandbox.handler_api import SMS_ACTIVATE, HandlerApiSimulator, serve
from tests.flows.stage import Actor, Stage
from tests.flows.test_hosts import OTHER_KEY, add_host
from tests.support.pace import in_time


async def _numbers(stage: Stage) -> dict[str, float]:
    """Scrape; return every sample by its name and labels."""
    text = (await stage.app.condition.metrics()).decode()
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


async def _pass(stage: Stage, seconds: float) -> None:
    await in_time(stage.clock, stage.clock.sleep(seconds), 0.5)


@pytest.mark.parametrize("anna", ["en"], indirect=True)
async def test_a_bot_at_work_is_ready_and_counts_what_it_does(stage: Stage, anna: Actor) -> None:
    """Updates, questions, deliveries and open orders are counted as they happen; nothing is in the way."""
    await anna.add_key()
    card = await anna.buy()
    assert (await _numbers(stage))['codebell_open_orders{provider="getsms"}'] == 1
    stage.getsms.deliver(stage.getsms.orders[-1].id, "Telegram code: 24680", "24680")
    await anna.see(lambda message: message.text.startswith("24680"), after=card)
    await _pass(stage, 1)
    found = await _numbers(stage)
    assert found['codebell_updates_total{kind="callback_query"}'] >= 2
    assert found['codebell_poll_lag_seconds_count{provider="getsms"}'] >= 1
    assert found['codebell_deliveries_total{kind="code",outcome="told"}'] == 1
    assert found['codebell_delivery_seconds_count{kind="code"}'] == 1
    assert found['codebell_outbox_waiting{kind="code"}'] == 0
    assert found['codebell_provider_down{provider="getsms"}'] == 0
    assert found["codebell_database_up"] == 1
    assert found["codebell_telegram_silent_seconds"] <= SILENT_SECONDS
    assert await stage.app.condition.troubles() == {}


@pytest.mark.parametrize("anna", ["en"], indirect=True)
async def test_refusals_are_counted_by_their_kind(stage: Stage, anna: Actor) -> None:
    """What does not work is counted under the name of the error, not of the person; so is each paid call."""
    await anna.add_key()
    said = await anna.say("/buy tg ru")
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)
    stage.getsms.fault("reset-after", "getnumber")
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.see("may have booked a number", after=offer)
    said = await anna.say("/buy tg ru")
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)
    stage.getsms.stock("tg", "ru", count=0, price="12.50")
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.until(lambda: "no numbers left here" in offer.text, "the refusal")
    found = await _numbers(stage)
    assert found['codebell_refusals_total{error="no-numbers"}'] == 1
    assert found['codebell_paid_calls_total{outcome="outcome-unknown",provider="getsms"}'] == 1
    assert found['codebell_uncertain_purchases{what="order"}'] == 1
    assert found['codebell_uncertain_purchases{what="bill"}'] == 0


@pytest.mark.parametrize("anna", ["en"], indirect=True)
async def test_without_telegram_it_is_not_ready_until_telegram_is_back(stage: Stage, anna: Actor) -> None:
    """A silent Telegram and the messages that wait for it are each named; both go when it answers again."""
    await anna.add_key()
    card = await anna.buy()
    for method in ("*", "getUpdates"):
        stage.telegram.faults.cut_before(method, times=None)
    stage.getsms.deliver(stage.getsms.orders[-1].id, "Telegram code: 24680", "24680")
    await _pass(stage, OLDEST_SECONDS + 30)
    assert set(await stage.app.condition.troubles()) == {"telegram", "outbox"}
    found = await _numbers(stage)
    assert found['codebell_outbox_waiting{kind="code"}'] == 1
    assert found['codebell_outbox_oldest_seconds{kind="code"}'] > OLDEST_SECONDS
    stage.telegram.faults.clear()
    await anna.see(lambda message: message.text.startswith("24680"), after=card)
    await _pass(stage, 10)
    assert await stage.app.condition.troubles() == {}


async def test_a_database_that_fails_is_named_and_the_numbers_go_on(empty_stage: Stage) -> None:
    """Without the database the bot is not ready, ``/metrics`` still answers, and the failure is counted."""
    async with empty_stage.bot():
        with closing(sqlite3.connect(empty_stage.folder / "codebell.db")) as other:
            other.execute("ALTER TABLE outbox RENAME TO gone")
        assert (await empty_stage.app.condition.troubles())["database"] == "does not answer"
        found = await _numbers(empty_stage)
        assert found["codebell_database_up"] == 0
        assert not [name for name in found if name.startswith("codebell_outbox")]
        assert sum(n for name, n in found.items() if name.startswith("codebell_database_errors_total")) >= 1
        with closing(sqlite3.connect(empty_stage.folder / "codebell.db")) as other:
            other.execute("ALTER TABLE gone RENAME TO outbox")
        assert "database" not in await empty_stage.app.condition.troubles()


async def test_a_bot_that_stops_is_not_ready(stage: Stage) -> None:
    """Whoever sends work to it hears first that it is about to end."""
    stage.app.condition.draining = True
    assert (await stage.app.condition.troubles())["bot"] == "is stopping"


@pytest.fixture
async def host(empty_stage: Stage) -> AsyncIterator[str]:
    """A bot that takes hosts on this machine, and the address of one that it does not know."""
    sim = HandlerApiSimulator(SMS_ACTIVATE, empty_stage.clock)
    sim.add_key(OTHER_KEY, balance="50.00")
    sim.stock("tg", "0", count=5, price="3")
    async with serve(sim) as own, empty_stage.bot(addresses=Addresses(loopback=True)):
        yield own


async def test_the_host_of_a_user_has_no_name_in_the_numbers(empty_stage: Stage, host: str) -> None:
    """Whichever host somebody has added, its label is the one that all such hosts share."""
    anna = empty_stage.actor()
    await add_host(anna, host)
    await anna.buy()
    await _pass(empty_stage, 30)
    found = await _numbers(empty_stage)
    assert found['codebell_open_orders{provider="user-host"}'] == 1
    assert found['codebell_poll_lag_seconds_count{provider="user-host"}'] >= 1
    labels = {label for name in found for label in re.findall(r'provider="([^"]*)"', name)}
    assert labels == {"user-host"}
