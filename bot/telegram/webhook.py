"""Webhook: Telegram brings updates to the bot's own HTTP server, and is told 200 when one is safe.

It sends an update again, for a day, until it is told so, and the next one of the same chat or person only
then (Bot API, setWebhook; telegram-bot-api, WebhookActor.cpp). So an answer is held back until the update was
handled; one that takes longer than five seconds is answered before its end, as in polling.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from http import HTTPStatus
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramRetryAfter

from bot.clock import Clock
from bot.logs import get_logger
from bot.telegram.intake import Intake

MOST_CONNECTIONS = 100
"""What Telegram opens at most, to all replicas together; work holds each for five seconds at most."""

_PATIENCE_SECONDS = 25.0
_LOOK_SECONDS = 30.0
_AGAIN = (1.0, 2.0, 5.0, 10.0, 30.0)
_log = get_logger(__name__)


def secret_from(token: str) -> str:
    """Return the secret for a bot that was given none: the same one at every replica."""
    made = hmac.digest(token.encode(), b"codebell: the secret of the webhook", hashlib.sha256)
    return urlsafe_b64encode(made).rstrip(b"=").decode()


class Webhook:
    """Has updates brought, and takes them.

    Attributes:
        path: where the bot's HTTP server hears of them.

    Args:
        bot: the connection.
        clock: whose time counts.
        intake: who takes the updates.
        url: the whole address, as Telegram is to call it.
        secret: what Telegram proves itself by.
    """

    def __init__(self, bot: Bot, clock: Clock, intake: Intake, url: str, secret: str) -> None:
        self.path = urlsplit(url).path
        self._bot = bot
        self._clock = clock
        self._intake = intake
        self._url = url
        self._secret = secret
        self._is_open = False
        self._has_warned = False

    def knows(self, secret: str) -> bool:
        """Say whether a call comes from Telegram; it takes as long for a near miss as for any other."""
        said = secret.encode(errors="surrogateescape")  # a header may hold any bytes
        is_right = hmac.compare_digest(said, self._secret.encode())
        if not is_right and not self._has_warned:
            self._has_warned = True
            _log.warning("somebody calls the webhook with a wrong secret")
        return is_right

    async def take(self, body: bytes) -> HTTPStatus:
        """Take an update; return what to answer, once that is known.

        Returns:
            200 where it need not come again, 503 where it is to: the bot stops, or has too much in hand, or
            the update waits behind others for too long.
        """
        if not self._is_open or self._intake.is_full:
            return HTTPStatus.SERVICE_UNAVAILABLE
        try:
            raw = json.loads(body)
        except ValueError:
            raw = None
        update_id = self._intake.take(raw)
        if update_id is None:
            # It will be no better the next time, and everything else of its chat would wait for it.
            _log.warning("telegram brings what is no update", size=len(body))
            return HTTPStatus.OK
        is_safe = await self._intake.confirmed(update_id, _PATIENCE_SECONDS)
        return HTTPStatus.OK if is_safe else HTTPStatus.SERVICE_UNAVAILABLE

    async def run(self, kinds: list[str]) -> None:
        """Tell Telegram where to bring updates, and see that it stays so, until cancelled.

        The webhook stays when a replica stops: the others go on, or the next start does.

        Args:
            kinds: which kinds of updates are wanted.
        """
        await self._intake.recall()
        self._is_open = True
        try:
            await self._set(kinds)
            while True:
                await self._clock.sleep(_LOOK_SECONDS)
                if await self._is_gone():
                    _log.warning("the webhook was taken away; setting it again")
                    await self._set(kinds)
        finally:
            self._is_open = False

    async def _set(self, kinds: list[str]) -> None:
        failures = 0
        while True:
            try:
                await self._bot.set_webhook(
                    self._url,
                    secret_token=self._secret,
                    allowed_updates=kinds,
                    max_connections=MOST_CONNECTIONS,
                    drop_pending_updates=False,
                )
            except (TelegramAPIError, ClientDecodeError) as error:
                if not failures:
                    said = str(error) if isinstance(error, TelegramAPIError) else type(error).__name__
                    _log.warning("telegram does not take the webhook; trying on", reason=said)
                pause = _AGAIN[min(failures, len(_AGAIN) - 1)]
                failures += 1
                asked = error.retry_after if isinstance(error, TelegramRetryAfter) else 0
                await self._clock.sleep(max(pause, asked))
            else:
                _log.info("telegram brings updates", url=self._url)
                return

    async def _is_gone(self) -> bool:
        try:
            return (await self._bot.get_webhook_info()).url != self._url
        except (TelegramAPIError, ClientDecodeError):
            return False  # whether it is there is not known
