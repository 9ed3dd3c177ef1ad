"""Keys: added, refused, renamed, replaced, removed; never in a group, never shown."""

from sandbox.telegram.seen import Seen
from tests.flows.stage import KEY, Actor, Stage

WRONG = "wrong-Key_0000000000"


def asks(message: Seen) -> bool:
    """Say whether a message opens the reply field."""
    return message.forces_reply


async def open_prompt(anna: Actor) -> Seen:
    """Press *Add a key* and return the question."""
    await anna.say("/start")
    await anna.ask_for_key(await anna.see("Codebell"))
    return await anna.see(asks)


async def test_a_wrong_key_is_explained_and_not_kept(stage: Stage, anna: Actor) -> None:
    """A key that the provider refuses is not stored; the person hears why and can try again at once."""
    await open_prompt(anna)
    await anna.say(WRONG)
    refused = await anna.see(anna.label("keys-not-kept"))
    assert anna.label("error-key-rejected", provider="Get-SMS") in refused.text
    await anna.press(anna.label("button-try-again"), refused)
    again = await anna.see(asks, after=refused)
    await anna.say(KEY, reply_to=again)
    await anna.see("100", after=again)
    assert WRONG not in anna.chat.as_text()
    assert stage.getsms.ledger.count("getbalance") == 2


async def test_a_key_with_blanks_is_never_sent(stage: Stage, anna: Actor) -> None:
    """What cannot be a key is refused without asking the provider; blanks around one are a slip."""
    await open_prompt(anna)
    await anna.say("two words")
    refused = await anna.see(anna.label("error-key-unusable"))
    assert stage.getsms.ledger.count("getbalance") == 0
    await anna.press(anna.label("button-try-again"), refused)
    await anna.see(asks, after=refused)
    await anna.say(f"  {KEY} \n")
    await anna.see("100", after=refused)


async def test_the_next_try_leaves_the_chat_too(anna: Actor) -> None:
    """After a refusal the next plain text is a key again: a corrected one must not stay in the chat."""
    prompt = await open_prompt(anna)
    await anna.say(WRONG)
    refused = await anna.see(anna.label("error-key-rejected", provider="Get-SMS"))
    await anna.say("two words", reply_to=prompt)
    again = await anna.see(anna.label("error-key-unusable"), after=refused)
    await anna.say(KEY)
    await anna.see("100", after=again)
    assert KEY not in anna.chat.as_text()
    assert WRONG not in anna.chat.as_text()
    said = await anna.say("telegram")
    await anna.see(lambda message: not message.forces_reply, after=said)
    assert said in anna.chat.messages


async def test_a_way_back_takes_the_question_back(anna: Actor) -> None:
    """Who leaves for the list of keys after a refusal is asked no more."""
    await open_prompt(anna)
    await anna.say(WRONG)
    refused = await anna.see(anna.label("keys-not-kept"))
    await anna.press(anna.label("button-keys"), refused)
    said = await anna.say("telegram")
    await anna.see(lambda message: message.button(anna.label("button-add-key")) is not None, after=said)
    assert said in anna.chat.messages


async def test_a_silent_provider_keeps_nothing(stage: Stage, anna: Actor) -> None:
    """While the provider answers with a web page, no key is stored, and the person hears of it."""
    stage.getsms.fault("html-200", times=None)
    await open_prompt(anna)
    await anna.say(KEY)
    await anna.see(anna.label("keys-not-kept"))
    await anna.say("/keys")
    await anna.see(anna.label("keys-none").split(".")[0])


async def test_a_message_that_cannot_be_deleted_is_said(stage: Stage) -> None:
    """Where Telegram does not let the bot delete the key's message, the person is asked to do it."""
    anna = stage.actor()
    stage.telegram.faults.add(
        "deleteMessage", error_code=400, description="Bad Request: message can't be deleted"
    )
    added = await anna.add_key()
    assert anna.label("keys-not-deleted") in added.text


async def test_a_command_takes_the_question_back(stage: Stage) -> None:
    """After a command the next text is a search again, not a key."""
    anna = stage.actor()
    await anna.add_key()
    await anna.say("/keys")
    keys = await anna.see(anna.label("keys-some"))
    await anna.ask_for_key(keys)
    await anna.see(asks, after=keys)
    await anna.say("/help")
    await anna.see("How it works")
    said = await anna.say("telegram")
    await anna.see("from which country", after=said)
    assert said in anna.chat.messages


async def test_a_question_survives_a_restart(empty_stage: Stage) -> None:
    """The key may be sent while the bot is away, and is taken when it is back."""
    anna = empty_stage.actor()
    async with empty_stage.bot():
        prompt = await open_prompt(anna)
    await anna.say(KEY)
    async with empty_stage.bot():
        await anna.see("100", after=prompt)


async def test_several_keys_have_names_of_their_own(stage: Stage) -> None:
    """A second key is told from the first by its name and end; the same key twice is refused."""
    stage.getsms.add_key("second-Key_99zz", balance="7.00")
    anna = stage.actor()
    await anna.add_key()
    await anna.say("/keys")
    await anna.ask_for_key(await anna.see(anna.label("keys-some")))
    prompt = await anna.see(asks)
    await anna.say("second-Key_99zz")
    added = await anna.see("Get-SMS 2", after=prompt)
    await anna.press("Keys", added)
    await anna.until(lambda: len(added.labels) >= 4, "the list of keys")
    assert [row[0] for row in added.labels[:2]] == ["Get-SMS …71c4", "Get-SMS 2 …99zz"]
    await anna.ask_for_key(added)
    prompt = await anna.see(asks, after=added)
    await anna.say(KEY)
    await anna.see(anna.label("error-key-known"), after=prompt)


async def test_a_key_is_renamed(stage: Stage) -> None:
    """The next text after *Rename* is the new name, escaped like everything a person writes."""
    anna = stage.actor()
    await anna.add_key()
    await anna.say("/keys")
    keys = await anna.see(anna.label("keys-some"))
    await anna.press("Get-SMS …71c4", keys)
    await anna.press("Rename", await anna.see("key …71c4"))
    prompt = await anna.see(asks, after=keys)
    await anna.say("<b>work</b>")
    renamed = await anna.see("<b>work</b>", after=prompt)
    assert "Get-SMS · <b>work</b>" in renamed.text


async def test_a_key_is_checked_and_replaced(stage: Stage) -> None:
    """*Check* shows the balance; *Replace the key* proves the new key before it takes the old one's place."""
    stage.getsms.add_key("other-Key_55aa", balance="3.00")
    anna = stage.actor()
    await anna.add_key()
    await anna.say("/keys")
    shown = await anna.see(anna.label("keys-some"))
    await anna.press("Get-SMS …71c4", shown)
    await anna.press("Check", await anna.see("key …71c4"))
    await anna.see("Balance: ₽100")
    await anna.press("Replace the key", shown)
    prompt = await anna.see(asks, after=shown)
    await anna.say("other-Key_55aa")
    replaced = await anna.see("₽3", after=prompt)
    await anna.press("Keys", replaced)
    await anna.see(lambda message: message.button("Get-SMS …55aa") is not None)


async def test_a_key_is_removed_after_a_second_yes(stage: Stage) -> None:
    """*Remove* asks first; *Keep it* leaves the key, the second *Remove* forgets it."""
    anna = stage.actor()
    await anna.add_key()
    await anna.say("/keys")
    shown = await anna.see(anna.label("keys-some"))
    await anna.press("Get-SMS …71c4", shown)
    await anna.see("key …71c4")
    await anna.press("Remove", shown)
    await anna.see("Remove Get-SMS?")
    await anna.press("Keep it", shown)
    await anna.see("key …71c4")
    await anna.press("Remove", shown)
    await anna.see("Remove Get-SMS?")
    await anna.press("Remove", shown)
    await anna.see(anna.label("keys-none").split(".")[0])


async def test_a_key_with_open_orders_stays(stage: Stage) -> None:
    """A key is not removed under an open order: its code would be lost."""
    anna = stage.actor()
    await anna.add_key()
    await anna.buy()
    await anna.say("/keys")
    shown = await anna.see(anna.label("keys-some"))
    await anna.press("Get-SMS …71c4", shown)
    await anna.see("key …71c4")
    await anna.press("Remove", shown)
    await anna.see("Remove Get-SMS?")
    answer = await anna.press("Remove", shown)
    assert answer.show_alert
    assert "1 order is still open" in (answer.text or "")


async def test_keys_stay_out_of_groups(stage: Stage) -> None:
    """In a group /keys leads to the private chat, and a key written behind it is deleted."""
    person = stage.telegram.person("Anna", "en")
    group = stage.telegram.group("Friends", person, bot_status="administrator")
    anna = stage.actor_of(person.in_group(group))
    await anna.say(f"/keys {KEY}")
    sent_on = await anna.see(anna.label("keys-private-only"))
    assert sent_on.buttons[0][0]["url"] == "https://t.me/codebell_bot?start=keys"
    assert KEY not in anna.chat.as_text()
    assert stage.getsms.ledger.count("getbalance") == 0


async def test_the_link_from_a_group_leads_to_the_keys(stage: Stage) -> None:
    """The deep link that the group shows opens the list of keys."""
    anna = stage.actor()
    await anna.say("/start keys")
    await anna.see(anna.label("keys-none"))


async def test_a_key_that_nobody_asked_for(stage: Stage, anna: Actor) -> None:
    """A text that looks like a key is deleted and not repeated: a bot that asks providers is sent keys."""
    await anna.add_key()
    said = await anna.say(KEY)
    told = await anna.see(anna.label("keys-stray"), after=said)
    assert said.deleted
    assert KEY not in anna.chat.as_text()
    assert KEY not in repr([call.params for call in stage.telegram.calls])
    await anna.ask_for_key(told)
    await anna.see(lambda message: message.forces_reply, after=told)
