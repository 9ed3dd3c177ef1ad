"""The chat itself: help, languages, menus, unknown input, Telegram's bad days, and restarts."""

import pytest

from bot.i18n import LANGUAGES
from sandbox.telegram.people import Person
from tests.flows.stage import TEXTS, TOKEN, Actor, Stage


async def test_help_and_back(anna: Actor) -> None:
    """/help explains the buttons in the person's language, and leads back to the menu."""
    await anna.say("/help")
    shown = await anna.see("/balance")
    assert anna.label("help-rules").split("\n")[1] in shown.text
    await anna.press(anna.label("button-menu"), shown)
    await anna.see("Codebell")


@pytest.mark.parametrize("text", ["/nonsense", "🤷"])
async def test_unknown_input_is_not_met_with_silence(stage: Stage, text: str) -> None:
    """A command or a text that means nothing is answered with what would."""
    anna = stage.actor()
    await anna.add_key()
    said = await anna.say(text)
    await anna.see(lambda message: "/buy" in message.text or "neither" in message.text, after=said)


async def test_unknown_buttons_are_out_of_date(stage: Stage, anna: Actor) -> None:
    """Callback data that no version made, or made by hand, is answered in a box; nothing else happens."""
    await anna.say("/start")
    start = await anna.see("Codebell")
    for data in (
        "zz|1",
        "a|1|explode",
        "y|" + "A" * 22,
        "v|99999999999999999999|1|0",
        "a|0|cancel",
        "k|-1",
        "x",
    ):
        answer = await anna.press_data(data, start)
        assert answer.show_alert
        assert answer.text == anna.label("error-out-of-date")
    assert stage.getsms.ledger.count() == 0


async def test_the_language_is_changed(stage: Stage) -> None:
    """/lang changes the language of everything from the next word on, codes included."""
    anna = stage.actor("en")
    await anna.add_key()
    await anna.say("/lang")
    menu = await anna.see("Which language")
    await anna.press("Türkçe", menu)
    turkish = stage.actor_of(anna.chat, "tr")
    await turkish.see(turkish.label("language-title"))
    card = await turkish.buy()
    assert turkish.label("state-waiting") in card.text


async def test_menus_are_set_in_every_language(stage: Stage) -> None:
    """At start the commands are published by default and for each language, and not again when they stand."""
    anna = stage.actor("tr")
    await anna.say("/start")
    await anna.see("Codebell")
    assert anna.chat.commands == [
        *("buy", "rent", "watch", "orders", "balance", "history", "stats"),
        *("keys", "settings", "lang", "help", "start"),
    ]
    calls = stage.telegram.calls.of("setMyCommands")
    for in_groups in (False, True):
        scoped = [call for call in calls if ("scope" in call.params) is in_groups]
        assert [call.params.get("language_code", "") for call in scoped] == [
            "",
            *[one for one in LANGUAGES if one != "en"],
        ]
    person = anna.chat
    assert isinstance(person, Person)
    seat = person.in_group(stage.telegram.group("Codes", person))
    assert seat.commands == ["buy", "orders", "notify", "help"]
    assert calls[-1].params["commands"][0]["description"] == TEXTS.get("tr").plain("command-buy")


async def test_balances_fill_in(stage: Stage, anna: Actor) -> None:
    """/balance is one message that shows the balance once it is there."""
    await anna.add_key()
    said = await anna.say("/balance")
    shown = await anna.see("100", after=said)
    assert anna.label("balance-title").replace("<b>", "").replace("</b>", "") in shown.text
    stage.getsms.break_with("http-502")
    await anna.press(anna.label("button-refresh"), shown)
    await anna.until(lambda: "100" not in shown.text and "…71c4" in shown.text, "the trouble")


async def test_only_the_invited(empty_stage: Stage) -> None:
    """With ALLOWED_USERS set, the others get one polite sentence and nothing works for them."""
    anna, boris = empty_stage.actor(name="Anna"), empty_stage.actor(name="Boris")
    async with empty_stage.bot(allowed_users=frozenset({anna.chat.chat.id})):
        await anna.say("/start")
        await anna.see("Codebell")
        await boris.say("/start")
        await boris.see("invited")
        answer = await boris.press_data("g|help")
        assert answer.text == boris.label("not-invited")


async def test_a_person_who_blocked_the_bot_loses_no_code_on_record(stage: Stage) -> None:
    """A code for somebody who blocked the bot ends quietly; once they are back, /orders shows it."""
    anna = stage.actor()
    await anna.add_key()
    await anna.buy()
    person = anna.chat
    await person.block()  # type: ignore[attr-defined]  # the actor's chat is a person's own
    order = stage.getsms.orders[-1]
    stage.getsms.deliver(order.id, "code 77777", "77777")
    refused = lambda: any(  # noqa: E731 - a check, named for the reader
        call.error and call.error[0] == 403 for call in stage.telegram.calls.of("sendMessage")
    )
    await anna.until(refused, "Telegram's refusal")
    await person.unblock()  # type: ignore[attr-defined]  # as above
    await anna.say("/orders")
    await anna.see("77777")


@pytest.mark.parametrize("code", [429, 502])
async def test_a_code_outlasts_telegram_s_bad_days(stage: Stage, code: int) -> None:
    """However long Telegram refuses, the code arrives afterwards, once."""
    anna = stage.actor()
    await anna.add_key()
    card = await anna.buy()
    retry_after = 5 if code == 429 else None
    stage.telegram.faults.add("sendMessage", error_code=code, retry_after=retry_after, times=6)
    stage.getsms.deliver(stage.getsms.orders[-1].id, "code 88888", "88888")
    await anna.see("88888", after=card)
    await anna.until(lambda: "88888" in card.text, "the code on the card")
    codes = [message for message in anna.chat.messages if message.text.startswith("88888")]
    assert len(codes) == 1


async def test_a_code_that_came_while_the_bot_was_away(empty_stage: Stage) -> None:
    """After a restart orders are watched again, what came meanwhile arrives once, and old buttons work."""
    anna = empty_stage.actor()
    async with empty_stage.bot():
        await anna.add_key()
        card = await anna.buy()
    order = empty_stage.getsms.orders[-1]
    empty_stage.getsms.deliver(order.id, "code 99999", "99999")
    async with empty_stage.bot():
        await anna.see(lambda message: message.text.startswith("99999"), after=card)
        await anna.until(lambda: card.button("Another SMS") is not None, "the card")
        await anna.press("Another SMS", card)
        await anna.until(lambda: "Waiting for another SMS" in card.text, "the state")
    codes = [message for message in anna.chat.messages if message.text.startswith("99999")]
    assert len(codes) == 1
    assert empty_stage.faults == []


async def test_no_secret_is_logged(stage: Stage) -> None:
    """Neither the key nor the bot's token is in anything that was logged, faults included."""
    anna = stage.actor()
    await anna.add_key()
    stage.getsms.fault("reset-after", "getnumber")
    await anna.say("/buy tg ru")
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None)
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.see("may have booked a number", after=offer)
    said = repr(stage.logs)
    assert "flow-Key_5d2E8b71c4" not in said
    assert TOKEN not in said
    assert stage.logs != []
