"""Delivery of updates to a webhook: in order, repeated until they are taken.

Source: Bot API, setWebhook; telegram-bot-api, WebhookActor.cpp (at once, then after 2, 4, 8 … 60 seconds).
Unlike Telegram this delivers one update at a time; it takes plain http and any port, as a local server does.
"""

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.clock import Clock
from sandbox.telegram.refusal import bad_request
from sandbox.telegram.schema import Json
from sandbox.telegram.updates import Updates

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_CONNECTIONS = 40
_MOST_CONNECTIONS = 100
_LONGEST_PAUSE = 60
_TIMEOUT = ClientTimeout(total=60)

Execute = Callable[[str, Json], Awaitable[None]]


class Webhook:
    """One bot's webhook, set or not.

    Attributes:
        url: where updates go; empty while none is set.
    """

    def __init__(self, clock: Clock, updates: Updates, execute: Execute) -> None:
        """Take what plays a method call that came in the body of an answer."""
        self.url = ""
        self._clock = clock
        self._updates = updates
        self._execute = execute
        self._secret: str | None = None
        self._connections = _CONNECTIONS
        self._error: tuple[int, str] | None = None
        self._task: asyncio.Task[None] | None = None

    async def set(self, url: str, secret: str | None, connections: int | None) -> None:
        """Deliver to this address from now on.

        Raises:
            Refusal: 400, for an address, a secret or a number of connections that Telegram does not take.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise bad_request("bad webhook: an HTTPS URL must be provided for webhook")
        if secret is not None and not _SECRET.match(secret):
            raise bad_request("secret token contains unallowed characters")
        await self.remove()
        self.url, self._secret = url, secret
        self._connections = min(max(connections or _CONNECTIONS, 1), _MOST_CONNECTIONS)
        self._updates.interrupt()
        self._task = asyncio.create_task(self._deliver(), name="simulated Telegram's webhook")

    async def remove(self) -> None:
        """Stop delivering; what is waiting stays for getUpdates."""
        self.url, self._error = "", None
        if self._task is not None:
            task, self._task = self._task, None
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def as_json(self) -> Json:
        """Return the API's WebhookInfo."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self.url:
            info["max_connections"] = self._connections
        if self._updates.allowed is not None:
            info["allowed_updates"] = sorted(self._updates.allowed)
        if self._error is not None:
            info["last_error_date"], info["last_error_message"] = self._error
        return info

    async def _deliver(self) -> None:
        pause = 0
        async with ClientSession(timeout=_TIMEOUT) as session:
            while True:
                await self._updates.arrival()
                update = self._updates.first()
                if update is None:
                    continue
                if await self._hand_over(session, update):
                    self._updates.confirm(update["update_id"] + 1)
                    pause = 0
                else:
                    await self._clock.sleep(pause)
                    pause = min(max(2, pause * 2), _LONGEST_PAUSE)

    async def _hand_over(self, session: ClientSession, update: Json) -> bool:
        headers = {_SECRET_HEADER: self._secret} if self._secret else {}
        try:
            async with session.post(self.url, json=update, headers=headers) as response:
                taken = response.ok
                reply = await response.json(content_type=None) if taken and response.content_length else None
        except (ClientError, TimeoutError, ValueError) as error:
            self._failed(f"{type(error).__name__}")
            return False
        if not taken:
            self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
        elif isinstance(reply, dict) and "method" in reply:
            await self._execute(reply.pop("method"), reply)
        return taken

    def _failed(self, sentence: str) -> None:
        self._error = (int(self._clock.now().timestamp()), sentence)
