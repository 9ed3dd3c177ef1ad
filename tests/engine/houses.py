"""Houses of one language beside the world's Get-SMS: their simulators, and the records for them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.orders import Order
from bot.providers.base import Limits, Record
from sandbox.handler_api import SMS_ACTIVATE, HandlerApiSimulator
from tests.engine.world import CARD, USER, World
from tests.support.clock import ManualClock

KEY = "key-of-two-houses"


def house(clock: ManualClock, *keys: str) -> HandlerApiSimulator:
    """Return a house that sells Telegram in Russia."""
    sim = HandlerApiSimulator(SMS_ACTIVATE, clock)
    for key in keys or (KEY,):
        sim.add_key(key, balance="50.00")
    sim.stock("tg", "0", count=5, price="3")
    return sim


def record_of(slug: str, url: str, **changes: Any) -> Record:
    """Return a configured provider at an address."""
    usual = Record(
        slug=slug,
        title=slug.title(),
        url=url,
        protocol="handler_api",
        currency="RUB",
        codes="sms_activate",
        site=url,
        limits=Limits(lifetime=timedelta(minutes=20)),
        quirks={"dialect": "sms_activate"},
    )
    return replace(usual, **changes)


async def settle_in(world: World, slug: str, key: str = KEY) -> int:
    """Have the user keep a key at a house; return the account."""
    await world.engine.people.arrive(USER, "en")
    return (await world.engine.accounts.add(USER, slug, key)).account.account.id


async def buy_at(world: World, account_id: int) -> Order:
    """Buy Telegram in Russia with an account."""
    sold = await world.engine.shop.offers(USER, "telegram", "RU")
    view = next(view for view in sold.offers if view.account.account.id == account_id)
    return await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
