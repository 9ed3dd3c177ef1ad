"""New messages: who may be written to, what the bot and the person get."""

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge, TelegramForbiddenError
from aiogram.types import (
    BufferedInputFile,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)

from sandbox.telegram import files, submission
from sandbox.telegram.people import Person
from sandbox.telegram.server import TelegramServer
from tests.sandbox.telegram.api import png


async def test_a_message_arrives_with_everything_on_it(bot: Bot, anna: Person) -> None:
    """Text, entities, keyboard and reply are what was sent, for the person and in the answer to the bot."""
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text="Cancel", callback_data="c:1", style="danger")],
            [InlineKeyboardButton(text="Copy", copy_text=CopyTextButton(text="123"))],
        ]
    )
    sent = await bot.send_message(
        anna.id,
        "Code <code>123</code>",
        parse_mode="HTML",
        reply_markup=keyboard,
        reply_parameters=ReplyParameters(message_id=anna.messages[0].id),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    message = anna.last
    assert message.text == sent.text == "Code 123"
    assert message.marked("code") == ["123"]
    assert message.labels == [["Cancel"], ["Copy"]]
    assert sent.reply_markup is not None
    assert sent.reply_markup.model_dump() == keyboard.model_dump()
    assert message.reply_to == anna.messages[0]
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    assert (sent.from_user and sent.from_user.id, sent.chat.id) == (bot.id, anna.id)


async def test_the_bot_cannot_write_first(bot: Bot, server: TelegramServer) -> None:
    """Somebody who never pressed Start is out of reach; nobody at all is not found."""
    stranger = server.person("Boris")
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.id, "hello")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(1, "hello")
    assert stranger.messages == []


async def test_a_blocked_bot_is_told(bot: Bot, anna: Person) -> None:
    """A block refuses sends and edits until it is lifted."""
    sent = await bot.send_message(anna.id, "one")
    await anna.block()
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(anna.id, "two")
    with pytest.raises(TelegramForbiddenError):
        await bot.edit_message_text("two", chat_id=anna.id, message_id=sent.message_id)
    await anna.unblock()
    await bot.send_message(anna.id, "three")
    assert [message.text for message in anna.messages] == ["/start", "one", "three"]


async def test_a_reply_needs_its_target(bot: Bot, anna: Person) -> None:
    """A reply to a deleted message is refused, unless it may go without."""
    sent = await bot.send_message(anna.id, "card")
    await anna.delete(anna.last)
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(anna.id, "code", reply_parameters=ReplyParameters(message_id=sent.message_id))
    lonely = await bot.send_message(
        anna.id,
        "code",
        reply_parameters=ReplyParameters(message_id=sent.message_id, allow_sending_without_reply=True),
    )
    assert lonely.reply_to_message is None
    assert anna.last.reply_to is None


async def test_a_bot_with_a_parse_mode_of_its_own_may_reply(server: TelegramServer, anna: Person) -> None:
    """Its library then puts quote_parse_mode into every reply; that is no quote."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    bot = Bot("4242:test-token", session=session, default=DefaultBotProperties(parse_mode="HTML"))
    await bot.send_message(anna.id, "<b>x</b>", reply_parameters=ReplyParameters(message_id=anna.last.id))
    assert anna.last.marked("bold") == ["x"]
    assert anna.last.reply_to == anna.messages[0]
    assert session._session is not None
    await session._session.close()


async def test_a_forced_reply_is_seen_by_the_person_only(bot: Bot, anna: Person) -> None:
    """The app opens the reply field; the bot's own copy of the message has no markup."""
    sent = await bot.send_message(anna.id, "Your key?", reply_markup=ForceReply())
    assert anna.last.forces_reply
    assert anna.last.labels == []
    assert sent.reply_markup is None


async def test_a_mention_by_identifier_needs_somebody(bot: Bot, anna: Person) -> None:
    """A known person is completed, a stranger's mention is dropped."""
    text = f'<a href="tg://user?id={anna.id}">A</a> <a href="tg://user?id=99">B</a>'
    sent = await bot.send_message(anna.id, text, parse_mode="HTML")
    assert sent.entities is not None
    assert [entity.user and entity.user.first_name for entity in sent.entities] == ["Anna"]


async def test_photos_and_documents_can_be_fetched_again(bot: Bot, anna: Person) -> None:
    """A file is kept with its caption, found by its identifier and downloaded as it was."""
    picture = png(40, 30)
    photo = await bot.send_photo(
        anna.id, BufferedInputFile(picture, "p.png"), caption="<b>Spend</b>", parse_mode="HTML"
    )
    assert photo.photo is not None
    assert (photo.photo[0].width, photo.photo[0].height) == (40, 30)
    assert anna.last.text == "Spend"
    assert anna.last.marked("bold") == ["Spend"]
    document = await bot.send_document(anna.id, BufferedInputFile(b"a;b\n", "history.csv"))
    assert document.document is not None
    assert (document.document.file_name, document.document.file_size) == ("history.csv", 4)
    downloaded = await bot.download(document.document.file_id)
    assert downloaded is not None
    assert downloaded.read() == b"a;b\n"
    again = await bot.send_document(anna.id, document.document.file_id)
    assert again.document == document.document


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (png(9900, 101 * 5), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_bad_pictures_are_refused(bot: Bot, anna: Person, content: bytes, sentence: str) -> None:
    """A photo must be a picture within Telegram's dimensions."""
    with pytest.raises(TelegramBadRequest, match=sentence):
        await bot.send_photo(anna.id, BufferedInputFile(content, "p.png"))
    assert len(anna.messages) == 1


async def test_an_unknown_file_is_refused(bot: Bot, anna: Person) -> None:
    """An identifier that Telegram never gave out opens nothing."""
    with pytest.raises(TelegramBadRequest, match="wrong file identifier/HTTP URL specified"):
        await bot.send_document(anna.id, "nope")
    with pytest.raises(TelegramBadRequest, match="wrong file_id"):
        await bot.get_file("nope")
    photo = await bot.send_photo(anna.id, BufferedInputFile(png(9, 9), "p.png"))
    assert photo.photo is not None
    with pytest.raises(TelegramBadRequest, match="type of file mismatch"):
        await bot.send_document(anna.id, photo.photo[0].file_id)


async def test_files_have_their_limits(
    bot: Bot, anna: Person, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too much to download, too much for a photo and too much to upload are three refusals."""
    monkeypatch.setattr(files, "_DOWNLOAD_LIMIT", 10)
    monkeypatch.setattr(files, "_PHOTO_LIMIT", 20)
    monkeypatch.setattr(files, "_UPLOAD_LIMIT", 500)
    sent = await bot.send_document(anna.id, BufferedInputFile(b"x" * 11, "a.csv"))
    assert sent.document is not None
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(sent.document.file_id)
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.send_photo(anna.id, BufferedInputFile(png(9, 9), "p.png"))
    with pytest.raises(TelegramEntityTooLarge, match="Request Entity Too Large"):
        await bot.send_document(anna.id, BufferedInputFile(b"x" * 501, "a.csv"))
    monkeypatch.setattr(submission, "_LARGEST_BODY", 400)
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(anna.id, BufferedInputFile(b"x" * 401, "a.csv"))
    assert len(server.world.chats[anna.id].messages) == 2


async def test_a_chat_action_must_exist(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """Typing is shown to the person; an invented action is refused."""
    async with server.world.feed.listen(anna.id) as events:
        assert await bot.send_chat_action(anna.id, "typing")
        assert events.get_nowait() == {"type": "action", "chat": anna.id, "action": "typing"}
    with pytest.raises(TelegramBadRequest, match="wrong parameter action in request"):
        await bot.send_chat_action(anna.id, "dancing")
