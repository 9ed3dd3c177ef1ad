"""The bot is killed and started again: money, codes and what people said meanwhile are still there."""

from sandbox.getsms.shop import Order
from sandbox.telegram.calls import RecordedCall
from tests.e2e.shopper import DOUBT, Shopper
from tests.e2e.world import KEY, PATIENCE, World

CODE = "48213"


def _deliver(world: World, order: Order, code: str = CODE) -> None:
    world.getsms.deliver(order.id, f"Telegram code: {code}. Do not give it to anyone.", code, "Telegram")


async def _came_once(anna: Shopper) -> None:
    """Hold that a code which has arrived is told no second time before whatever comes next."""
    await anna.gets_help()
    assert len(anna.codes(CODE)) == 1


def _refused(world: World) -> list[RecordedCall]:
    return [call for call in world.telegram.calls.of("sendMessage") if call.error]


async def test_sms_that_came_while_the_bot_was_dead(world: World, anna: Shopper) -> None:
    """After kill -9 the number is watched again, and its code arrives once, as an answer to the card."""
    bot = await world.start_bot()
    await anna.add_key()
    card, order = await anna.buy()
    await bot.kill()
    _deliver(world, order)

    bot = await world.start_bot()
    message = await anna.code(CODE, card)
    assert message.marked("code")[0] == CODE
    await _came_once(anna)
    await bot.kill()

    await world.start_bot()
    await _came_once(anna)
    assert world.getsms.ledger.count("getnumber") == 1
    assert [entry.order_id for entry in world.getsms.ledger.charges] == [order.id]


async def test_code_that_was_told_before_is_not_told_again(world: World, anna: Shopper) -> None:
    """What Telegram has taken is behind us after kill -9; the next SMS to the number still comes."""
    bot = await world.start_bot()
    await anna.add_key()
    card, order = await anna.buy()
    _deliver(world, order)
    await anna.code(CODE, card)
    await anna.becomes(card, "Copy code")
    await bot.kill()

    await world.start_bot()
    await anna.person.tap(card, "Another SMS")
    await world.until(lambda: world.getsms.ledger.count("wrongcode") == 1, "the wish for another SMS")
    _deliver(world, order, "70707")
    await anna.code("70707", card)
    await anna.gets_help()
    assert len(anna.codes(CODE)) == len(anna.codes("70707")) == 1


async def test_code_on_its_way_when_the_bot_died(world: World, anna: Shopper) -> None:
    """A code that Telegram had not taken yet is told by the next run."""
    bot = await world.start_bot()
    await anna.add_key()
    card, order = await anna.buy()
    held = world.telegram.faults.hold("sendMessage")
    _deliver(world, order)
    await held.arrival()
    await bot.kill()
    world.telegram.faults.clear()

    await world.start_bot()
    await anna.code(CODE, card)
    await _came_once(anna)


async def test_purchase_whose_answer_never_came(world: World, anna: Shopper) -> None:
    """Killed between request and answer: the order is in doubt, its owner is told, nobody buys again."""
    bot = await world.start_bot()
    await anna.add_key()
    card = await anna.look_up()
    world.getsms.fault("hang-after", "getnumber")
    await anna.confirm(card)
    await world.until(lambda: world.getsms.ledger.count("getnumber") == 1, "the purchase to go out")
    await bot.kill()
    price = world.getsms.orders[-1].price

    await world.start_bot()
    notice = await anna.reads(DOUBT, after=card)
    assert f"₽500 before, ₽{500 - price} after" in notice.text
    await anna.person.wait_until(lambda: DOUBT in card.text, "the card to say so", timeout=PATIENCE)
    await anna.gets_help()
    assert world.getsms.ledger.count("getnumber") == 1


async def test_what_was_said_while_the_bot_was_away(world: World, anna: Shopper) -> None:
    """Updates wait at Telegram: a command is answered, a key that was asked for is taken and deleted."""
    boris = Shopper(world)
    bot = await world.start_bot()
    start = await anna.person.start()
    welcome = await anna.sees("Add a key", after=start)
    question = await anna.question(welcome)
    await bot.kill()
    secret = await anna.person.send(KEY, reply_to=question)
    asked = await boris.person.send("/help")

    await world.start_bot()
    await boris.reads("/buy", after=asked)
    await anna.sees("Buy a number", after=question)
    assert secret.deleted


async def test_confirm_pressed_twice_while_the_bot_was_away(world: World, anna: Shopper) -> None:
    """Both taps are taken up after the start, and they buy one number."""
    bot = await world.start_bot()
    await anna.add_key()
    card = await anna.look_up()
    await bot.kill()
    await anna.confirm(card)
    await anna.confirm(card)

    await world.start_bot()
    await anna.becomes(card, "Copy number")
    await anna.gets_help()
    assert world.getsms.ledger.count("getnumber") == 1


async def test_code_that_came_while_telegram_was_away(world: World, anna: Shopper) -> None:
    """A code waits for Telegram, and is told once when Telegram is back."""
    await world.start_bot()
    await anna.add_key()
    card, order = await anna.buy()
    for method in ("*", "getUpdates"):
        world.telegram.faults.cut_before(method, times=None)
    _deliver(world, order)
    await world.until(lambda: len(_refused(world)) > 1, "a second try to tell the code")
    assert not anna.codes(CODE)

    world.telegram.faults.clear()
    await anna.code(CODE, card)
    await _came_once(anna)
