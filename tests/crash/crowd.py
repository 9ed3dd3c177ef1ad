"""People who press what there is to press, and what befalls their numbers meanwhile."""

import asyncio
import itertools
import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from sandbox.getsms import GetSmsSimulator
from sandbox.handler_api import HandlerApiSimulator, Stage
from sandbox.provider import NotPossible
from sandbox.smspva import SmspvaSimulator
from sandbox.telegram.people import Person
from sandbox.telegram.seen import Seen
from tests.crash.books import House, Rented, rented

PAYING = ("Confirm · ", "Rent · ", "Prolong · ", "Add · ", "Bring back · ")
"""The buttons that cost money begin so."""

_WISHES = ("tg ru", "wa ru", "go ua", "tg kz", "wa pl", "go ru", "whatsapp indonesia")
_RENTS = ("tg ru", "wa de", "telegram usa", "wa uk", "tg kz", "ru", "de", "")
_TALK = ("/orders", "/keys", "/balance", "/lang", "/start")
# What a person likes to press, and how much; labels that begin so. The rest is left alone.
_LIKED: dict[str, float] = {
    **dict.fromkeys(PAYING, 12),
    "Another SMS": 4,
    "SMS sent": 6,
    "Cancel": 2,
    "Finish": 2,
    "Ban": 1,
    "Buy another": 2,
    "Same number again": 2,
    "Another service": 1,
    "One more service": 1,
    "Refresh": 1,
    "English": 1,
    "Rename": 1,
    "Add a key": 1,
    "Get-SMS": 1,
    "GetSMS.ONLINE": 1,
    "SMS-Activate": 1,
    "Import orders made elsewhere": 1,
    "Activate": 4,
    "Yes, ": 5,
    "Delete": 0.3,
    "Keep": 1,
}
# The same for buttons of rentals, whose labels are names: by what they carry. Lists are long.
_CARRIED = {
    "Ra": 0.4,  # accounts
    "Rc": 0.1,  # countries
    "Rs": 0.15,  # services
    "Rm": 0.3,  # one more service from the start
    "Rp": 0.5,  # periods
    "Rb": 1.0,  # a bill
    "Rl": 4.0,  # by how much to prolong
    "Rx": 3.0,  # another service
    "Re": 0.5,
    "Rv": 2.0,  # a rental
    "Rq": 0.7,  # the list
    "Ri": 0.5,  # the inbox
    "Ru": 0.5,  # prolonging without asking
    "Rw": 1.0,  # archives
    "Rh": 1.0,
    "Rz": 3.0,  # bringing one back
    "Rf": 0.5,  # made elsewhere
    "Rg": 0.5,
}
_RECENT = 8
_PACE = (0.4, 1.2)  # seconds between two things that a person does: what Telegram's limits let the bot answer
_TWICE = 0.15
_NEAR_ITS_END = timedelta(minutes=30)
_PATIENCE = 5.0  # seconds until somebody who gets no answer tries something else


class Walker:
    """Somebody who walks through the bot without a plan, like Telegram's users taken together.

    Attributes:
        person: who it is.
        key: their API key, known at every provider.
        tapped: the buttons that cost money and were pressed, by what they carry.
    """

    def __init__(self, person: Person, key: str, dice: random.Random) -> None:
        self.person = person
        self.key = key
        self.tapped: set[str] = set()
        self._dice = dice
        self._is_answered: Callable[[], bool] = lambda: True
        self._asked_at = 0.0

    async def walk(self) -> None:
        """Go on until cancelled; whether a bot is there to answer does not matter."""
        await self.person.start()
        while True:
            await asyncio.sleep(self._dice.uniform(*_PACE))
            if self._is_answered() or time.monotonic() - self._asked_at > _PATIENCE:
                self._asked_at = time.monotonic()
                await self._step()

    async def _step(self) -> None:
        recent = [message for message in self.person.messages[-2 * _RECENT :] if message.from_bot][-_RECENT:]
        if recent and recent[-1].forces_reply and self._dice.random() < 0.5:
            await self._say(self.key, reply_to=recent[-1])
            return
        buttons = list(_pressable(recent))
        if not buttons or self._dice.random() < 0.2:
            await self._say(self._wish())
            return
        message, label, data, _ = self._dice.choices(buttons, [liked for *_, liked in buttons])[0]
        if label.startswith(PAYING):
            self.tapped.add(data)
        if self._dice.random() < _TWICE:
            await self.person.tap(message, data=data)
        query = await self.person.tap(message, data=data)
        self._is_answered = lambda: query.answer is not None

    def _wish(self) -> str:
        what = self._dice.random()
        if what < 0.55:
            return f"/buy {self._dice.choice(_WISHES)}"
        return f"/rent {self._dice.choice(_RENTS)}" if what < 0.85 else self._dice.choice(_TALK)

    async def _say(self, text: str, reply_to: Seen | None = None) -> None:
        said = await self.person.send(text, reply_to=reply_to)
        self._is_answered = lambda: any(
            one.from_bot and one.id > said.id for one in self.person.messages[-4:]
        )


class Fate:
    """What the providers do by themselves: SMS come to open numbers, and now and then one's time is over.

    Args:
        houses: the providers.
        dice: what decides.
        most: how many SMS come to one number.

    Attributes:
        sent: every SMS that came, by its code: provider, order and number.
    """

    def __init__(self, houses: list[House], dice: random.Random, most: int) -> None:
        self.sent: dict[str, tuple[str, str]] = {}
        self._houses = houses
        self._dice = dice
        self._most = most
        self._codes = itertools.count(70_000_001, 37)

    async def rule(self) -> None:
        """Go on until cancelled."""
        while True:
            await asyncio.sleep(self._dice.uniform(0.05, 0.25))
            house = self._dice.choice(self._houses)
            waiting = list(_waiting(house, self._most))
            if not waiting:
                continue
            order_id = self._dice.choice(waiting)
            if self._dice.random() < 0.06:
                if (
                    house.slug,
                    order_id,
                ) not in self.sent.values():  # its SMS may still be on the way to its chat
                    self._end(house, order_id)
                continue
            code = str(next(self._codes))
            try:
                house.deliver(order_id, f"Your code is {code}. Tell it to nobody.", code, "Service")
            except NotPossible:
                continue
            self.sent[code] = (house.slug, order_id)

    def _end(self, house: House, order_id: str) -> None:
        """Let a number's time be over, or nearly: then the bot has to prolong what is to be prolonged."""
        if isinstance(house, SmspvaSimulator) and self._dice.random() < 0.5:
            house.end_at(order_id, house.clock.now() + _NEAR_ITS_END)
        else:
            house.expire(order_id)


def _waiting(house: House, most: int) -> Iterator[str]:
    """Return the open numbers to which an SMS can come that the bot could see at once."""
    for one in rented(house):
        if one.alive and len(one.sms) < most and _is_awake(house, one):
            yield one.id
    if isinstance(house, GetSmsSimulator):
        yield from (order.id for order in house.orders if order.alive and len(order.sms) < most)
    elif isinstance(house, HandlerApiSimulator):
        for activation in house.orders:
            asleep = house.house.insists and activation.stage is Stage.PREPARING
            if activation.alive and not activation.unjudged and not asleep and len(activation.sms) < most:
                yield activation.id


def _is_awake(house: House, one: Rented) -> bool:
    return not isinstance(house, SmspvaSimulator) or house.awaits_sms(one.id)


def _pressable(messages: list[Seen]) -> Iterator[tuple[Seen, str, str, float]]:
    for message in messages:
        for button in (button for row in message.buttons for button in row if "callback_data" in button):
            label = button["text"]
            data = button["callback_data"]
            by_data = _CARRIED.get(data.partition("|")[0], 0)
            liked = next((weight for start, weight in _LIKED.items() if label.startswith(start)), by_data)
            if liked:
                yield message, label, data, liked
