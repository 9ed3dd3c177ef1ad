"""Long polling: updates are fetched as they come, and confirmed once they were handled.

aiogram's own polling reads a whole answer at once, so that one update that it cannot read keeps the others
away for ever, and it confirms what it has only begun with.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramRetryAfter,
)
from aiogram.methods import TelegramMethod

from bot.clock import Clock
from bot.logs import get_logger
from bot.telegram.intake import HELD_SECONDS, Intake

_POLL_SECONDS = 10
_SECONDS_A_CALL = 30
_LOOK_AGAIN_SECONDS = 0.25
_MOST_HELD = 50  # Telegram shows a hundred from the oldest unconfirmed one on: newer ones must be among them
_AGAIN = (1.0, 1.5, 2.0, 3.0, 5.0)
_PATIENT = 8  # failures, half a minute: replicas that are just being replaced may still set their webhook
_SILENCE = "telegram sends no updates; trying on"
_CONFLICT = (
    "telegram sends this bot's updates to somebody else: another program uses the same BOT_TOKEN, or a"
    " webhook is set; only one may. Trying on"
)
_log = get_logger(__name__)


class FetchUpdates(TelegramMethod[list[Any]]):
    """``getUpdates`` with the updates left as they were sent: each is to be read by itself."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Polling:
    """Fetches updates.

    An update is confirmed when it and all before it were handled, so that Telegram sends again what a crash
    interrupts. One that takes longer than five seconds is waited for no more: it holds the others back, and
    what it is doing has been written down.

    Args:
        bot: the connection.
        clock: whose time counts.
        intake: who takes the updates.
        kinds: which kinds are wanted.
        may: asked before each call: whether it is for this process to fetch.
    """

    def __init__(
        self, bot: Bot, clock: Clock, intake: Intake, kinds: list[str], may: Callable[[], bool]
    ) -> None:
        self._bot = bot
        self._clock = clock
        self._intake = intake
        self._kinds = kinds
        self._may = may
        self._next: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Fetch until cancelled, or until another process is to do it.

        It begins with what is not confirmed yet, and with what others have handled of that.
        """
        self._next = None
        await self._intake.recall()
        while self._may():
            for raw in await self._fetch():
                update_id = self._intake.take(raw)
                if update_id is not None and (self._next is None or update_id >= self._next):
                    self._next = update_id + 1
            await self._intake.settle(_LOOK_AGAIN_SECONDS)
            while self._intake.is_full:
                await self._intake.settle(_LOOK_AGAIN_SECONDS)

    async def _fetch(self) -> list[Any]:
        held = self._intake.oldest(HELD_SECONDS)
        if held is not None and self._next is not None and self._next - held > _MOST_HELD:
            held = None
        call = FetchUpdates(
            offset=self._next if held is None else held,
            timeout=_POLL_SECONDS if held is None else 0,
            allowed_updates=self._kinds,
        )
        try:
            found = await self._bot(call, request_timeout=_SECONDS_A_CALL)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next answer may be better
            await self._pause(error)
            return []
        if self._failures:
            self._failures = 0
            _log.info("telegram sends updates again")
        return found

    async def _pause(self, error: Exception) -> None:
        if not self._failures:
            _log.warning(
                _CONFLICT if isinstance(error, TelegramConflictError) else _SILENCE,
                reason=type(error).__name__,
            )
        if self._failures >= _PATIENT and "webhook" in str(error):
            await self._take_webhook_away()
        pause = _AGAIN[min(self._failures, len(_AGAIN) - 1)]
        self._failures += 1
        await self._clock.sleep(
            max(pause, error.retry_after) if isinstance(error, TelegramRetryAfter) else pause
        )

    async def _take_webhook_away(self) -> None:
        """Have updates fetched again: a webhook that nobody here knows keeps all of them away."""
        _log.warning("a webhook is in the way; taking it away")
        with suppress(TelegramAPIError, ClientDecodeError):
            await self._bot.delete_webhook(drop_pending_updates=False)
