"""Delivery of updates to a webhook: over several connections, repeated until they are taken.

Messages of one chat wait for each other, and so do the taps of one person; everything else goes side by side.
What is not taken comes again at once, then after 2, 4 … 60 seconds, or as its answer's ``Retry-After`` says.

Source: Bot API, setWebhook; telegram-bot-api, WebhookActor.cpp and Client.cpp (``webhook_queue_id``). Like a
local server this takes plain http and any port.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

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

_Queue = tuple[str, int]
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
        self._queues: dict[_Queue, asyncio.Task[None]] = {}

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
        most = min(max(connections or _CONNECTIONS, 1), _MOST_CONNECTIONS)
        if (url, secret, most) == (self.url, self._secret, self._connections):
            return  # it is set already: what is on its way is not disturbed
        await self.remove()
        self.url, self._secret, self._connections = url, secret, most
        self._updates.interrupt()
        self._task = asyncio.create_task(self._deliver(), name="simulated Telegram's webhook")

    async def remove(self) -> None:
        """Stop delivering; what is waiting stays for getUpdates."""
        self.url, self._error = "", None
        tasks = [*self._queues.values(), *([self._task] if self._task is not None else [])]
        self._task = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._queues.clear()

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
        connections = asyncio.Semaphore(self._connections)
        async with ClientSession(timeout=_TIMEOUT, connector=TCPConnector(limit=0)) as session:
            while True:
                for update in self._updates.waiting():
                    queue = _queue_of(update)
                    if queue not in self._queues:
                        work = self._deliver_queue(session, connections, queue)
                        self._queues[queue] = asyncio.create_task(work, name=f"webhook {queue}")
                await self._updates.arrival()

    async def _deliver_queue(
        self, session: ClientSession, connections: asyncio.Semaphore, queue: _Queue
    ) -> None:
        """Deliver what waits in one queue, one after the other."""
        pause = 0
        while update := next((one for one in self._updates.waiting() if _queue_of(one) == queue), None):
            async with connections:
                again = await self._hand_over(session, update)
            if again is None:
                self._updates.taken(update["update_id"])
                pause = 0
            else:
                await self._clock.sleep(again or pause)
                pause = min(max(2, pause * 2), _LONGEST_PAUSE)
        del self._queues[queue]

    async def _hand_over(self, session: ClientSession, update: Json) -> int | None:
        """Deliver once; return None where it was taken, else the seconds that the answer asks for, or 0."""
        headers = {_SECRET_HEADER: self._secret} if self._secret else {}
        try:
            async with session.post(self.url, json=update, headers=headers) as response:
                taken = response.ok
                reply = await response.json(content_type=None) if taken and response.content_length else None
        except (ClientError, TimeoutError, ValueError) as error:
            self._failed(f"{type(error).__name__}")
            return 0
        if not taken:
            self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
            asked = response.headers.get("Retry-After", "")
            return int(asked) if asked.isdigit() else 0
        if isinstance(reply, dict) and "method" in reply:
            await self._execute(reply.pop("method"), reply)
        return None

    def _failed(self, sentence: str) -> None:
        self._error = (int(self._clock.now().timestamp()), sentence)


def _queue_of(update: Json) -> _Queue:
    """Return what an update waits in line with: its chat, or its person and its kind."""
    kind, body = next((kind, body) for kind, body in update.items() if kind != "update_id")
    if "chat" in body and kind != "my_chat_member":
        return "chat", body["chat"]["id"]
    return kind, body.get("from", {}).get("id", 0)
