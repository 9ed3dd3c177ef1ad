"""/admin: what its people see and decide, and that for all others it does not exist."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.i18n import LANGUAGES
from sandbox.telegram.seen import Seen
from tests.flows.ledger import read, tamper
from tests.flows.stage import KEY, Actor, Stage


@asynccontextmanager
async def governed(stage: Stage, admin: Actor, *allowed: Actor) -> AsyncIterator[None]:
    """Run a bot with an admin."""
    ids = frozenset(one.chat.chat.id for one in allowed)
    async with stage.bot(admin_ids=frozenset({admin.chat.chat.id}), allowed_users=ids):
        yield


async def office(admin: Actor) -> Seen:
    """Open /admin."""
    said = await admin.say("/admin")
    return await admin.see(
        lambda message: message.button(admin.label("button-people")) is not None, after=said
    )


async def person(admin: Actor, user_id: int) -> Seen:
    """Go from /admin to the page of a user."""
    page = await office(admin)
    await admin.press(admin.label("button-people"), page)

    def label() -> str | None:
        return next((row[0] for row in page.labels if row[0].startswith(str(user_id))), None)

    await admin.until(lambda: label() is not None, "the list")
    await admin.press(label() or "", page)
    await admin.until(
        lambda: page.button(admin.label("button-back")) is not None and label() is None, "the page"
    )
    return page


@pytest.mark.parametrize("language", list(LANGUAGES))
async def test_how_the_bot_is(empty_stage: Stage, language: str) -> None:
    """People, open orders, providers, the queue and faults; no key, no code and no number of anybody's."""
    stage, boss, anna = empty_stage, empty_stage.actor(language, "Boss"), empty_stage.actor()
    async with governed(stage, boss):
        await anna.add_key()
        card = await anna.buy()
        order = stage.getsms.orders[-1]
        stage.getsms.deliver(order.id, "code 31415", "31415")
        await anna.until(lambda: "31415" in card.text, "the code on the card")
        await stage.until(lambda: read(stage, "SELECT id FROM outbox WHERE ended_at IS NULL") == [])
        page = await office(boss)
        assert boss.label("admin-people", count="2") in page.text
        assert boss.label("admin-orders", count="1") in page.text
        assert boss.label("admin-provider", provider="Get-SMS", count="1") in page.text
        assert boss.label("admin-queue-empty") in page.text
        assert boss.label("admin-faults", count="0") in page.text
        seen = await person(boss, anna.chat.chat.id)
        assert boss.label("admin-accounts", count="1") in seen.text
        for secret in (KEY, KEY[-4:], "31415", order.phone, order.phone[-4:]):
            assert secret not in boss.chat.as_text()
        await boss.press(boss.label("button-back"), seen)
        await boss.until(lambda: seen.labels[-1] == [boss.label("button-back")], "the way back")


async def test_a_provider_that_is_silent_stands_out(empty_stage: Stage) -> None:
    """A provider that does not answer is named with the time when it began."""
    stage, boss = empty_stage, empty_stage.actor(name="Boss")
    async with governed(stage, boss):
        await boss.add_key()
        card = await boss.buy()
        stage.getsms.break_with("http-502")
        await boss.until(lambda: "does not answer" in card.text, "the silence")
        page = await office(boss)
        assert "Get-SMS: no answer, it began" in page.text


async def test_for_others_there_is_no_admin(empty_stage: Stage) -> None:
    """Who is no admin gets what any unknown command and any unknown button gets; a group sees nothing."""
    stage, boss, anna = empty_stage, empty_stage.actor(name="Boss"), empty_stage.actor()
    group = stage.telegram.group("Friends", boss.chat, anna.chat)  # type: ignore[arg-type]  # both are persons
    async with governed(stage, boss):
        page = await office(boss)
        said = await anna.say("/admin")
        helped = await anna.see("How it works", after=said)
        for data in {button["callback_data"] for row in page.buttons for button in row} - {"g|start"}:
            assert (await anna.press_data(data, helped)).text == anna.label("error-out-of-date")
            seat = stage.actor_of(boss.chat.in_group(group))  # type: ignore[attr-defined]  # as above
            shown = await seat.say("/help")
            in_group = await seat.see("How it works", after=shown)
            assert (await seat.press_data(data, in_group)).text == seat.label("error-out-of-date")


async def test_who_is_blocked_stays_out_and_gets_their_codes(empty_stage: Stage) -> None:
    """A blocked user hears that, for a message and for a tap; the code of an open order still comes."""
    stage, boss, anna = empty_stage, empty_stage.actor(name="Boss"), empty_stage.actor()
    async with governed(stage, boss):
        await anna.add_key()
        card = await anna.buy()
        page = await person(boss, anna.chat.chat.id)
        await boss.press("Block", page)
        await boss.until(lambda: "Blocked." in page.text, "the decision")

        said = await anna.say("/orders")
        await anna.see("has blocked you", after=said)
        answer = await anna.press("Cancel", card)
        assert "has blocked you" in (answer.text or "")
        assert stage.getsms.orders[-1].state != "canceled"
        stage.getsms.deliver(stage.getsms.orders[-1].id, "code 27182", "27182")
        await anna.see(lambda message: message.text.startswith("27182"))

        await boss.press("As configured", page)
        await boss.until(lambda: page.button("As configured") is None, "the decision")
        said = await anna.say("/orders")
        await anna.see("Open orders", after=said)


async def test_who_is_allowed_comes_in_though_not_invited(empty_stage: Stage) -> None:
    """The admin's word beats ALLOWED_USERS; the admin needs no invitation."""
    stage, boss, anna = empty_stage, empty_stage.actor(name="Boss"), empty_stage.actor()
    async with governed(stage, boss, empty_stage.actor(name="Carl")):
        await anna.say("/start")
        await anna.see("invited")
        await boss.press("Allow", await person(boss, anna.chat.chat.id))
        said = await anna.say("/help")
        await anna.see("How it works", after=said)


async def test_an_admin_is_not_blocked(empty_stage: Stage) -> None:
    """There is no button for that, and one made by hand does nothing."""
    stage, boss = empty_stage, empty_stage.actor(name="Boss")
    async with governed(stage, boss):
        page = await person(boss, boss.chat.chat.id)
        assert page.labels == [["‹ Back"]]
        answer = await boss.press_data(f"zd|{boss.chat.chat.id}|blocked", page)
        assert answer.text == boss.label("error-out-of-date")
        await office(boss)


async def test_faults_are_shown_and_tried_again(empty_stage: Stage) -> None:
    """What was put aside is listed with its place in the code; *Try again* tells what can be told now."""
    stage, boss, anna = empty_stage, empty_stage.actor(name="Boss"), empty_stage.actor()
    async with governed(stage, boss):
        await anna.add_key()
        await anna.buy()
        stage.telegram.faults.cut_before("sendMessage", times=None)
        stage.getsms.deliver(stage.getsms.orders[-1].id, "code 16180", "16180")
        await stage.until(lambda: read(stage, "SELECT id FROM sms") != [])
    stage.telegram.faults.clear()
    recorded_at = read(stage, "SELECT recorded_at FROM sms")[0][0]
    tamper(stage, "UPDATE sms SET recorded_at = 'never'")
    async with governed(stage, boss):
        await stage.until(lambda: bool(stage.faults))
        page = await office(boss)
        assert "Put aside: 1" in page.text
        await boss.press("Put aside", page)
        await boss.until(lambda: "bot/" in page.text, "the list")
        assert "16180" not in boss.chat.as_text()
        await asyncio.to_thread(tamper, stage, "UPDATE sms SET recorded_at = ?", recorded_at)
        await boss.press("Try again", page)
        await anna.see(lambda message: message.text.startswith("16180"))
        await boss.until(lambda: "Nothing." in page.text, "the empty list")


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE users SET standing = 'riddle' WHERE id = ?",
        "UPDATE users SET created_at = 'riddle' WHERE id = ?",
    ],
)
async def test_a_person_who_cannot_be_read_closes_no_list(empty_stage: Stage, spoil: str) -> None:
    """The others are listed all the same."""
    stage, boss, anna = empty_stage, empty_stage.actor(name="Boss"), empty_stage.actor()
    async with governed(stage, boss):
        await boss.say("/start")
        await anna.say("/start")
        await anna.see("Codebell")
    tamper(stage, spoil, anna.chat.chat.id)
    async with governed(stage, boss):
        await person(boss, boss.chat.chat.id)


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE faults SET source = 'riddle' WHERE ref = ?",
        "UPDATE faults SET times = 'riddle' WHERE ref = ?",
        "UPDATE faults SET created_at = 'riddle' WHERE ref = ?",
    ],
)
async def test_a_fault_that_cannot_be_read_closes_no_list(empty_stage: Stage, spoil: str) -> None:
    """It is listed beside the others, and goes with them."""
    stage, boss = empty_stage, empty_stage.actor(name="Boss")
    fault = "INSERT INTO faults (source, ref, reason, times, created_at) VALUES (?, ?, ?, 1, ?)"
    async with governed(stage, boss):
        for ref in ("31", "32"):
            tamper(stage, fault, "order", ref, "ValueError at bot/x.py:1", "2026-01-01 00:00:00.000000")
        tamper(stage, spoil, "32")
        page = await office(boss)
        await boss.press("Put aside", page)
        await boss.until(lambda: "An order, row 31" in page.text, "the list")
        assert "Something else, row 32" in page.text
        await boss.press("Try again", page)
        await boss.until(lambda: "Nothing." in page.text, "the empty list")
