"""Codes in groups: bound by who runs the group, agreed to in private, told by the owner's rules."""

from collections.abc import Callable

import pytest

from sandbox.telegram.assembly import close_topic, delete_topic, leave, open_topic, set_member, upgrade
from sandbox.telegram.chats import Chat, Status
from sandbox.telegram.people import Conversation, Person
from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor, Stage

CODE = "Your code: 48151"


def private(actor: Actor) -> Person:
    """Return the person of an actor in the private chat."""
    assert isinstance(actor.chat, Person)
    return actor.chat


def seat(stage: Stage, actor: Actor, chat: Chat) -> Actor:
    """Return somebody in a group."""
    return Actor(stage, private(actor).in_group(chat), actor.t)


def plain(actor: Actor, key: str, **values: str | int) -> str:
    """Return a text of the bot as it looks in the chat, without its markup."""
    return actor.t.plain(key, **values).replace("<b>", "").replace("</b>", "")


async def bind(stage: Stage, owner: Actor, chat: Chat, topic: int = 0) -> Seen:
    """Have an owner bind a group and agree; return the private screen of the group."""
    here = seat(stage, owner, chat)
    before = owner.chat.last
    said = await here.chat.send("/notify", topic=topic)
    await here.see(plain(owner, "notify-sent"), after=said)
    screen = await owner.see(plain(owner, "group-state-proposed"), after=before)
    await owner.press(owner.label("button-group-start"), screen)
    await owner.until(lambda: plain(owner, "group-state-active") in screen.text, "the agreement")
    return screen


async def switch(owner: Actor, screen: Seen, label: str, then: str) -> None:
    """Press a switch, and wait until it says something else."""
    await owner.press(owner.label(label), screen)
    await owner.until(lambda: screen.button(owner.label(then)) is not None, then)


def told(chat: Conversation, code: str = "48151") -> list[Seen]:
    """Return the bot's messages in a chat that hold the code."""
    return [one for one in chat.messages if one.from_bot and code in one.text]


async def deliver(stage: Stage, owner: Actor, code: str = CODE) -> Seen:
    """Let an SMS come for the newest order, and wait until its owner has it."""
    before = owner.chat.last
    stage.getsms.deliver(stage.getsms.orders[-1].id, code)
    return await owner.see(code.rsplit(maxsplit=1)[-1], after=before)


async def test_a_group_gets_codes_once_its_owner_has_agreed(stage: Stage, anna: Actor) -> None:
    """Nothing is told before; then the code is, with the number masked and nothing dangerous to press."""
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna))
    here = seat(stage, anna, chat)
    before = anna.chat.last
    said = await here.say("/notify")
    await here.see(plain(anna, "notify-sent"), after=said)
    screen = await anna.see(plain(anna, "group-state-proposed"), after=before)
    await anna.buy()
    await deliver(stage, anna, "Your code: 11111")
    assert told(here.chat, "11111") == []

    await anna.press(anna.label("button-group-start"), screen)
    await anna.until(lambda: plain(anna, "group-state-active") in screen.text, "the agreement")
    await anna.buy("wa ru")
    await deliver(stage, anna)
    shared = await here.see("48151")
    phone = stage.getsms.orders[-1].phone
    assert phone not in shared.text.replace(" ", "")
    assert f"+{phone[:2]}•" in shared.text
    assert "Get-SMS" not in shared.text
    assert shared.labels == [[anna.label("button-copy-code")]]


async def test_numbers_whole_and_codes_covered(stage: Stage, anna: Actor) -> None:
    """As the owner switches it: the whole number, and a code that shows when it is pressed."""
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna))
    screen = await bind(stage, anna, chat)
    await switch(anna, screen, "button-group-phone-masked", "button-group-phone-whole")
    await switch(anna, screen, "button-group-codes-open", "button-group-codes-covered")
    await anna.buy()
    await deliver(stage, anna)
    shared = await seat(stage, anna, chat).see("48151")
    assert shared.marked("spoiler") == ["48151"]
    assert stage.getsms.orders[-1].phone in shared.text.replace(" ", "").replace("-", "")


async def test_only_chosen_services_are_told(stage: Stage, anna: Actor) -> None:
    """A code of another service stays with its owner."""
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna))
    screen = await bind(stage, anna, chat)
    await anna.press(anna.label("button-group-services", count=0), screen)
    await anna.until(lambda: screen.button("WhatsApp") is not None, "the services")
    await anna.press("WhatsApp", screen)
    some = plain(anna, "group-services-some", services="WhatsApp")
    await anna.until(lambda: some in screen.text, "the choice")
    await anna.buy("tg ru")
    await deliver(stage, anna, "Your code: 22222")
    await anna.buy("wa ru")
    await deliver(stage, anna)
    here = seat(stage, anna, chat)
    await here.see("48151")
    assert told(here.chat, "22222") == []


async def test_a_topic_gets_codes_apart_from_its_group(stage: Stage, anna: Actor) -> None:
    """What was bound in a topic is told in that topic."""
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna))
    topic = open_topic(stage.telegram.world, chat, private(anna).record, "Codes")
    await bind(stage, anna, chat, topic)
    await anna.buy()
    await deliver(stage, anna)
    shared = await seat(stage, anna, chat).see("48151")
    assert shared.topic == topic
    assert len(told(seat(stage, anna, chat).chat)) == 1


async def test_what_is_bought_in_a_topic_stays_there(stage: Stage, anna: Actor) -> None:
    """Code and card come in that topic, also where the card was deleted and nothing is there to reply to."""
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna))
    world, here = stage.telegram.world, seat(stage, anna, chat)
    topic = open_topic(world, chat, private(anna).record, "Numbers")
    said = await here.chat.send("/buy tg ru", topic=topic)
    card = await here.see(lambda one: here.confirm_of(one) is not None, after=said)
    await here.press(here.confirm_of(card) or "", card)
    await here.until(lambda: here.has_number(card), "the card")
    world.delete(chat, [chat.messages[card.id]])
    stage.getsms.deliver(stage.getsms.orders[-1].id, CODE)
    await here.see("48151", after=card)
    await here.see(here.has_number, after=card)
    assert {one.topic for one in here.chat.messages if one.from_bot} == {topic}


async def test_one_tap_stops_it(stage: Stage, anna: Actor) -> None:
    """Under /settings the group is found again, and stopped; /notify off in the group does it, too."""
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna))
    await bind(stage, anna, chat)
    said = await anna.say("/settings")
    screen = await anna.see(lambda one: one.button(anna.label("button-groups")) is not None, after=said)
    await anna.press(anna.label("button-groups"), screen)
    await anna.until(lambda: screen.button("🔔 Team") is not None, "the list")
    await anna.press("🔔 Team", screen)
    await anna.until(lambda: screen.button(anna.label("button-group-stop")) is not None, "the group")
    await anna.press(anna.label("button-group-stop"), screen)
    await anna.until(lambda: plain(anna, "group-pause-owner") in screen.text, "the stop")
    await anna.buy()
    await deliver(stage, anna)
    here = seat(stage, anna, chat)
    assert told(here.chat) == []

    await anna.press(anna.label("button-group-start"), screen)
    await anna.until(lambda: plain(anna, "group-state-active") in screen.text, "the agreement")
    said = await here.say("/notify off")
    await here.see(plain(anna, "notify-off"), after=said)
    await deliver(stage, anna, "Your code: 33333")
    assert told(here.chat, "33333") == []
    said = await here.say("/notify off")
    await here.see(plain(anna, "notify-off"), after=said)


async def test_who_does_not_run_the_group_binds_nothing(stage: Stage, anna: Actor) -> None:
    """A member is told so, in short; somebody without a key is shown the way to the private chat."""
    boss = stage.actor("en", "Boss")
    chat = stage.telegram.group("Team", private(boss), private(anna))
    here = seat(stage, anna, chat)
    await anna.add_key()
    said = await here.say("/notify")
    await here.see(plain(anna, "notify-admins-only"), after=said)
    set_member(stage.telegram.world, chat, private(anna).record, "administrator")
    other = seat(stage, boss, chat)
    said = await other.say("/notify")
    answer = await other.see(plain(boss, "notify-no-accounts"), after=said)
    assert answer.button(boss.label("button-private-chat")) is not None


async def test_what_another_proposes_needs_the_owners_tap(stage: Stage, anna: Actor) -> None:
    """Who runs the group may ask somebody in it; that one agrees or not, and is asked once."""
    boss = stage.actor("en", "Boss")
    await anna.add_key()
    chat = stage.telegram.group("Team", private(boss), private(anna), bot_status="administrator")
    here, theirs = seat(stage, boss, chat), seat(stage, anna, chat)
    words = await theirs.say("I have a number")
    before = anna.chat.last
    said = await here.say("/notify", reply_to=words)
    await here.see(plain(boss, "notify-asked"), after=said)
    screen = await anna.see(plain(anna, "notice-group-asked"), after=before)
    await anna.buy()
    await deliver(stage, anna)
    assert told(here.chat) == []
    await anna.press(anna.label("button-group-refuse"), screen)
    await anna.until(lambda: plain(anna, "group-state-refused") in screen.text, "the refusal")
    newest = anna.chat.last
    said = await here.say("/notify", reply_to=words)
    await here.see(plain(boss, "notify-asked"), after=said)
    await stage.clock.advance(60)
    assert anna.chat.last == newest


async def test_who_never_started_the_bot_is_shown_the_way(stage: Stage) -> None:
    """The private chat cannot be written to: a link leads there, and shows the proposal."""
    anna = stage.actor()
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna))
    await private(anna).block()
    here = seat(stage, anna, chat)
    said = await here.say("/notify")
    answer = await here.see(plain(anna, "notify-open-chat"), after=said)
    link = (answer.button(anna.label("button-private-chat")) or {})["url"]
    assert link.endswith("start=notify")
    said = await private(anna).start("notify")
    await anna.see(lambda one: one.button("❔ Team") is not None, after=said)


def removed(stage: Stage, anna: Actor, chat: Chat) -> None:
    """Throw the bot out."""
    stage.telegram.world.set_bot_status(chat, private(anna).record, "kicked")


def muted(stage: Stage, anna: Actor, chat: Chat) -> None:
    """Forbid the bot to write."""
    stage.telegram.world.set_bot_status(chat, private(anna).record, "restricted")


def owner_left(stage: Stage, anna: Actor, chat: Chat) -> None:
    """Let the owner leave."""
    set_member(stage.telegram.world, chat, private(anna).record, "left")


def owner_walked_out(stage: Stage, anna: Actor, chat: Chat) -> None:
    """Let the owner leave before the eyes of everybody."""
    leave(stage.telegram.world, chat, private(anna).record)


def owner_demoted(stage: Stage, anna: Actor, chat: Chat) -> None:
    """Take the group out of its owner's hands."""
    set_member(stage.telegram.world, chat, private(anna).record, "member")


@pytest.mark.parametrize(
    ("event", "why", "bot_status"),
    [
        (removed, "group-pause-removed", "member"),
        (muted, "group-pause-muted", "member"),
        (owner_left, "group-pause-left", "administrator"),
        (owner_walked_out, "group-pause-left", "member"),
        (owner_demoted, "group-pause-left", "administrator"),
    ],
)
async def test_what_cannot_go_on_is_paused_and_told_once(
    stage: Stage,
    anna: Actor,
    event: Callable[[Stage, Actor, Chat], None],
    why: str,
    bot_status: Status,
) -> None:
    """The owner hears at once why no codes come there any more, and hears it once; codes still reach them."""
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna), bot_status=bot_status)
    screen = await bind(stage, anna, chat)
    event(stage, anna, chat)
    notice = await anna.see(plain(anna, why), after=screen)
    assert plain(anna, "notice-group-paused") in notice.text
    await anna.buy()
    await deliver(stage, anna)
    event(stage, anna, chat)
    await stage.clock.advance(60)
    notices = [one for one in anna.chat.messages if plain(anna, "notice-group-paused") in one.text]
    assert notices == [notice]
    assert told(seat(stage, anna, chat).chat) == []


async def test_who_stopped_running_the_group_unseen_is_found_out(stage: Stage, anna: Actor) -> None:
    """A bot without rights is not told; it looks, before it tells codes to a group that is not theirs now."""
    boss = stage.actor("en", "Boss")
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna), private(boss))
    screen = await bind(stage, anna, chat)
    owner_demoted(stage, anna, chat)
    await anna.buy()
    await deliver(stage, anna)
    await anna.see(plain(anna, "group-pause-left"), after=screen)
    assert told(seat(stage, boss, chat).chat) == []


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_a_topic_that_is_gone_pauses_what_was_told_there(
    stage: Stage, anna: Actor, *, is_deleted: bool
) -> None:
    """Codes go nowhere else in the group: those who read there were not let in."""
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna))
    world, user = stage.telegram.world, private(anna).record
    topic = open_topic(world, chat, user, "Codes")
    screen = await bind(stage, anna, chat, topic)
    if is_deleted:
        delete_topic(world, chat, topic)
    else:
        close_topic(world, chat, user, topic)
    await anna.buy()
    await deliver(stage, anna)
    await anna.see(plain(anna, "group-pause-topic"), after=screen)
    assert told(seat(stage, anna, chat).chat) == []


@pytest.mark.parametrize("is_bought_there", [False, True])
async def test_a_group_that_becomes_a_supergroup_keeps_its_codes(
    stage: Stage, anna: Actor, *, is_bought_there: bool
) -> None:
    """Binding and open card follow to the new id; the card is sent anew, since message numbers begin anew."""
    await anna.add_key()
    chat = stage.telegram.group("Team", private(anna), type_="group")
    await bind(stage, anna, chat)
    here = seat(stage, anna, chat)
    await (here if is_bought_there else anna).buy()
    new = seat(stage, anna, upgrade(stage.telegram.world, chat, private(anna).record))
    await stage.clock.advance(5)
    await deliver(stage, anna)
    await new.see("48151")
    assert told(here.chat) == []
    if is_bought_there:
        await new.see(new.has_number)
