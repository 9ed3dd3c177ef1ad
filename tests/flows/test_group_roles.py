"""Who may see codes in a group, and who may buy there with somebody else's money."""

import asyncio
from decimal import Decimal

import pytest

from bot.domain.money import Money
from bot.domain.outbox import Notice
from bot.storage import group_outbox
from bot.telegram.group_callbacks import ShowCode
from sandbox.telegram.chats import Chat
from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor, Stage
from tests.flows.test_groups import bind, deliver, plain, private, seat, switch, told


def roubles(actor: Actor, amount: str) -> str:
    """Return an amount as the person reads it."""
    return actor.t.money(Money(Decimal(amount), "RUB"))


async def let_in(stage: Stage, owner: Actor, member: Actor, chat: Chat) -> Seen:
    """Have a member ask to be let in; return the owner's screen of that person."""
    here, before = seat(stage, member, chat), owner.chat.last
    said = await here.say("/notify me")
    await here.see(plain(member, "notify-me"), after=said)
    asked = await owner.see(plain(owner, "notice-group-access"), after=before)
    await owner.press("❔ Boris", asked)
    sees = owner.label("button-member-sees-not")
    await owner.until(lambda: asked.button(sees) is not None, "the person")
    return asked


async def allow(owner: Actor, screen: Seen, amount: str) -> None:
    """Let a person spend so much."""
    nothing = owner.label("budget-none")
    await owner.press(owner.label("button-budget", account="Get-SMS", most=nothing), screen)
    label = roubles(owner, amount)
    await owner.until(lambda: screen.button(label) is not None, "the amounts")
    await owner.press(label, screen)
    await owner.until(lambda: (screen.button(label) or {}).get("style") == "success", "the budget")


async def offer(member: Actor, words: str = "tg ru") -> Seen:
    """Go to the confirm screen in the group."""
    said = await member.say(f"/buy {words}")
    listed = await member.see(lambda one: bool(one.buttons), after=said)
    await member.press(listed.labels[0][0], listed)
    await member.until(lambda: member.confirm_of(listed) is not None, "the confirm button")
    return listed


@pytest.fixture
async def boris(stage: Stage, anna: Actor) -> Actor:
    """Somebody without a key who speaks the same language."""
    return stage.actor(anna.t.language, "Boris")


async def test_only_named_people_see_a_code(stage: Stage, anna: Actor, boris: Actor) -> None:
    """The group hears that one came; who was named sees it in a box of their own, others are refused."""
    eve = stage.actor(anna.t.language, "Eve")
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna), private(boris), private(eve))
    screen = await bind(stage, anna, chat)
    await switch(anna, screen, "button-group-seen-all", "button-group-seen-named")
    person = await let_in(stage, anna, boris, chat)
    await anna.press(anna.label("button-member-sees-not"), person)
    await anna.until(lambda: person.button(anna.label("button-member-sees")) is not None, "the right")
    await anna.buy()
    await deliver(stage, anna)

    here, there = seat(stage, boris, chat), seat(stage, eve, chat)
    came = await here.see(plain(anna, "group-code-came"))
    assert told(here.chat) == []
    show = anna.label("button-group-show")
    assert (await here.press(show, came)).text == "48151"
    refused = await there.press(show, came)
    assert refused.show_alert
    assert refused.text == plain(eve, "error-not-let-in")
    assert (await seat(stage, anna, chat).press(show, came)).text == "48151"

    await anna.press(anna.label("button-member-sees"), person)
    await anna.until(lambda: person.button(anna.label("button-member-sees-not")) is not None, "no right")
    assert (await here.press(show, came)).text == plain(boris, "error-not-let-in")


async def test_the_id_of_a_deleted_group_opens_none_of_its_codes(stage: Stage) -> None:
    """Who gets that id next reads nothing of what was told under it, nor is told a notice of its owner's."""
    anna, boris = stage.actor("en"), stage.actor("en", "Boris")
    await anna.add_key()
    await boris.add_key()
    await bind(stage, anna, stage.telegram.group("Team", private(anna)))
    await anna.buy()
    await deliver(stage, anna)
    engine = stage.app.engine
    (gone,) = await engine.groups.of(private(anna).id)
    await engine.groups.remove(private(anna).id, gone.id)
    chat = stage.telegram.group("Others", private(boris))
    await bind(stage, boris, chat)
    (heir,) = await engine.groups.of(private(boris).id)
    assert heir.id == gone.id
    here = seat(stage, boris, chat)
    answer = await here.press_data(
        ShowCode(group_id=heir.id, sms_id=1, of_rental=False).pack(), here.chat.last
    )
    assert answer.text == plain(boris, "error-out-of-date")
    async with engine.outbox.telling() as tx:
        await group_outbox.add_notice(tx, Notice.GROUP_PAUSED, gone, stage.clock.now())
    await stage.clock.advance(60)
    assert not [one for one in anna.chat.messages if "Others" in one.text]


async def test_a_member_buys_within_a_budget(stage: Stage, anna: Actor, boris: Actor) -> None:
    """The confirm screen says whose money it is; the owner is told, and stops it by one tap."""
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna), private(boris))
    await bind(stage, anna, chat)
    person = await let_in(stage, anna, boris, chat)
    await allow(anna, person, "100")
    here, before = seat(stage, boris, chat), anna.chat.last
    screen = await offer(here)
    assert plain(boris, "group-buy-whose", owner="Anna") in screen.text
    assert plain(boris, "group-buy-left", left=roubles(boris, "100")) in screen.text
    await here.press(here.confirm_of(screen) or "", screen)
    await here.until(lambda: here.has_number(screen), "the card")
    bought = plain(anna, "notice-group-bought", price=roubles(anna, "12.50"))
    notice = await anna.see(bought, after=before)
    assert screen.button(here.label("button-ban")) is None

    await here.press(here.label("button-cancel"), screen)
    await here.until(lambda: plain(boris, "state-canceled") in screen.text, "the end")
    stop = anna.label("button-group-stop-buyer")
    assert (await anna.press(stop, notice)).text == plain(anna, "buyer-stopped")
    said = await here.say("/buy tg ru")
    await here.see(lambda one: one.button(here.label("button-add-key")) is not None, after=said)
    assert len(stage.getsms.orders) == 1


async def test_a_members_lost_purchase_is_the_owners_to_settle(
    stage: Stage, anna: Actor, boris: Actor
) -> None:
    """The card in the group says what happened; the balances stand in the owner's private chat alone."""
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna), private(boris))
    await bind(stage, anna, chat)
    await allow(anna, await let_in(stage, anna, boris, chat), "100")
    here, before = seat(stage, boris, chat), anna.chat.last
    screen = await offer(here)
    stage.getsms.fault("reset-after", "getnumber")
    await here.press(here.confirm_of(screen) or "", screen)
    advice = plain(anna, "uncertain-advice", provider="Get-SMS")
    told_ = await anna.see(lambda one: advice in one.text, after=before)
    assert roubles(anna, "100") in told_.text
    await here.until(lambda: plain(boris, "uncertain-advice", provider="Get-SMS") in screen.text, "the card")
    await stage.clock.advance(60)
    assert not [one for one in here.chat.messages if one.from_bot and roubles(boris, "100") in one.text]


async def test_a_budget_holds_however_many_tap(stage: Stage) -> None:
    """Of several confirm buttons pressed at once only as many buy as the budget pays for."""
    anna, boris = stage.actor("en"), stage.actor("en", "Boris")
    stage.getsms.stock("tg", "ru", count=50, price="40")
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna), private(boris))
    await bind(stage, anna, chat)
    await allow(anna, await let_in(stage, anna, boris, chat), "100")
    here = seat(stage, boris, chat)
    screens = [await offer(here) for _ in range(4)]
    taps = (here.chat.press(one, here.confirm_of(one)) for one in screens)
    answers = await stage.time_for(asyncio.gather(*taps))
    refused = [one.text for one in answers if one.text == plain(boris, "error-budget-reached")]
    assert (len(stage.getsms.orders), len(refused)) == (2, 2)


async def test_what_the_owner_cannot_pay_is_told_without_details(stage: Stage) -> None:
    """A limit of the owner's own is not for a member to read; nothing is bought."""
    anna, boris = stage.actor("en"), stage.actor("en", "Boris")
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna), private(boris))
    await bind(stage, anna, chat)
    await allow(anna, await let_in(stage, anna, boris, chat), "100")
    await stage.app.engine.caps.set_day(private(anna).id, 1, Decimal(5))
    here = seat(stage, boris, chat)
    screen = await offer(here)
    answer = await here.press(here.confirm_of(screen) or "", screen)
    assert answer.text == plain(boris, "group-buy-limit")
    assert stage.getsms.orders == []


async def test_anothers_confirm_button_buys_nothing(stage: Stage) -> None:
    """A button made for a member is no other member's, and not even its owner's."""
    anna, boris, eve = stage.actor("en"), stage.actor("en", "Boris"), stage.actor("en", "Eve")
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna), private(boris), private(eve))
    await bind(stage, anna, chat)
    await allow(anna, await let_in(stage, anna, boris, chat), "100")
    here = seat(stage, boris, chat)
    screen = await offer(here)
    data = (screen.button(here.confirm_of(screen) or "") or {})["callback_data"]
    answer = await anna.press_data(data, anna.chat.last)
    assert "belongs to somebody else" in (answer.text or "")
    for other in (anna, eve):
        answer = await seat(stage, other, chat).press_data(data, screen)
        assert "belongs to somebody else" in (answer.text or "")
    assert stage.getsms.orders == []
