"""What cannot be dealt with is put aside, told once, and stops nothing else."""

import pytest

from tests.flows.ledger import read, tamper
from tests.flows.stage import KEY, Actor, Stage
from tests.flows.tenancy import rent


async def answered(anna: Actor) -> None:
    """Hold that the bot goes on."""
    said = await anna.say("/help")
    await anna.see("/balance", after=said)


def put_aside(stage: Stage) -> list[tuple[str, str]]:
    """Return what was put aside: source and reason; each was logged once, and nothing else went wrong."""
    found = read(stage, "SELECT source, reason, ref FROM faults ORDER BY created_at, ref")
    assert [(one["event"], one["source"], one["ref"]) for one in stage.faults] == [
        ("put aside", source, ref) for source, _, ref in found
    ]
    return [(source, reason.partition(" at ")[0]) for source, reason, _ in found]


@pytest.mark.parametrize(
    ("kind", "body", "error"),
    [
        ("message", {"text": KEY}, "ValidationError"),
        ("message", None, "UpdateTypeLookupError"),
        ("callback_query", {"id": [KEY], "data": 7}, "ValidationError"),
        ("thunderstorm", {"text": KEY}, "UpdateTypeLookupError"),
    ],
)
async def test_an_update_that_cannot_be_read(empty_stage: Stage, kind: str, body: object, error: str) -> None:
    """Malformed, or of a kind that nobody knows: it is confirmed, and what came with it is answered."""
    stage, anna = empty_stage, empty_stage.actor()
    async with stage.bot():
        await anna.say("/start")
        await anna.see("Codebell")
    updates = stage.telegram.world.updates
    updates.allowed = None
    updates.add(kind, body)  # type: ignore[arg-type]  # that is the point
    async with stage.bot():
        await answered(anna)
        await stage.until(lambda: len(updates) == 0)
    assert put_aside(stage) == [("update", error)]
    assert KEY not in repr(stage.logs)


async def test_a_handler_that_fails(empty_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its person is told, with the number under which the admin finds it; what it said is not logged."""

    def fail(_: object) -> None:
        raise ValueError(KEY)

    stage, anna = empty_stage, empty_stage.actor()
    with monkeypatch.context() as patch:
        patch.setattr("bot.telegram.routers.start.languages", fail)
        async with stage.bot():
            await anna.say("/lang")
            told = await anna.see("Something went wrong on our side")
            await answered(anna)
    assert read(stage, "SELECT ref FROM faults")[0][0] in told.text
    assert put_aside(stage) == [("update", "ValueError")]
    assert KEY not in repr(stage.logs)


async def test_an_update_that_the_bot_dies_of(empty_stage: Stage) -> None:
    """What was begun three times and never ended is not begun again; what came after it is handled."""
    stage, anna = empty_stage, empty_stage.actor()
    async with stage.bot():
        await answered(anna)
    deadly = read(stage, "SELECT max(id) FROM updates")[0][0] + 1
    begun_at = read(stage, "SELECT begun_at FROM updates")[0][0]
    tamper(stage, "INSERT INTO updates (id, tries, begun_at) VALUES (?, 3, ?)", deadly, begun_at)
    said = await anna.say("/lang")
    async with stage.bot():
        await answered(anna)
    assert not any("Which language" in one.text for one in anna.chat.messages if one.id > said.id)
    assert put_aside(stage) == [("update", "Deadly")]


async def test_rows_of_the_outbox_that_cannot_be_told(empty_stage: Stage) -> None:
    """One cannot be read, one is about an order that cannot: a code behind them in the same chat is told."""
    stage, anna = empty_stage, empty_stage.actor()
    async with stage.bot():
        await anna.add_key()
        await anna.buy()
        await anna.buy("wa ru")
    first, second = (row[0] for row in read(stage, "SELECT id FROM orders ORDER BY id"))
    outbox = "INSERT INTO outbox (kind, priority, chat_id, user_id, order_id, created_at) "
    for kind, priority, order in (("riddle", 0, second), ("card", 0, first)):
        source = "SELECT ?, ?, chat_id, user_id, ?, created_at FROM outbox LIMIT 1"
        tamper(stage, outbox + source, kind, priority, order)
    tamper(stage, "UPDATE orders SET state = 'lost' WHERE id = ?", first)
    stage.getsms.deliver(stage.getsms.orders[-1].id, "code 24680", "24680")
    async with stage.bot():
        await anna.see(lambda message: message.text.startswith("24680"))
        await anna.until(lambda: len(stage.faults) == 2, "both to be put aside")
        await answered(anna)
    assert put_aside(stage) == [("message", "ValueError"), ("message", "ValueError")]


async def test_an_order_that_cannot_be_read(empty_stage: Stage) -> None:
    """The bot starts, watches the other orders, and lists them."""
    stage, anna = empty_stage, empty_stage.actor()
    async with stage.bot():
        await anna.add_key()
        await anna.buy()
        await anna.buy("wa ru")
    tamper(stage, "UPDATE orders SET deal = 'theft' WHERE service = 'telegram'")
    stage.getsms.deliver(stage.getsms.orders[-1].id, "code 13579", "13579")
    async with stage.bot():
        await anna.see(lambda message: message.text.startswith("13579"))
        said = await anna.say("/orders")
        await anna.see("Open orders", after=said)
    assert put_aside(stage) == [("order", "ValueError")]


async def test_a_rental_that_cannot_be_read(empty_stage: Stage) -> None:
    """The bot starts, and tells the SMS of the other rental of the same account."""
    stage, anna = empty_stage, empty_stage.actor()
    stage.getsms.set_balance(KEY, "500.00")
    for service in ("tg", "wa"):
        stage.getsms.stock_rent(service, "ru", 2, "80")
    async with stage.bot():
        await anna.add_key()
        for words in ("tg ru", "wa ru"):
            await rent(anna, words, anna.label("period-day", count=1))
    tamper(stage, "UPDATE rentals SET auto_unit = 'riddle' WHERE service = 'telegram'")
    stage.getsms.deliver(stage.getsms.rentals[-1].id, "code 86420")
    async with stage.bot():
        await anna.see(lambda message: message.text.startswith("86420"))
        await answered(anna)
    assert put_aside(stage) == [("rental", "ValueError")]


async def test_a_person_who_cannot_be_read(empty_stage: Stage) -> None:
    """They are told so, message and tap alike; their codes come, and others are answered."""
    stage, anna, boris = empty_stage, empty_stage.actor(), empty_stage.actor(name="Boris")
    async with stage.bot():
        await anna.add_key()
        card = await anna.buy()
        await answered(boris)
    tamper(stage, "UPDATE users SET standing = 'riddle' WHERE id = ?", anna.chat.chat.id)
    stage.getsms.deliver(stage.getsms.orders[-1].id, "code 97531", "97531")
    async with stage.bot():
        await anna.see(lambda message: message.text.startswith("97531"))
        said = await anna.say("/help")
        await anna.see("Something went wrong on our side", after=said)
        answer = await anna.press_data("any", card)
        assert "our side" in (answer.text or "")
        await answered(boris)
    assert {*put_aside(stage)} == {("update", "ValueError")}


async def test_a_database_that_is_away_at_the_start_ends_no_bot(empty_stage: Stage) -> None:
    """What was handled before cannot be read for a moment: logged, and updates are taken all the same."""
    stage = empty_stage
    hold = stage.telegram.faults.hold("deleteWebhook")
    async with stage.bot():
        await stage.time_for(hold.arrival())
        tamper(stage, "ALTER TABLE updates RENAME TO gone")
        hold.release()
        missed = "what was handled is not remembered"
        await stage.until(lambda: any(entry["event"] == missed for entry in stage.logs))
        tamper(stage, "ALTER TABLE gone RENAME TO updates")
        anna = stage.actor()
        await anna.say("/start")
        await anna.see("Codebell")
    assert stage.faults == []
