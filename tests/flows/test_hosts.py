"""Hosts of one's own, providers by pages, and keys that move, from the chat."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.config import ExtraProvider
from bot.i18n import LANGUAGES
from bot.providers.addresses import Addresses
from sandbox.handler_api import SMS_ACTIVATE, HandlerApiSimulator, serve
from sandbox.telegram.seen import Seen
from tests.flows.stage import KEY, Actor, Stage

OTHER_KEY = "other-Key_77f0a1"


@dataclass
class Street:
    """A house with two addresses: one that the bot knows as SMS-Activate, and one that it does not know."""

    stage: Stage
    sim: HandlerApiSimulator
    own: str

    @property
    def name(self) -> str:
        """What the bot calls the house at the unknown address."""
        return self.own.removeprefix("http://")


@pytest.fixture
async def street(empty_stage: Stage) -> AsyncIterator[Street]:
    """A bot that takes hosts on this machine, and such a host."""
    sim = HandlerApiSimulator(SMS_ACTIVATE, empty_stage.clock)
    sim.add_key(OTHER_KEY, balance="50.00")
    sim.stock("tg", "0", count=5, price="3")
    async with (
        serve(sim) as known,
        serve(sim) as own,
        empty_stage.bot(addresses=Addresses(loopback=True), sms_activate_url=known),
    ):
        yield Street(empty_stage, sim, own)
    assert empty_stage.faults == []


def asks(message: Seen) -> bool:
    """Say whether a message opens the reply field."""
    return message.forces_reply


async def ask_for_address(anna: Actor) -> Seen:
    """Go from /keys to the question for an address, and return it."""
    said = await anna.say("/keys")
    listed = await anna.see(
        lambda message: message.button(anna.label("button-add-key")) is not None, after=said
    )
    await anna.press(anna.label("button-add-key"), listed)
    await anna.until(lambda: listed.button(anna.label("button-another-host")) is not None, "the providers")
    await anna.press(anna.label("button-another-host"), listed)
    return await anna.see(asks, after=listed)


async def add_host(anna: Actor, url: str, key: str = OTHER_KEY) -> Seen:
    """Add a host with a key; return the bot's message about it."""
    prompt = await ask_for_address(anna)
    await anna.say(url)
    question = await anna.see(lambda message: message.button("USD") is not None, after=prompt)
    await anna.press("USD", question)
    asked = await anna.see(asks, after=question)
    await anna.say(key)
    return await anna.see(lambda message: message.button(anna.label("button-keys")) is not None, after=asked)


async def open_account(anna: Actor, label: str) -> Seen:
    """Open an account's page from /keys."""
    said = await anna.say("/keys")
    listed = await anna.see(lambda message: message.button(label) is not None, after=said)
    await anna.press(label, listed)
    await anna.until(lambda: listed.button(anna.label("button-move")) is not None, "the account")
    return listed


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_number_is_bought_at_a_host_of_ones_own(street: Street, language: str) -> None:
    """Address, currency, key; then the host sells like any other, and its code comes."""
    anna = street.stage.actor(language)
    added = await add_host(anna, street.own)
    assert anna.label("keys-added", account=street.name) in added.text
    assert "50" in added.text
    assert OTHER_KEY not in anna.chat.as_text()
    card = await anna.buy("tg ru")
    assert street.name in card.text
    (order,) = street.sim.orders
    street.sim.deliver(order.id, "Your code: 24680")
    await anna.see("24680", after=card)


async def test_what_is_no_public_https_host_is_explained(stage: Stage, anna: Actor) -> None:
    """A bad or private address is refused with a reason, and can be sent again at once."""
    for text, slug in (("http://example.com", "host-unusable"), ("https://127.0.0.1", "host-private")):
        prompt = await ask_for_address(anna)
        await anna.say(text)
        refused = await anna.see(anna.label(f"error-{slug}"), after=prompt)
        await anna.press(anna.label("button-try-again"), refused)
        await anna.see(asks, after=refused)
    assert stage.faults == []


async def test_a_wrong_key_keeps_nothing_and_can_be_sent_again(street: Street) -> None:
    """The address need not be written twice: *Try again* asks for the key alone."""
    anna = street.stage.actor()
    refused = await add_host(anna, street.own, key="wrong-Key_0000000000")
    assert anna.label("keys-not-kept") in refused.text
    await anna.press("Try again", refused)
    asked = await anna.see(asks, after=refused)
    await anna.say(OTHER_KEY)
    await anna.see(anna.label("keys-added", account=street.name), after=asked)
    assert "wrong-Key_0000000000" not in anna.chat.as_text()


async def test_a_currency_can_be_written(street: Street) -> None:
    """Any code of three letters is taken, whatever its case; another text is asked about again."""
    anna = street.stage.actor()
    prompt = await ask_for_address(anna)
    await anna.say(street.own)
    question = await anna.see(lambda message: message.button("USD") is not None, after=prompt)
    await anna.say("tenge")
    again = await anna.see(lambda message: message.button("USD") is not None, after=question)
    await anna.say("kzt")
    asked = await anna.see(asks, after=again)
    await anna.say(OTHER_KEY)
    await anna.see("₸50", after=asked)
    late = await anna.press("USD", question)
    assert late.text == anna.label("error-out-of-date")


async def test_an_address_that_is_known_leads_to_its_provider(street: Street) -> None:
    """Whoever writes the address of a house that the bot knows is asked for the key of that house."""
    anna = street.stage.actor()
    prompt = await ask_for_address(anna)
    await anna.say(street.stage.app.settings.sms_activate_url)
    asked = await anna.see(asks, after=prompt)
    assert "SMS-Activate" in asked.text
    await anna.say(OTHER_KEY)
    await anna.see(anna.label("keys-added", account="SMS-Activate"), after=asked)


async def test_the_list_of_providers_has_pages(stage: Stage, anna: Actor) -> None:
    """Five at a time with the documented ones first and closed ones marked; pages turn round."""
    said = await anna.say("/keys")
    listed = await anna.see(
        lambda message: message.button(anna.label("button-add-key")) is not None, after=said
    )
    await anna.press(anna.label("button-add-key"), listed)
    await anna.until(lambda: listed.button("Get-SMS") is not None, "the providers")
    closed = anna.label("button-closed-provider", provider="SMS-Activate")
    assert [row[0] for row in listed.labels[:3]] == ["Get-SMS", "GetSMS.ONLINE", closed]
    assert len(listed.labels) <= 8
    await anna.press("›", listed)
    await anna.until(lambda: listed.button("Get-SMS") is None, "the second page")
    await anna.press("›", listed)
    await anna.until(lambda: listed.button("5SIM") is not None, "the last page")
    await anna.press("›", listed)
    await anna.until(lambda: listed.button("Get-SMS") is not None, "the first page again")
    assert stage.faults == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_key_of_a_closed_house_moves_with_its_order(street: Street, language: str) -> None:
    """From the account's page to a host of one's own: proved there, asked once more, and the code comes."""
    anna = street.stage.actor(language)
    closed = anna.label("button-closed-provider", provider="SMS-Activate")
    await anna.add_key(OTHER_KEY, closed)
    card = await anna.buy("tg ru")
    page = await open_account(anna, "SMS-Activate …f0a1")
    assert anna.label("hosts-closed", provider="SMS-Activate") in page.text
    await anna.press(anna.label("button-move"), page)
    await anna.until(lambda: page.button(anna.label("button-another-host")) is not None, "where to")
    await anna.press(anna.label("button-another-host"), page)
    prompt = await anna.see(asks, after=page)
    await anna.say(street.own)
    question = await anna.see(lambda message: message.button("USD") is not None, after=prompt)
    await anna.press("USD", question)
    await anna.until(lambda: question.button(anna.label("button-move-here")) is not None, "the question")
    assert anna.label("move-open-orders", count=1) in question.text
    await anna.press(anna.label("button-move-here"), question)
    await anna.until(lambda: question.text.startswith("✅"), "the move")
    assert street.name in question.text
    (order,) = street.sim.orders
    street.sim.deliver(order.id, "Your code: 24680")
    await anna.see("24680", after=card)


async def test_a_key_that_is_unknown_elsewhere_stays(street: Street) -> None:
    """A house that refuses the key does not get the account; the page says why, and nothing has changed."""
    anna = street.stage.actor()
    street.sim.add_key("first-Key_000011", balance="5.00")
    await anna.add_key("first-Key_000011", anna.label("button-closed-provider", provider="SMS-Activate"))
    await add_host(anna, street.own)
    del street.sim.keys["first-Key_000011"]
    page = await open_account(anna, "SMS-Activate …0011")
    await anna.press("Move to another host", page)
    await anna.until(lambda: page.button("›") is not None, "where to")
    await anna.press("‹", page)  # the own host stands on the last page
    await anna.until(lambda: page.button(street.name) is not None, "the own host")
    await anna.press(street.name, page)
    await anna.until(lambda: page.button("Move the key") is not None, "the question")
    answer = await anna.press("Move the key", page)
    assert answer.show_alert
    assert anna.label("error-key-rejected", provider=street.name) in (answer.text or "")
    await open_account(anna, "SMS-Activate …0011")


async def test_a_provider_that_is_gone_breaks_nothing(empty_stage: Stage) -> None:
    """Its key and order are shown under its slug, other providers go on, and *Buy* still sells."""
    sim = HandlerApiSimulator(SMS_ACTIVATE, empty_stage.clock)
    sim.add_key(OTHER_KEY, balance="50.00")
    sim.stock("tg", "0", count=5, price="3")
    anna = empty_stage.actor()
    async with serve(sim) as url:
        entry = ExtraProvider(
            slug="my-host", title="My host", url=url, protocol="handler_api", currency="RUB"
        )
        async with empty_stage.bot(extra_providers=(entry,)):
            await anna.add_key(OTHER_KEY, "My host")
            await anna.buy("tg ru")
    async with empty_stage.bot():
        await anna.add_key(KEY)
        said = await anna.say("/orders")
        await anna.see(anna.label("state-waiting"), after=said)
        page = await open_account(anna, "my-host · My host …f0a1")
        await anna.press("Check", page)
        await anna.see(anna.label("error-unknown-provider"))
        answer = await anna.press("Replace the key", page)
        assert answer.text == anna.label("error-unknown-provider")
        said = await anna.say("/balance")
        await anna.see("100", after=said)
        assert "Get-SMS" in (await anna.buy("wa ru")).text
    assert empty_stage.faults == []


async def test_an_answer_that_is_quicker_than_the_question_is_taken(street: Street) -> None:
    """Once a question is on the screen its answer counts, also before Telegram has told us that it is out."""
    anna = street.stage.actor()
    await ask_for_address(anna)
    for _ in range(5):  # each answer is sent the moment that the question is seen
        said = await anna.say(street.own)
        question = await anna.see(lambda message: message.button("USD") is not None, after=said)
        await anna.say("eur")
        asked = await anna.see(asks, after=question)
        await anna.say("wrong-Key_0000000000")
        await anna.see(anna.label("keys-not-kept").split(".")[0], after=asked)
        await ask_for_address(anna)
    assert "wrong-Key_0000000000" not in anna.chat.as_text()
