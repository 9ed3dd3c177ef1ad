"""Somebody in a chat who has rented a number, and what they do with it."""

from collections.abc import Callable

from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor


def like(message: Seen, start: str) -> str | None:
    """Return the label of the first button that begins so, if there is one."""
    labels = (label for row in message.labels for label in row)
    return next((label for label in labels if label.startswith(start)), None)


class Tenant:
    """A person with a rental.

    Attributes:
        actor: who it is.
        t: their language.
        card: the message that is the rental's card.
    """

    def __init__(self, actor: Actor, card: Seen) -> None:
        self.actor = actor
        self.t = actor.t
        self.card = card

    @classmethod
    async def of(cls, actor: Actor, house: str, words: str, period: str) -> "Tenant":
        """Add a key at a house and rent a number, for the period whose label begins so."""
        await actor.add_key(provider=house)
        return cls(actor, await rent(actor, words, period))

    def label(self, key: str, **values: str | int) -> str:
        """Return a text of the bot in this person's language."""
        return self.t.plain(key, **values)

    async def press(self, start: str, message: Seen | None = None) -> str:
        """Press the button that begins so, once it is there; return the words of the answer to the tap."""
        target = message or self.card
        await self.until(lambda: like(target, start) is not None, start)
        answer = await self.actor.press(like(target, start) or "", target)
        return answer.text or ""

    async def until(self, check: Callable[[], bool], what: str) -> None:
        """Wait until something holds."""
        await self.actor.until(check, what)

    async def shows(self, text: str, message: Seen | None = None) -> Seen:
        """Wait until a message says something; the card unless told otherwise."""
        target = message or self.card
        await self.until(lambda: text in target.text, text)
        return target

    async def told(self, text: str, after: Seen | None = None) -> Seen:
        """Wait for a new message that says something."""
        return await self.actor.see(text, after=after or self.card)


async def rent(actor: Actor, words: str, period: str) -> Seen:
    """Rent a number; return its card once the number is on it."""
    said = await actor.say(f"/rent {words}".strip())
    pay = actor.label("bill-confirm-rent", price="").rstrip(" ·")
    screen = await actor.see(lambda seen: bool(like(seen, period) or like(seen, pay)), after=said)
    if like(screen, pay) is None:
        await actor.press(like(screen, period) or "", screen)
        await actor.until(lambda: like(screen, pay) is not None, "the confirm screen")
    await actor.press(like(screen, pay) or "", screen)
    await actor.until(lambda: screen.button(actor.label("button-copy-number")) is not None, "the number")
    return screen
