"""What the web chat calls: one person's view of the world, as JSON and as a stream of events."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.faults import EVERY_METHOD, Faults
from sandbox.telegram.refusal import Refusal
from sandbox.telegram.schema import Json
from sandbox.telegram.validation import find_method
from sandbox.telegram.world import World

_TEXT_LIMIT = 4096
_HEARTBEAT = 15.0  # seconds between comments that keep a quiet stream open

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Unusable(Exception):
    """What the page asked for makes no sense; the text says why."""


class ChatPage:
    """The routes under ``/chat``."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self._streams: set[asyncio.Task[Any]] = set()

    def mount(self, app: web.Application) -> None:
        """Add the routes."""
        router = app.router
        router.add_get("/chat/state", _answering(self._state))
        router.add_get("/chat/commands", _answering(self._commands))
        router.add_get("/chat/messages", _answering(self._messages))
        router.add_get("/chat/events", self._events)
        router.add_get("/chat/file/{file_id}", self._file)
        router.add_post("/chat/send", _answering(self._send))
        router.add_post("/chat/press", _answering(self._press))
        router.add_post("/chat/delete", _answering(self._delete))
        router.add_post("/chat/block", _answering(self._block))
        router.add_post("/chat/language", _answering(self._language))
        router.add_post("/chat/users", _answering(self._users))
        router.add_post("/chat/faults", _answering(self._add_fault))

    def close(self) -> None:
        """End every stream."""
        for task in self._streams:
            task.cancel()

    async def _state(self, request: web.Request) -> Json:
        wanted = request.query.get("user")
        chats = self._world.chats_of(self._user(wanted).id) if wanted else []
        people = [user for user in self._world.users.values() if not user.is_bot]
        bot = self._world.bot
        return {
            "bot": {"id": bot.id, "username": bot.username, "first_name": bot.first_name},
            "users": [self._person(user) for user in people],
            "chats": [_chat(chat, bot) for chat in chats],
            "now": self._world.unix(),
        }

    async def _commands(self, request: web.Request) -> Json:
        user = self._user(request.query.get("user"))
        chat = self._chat(user, request.query.get("chat"))
        return {"commands": self._world.profile.menu(chat, user.id, user.language_code)}

    async def _messages(self, request: web.Request) -> Json:
        user = self._user(request.query.get("user"))
        chat = self._chat(user, request.query.get("chat"))
        return {"messages": [message.as_shown(user.id) for message in chat.messages.values()]}

    async def _send(self, request: web.Request) -> Json:
        body = await _body(request)
        user = self._user(body.get("user"))
        chat = self._chat(user, body.get("chat"))
        text, reply_to = body.get("text"), body.get("reply_to")
        if not isinstance(text, str) or not text.strip():
            raise Unusable("There is no text to send.")
        if len(text) > _TEXT_LIMIT:
            raise Unusable(f"A message has {_TEXT_LIMIT} characters at most.")
        target = None if reply_to is None else self._message(chat, reply_to)
        return {"message": self._world.say(user, chat, text, target).as_shown(user.id)}

    async def _press(self, request: web.Request) -> Json:
        body = await _body(request)
        user = self._user(body.get("user"))
        message = self._message(self._chat(user, body.get("chat")), body.get("message_id"))
        data = body.get("data")
        if not isinstance(data, str):
            raise Unusable("The button carries no data.")
        return {"query_id": self._world.press(user, message, data).id}

    async def _delete(self, request: web.Request) -> Json:
        body = await _body(request)
        user = self._user(body.get("user"))
        chat = self._chat(user, body.get("chat"))
        identifiers = body.get("message_ids")
        if not isinstance(identifiers, list):
            raise Unusable("There are no message_ids.")
        self._world.delete(chat, [self._message(chat, identifier) for identifier in identifiers])
        return {}

    async def _block(self, request: web.Request) -> Json:
        body = await _body(request)
        user = self._user(body.get("user"))
        self._world.block(user, blocked=bool(body.get("blocked")))
        return {"user": self._person(user)}

    async def _language(self, request: web.Request) -> Json:
        body = await _body(request)
        user = self._user(body.get("user"))
        user.language_code = _text(body, "language_code")
        self._world.feed.publish((user.id,), {"type": "commands"})
        return {"user": self._person(user)}

    async def _users(self, request: web.Request) -> Json:
        body = await _body(request)
        return {
            "user": self._person(
                self._world.add_person(_text(body, "first_name"), _text(body, "language_code"))
            )
        }

    async def _add_fault(self, request: web.Request) -> Json:
        body = await _body(request)
        method = body.get("method", EVERY_METHOD)
        try:
            if method != EVERY_METHOD:
                find_method(method)
            self._faults.add(
                method,
                error_code=int(body.get("error_code", 400)),
                description=body.get("description"),
                retry_after=body.get("retry_after"),
                times=body.get("times", 1),
            )
        except (Refusal, TypeError, ValueError) as error:
            raise Unusable(f"This is no fault that can be played: {error}.") from None
        return {}

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self._world.files.find(request.match_info["file_id"])
        if file is None:
            return web.json_response({"error": "There is no such file."}, status=404)
        return web.Response(body=file.content, headers={"Content-Type": file.content_type})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        try:
            user = self._user(request.query.get("user"))
        except Unusable as error:
            return web.json_response({"error": str(error)}, status=400)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        task = asyncio.current_task()
        if task is not None:
            self._streams.add(task)
            task.add_done_callback(self._streams.discard)
        async with self._world.feed.listen(user.id) as queue:
            await response.prepare(request)
            await response.write(b": welcome\n\n")
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), _HEARTBEAT)
                    line = f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
                except TimeoutError:
                    line = ": still here\n\n"
                await response.write(line.encode("utf-8"))

    def _person(self, user: User) -> Json:
        return {
            "id": user.id,
            "first_name": user.first_name,
            "language_code": user.language_code,
            "blocked": self._world.chats[user.id].blocked,
        }

    def _user(self, identifier: Any) -> User:
        user = self._world.users.get(_number(identifier))
        if user is None or user.is_bot:
            raise Unusable("There is no such user.")
        return user

    def _chat(self, user: User, identifier: Any) -> Chat:
        chat = self._world.chats.get(_number(identifier))
        if chat is None or chat not in self._world.chats_of(user.id):
            raise Unusable("This user is in no such chat.")
        return chat

    def _message(self, chat: Chat, identifier: Any) -> Message:
        message = chat.messages.get(_number(identifier))
        if message is None:
            raise Unusable("There is no such message in this chat.")
        return message


def _answering(handler: Callable[[web.Request], Awaitable[Json]]) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(await handler(request))
        except Unusable as error:
            return web.json_response({"error": str(error)}, status=400)

    return answer


async def _body(request: web.Request) -> Json:
    try:
        body: Any = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Unusable("The body is not a JSON object.")
    return body


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Unusable(f"There is no {name}.")
    return value.strip()


def _chat(chat: Chat, bot: User) -> Json:
    title = bot.first_name if chat.is_private else chat.title
    return {"id": chat.id, "type": chat.type, "title": title, "is_forum": bool(chat.topics)}
