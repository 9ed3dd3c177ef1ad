"""Commands by scope and language, names, descriptions, menu buttons."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    MenuButtonCommands,
    MenuButtonDefault,
)

from sandbox.telegram.people import Person
from sandbox.telegram.server import TelegramServer


def commands(*names: str) -> list[BotCommand]:
    """Return commands with these names."""
    return [BotCommand(command=name, description=name.title()) for name in names]


async def test_the_nearest_scope_and_language_win(bot: Bot, anna: Person) -> None:
    """From the chat down to the default, each in the person's language first."""
    ladder = [
        (None, None, "default"),
        (None, "ru", "default_ru"),
        (BotCommandScopeAllPrivateChats(), None, "private"),
        (BotCommandScopeAllPrivateChats(), "ru", "private_ru"),
        (BotCommandScopeChat(chat_id=anna.id), None, "chat"),
        (BotCommandScopeChat(chat_id=anna.id), "ru", "chat_ru"),
    ]
    for scope, language, name in ladder:
        await bot.set_my_commands(commands(name), scope=scope, language_code=language)
        assert anna.commands == [name]
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=anna.id), language_code="ru")
    assert anna.commands == ["chat"]
    anna.language = "tr"
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=anna.id))
    assert anna.commands == ["private"]


async def test_groups_have_lists_of_their_own(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """Administrators of a chat may see more than its members."""
    boris = server.person("Boris")
    group = server.group("Codes", anna, boris)
    await bot.set_my_commands(commands("private"), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(commands("group"), scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands(commands("notify"), scope=BotCommandScopeChatAdministrators(chat_id=group.id))
    assert anna.in_group(group).commands == ["notify"]
    assert boris.in_group(group).commands == ["group"]


async def test_a_list_is_read_exactly_as_it_was_set(bot: Bot) -> None:
    """Reading a list does not fall back to another scope or language."""
    await bot.set_my_commands(commands("buy"), language_code="ru")
    assert [command.command for command in await bot.get_my_commands(language_code="ru")] == ["buy"]
    assert await bot.get_my_commands() == []


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (BotCommand(command="Buy", description="x"), "BOT_COMMAND_INVALID"),
        (BotCommand(command="b" * 33, description="x"), "command length must not exceed 32"),
        (BotCommand(command="buy", description=""), "command description must be non-empty"),
        (BotCommand(command="buy", description="x" * 257), "command description length must not exceed 256"),
    ],
)
async def test_bad_commands_are_refused(bot: Bot, command: BotCommand, sentence: str) -> None:
    """Names and descriptions have Telegram's form and length."""
    with pytest.raises(TelegramBadRequest, match=sentence):
        await bot.set_my_commands([command])


async def test_a_language_has_two_letters(bot: Bot) -> None:
    """A region or a word is no language here."""
    with pytest.raises(TelegramBadRequest, match="invalid language code specified"):
        await bot.set_my_commands(commands("buy"), language_code="ru-RU")


async def test_names_and_descriptions_fall_back_to_no_language(bot: Bot) -> None:
    """A text in the language, else the one for all, else the account's name or nothing."""
    assert (await bot.get_my_name()).name == "Codebell"
    await bot.set_my_description("All")
    await bot.set_my_description("Все", language_code="ru")
    assert (await bot.get_my_description(language_code="ru")).description == "Все"
    assert (await bot.get_my_description(language_code="tr")).description == "All"
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_short_description()).short_description == "Short"
    with pytest.raises(TelegramBadRequest):
        await bot.set_my_short_description("x" * 121)


async def test_a_chat_may_have_its_own_menu_button(bot: Bot, anna: Person) -> None:
    """A chat's own button wins until it is set back to the default."""
    await bot.set_chat_menu_button(chat_id=anna.id, menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button(chat_id=anna.id)).type == "commands"
    await bot.set_chat_menu_button(chat_id=anna.id, menu_button=MenuButtonDefault())
    assert (await bot.get_chat_menu_button(chat_id=anna.id)).type == (await bot.get_chat_menu_button()).type
