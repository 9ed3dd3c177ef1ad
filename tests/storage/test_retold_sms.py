"""SMS without ids: told by a list and by a check, told again after another one was asked for."""

from bot.domain.orders import State
from bot.domain.people import Account
from bot.domain.sms import Sms
from bot.storage import orders
from bot.storage.database import Database
from tests.storage.makers import waiting
from tests.support.clock import START

WHOLE = Sms("Your code is 1234", "1234")
BARE = Sms("1234", "1234")


async def test_one_sms_with_two_faces_is_told_once(database: Database, account: Account) -> None:
    """A bare code that follows its own whole text is the same SMS."""
    order = await waiting(database, account)
    async with database.write() as tx:
        assert await orders.record_sms(tx, order.id, WHOLE, START) is not None
        assert await orders.record_sms(tx, order.id, BARE, START) is None


async def test_the_same_code_after_another_sms_was_asked_for_is_told(
    database: Database, account: Account
) -> None:
    """A service may send the same code twice; the person who asked for another SMS hears of it."""
    order = await waiting(database, account)
    async with database.write() as tx:
        await orders.record_sms(tx, order.id, BARE, START)
        await orders.move(tx, order.id, of={State.WAITING}, to=State.WAITING_AGAIN, round=1)
        assert await orders.record_sms(tx, order.id, BARE, START) is not None


async def test_an_earlier_code_is_told_only_if_it_never_was(database: Database, account: Account) -> None:
    """A code that the provider names as the previous one is news only where it was missed."""
    order = await waiting(database, account)
    async with database.write() as tx:
        await orders.move(tx, order.id, of={State.WAITING}, to=State.WAITING_AGAIN, round=1)
        earlier = Sms("1234", "1234", earlier=True)
        assert await orders.record_sms(tx, order.id, earlier, START) is not None
        assert await orders.record_sms(tx, order.id, earlier, START) is None
