"""The four simulated houses that rent numbers out, and the bot that knows them all."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from sandbox.getsms import GetSmsSimulator
from sandbox.handler_api import GETSMS_ONLINE, SMS_ACTIVATE, HandlerApiSimulator, serve
from sandbox.handler_api.rentals import WHOLE
from sandbox.smspva import SmspvaSimulator
from tests.flows.stage import KEY, Stage


class RentHouses:
    """Houses with little on their shelves, so that a test can count it; each knows ``KEY``.

    Attributes:
        getsms: a day of Telegram in Russia costs 100 roubles, WhatsApp 80.
        online: rents out whole numbers for a day, at 90 roubles that it does not tell.
        activate: four hours of Telegram in Russia cost 12 roubles, of a whole number 30.
        smspva: a day of Telegram in Russia costs 0.60 dollars, of WhatsApp 0.40.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.getsms: GetSmsSimulator = stage.getsms
        self.online = HandlerApiSimulator(GETSMS_ONLINE, stage.clock)
        self.activate = HandlerApiSimulator(SMS_ACTIVATE, stage.clock)
        self.smspva = SmspvaSimulator(stage.clock)
        for house in (self.online, self.activate, self.smspva):
            house.add_key(KEY, "500.00")
        self.getsms.set_balance(KEY, "500.00")
        self.getsms.stock_rent("tg", "ru", 5, "100")
        self.getsms.stock_rent("wa", "ru", 2, "80")
        self.online.stock_rent(WHOLE, "ru", 4, "15")
        self.activate.stock_rent("tg", "0", 6, "12")
        self.activate.stock_rent(WHOLE, "0", 6, "30")
        self.smspva.stock("opt29", "RU", 5, "0.60")
        self.smspva.stock("opt20", "RU", 5, "0.40")

    @asynccontextmanager
    async def open(self, **settings: Any) -> AsyncIterator["RentHouses"]:
        """Serve them, and run a bot that knows their addresses.

        Args:
            settings: what is different in the bot's configuration.
        """
        async with AsyncExitStack() as stack:
            urls: dict[str, Any] = {
                "getsms_online_url": await stack.enter_async_context(serve(self.online)),
                "sms_activate_url": await stack.enter_async_context(serve(self.activate)),
                "smspva_url": await stack.enter_async_context(serve(self.smspva)),
            }
            await stack.enter_async_context(self.stage.bot(**urls, **settings))
            yield self
