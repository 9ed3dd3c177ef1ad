"""The simulated Telegram on a port: the Bot API for the bot, and ``/chat`` for the web page.

It can be mounted into an application with others (``mount``) or run alone (``start``).
"""

import contextlib
import re
from typing import Any, Self

from aiohttp import web

from bot.clock import Clock, SystemClock
from sandbox.telegram.calls import CallLog, RecordedCall
from sandbox.telegram.chats import Chat, ChatType, Status, User
from sandbox.telegram.faults import Cut, Faults, Garbled
from sandbox.telegram.limits import Limiter, Rates
from sandbox.telegram.methods import METHODS, Call
from sandbox.telegram.page import ChatPage
from sandbox.telegram.people import Person
from sandbox.telegram.refusal import Refusal, bad_request, not_simulated
from sandbox.telegram.schema import Json, Shape
from sandbox.telegram.submission import read_submission
from sandbox.telegram.validation import Upload, find_method, validate
from sandbox.telegram.webhook import Webhook
from sandbox.telegram.world import World

_BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
_TOKEN = re.compile(r"(\d+):[A-Za-z0-9_-]+\Z")
# Real parameters whose effect is not played: a call that uses one is told so.
_NOT_PLAYED = frozenset(
    {
        "business_connection_id",
        "direct_messages_topic_id",
        "ephemeral_message_parameters",
        "inline_message_id",
        "message_effect_id",
        "rich_message",
        "suggested_post_parameters",
        "thumbnail",
    }
)


class TelegramServer:
    """One simulated Telegram with one bot.

    Args:
        token: the only token that is accepted; its number is the bot's id.
        clock: where time comes from.
        rates: the limits on sending; None for no limits (benchmarks).
        bot_name: what people see.
        bot_username: without the @.

    Attributes:
        world: people, chats, messages, updates.
        faults: what goes wrong on demand.
        calls: every call so far.
    """

    def __init__(
        self,
        *,
        token: str,
        clock: Clock | None = None,
        rates: Rates | None = None,
        bot_name: str = "Codebell",
        bot_username: str = "codebell_bot",
    ) -> None:
        found = _TOKEN.match(token)
        if found is None:
            raise ValueError("a bot token is a number, a colon and a secret")
        self._token = token
        self._clock = clock or SystemClock()
        self._runner: web.AppRunner | None = None
        self._address = ""
        self.world = World(self._clock, User(int(found.group(1)), bot_name, None, bot_username, is_bot=True))
        self.faults = Faults()
        self.calls = CallLog()
        self._limiter = Limiter(self._clock, rates)
        self._webhook = Webhook(self._clock, self.world.updates, self._execute)

    # --- people

    def person(
        self, first_name: str = "Anna", language: str | None = "en", username: str | None = None
    ) -> Person:
        """Let somebody join; they have not written to the bot yet."""
        return Person(self.world, self.world.add_person(first_name, language, username))

    def group(
        self,
        title: str,
        *members: Person,
        type_: ChatType = "supergroup",
        bot_status: Status = "member",
    ) -> Chat:
        """Found a group: the first person is its creator."""
        statuses: dict[int, Status] = {person.id: "member" for person in members}
        if members:
            statuses[members[0].id] = "creator"
        return self.world.add_group(title, statuses, type_, bot_status)

    # --- HTTP

    @property
    def url(self) -> str:
        """The address to put before ``/bot<token>``, once it was started."""
        return self._address

    def mount(self, app: web.Application) -> None:
        """Add the routes to an application, and stop waiting calls when it shuts down."""
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._answer_call)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._answer_download)
        page = ChatPage(self.world, self.faults)
        page.mount(app)

        async def shut_down(_: web.Application) -> None:
            self.faults.clear()
            self.world.updates.interrupt()
            page.close()
            await self._webhook.remove()

        app.on_shutdown.append(shut_down)

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Listen; port 0 takes a free one."""
        app = web.Application()
        self.mount(app)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        bound: tuple[str, int] = self._runner.addresses[0][:2]
        self._address = f"http://{bound[0]}:{bound[1]}"

    async def stop(self) -> None:
        """Stop listening; calls that wait are answered."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _answer_call(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            shape = find_method(request.match_info["method"])
            submission = await read_submission(request)
            result = await self._play(shape, submission.values, submission.uploads)
        except Refusal as refusal:
            headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
            return web.json_response(refusal.as_json(), status=refusal.code, headers=headers)
        except Cut:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()  # finds nobody
        except Garbled:
            return web.Response(status=502, text=_BAD_GATEWAY, content_type="text/html")
        finally:
            self.world.feed.stir()
        return web.json_response({"ok": True, "result": result})

    async def _play(self, shape: Shape, given: Json, uploads: dict[str, Upload]) -> Any:
        """Record a call, hold it against the API, let the faults have it, carry it out."""
        record = RecordedCall(shape.name, given, self._clock.now())
        self.calls.add(record)
        try:
            record.params = validate(shape, given, uploads)
            fault = self.faults.take(shape.name, record.params)
            if fault is not None:
                await fault.before()
            self.world.session.check()
            for parameter in record.params:
                if parameter in _NOT_PLAYED:
                    raise not_simulated(f"parameter {parameter}")
            if (method := METHODS.get(shape.name)) is None:
                raise not_simulated(f"method {shape.name}")
            record.result = await method(Call(self.world, self._limiter, self._webhook, record.params))
            if fault is not None:
                fault.after()
        except Refusal as refusal:
            record.error = (refusal.code, refusal.description)
            raise
        except Cut:
            record.error = (0, "the connection was cut")
            raise
        except Garbled:
            record.error = (0, "answered with HTML")
            raise
        return record.result

    async def _execute(self, method: str, params: Json) -> None:
        """Carry out a call that came in the answer of a webhook; its result is lost, as at Telegram."""
        with contextlib.suppress(Refusal, Cut, Garbled):
            await self._play(find_method(method), params, {})

    async def _answer_download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            file = self.world.files.at(request.match_info["path"])
            if file is None:
                raise bad_request("wrong file_path")
        except Refusal as refusal:
            return web.json_response(refusal.as_json(), status=refusal.code)
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self._token:
            raise Refusal(401, "Unauthorized")
