"""What the web chat calls."""

import json
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from sandbox.telegram.people import Person
from sandbox.telegram.server import TelegramServer
from tests.support.clock import ManualClock


class Page:
    """Calls as the page makes them."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def get(self, path: str, **query: Any) -> Any:
        """Read something."""
        async with self._session.get(f"{self._url}/chat/{path}", params=query) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, **body: Any) -> Any:
        """Do something."""
        async with self._session.post(f"{self._url}/chat/{path}", json=body) as response:
            return await response.json()


@pytest.fixture
def page(http: aiohttp.ClientSession, server: TelegramServer) -> Page:
    """The page."""
    return Page(http, server.url)


async def test_the_state_names_everybody_and_the_chats_of_one(
    page: Page, server: TelegramServer, anna: Person, clock: ManualClock
) -> None:
    """Without a person there are no chats yet."""
    group = server.group("Codes", anna)
    state = await page.get("state", user=anna.id)
    assert state["bot"] == {"id": 4242, "username": "codebell_bot", "first_name": "Codebell"}
    assert state["users"] == [{"id": anna.id, "first_name": "Anna", "language_code": "ru", "blocked": False}]
    assert [(chat["id"], chat["type"], chat["title"]) for chat in state["chats"]] == [
        (anna.id, "private", "Codebell"),
        (group.id, "supergroup", "Codes"),
    ]
    assert state["now"] == int(clock.now().timestamp())
    assert (await page.get("state"))["chats"] == []


async def test_a_person_writes_and_presses(page: Page, bot: Bot, anna: Person) -> None:
    """What the page sends reaches the bot, replies included."""
    key = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go")]])
    card = await bot.send_message(anna.id, "card", reply_markup=key)
    sent = await page.post("send", user=anna.id, chat=anna.id, text="hi", reply_to=card.message_id)
    assert sent["message"]["out"] is True
    assert sent["message"]["reply_to_message"]["text"] == "card"
    query = await page.post("press", user=anna.id, chat=anna.id, message_id=card.message_id, data="go")
    update = (await bot.get_updates())[-1]
    assert update.callback_query is not None
    assert update.callback_query.id == query["query_id"]


async def test_the_page_sees_what_the_app_would_show(page: Page, bot: Bot, anna: Person) -> None:
    """Messages say whose they are, and a forced reply is visible."""
    await bot.send_message(anna.id, "Key?", reply_markup=ForceReply())
    messages = (await page.get("messages", user=anna.id, chat=anna.id))["messages"]
    assert [(message["text"], message["out"]) for message in messages] == [("/start", True), ("Key?", False)]
    assert messages[1]["reply_markup"] == {"force_reply": True}


async def test_events_tell_everything_that_happens(
    http: aiohttp.ClientSession, page: Page, server: TelegramServer, bot: Bot, anna: Person
) -> None:
    """New messages, edits, deletions, answers, actions, commands and news of providers come as a stream."""
    async with http.get(f"{server.url}/chat/events", params={"user": anna.id}) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")

        async def event() -> dict[str, Any]:
            while not (line := await stream.content.readline()).startswith(b"data: "):
                pass
            parsed: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
            return parsed

        assert await stream.content.readline() == b": welcome\n"
        sent = await bot.send_message(anna.id, "one")
        created = await event()
        assert (created["type"], created["chat"], created["message"]["text"]) == ("message", anna.id, "one")
        await bot.edit_message_text("two", chat_id=anna.id, message_id=sent.message_id)
        changed = await event()
        assert (changed["type"], changed["message"]["text"]) == ("edited", "two")
        query = await page.post("press", user=anna.id, chat=anna.id, message_id=sent.message_id, data="x")
        await bot.answer_callback_query(query["query_id"], text="ok")
        assert await event() == {
            "type": "answer",
            "query_id": query["query_id"],
            "text": "ok",
            "show_alert": False,
        }
        await bot.delete_message(anna.id, sent.message_id)
        assert await event() == {"type": "deleted", "chat": anna.id, "message_ids": [sent.message_id]}
        await bot.set_my_commands([BotCommand(command="buy", description="Buy")])
        assert await event() == {"type": "commands"}
        server.world.feed.broadcast({"type": "provider"})
        assert await event() == {"type": "provider"}


async def test_a_stream_ends_with_the_server(clock: ManualClock, http: aiohttp.ClientSession) -> None:
    """An open page does not keep the server from stopping."""
    server = TelegramServer(token="1:x", clock=clock)
    await server.start()
    anna = server.person()
    async with http.get(f"{server.url}/chat/events", params={"user": anna.id}) as stream:
        assert await stream.content.readline() == b": welcome\n"
        await server.stop()
        with pytest.raises(aiohttp.ClientPayloadError):
            await stream.content.read()


async def test_people_change_their_settings(
    page: Page, server: TelegramServer, bot: Bot, anna: Person
) -> None:
    """Language, a block, a newcomer and a deletion by hand take effect."""
    await bot.set_my_commands([BotCommand(command="satin", description="x")], language_code="tr")
    assert (await page.get("commands", user=anna.id, chat=anna.id))["commands"] == []
    await page.post("language", user=anna.id, language_code="tr")
    menu = (await page.get("commands", user=anna.id, chat=anna.id))["commands"]
    assert [command["command"] for command in menu] == ["satin"]
    await page.post("block", user=anna.id, blocked=True)
    assert server.world.chats[anna.id].blocked
    newcomer = (await page.post("users", first_name="Mehmet", language_code="tr"))["user"]
    assert server.world.users[newcomer["id"]].first_name == "Mehmet"
    await page.post("delete", user=anna.id, chat=anna.id, message_ids=[anna.last.id])
    assert anna.messages == []


async def test_the_page_can_break_telegram(page: Page, bot: Bot, anna: Person) -> None:
    """A fault that the page asks for hits the bot's next call."""
    await page.post(
        "faults",
        method="sendMessage",
        error_code=429,
        description="Too Many Requests: retry after 3",
        retry_after=3,
    )
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(anna.id, "x")
    assert "error" in await page.post("faults", method="sendNothing", error_code=400)


async def test_files_are_shown(page: Page, bot: Bot, anna: Person, http: aiohttp.ClientSession) -> None:
    """The page fetches a document by its identifier."""
    sent = await bot.send_document(anna.id, BufferedInputFile(b"a;b", "h.csv"))
    assert sent.document is not None
    async with http.get(f"{page._url}/chat/file/{sent.document.file_id}") as response:
        assert await response.read() == b"a;b"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("send", {"user": 5, "chat": 5, "text": "x"}),
        ("send", {"user": "anna", "chat": 5, "text": ""}),
        ("send", {"user": "anna", "chat": "anna", "text": "x" * 4097}),
        ("send", {"user": "anna", "chat": "anna", "text": "x", "reply_to": 99}),
        ("press", {"user": "anna", "chat": "anna", "message_id": 99, "data": "x"}),
        ("press", {"user": "anna", "chat": "anna", "message_id": 1}),
        ("delete", {"user": "anna", "chat": "anna", "message_ids": "1"}),
        ("users", {"first_name": " ", "language_code": "en"}),
        ("language", {"user": "anna"}),
    ],
)
async def test_nonsense_is_answered_with_a_sentence(
    page: Page, anna: Person, path: str, body: dict[str, Any]
) -> None:
    """A page that asks for the impossible is told why."""
    filled = {name: anna.id if value == "anna" else value for name, value in body.items()}
    answer = await page.post(path, **filled)
    assert answer["error"].endswith(".")
