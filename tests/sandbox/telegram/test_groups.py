"""Groups: what the bot hears there, and what it is told about members."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import ChatMemberRestricted, ForceReply, ReplyParameters

from sandbox.telegram.assembly import close_topic, delete_topic, open_topic, set_member, upgrade
from sandbox.telegram.chats import Status
from sandbox.telegram.people import Person
from sandbox.telegram.server import TelegramServer


async def heard(bot: Bot) -> list[str | None]:
    """Return the texts that reached the bot from groups."""
    updates = await bot.get_updates()
    return [
        update.message.text for update in updates if update.message and update.message.chat.type != "private"
    ]


async def test_privacy_mode_hides_ordinary_talk(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """A plain member gets commands, mentions and replies that are for it; no talk, no others' commands."""
    group = server.group("Codes", anna)
    seat = anna.in_group(group)
    await bot.send_message(group.id, "Which service?", reply_markup=ForceReply(selective=True))
    prompt = seat.last
    for text in ("talk", "/buy", "/buy@codebell_bot tg", "/buy@other_bot", "hi @Codebell_Bot", "@other_bot"):
        await seat.send(text)
    await seat.send("telegram", reply_to=prompt)
    assert await heard(bot) == ["/buy", "/buy@codebell_bot tg", "hi @Codebell_Bot", "telegram"]


async def test_an_administrator_hears_everything(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """Privacy mode does not apply to administrators."""
    seat = anna.in_group(server.group("Codes", anna, bot_status="administrator"))
    await seat.send("talk")
    assert await heard(bot) == ["talk"]


async def test_the_bot_hears_when_it_is_added_and_removed(
    bot: Bot, server: TelegramServer, anna: Person
) -> None:
    """Its own membership is an update; afterwards it cannot write."""
    group = server.group("Codes", anna)
    server.world.set_bot_status(group, server.world.users[anna.id], "kicked")
    changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["member", "kicked"]
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group.id, "x")


async def test_the_bot_can_leave(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """It leaves groups, not private chats."""
    group = server.group("Codes", anna, type_="group")
    await bot.leave_chat(group.id)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the group chat"):
        await bot.send_message(group.id, "x")
    with pytest.raises(TelegramBadRequest, match="chat member status can't be changed in private chats"):
        await bot.leave_chat(anna.id)


async def test_members_have_a_status(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """The founder, a member, a stranger and the bot itself are told apart, and aiogram can read them all."""
    boris, stranger = server.person("Boris"), server.person("Clara")
    group = server.group("Codes", anna, boris, bot_status="administrator")
    users = (anna.id, boris.id, stranger.id, bot.id)
    statuses = [(await bot.get_chat_member(group.id, user)).status for user in users]
    assert statuses == ["creator", "member", "left", "administrator"]
    administrators = await bot.get_chat_administrators(group.id)
    assert [member.user.id for member in administrators] == [anna.id, bot.id]
    with pytest.raises(TelegramBadRequest, match="there are no administrators in the private chat"):
        await bot.get_chat_administrators(anna.id)


async def test_a_chat_can_be_described(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """A group has its title, a private chat its person's name."""
    group = server.group("Codes", anna)
    assert (await bot.get_chat(group.id)).title == "Codes"
    assert (await bot.get_chat(anna.id)).first_name == "Anna"
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.get_chat("@nobody")


async def test_messages_are_numbered_as_telegram_does(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """A supergroup counts for itself; private chats and basic groups count together."""
    group = server.group("Codes", anna)
    assert (await bot.send_message(group.id, "x")).message_id == 1
    basic = server.group("Basic", anna, type_="group")
    assert (await bot.send_message(basic.id, "x")).message_id == anna.last.id + 1


async def test_a_topic_takes_messages_until_it_is_closed_or_deleted(
    bot: Bot, server: TelegramServer, anna: Person
) -> None:
    """A message names its topic; an answer goes where its question is; a closed topic takes no more."""
    group = server.group("Codes", anna)
    user = server.world.users[anna.id]
    topic = open_topic(server.world, group, user, "Work")
    sent = await bot.send_message(group.id, "x", message_thread_id=topic)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic, True)
    answer = await bot.send_message(
        group.id, "y", reply_parameters=ReplyParameters(message_id=sent.message_id)
    )
    assert answer.message_thread_id == topic
    assert (await bot.send_message(group.id, "z")).message_thread_id is None
    close_topic(server.world, group, user, topic)
    with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
        await bot.send_message(group.id, "x", message_thread_id=topic)
    delete_topic(server.world, group, topic)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=topic)
    told = [update.message for update in await bot.get_updates() if update.message]
    assert [one.message_thread_id for one in told if one.forum_topic_closed] == [topic]


async def test_a_group_becomes_a_supergroup(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """The old id leads to the new one, and two service messages say so."""
    group = server.group("Codes", anna, type_="group")
    new = upgrade(server.world, group, server.world.users[anna.id])
    with pytest.raises(TelegramMigrateToChat) as refused:
        await bot.send_message(group.id, "x")
    assert refused.value.migrate_to_chat_id == new.id
    assert (await bot.send_message(new.id, "x")).chat.id == new.id
    told = [update.message for update in await bot.get_updates() if update.message]
    assert [one.migrate_to_chat_id for one in told if one.migrate_to_chat_id] == [new.id]
    assert [one.migrate_from_chat_id for one in told if one.migrate_from_chat_id] == [group.id]


async def test_a_restricted_bot_cannot_write(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """It stays a member, is told so, and its messages are refused."""
    group = server.group("Codes", anna)
    server.world.set_bot_status(group, server.world.users[anna.id], "restricted")
    changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert isinstance(changes[-1].new_chat_member, ChatMemberRestricted)
    assert not changes[-1].new_chat_member.can_send_messages
    with pytest.raises(TelegramBadRequest, match="not enough rights to send text messages"):
        await bot.send_message(group.id, "x")


@pytest.mark.parametrize(("bot_status", "hears"), [("administrator", True), ("member", False)])
async def test_who_leaves_is_told_to_administrators(
    bot: Bot, server: TelegramServer, anna: Person, bot_status: Status, *, hears: bool
) -> None:
    """A bot without rights does not hear that somebody left, and one that has not asked for it neither."""
    await bot.get_updates(allowed_updates=["chat_member"])
    group = server.group("Codes", anna, bot_status=bot_status)
    set_member(server.world, group, server.world.users[anna.id], "left")
    changes = [update.chat_member for update in await bot.get_updates() if update.chat_member]
    assert [change.new_chat_member.status for change in changes] == (["left"] if hears else [])
