"""A person who knows the way through the bot's English screens: from /start to a number."""

from sandbox.getsms import GetSmsSimulator
from sandbox.getsms.shop import Order
from sandbox.telegram.calls import RecordedCall
from sandbox.telegram.people import Person
from sandbox.telegram.seen import Seen
from tests.e2e.world import KEY, PATIENCE, World

CONFIRM = "Confirm · "
GETSMS = "Get-SMS"
DOUBT = "I will not buy again by myself"


class Shopper:
    """One person, in their private chat with the bot."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.person: Person = world.telegram.person("Anna", "en", "anna")

    async def sees(self, *labels: str, after: Seen | None = None) -> Seen:
        """Return the bot's newest message that has all these buttons, as soon as there is one."""
        return await self.person.wait_for(
            lambda message: all(message.button(label) for label in labels), after=after, timeout=PATIENCE
        )

    async def add_key(self, key: str = KEY) -> Seen:
        """Go from /start to a key that is kept; return the bot's message about it."""
        start = await self.person.start()
        welcome = await self.sees("Add a key", after=start)
        sent = await self.offer_key(welcome, key)
        return await self.sees("Buy a number", after=sent)

    async def offer_key(self, message: Seen, key: str, label: str = "Add a key") -> Seen:
        """Press a button that asks for a key, and answer the question with one; return that answer."""
        asked = await self.question(message, label)
        return await self.person.send(key, reply_to=asked)

    async def question(self, message: Seen, label: str = "Add a key") -> Seen:
        """Press a button that asks for a key, and choose Get-SMS where there is a choice."""
        await self.person.press(message, label, timeout=PATIENCE)
        if message.button(GETSMS):
            await self.person.press(message, GETSMS, timeout=PATIENCE)
        return await self.person.wait_for(lambda one: one.forces_reply, after=message, timeout=PATIENCE)

    async def look_up(self, words: str = "tg ru") -> Seen:
        """Ask for a number; return the bot's message with the confirm button."""
        asked = await self.person.send(f"/buy {words}")
        return await self.person.wait_for(lambda one: bool(confirm(one)), after=asked, timeout=PATIENCE)

    async def confirm(self, offer: Seen) -> None:
        """Press the confirm button, without waiting for what comes of it."""
        await self.person.tap(offer, confirm(offer))

    async def buy(self, words: str = "tg ru") -> tuple[Seen, Order]:
        """Buy a number; return its card and what the provider knows of it."""
        card = await self.look_up(words)
        await self.confirm(card)
        await self.becomes(card, "Copy number")
        return card, self.getsms.orders[-1]

    async def becomes(self, message: Seen, label: str) -> None:
        """Return once a message has a button."""
        await self.person.wait_until(
            lambda: message.button(label) is not None, f"a button {label!r}", timeout=PATIENCE
        )

    async def reads(self, words: str, *, after: Seen | None = None) -> Seen:
        """Return the bot's newest message with these words, as soon as there is one."""
        return await self.person.wait_for(words, after=after, timeout=PATIENCE)

    async def code(self, code: str, card: Seen) -> Seen:
        """Return the message that brings a code: an answer to the card, so that it rings."""
        return await self.person.wait_for(
            lambda one: code in one.text and one.reply_to == card, after=card, timeout=PATIENCE
        )

    async def gets_help(self) -> Seen:
        """Ask for help and get it: the bot is alive, and has said what it had to say before."""
        asked = await self.person.send("/help")
        return await self.reads("/buy", after=asked)

    def codes(self, code: str) -> list[RecordedCall]:
        """Return every message that brought this code."""
        return self._world.sent(code)

    @property
    def getsms(self) -> GetSmsSimulator:
        """The provider."""
        return self._world.getsms


def confirm(message: Seen) -> str | None:
    """Return the label of a message's confirm button; None where it has none."""
    labels = (label for row in message.labels for label in row)
    return next((label for label in labels if label.startswith(CONFIRM)), None)
