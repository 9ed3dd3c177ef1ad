"""What Telegram shows around the chat: the command menu and the descriptions, in every language."""

from collections.abc import Awaitable

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats

from bot.i18n import FALLBACK, LANGUAGES, Translator
from bot.logs import get_logger
from bot.telegram.desk import Desk

_log = get_logger(__name__)


def commands(t: Translator) -> list[BotCommand]:
    """Return the command menu of a language."""
    named = {
        "buy": t.plain("command-buy"),
        "rent": t.plain("command-rent"),
        "watch": t.plain("command-watch"),
        "orders": t.plain("command-orders"),
        "balance": t.plain("command-balance"),
        "history": t.plain("command-history"),
        "stats": t.plain("command-stats"),
        "keys": t.plain("command-keys"),
        "settings": t.plain("command-settings"),
        "lang": t.plain("command-lang"),
        "help": t.plain("command-help"),
        "start": t.plain("command-start"),
    }
    return [BotCommand(command=name, description=text) for name, text in named.items()]


def group_commands(t: Translator) -> list[BotCommand]:
    """Return the command menu of a language in groups: what makes sense before everybody's eyes."""
    named = {
        "buy": t.plain("command-buy"),
        "orders": t.plain("command-orders"),
        "notify": t.plain("command-notify"),
        "help": t.plain("command-help"),
    }
    return [BotCommand(command=name, description=text) for name, text in named.items()]


async def announce(bot: Bot, desk: Desk) -> None:
    """Set menus and descriptions where they differ from ours; a failure is logged and stops nothing."""
    for language in LANGUAGES:
        t = desk.translations.get(language)
        # The default serves readers of every language that the bot does not speak.
        code = "" if language == FALLBACK else language
        await _try("commands", _set_commands(bot, t, code))
        await _try("commands in groups", _set_group_commands(bot, t, code))
        await _try("description", _set_description(bot, t, code))
        await _try("short description", _set_short_description(bot, t, code))


async def _set_commands(bot: Bot, t: Translator, code: str) -> None:
    ours = commands(t)
    if await bot.get_my_commands(language_code=code) != ours:
        await bot.set_my_commands(ours, language_code=code)


async def _set_group_commands(bot: Bot, t: Translator, code: str) -> None:
    ours, groups = group_commands(t), BotCommandScopeAllGroupChats()
    if await bot.get_my_commands(scope=groups, language_code=code) != ours:
        await bot.set_my_commands(ours, scope=groups, language_code=code)


async def _set_description(bot: Bot, t: Translator, code: str) -> None:
    ours = t.plain("bot-description")
    if (await bot.get_my_description(language_code=code)).description != ours:
        await bot.set_my_description(ours, language_code=code)


async def _set_short_description(bot: Bot, t: Translator, code: str) -> None:
    ours = t.plain("bot-short-description")
    if (await bot.get_my_short_description(language_code=code)).short_description != ours:
        await bot.set_my_short_description(ours, language_code=code)


async def _try(what: str, setting: Awaitable[None]) -> None:
    try:
        await setting
    except AiogramError as error:
        _log.warning("menu not set", what=what, reason=str(error))
