"""Whether Telegram answers: noticed from the calls that are made anyway, and asked where there are none."""

import asyncio

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramNetworkError,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe, Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.clock import Clock

_ASK_AFTER_SECONDS = 20.0
_SECONDS_A_CALL = 5
# Everything else that it refuses was answered, by somebody who knows the bot.
_NO_ANSWER = (TelegramNetworkError, TelegramServerError, TelegramUnauthorizedError, ClientDecodeError)


class Pulse(BaseRequestMiddleware):
    """Keeps when Telegram last answered a call of the bot's.

    Args:
        bot: whose calls are watched.
        clock: whose time counts.
    """

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._answered_at: float | None = None
        self._question: asyncio.Task[None] | None = None
        bot.session.middleware(self)

    @property
    def silence(self) -> float | None:
        """Seconds since Telegram last answered; None where it never did."""
        return None if self._answered_at is None else self._clock.monotonic() - self._answered_at

    def feel(self) -> float | None:
        """Return the silence, and have Telegram asked where it is a long one: who asks nothing hears nothing.

        The question does not hold the caller up; its answer is there the next time.
        """
        silence = self.silence
        is_asking = self._question is not None and not self._question.done()
        if (silence is None or silence > _ASK_AFTER_SECONDS) and not is_asking:
            self._question = asyncio.create_task(self._ask(), name="pulse")
        return silence

    async def close(self) -> None:
        """Ask no more."""
        if self._question is not None:
            self._question.cancel()
            await asyncio.gather(self._question, return_exceptions=True)

    async def _ask(self) -> None:
        try:
            await self._bot(GetMe(), request_timeout=_SECONDS_A_CALL)
        except AiogramError:  # silence is what is measured here
            return

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make a request, and note that it was answered."""
        try:
            answer = await make_request(bot, method)
        except _NO_ANSWER:
            raise
        except AiogramError:
            self._answered_at = self._clock.monotonic()
            raise
        self._answered_at = self._clock.monotonic()
        return answer
