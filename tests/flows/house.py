"""A provider that can do all that SMS-Activate could, and a bot that knows it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.config import ExtraProvider
from sandbox.handler_api import SMS_ACTIVATE, HandlerApiSimulator, Variant, serve
from tests.flows.stage import KEY, Stage


def furnished(stage: Stage) -> HandlerApiSimulator:
    """Return House: it knows ``KEY``, and sells Telegram, Avito and WhatsApp."""
    sim = HandlerApiSimulator(SMS_ACTIVATE, stage.clock)
    sim.add_key(KEY, "100.00")
    sim.stock("tg", "0", 4, "3")
    sim.stock("av", "0", 6, "10")
    sim.stock("av", "0", 6, "12", Variant.FORWARD)
    sim.stock("wa", "0", 6, "2")
    sim.stock("wa", "0", 6, "5", Variant.VOICE)
    return sim


@asynccontextmanager
async def knowing(stage: Stage, sim: HandlerApiSimulator, **settings: Any) -> AsyncIterator[None]:
    """Run a bot that knows House, with what is different in its configuration."""
    async with serve(sim) as url:
        extra = ExtraProvider(
            slug="house",
            title="House",
            url=url,
            protocol="handler_api",
            currency="USD",
            quirks={"dialect": "sms_activate"},
        )
        async with stage.bot(extra_providers=(extra,), **settings):
            yield
