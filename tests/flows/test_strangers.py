"""Buttons of one person in another's hands: nothing changes, and nothing is learned."""

import importlib
import itertools
import pkgutil
from enum import Enum
from typing import Any, get_args

import pytest
from aiogram.filters.callback_data import CallbackData

import bot.telegram
from bot.telegram.callbacks import fits
from sandbox.handler_api import HandlerApiSimulator
from tests.flows.house import furnished, knowing
from tests.flows.ledger import Rows, read
from tests.flows.stage import KEY, Actor, Stage
from tests.flows.test_more_accounts import account_page, buy_elsewhere

LABEL = "Annas Geheimnis"

MEANT: dict[str, list[Any]] = {
    "page": [0, 1],
    "language": ["tr"],
    "currency": ["USD"],
    "provider": ["house", "getsms", ""],
    "url": ["https://example.com"],
    "service": ["telegram", "whatsapp"],
    "country": ["RU"],
    "operator": ["", "mts"],
    "count": [1],
    "units": [1],
    "month": ["2601"],
    "days": [7],
    "minutes": [5],
    "most": [3],
    "begin": [22],
    "end": [7],
    "zone": ["Asia/Tokyo"],
    "asked_at": [1],
    "amount": [20],
}
"""What stands in a field of callback data that is nobody's own."""

OWN = (
    "order_id",
    "account_id",
    "token",
    "remote_id",
    "user_id",
    "rental_id",
    "bill_id",
    "draft_id",
    "group_id",
    "member_id",
    "sms_id",
    "alert_id",
)
"""Fields that hold something of a person's own; the play has found values for them."""

_WATCHING = {"getStatus", "getStatusV2"}  # which goes on meanwhile
_PATIENCE = 30.0
_QUIET = 240  # seconds
_STEP = 0.003  # seconds: hundreds of taps, on a busy machine too, must not take longer than a number lives

SMALL = {
    "alert_id": [1, 2],
    "rental_id": [1, 2],
    "bill_id": [1, 2],
    "draft_id": [1, 2],
    "group_id": [1, 2],
    "member_id": [1, 2],
    "sms_id": [1, 2],
}


def kinds() -> list[type[CallbackData]]:
    """Return every class of callback data of the bot, wherever it is."""
    for module in pkgutil.walk_packages(bot.telegram.__path__, "bot.telegram."):
        importlib.import_module(module.name)
    waiting, found = [CallbackData], []
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found += [kind for kind in below if kind.__module__.startswith("bot.")]
    return sorted(found, key=lambda kind: kind.__prefix__)


def values(name: str, annotation: object, owned: dict[str, list[Any]]) -> list[Any]:
    """Return what to put into a field.

    Raises:
        LookupError: the field is new: say in this file what stands in it.
    """
    if annotation is bool:
        return [True, False]
    for one in (annotation, *get_args(annotation)):
        if isinstance(one, type) and issubclass(one, Enum):
            return [*one]
    if name in owned:
        return owned[name]
    if name in MEANT:
        return MEANT[name]
    raise LookupError(f"{name} of type {annotation}: add it to MEANT or OWN")


def forged(owned: dict[str, list[Any]]) -> list[str]:
    """Return buttons of every kind about what is somebody else's."""
    made = []
    for kind in kinds():
        fields = {name: values(name, one.annotation, owned) for name, one in kind.model_fields.items()}
        for chosen in itertools.product(*fields.values()):
            data = kind(**dict(zip(fields, chosen, strict=True)))
            if fits(data):
                made.append(data.pack())
    return made


def shown(stage: Stage, chats: set[int]) -> list[str]:
    """Return the data of every button that the bot has shown in these chats."""
    found: dict[str, None] = {}
    for call in stage.telegram.calls:
        rows = (call.params.get("reply_markup") or {}).get("inline_keyboard", [])
        if call.params.get("chat_id") in chats:
            found |= {one["callback_data"]: None for row in rows for one in row if "callback_data" in one}
    return list(found)


async def live(anna: Actor, group: Actor, house: HandlerApiSimulator) -> None:
    """Have a person do much of what can be done: numbers in every state, lists, questions, in two chats."""
    await anna.add_key(provider="House")
    page = await account_page(anna, "House")
    await anna.press("Rename", page)
    prompt = await anna.see(lambda message: message.forces_reply, after=page)
    await anna.say(LABEL)
    await anna.see("Renamed", after=prompt)
    for person in (anna, group):
        card = await person.buy("tg ru")
        house.deliver(house.orders[-1].id, f"code 7{person.chat.chat.type[0]}1234", "71234")
        await person.until(lambda card=card: card.button("Finish") is not None, "the code")  # type: ignore[misc]  # bound now
    await anna.press("Finish", await anna.see(lambda message: message.button("Finish") is not None))
    again = await anna.see(lambda message: message.button("Same number again") is not None)
    await anna.press("Same number again", again)
    await anna.see("The same number again", after=again)
    await anna.buy("wa ru")
    await group.buy("wa ru")
    buy_elsewhere(house, "wa", "0")
    for person in (anna, group):
        listed = await person.see("Open orders", after=await person.say("/orders"))
        await person.press("Import orders made elsewhere", listed)
        await person.until(lambda listed=listed: "Bought elsewhere" in listed.text, "the list")  # type: ignore[misc]
    await group.see("privately", after=await group.say("/notify"))
    await anna.press("Switch on", await anna.see(lambda message: message.button("Switch on") is not None))
    for command in ("/keys", "/balance", "/buy", "/buy av", "/buy av ru", "/help"):
        said = await anna.say(command)
        await anna.see(lambda message: bool(message.buttons), after=said)


def belongings(stage: Stage, user_id: int) -> list[Rows]:
    """Return all that is a person's own in the database."""
    tables = {
        "users": "id",
        "accounts": "user_id",
        "hosts": "user_id",
        "drafts": "user_id",
        "orders": "user_id",
        "outbox": "user_id",
        "prompts": "user_id",
        "groups": "owner_id",
    }
    query = "SELECT * FROM {} WHERE {} = ?"
    found = [read(stage, query.format(*names), user_id) for names in tables.items()]
    return [*found, read(stage, "SELECT * FROM sms")]


async def rest(stage: Stage) -> None:
    """Wait until nothing is under way."""
    await stage.until(lambda: len(stage.telegram.world.updates) == 0)
    await stage.time_for(stage.app.intake.settle(600))
    await stage.until(lambda: not stage.app.engine.scheduler._tasks)
    await stage.until(lambda: read(stage, "SELECT id FROM outbox WHERE ended_at IS NULL") == [])


def test_every_kind_of_button_is_forged() -> None:
    """No class of callback data is left out, and each has a value for every field."""
    owned = {name: SMALL.get(name, [1]) for name in OWN}
    made = {data.split("|")[0] for data in forged({**owned, "token": ["x"], "remote_id": ["1"]})}
    assert made == {kind.__prefix__ for kind in kinds()}
    assert len(made) > 40


@pytest.fixture
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stranger may press as fast as they like."""
    monkeypatch.setattr("bot.telegram.allowance.BURST", 1e9)


@pytest.mark.usefixtures("no_limit")
async def test_a_stranger_with_everybody_s_buttons(empty_stage: Stage) -> None:
    """Every button that a person was shown, and every kind with their ids, in private and in a group.

    The stranger has no key. Nothing of the person's changes, the provider hears of nothing, and no answer
    holds a number, a code, a label, the end of a key, an id of the provider's or a token.
    """
    stage, house = empty_stage, furnished(empty_stage)
    stage.step = _STEP
    anna, eve, boss = stage.actor(name="Anna"), stage.actor(name="Eve"), stage.actor(name="Boss")
    group = stage.telegram.group("Friends", anna.chat, eve.chat)  # type: ignore[arg-type]  # both are persons
    here, there = (stage.actor_of(one.chat.in_group(group)) for one in (anna, eve))  # type: ignore[attr-defined]  # as above
    async with knowing(stage, house, admin_ids=frozenset({boss.chat.chat.id})):
        # The watch asks for no lists here, so that one that is asked for was asked for by a tap.
        stage.app.engine.watch._rolls._shows_sms["house"] = False
        await live(anna, here, house)
        await boss.see("Admin", after=await boss.say("/admin"))
        own = await eve.see(lambda message: bool(message.buttons), after=await eve.say("/start"))
        for _ in range(_QUIET // 10):  # what a card says by itself, the longer it waits, it has said by then
            await stage.clock.advance(10)
            await rest(stage)

        owned = {
            "order_id": [row[0] for row in read(stage, "SELECT id FROM orders")],
            "account_id": [row[0] for row in read(stage, "SELECT id FROM accounts")],
            "token": [row[0] for row in read(stage, "SELECT token FROM drafts")][-3:],
            "remote_id": [order.id for order in house.orders][-2:],
            "user_id": [anna.chat.chat.id, eve.chat.chat.id],
            **SMALL,
        }
        buttons = shown(stage, {anna.chat.chat.id, group.id, boss.chat.chat.id})
        assert len(buttons) > 60
        menus = [message for message in here.chat.messages if message.from_bot and message.buttons]
        before = belongings(stage, anna.chat.chat.id)
        asked, money = len(house.ledger.requests), list(house.ledger.entries)
        stage.telegram.calls.clear()
        for data in dict.fromkeys([*buttons, *forged(owned)]):
            await stage.time_for(eve.chat.press(own, data=data, timeout=_PATIENCE))
        for data in buttons:
            for menu in menus[-2:]:
                await stage.time_for(there.chat.press(menu, data=data, timeout=_PATIENCE))
        await rest(stage)

        assert belongings(stage, anna.chat.chat.id) == before
        assert {one.method for one in list(house.ledger.requests)[asked:]} <= _WATCHING
        assert list(house.ledger.entries) == money
        told = repr([call.params for call in stage.telegram.calls if call.method != "getUpdates"])
        secrets = {KEY, KEY[-4:], LABEL, "71234", "1234", *owned["token"], *owned["remote_id"]}
        secrets |= {order.phone for order in house.orders} | {order.phone[-4:] for order in house.orders}
        assert {secret for secret in secrets if secret in told} == set()
    assert stage.faults == []
