"""/watch and low balances in the chat: told once, with a way on, and kept over a restart."""

from decimal import Decimal

from bot.domain.finding import Goods
from bot.domain.money import Money
from bot.domain.outbox import Notice
from bot.storage import outbox
from sandbox.telegram.seen import Seen
from tests.flows.stage import KEY, Actor, Stage


async def watched(stage: Stage, actor: Actor) -> Seen:
    """Have somebody look out for what has run out, from the screen that says so."""
    stage.getsms.stock("tg", "ru", count=0, price="12.50")
    said = await actor.say("/buy tg ru")
    tell_me = actor.label("button-tell-me")
    empty = await actor.see(lambda message: message.button(tell_me) is not None, after=said)
    await actor.press(tell_me, empty)
    await actor.until(lambda: actor.label("watch-added") in empty.text, "the answer")
    return empty


def is_news(actor: Actor, message: Seen) -> bool:
    """Say whether a message tells that there are numbers."""
    return actor.label("watch-news", account="Get-SMS") in message.text


async def test_whoever_watches_hears_once(stage: Stage, anna: Actor) -> None:
    """Told once when numbers come, with a way to buy; again only after they were gone."""
    await anna.add_key()
    shown = await watched(stage, anna)
    await stage.clock.advance(400)
    assert not any(is_news(anna, message) for message in anna.chat.messages)
    stage.getsms.stock("tg", "ru", count=5, price="12.50")
    stage.step = 1.0
    news = await anna.see(lambda message: is_news(anna, message), after=shown)
    for _ in range(3):
        await stage.clock.advance(310)
        await stage.app.engine.alerts.list(anna.chat.chat.id)
    assert len([one for one in anna.chat.messages if is_news(anna, one)]) == 1
    stage.step = 0.02
    await anna.press(anna.label("button-buy"), news)
    await anna.see(lambda message: anna.confirm_of(message) is not None, after=news)
    assert stage.getsms.orders == []


async def test_news_of_an_alert_go_to_its_owner_alone(stage: Stage) -> None:
    """What was to be told of an alert that ended says nothing of the one that got its id."""
    anna, boris = stage.actor(), stage.actor(name="Boris")
    await anna.add_key()
    await boris.add_key()
    engine, user = stage.app.engine, boris.chat.chat.id
    (view,) = await engine.alerts.add(anna.chat.chat.id, Goods("telegram", "RU"), None)
    async with engine.outbox.telling() as tx:
        now = stage.clock.now()
        about = {"chat_id": user, "user_id": user, "alert_id": view.alert.id}
        await outbox.add_notice(tx, Notice.IN_STOCK, now=now, **about)
    await stage.clock.advance(30)
    assert not any(is_news(boris, message) for message in boris.chat.messages)


async def test_watches_are_listed_limited_and_ended(stage: Stage, anna: Actor) -> None:
    """/watch with a price looks out below it; the list shows it, and ends it."""
    await anna.add_key()
    said = await anna.say("/watch tg ru 10")
    await anna.see(anna.label("watch-added"), after=said)
    said = await anna.say("/watch")
    listed = await anna.see(anna.label("watch-how"), after=said)
    (label,) = [row[0] for row in listed.labels if "Telegram" in row[0]]
    assert anna.t.money(Money(Decimal(10), "RUB")) in label
    stage.step = 1.0
    stage.getsms.stock("tg", "ru", count=5, price="9.50")
    await anna.see(lambda message: is_news(anna, message), after=listed)
    stage.step = 0.02
    said = await anna.say("/watch")
    listed = await anna.see(anna.label("watch-how"), after=said)
    await anna.press(next(row[0] for row in listed.labels if "Telegram" in row[0]), listed)
    stop = anna.label("button-watch-stop")
    await anna.until(lambda: listed.button(stop) is not None, "one of them")
    await anna.press(stop, listed)
    await anna.until(lambda: listed.button(anna.label("button-buy")) is not None, "an empty list")
    for unclear in ("/watch", "/watch qqqq", "/watch tg", "/watch tg ru 5 usd"):
        said = await anna.say(unclear)
        await anna.see("/watch", after=said)
    assert await stage.app.engine.alerts.list(anna.chat.chat.id) == ()


async def test_a_link_asks_before_it_watches(stage: Stage) -> None:
    """``?start=watch_…`` shows what would be looked out for; the tap does it."""
    anna = stage.actor()
    await anna.add_key()
    said = await anna.say("/start watch_telegram_RU")
    asked = await anna.see("Telegram", after=said)
    assert await stage.app.engine.alerts.list(anna.chat.chat.id) == ()
    await anna.press("Tell me when there are some", asked)
    await anna.until(lambda: "I will tell you" in asked.text, "the answer")
    assert len(await stage.app.engine.alerts.list(anna.chat.chat.id)) == 1


async def test_a_watch_survives_a_restart(empty_stage: Stage) -> None:
    """What was looked out for before the bot stopped is told by the next one."""
    anna = empty_stage.actor()
    async with empty_stage.bot():
        await anna.add_key()
        shown = await watched(empty_stage, anna)
    empty_stage.getsms.stock("tg", "ru", count=5, price="12.50")
    empty_stage.step = 1.0
    async with empty_stage.bot():
        await anna.see(lambda message: is_news(anna, message), after=shown)


async def test_a_low_balance_is_told_once(stage: Stage, anna: Actor) -> None:
    """Below the threshold its person hears of it once, and again only after the balance was above it."""
    await anna.add_key()
    said = await anna.say("/keys")
    listed = await anna.see(lambda message: any("Get-SMS" in row[0] for row in message.labels), after=said)
    await anna.press(next(row[0] for row in listed.labels if "Get-SMS" in row[0]), listed)
    low = anna.label("button-low-balance")
    await anna.until(lambda: listed.button(low) is not None, "the account")
    await anna.press(low, listed)
    other = anna.label("button-cap-other")
    await anna.until(lambda: listed.button(other) is not None, "the thresholds")
    await anna.press(other, listed)
    await anna.see(lambda message: message.forces_reply, after=listed)
    said = await anna.say("50")
    fifty, thirty = (anna.t.money(Money(Decimal(amount), "RUB")) for amount in (50, 30))
    await anna.see(anna.label("low-below", below=fifty), after=said)

    def told() -> list[Seen]:
        news = anna.label("low-news", account="Get-SMS", balance=thirty, below=fifty)
        return [message for message in anna.chat.messages if news in message.text]

    refresh = anna.label("button-refresh")
    for times in (1, 2):
        stage.getsms.set_balance(KEY, "30.00")
        for _ in range(2):
            said = await anna.say("/balance")
            await anna.see(lambda message: message.button(refresh) is not None, after=said)
        await anna.until(lambda: len(told()) == times, "the warning")  # noqa: B023 - called at once
        stage.getsms.set_balance(KEY, "80.00")
        said = await anna.say("/balance")
        await anna.see(lambda message: message.button(refresh) is not None, after=said)
    assert len(told()) == 2
