"""Silent hours and reminders in the chat: set under /settings, and kept when a message goes out."""

from typing import Any

from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor, Stage

# The stage's clock stands at noon in UTC: evening in Vladivostok, afternoon in Istanbul.
EVENING, AFTERNOON = "Asia/Vladivostok", "Europe/Istanbul"
NIGHT = "22:00–07:00"


async def notifications(actor: Actor) -> Seen:
    """Go from /settings to the notifications."""
    said = await actor.say("/settings")
    label = actor.label("button-notifications")
    screen = await actor.see(lambda message: message.button(label) is not None, after=said)
    await actor.press(label, screen)
    quiet = actor.label("button-quiet")
    await actor.until(lambda: screen.button(quiet) is not None, "the notifications")
    return screen


async def live_in(actor: Actor, screen: Seen, zone: str) -> None:
    """Choose a city, on whichever page it is."""
    city = actor.t.city(zone)
    while screen.button(city) is None:
        await actor.turn_page(screen)
    await actor.press(city, screen)
    await actor.until(lambda: screen.button(NIGHT) is not None, "the silent hours")


def sent(stage: Stage, words: str) -> list[dict[str, Any]]:
    """Return the messages sent with these words in them."""
    calls = stage.telegram.calls.of("sendMessage")
    return [call.params for call in calls if words in str(call.params.get("text"))]


def is_silent(stage: Stage, words: str) -> list[bool]:
    """Return, for each message with these words, whether the phone stays quiet."""
    return [str(one.get("disable_notification", "")).lower() == "true" for one in sent(stage, words)]


async def test_a_code_comes_silently_in_silent_hours_and_aloud_outside(stage: Stage, anna: Actor) -> None:
    """At ten in the evening a code comes at once, without a sound; where it is afternoon, with one."""
    await anna.add_key()
    screen = await notifications(anna)
    await anna.press(anna.label("button-quiet"), screen)
    await anna.until(lambda: screen.button(anna.label("button-offsets")) is not None, "the cities")
    await live_in(anna, screen, EVENING)
    await anna.press(NIGHT, screen)
    told = anna.t.plain("quiet-on", hours=NIGHT)
    await anna.until(lambda: told in screen.text, "the silent hours are set")

    card = await anna.buy()
    stage.getsms.deliver(stage.getsms.orders[-1].id, "code 71234", "71234")
    await anna.see(lambda message: message.id != card.id and "71234" in message.text, after=card)
    assert is_silent(stage, "71234") == [True]

    await anna.press(anna.label("button-zone", zone=anna.t.city(EVENING)), screen)
    await anna.until(lambda: screen.button(anna.label("button-offsets")) is not None, "the cities")
    await live_in(anna, screen, AFTERNOON)
    card = await anna.buy("wa ru")
    stage.getsms.deliver(stage.getsms.orders[-1].id, "code 85678", "85678")
    await anna.see(lambda message: message.id != card.id and "85678" in message.text, after=card)
    assert is_silent(stage, "85678") == [False]


async def test_both_ends_are_chosen_and_the_silence_lifted(stage: Stage, anna: Actor) -> None:
    """From an hour to an hour, by the distance from UTC; without silent hours a notice has its sound."""
    screen = await notifications(anna)
    await anna.press(anna.label("button-quiet"), screen)
    offsets = anna.label("button-offsets")
    await anna.until(lambda: screen.button(offsets) is not None, "the cities")
    await anna.press(offsets, screen)
    await anna.until(lambda: screen.button("UTC-11:00") is not None, "the distances")
    await anna.press("UTC-11:00", screen)
    await anna.until(lambda: screen.button(NIGHT) is not None, "the silent hours")
    await anna.press(NIGHT, screen)
    begin = anna.label("button-quiet-from", hour="22:00")
    await anna.until(lambda: screen.button(begin) is not None, "both ends")
    await anna.press(begin, screen)
    await anna.until(lambda: screen.button("01:00") is not None, "the hours")
    await anna.press("01:00", screen)
    end = anna.label("button-quiet-to", hour="07:00")
    await anna.until(lambda: screen.button(end) is not None, "the other begin")
    await anna.press(end, screen)
    await anna.until(lambda: screen.button("02:00") is not None, "the hours")
    await anna.press("02:00", screen)
    told = anna.t.plain("quiet-on", hours="01:00–02:00")
    await anna.until(lambda: told in screen.text, "the span")
    view = await stage.app.engine.manners.view(anna.chat.chat.id)
    assert stage.app.engine.manners.is_silent(view.manner)
    await anna.press(anna.label("button-quiet-off"), screen)
    await anna.until(lambda: anna.t.plain("quiet-off") in screen.text, "no silent hours")
    view = await stage.app.engine.manners.view(anna.chat.chat.id)
    assert not stage.app.engine.manners.is_silent(view.manner)


async def test_reminders_are_switched_off_and_on(stage: Stage, anna: Actor) -> None:
    """One button for both ways; what it has set is said above it, auto-cancel stands beside it."""
    screen = await notifications(anna)
    assert screen.button(anna.label("button-auto-cancel-never")) is not None
    await anna.press(anna.label("button-reminders-off"), screen)
    await anna.until(lambda: anna.t.plain("reminders-off") in screen.text, "no reminders")
    view = await stage.app.engine.manners.view(anna.chat.chat.id)
    assert not view.reminded
    await anna.press(anna.label("button-reminders-on"), screen)
    await anna.until(lambda: anna.t.plain("reminders-on") in screen.text, "reminders")


async def test_hours_made_up_by_hand_are_out_of_date(stage: Stage) -> None:
    """A span without a length and a zone that does not exist are refused in words, and set nothing."""
    anna = stage.actor()
    screen = await notifications(anna)
    for data in ("Nw|5|5", "Nw|5|24", "Nz|Europe/Atlantis"):
        answer = await anna.press_data(data, screen)
        assert anna.label("error-out-of-date") in (answer.text or "")
    view = await stage.app.engine.manners.view(anna.chat.chat.id)
    assert (view.manner.zone, view.manner.quiet) == (None, None)
