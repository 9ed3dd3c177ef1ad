"""Small rows that outlive a restart: questions that wait for an answer, buttons that wait for a tap."""

from datetime import timedelta
from decimal import Decimal

from bot.domain.money import Money
from bot.domain.people import Account
from bot.storage import drafts, orders, prompts
from bot.storage.database import Database
from bot.storage.prompts import Prompt
from tests.storage.conftest import STRANGER, USER
from tests.storage.makers import draft, placed
from tests.support.clock import START


async def test_the_last_question_counts(database: Database) -> None:
    """A new question to a person in a chat replaces the old one, and no one else's."""
    asked = [
        Prompt(10, 100, USER, "key", "getsms"),
        Prompt(10, 101, STRANGER, "key", "getsms"),
        Prompt(11, 100, USER, "label", "7"),
        Prompt(10, 102, USER, "label", "8"),
    ]
    for prompt in asked:
        async with database.write() as tx:
            await prompts.add(tx, prompt, START)
    async with database.read() as tx:
        assert await prompts.find(tx, 10, USER) == asked[3]
        assert await prompts.find(tx, 10, STRANGER) == asked[1]
        assert await prompts.find(tx, 11, USER) == asked[2]
        assert await prompts.find(tx, 12, USER) is None


async def test_a_question_gets_its_message_once_it_is_out(database: Database) -> None:
    """It is kept before it is sent; one that was answered or replaced meanwhile does not come back."""
    early = Prompt(10, -USER, USER, "key", "getsms")
    async with database.write() as tx:
        await prompts.add(tx, early, START)
        await prompts.add(tx, Prompt(10, -STRANGER, STRANGER, "key", "getsms"), START)
        await prompts.shown(tx, early, 100)
    async with database.read() as tx:
        assert await prompts.find(tx, 10, USER) == Prompt(10, 100, USER, "key", "getsms")
        assert await prompts.find(tx, 10, STRANGER) == Prompt(10, -STRANGER, STRANGER, "key", "getsms")
    async with database.write() as tx:
        await prompts.drop(tx, 10, USER)
        await prompts.shown(tx, early, 101)
    async with database.read() as tx:
        assert await prompts.find(tx, 10, USER) is None


async def test_a_question_asked_again_in_the_same_message_is_kept(database: Database) -> None:
    """Asking twice with one message keeps the newer question."""
    for kind in ("key", "label"):
        async with database.write() as tx:
            await prompts.add(tx, Prompt(10, 100, USER, kind, ""), START)
    async with database.read() as tx:
        assert await prompts.find(tx, 10, USER) == Prompt(10, 100, USER, "label", "")


async def test_an_answered_question_is_dropped(database: Database) -> None:
    """Dropping forgets this person's question in this chat only; dropping nothing is fine."""
    async with database.write() as tx:
        await prompts.add(tx, Prompt(10, 100, USER, "key", "getsms"), START)
        await prompts.add(tx, Prompt(10, 101, STRANGER, "key", "getsms"), START)
        for _ in range(2):
            await prompts.drop(tx, 10, USER)
    async with database.read() as tx:
        assert await prompts.find(tx, 10, USER) is None
        assert await prompts.find(tx, 10, STRANGER) is not None


async def test_a_draft_is_found_by_its_token_alone(database: Database, account: Account) -> None:
    """A confirm button leads to what it buys; a token made up by hand leads nowhere."""
    async with database.write() as tx:
        await drafts.add(tx, draft(account), START)
    async with database.read() as tx:
        found = await drafts.find(tx, "token-1")
        assert await drafts.find(tx, "token-2") is None
        assert await drafts.find(tx, "") is None
    assert found is not None
    assert (found.token, found.user_id, found.offer.account_id) == ("token-1", USER, account.id)
    assert (found.offer.service, found.offer.country) == ("telegram", "RU")
    assert found.offer.price == Money(Decimal("12.50"), "RUB")
    assert str(found.offer.price.amount) == "12.50"


async def test_tidying_forgets_old_drafts_only(database: Database, account: Account) -> None:
    """Drafts made before the moment go, whether they have bought or not; orders and younger drafts stay."""
    async with database.write() as tx:
        await drafts.add(tx, draft(account, "old"), START)
        await drafts.add(tx, draft(account, "young"), START + timedelta(hours=1))
    order = await placed(database, account, "old")
    async with database.write() as tx:
        await drafts.forget(tx, START + timedelta(minutes=1))
    async with database.read() as tx:
        assert await drafts.find(tx, "old") is None
        assert await drafts.find(tx, "young") is not None
        assert await orders.by_token(tx, "old") == order
