"""What a bot tells about itself: command lists by scope and language, names, descriptions, menu buttons.

Sources: Bot API, BotCommandScope ("Determining list of commands") and the setMy… methods; TDLib,
BotCommand.cpp (the sentences).
"""

import re
from collections.abc import Iterator

from sandbox.telegram.chats import ADMINISTRATORS, Chat
from sandbox.telegram.refusal import bad_request
from sandbox.telegram.schema import Json

_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
_COMMANDS = 100
_COMMAND_LENGTH = 32
_DESCRIPTION_LENGTH = 256
_LANGUAGE = re.compile(r"(?:[a-z]{2})?\Z")
_TEXTS = {"name": 64, "description": 512, "short_description": 120}

Scope = tuple[str, int | str | None, int | None]
_DEFAULT: Scope = ("default", None, None)


def scope_key(scope: Json | None) -> Scope:
    """Return what tells two scopes apart: type, chat and user."""
    if scope is None:
        return _DEFAULT
    return scope["type"], scope.get("chat_id"), scope.get("user_id")


class Profile:
    """The settings of one bot."""

    def __init__(self) -> None:
        self._commands: dict[tuple[Scope, str], list[Json]] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self._menu_buttons: dict[int | None, Json] = {}

    def set_commands(self, scope: Scope, language: str, commands: list[Json]) -> None:
        """Replace one list; an empty one deletes it.

        Raises:
            Refusal: 400, for a command, a description or a language that Telegram does not take.
        """
        _check_language(language)
        if len(commands) > _COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            _check_command(command)
        if commands:
            self._commands[scope, language] = commands
        else:
            self._commands.pop((scope, language), None)

    def commands(self, scope: Scope, language: str) -> list[Json]:
        """Return exactly this list; empty where it was never set."""
        _check_language(language)
        return self._commands.get((scope, language), [])

    def menu(self, chat: Chat, user: int, language: str | None) -> list[Json]:
        """Return the commands that this person sees in this chat: the first list on Telegram's way down."""
        short = (language or "")[:2]
        for scope in _ways(chat, user):
            for key in ((scope, short), (scope, "")):
                if key in self._commands:
                    return self._commands[key]
        return []

    def set_text(self, kind: str, language: str, text: str) -> None:
        """Set the name, description or short description in one language; an empty text removes it.

        Raises:
            Refusal: 400, for an overlong text or a wrong language.
        """
        _check_language(language)
        if len(text) > _TEXTS[kind]:
            raise bad_request(f"BOT_{'TITLE' if kind == 'name' else 'ABOUT'}_INVALID")
        self._texts[kind, language] = text

    def text(self, kind: str, language: str) -> str:
        """Return the text in this language, else the one for all languages, else nothing."""
        _check_language(language)
        return self._texts.get((kind, language)) or self._texts.get((kind, ""), "")

    def set_menu_button(self, chat: int | None, button: Json) -> None:
        """Set the menu button of one private chat, or the default one."""
        self._menu_buttons[chat] = button

    def menu_button(self, chat: int | None) -> Json:
        """Return the menu button of a private chat: its own, else the default one."""
        standard: Json = self._menu_buttons.get(None, {"type": "commands"})
        button: Json = self._menu_buttons.get(chat, standard)
        return standard if button["type"] == "default" and chat is not None else button


def _ways(chat: Chat, user: int) -> Iterator[Scope]:
    if chat.is_private:
        yield "chat", chat.id, None
        yield "all_private_chats", None, None
    else:
        yield "chat_member", chat.id, user
        if chat.people.get(user) in ADMINISTRATORS:
            yield "chat_administrators", chat.id, None
        yield "chat", chat.id, None
        if chat.people.get(user) in ADMINISTRATORS:
            yield "all_chat_administrators", None, None
        yield "all_group_chats", None, None
    yield _DEFAULT


def _check_language(language: str) -> None:
    if not _LANGUAGE.match(language):
        raise bad_request("invalid language code specified")


def _check_command(command: Json) -> None:
    name, description = command["command"].removeprefix("/"), command["description"]
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > _COMMAND_LENGTH:
        raise bad_request("command length must not exceed 32")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > _DESCRIPTION_LENGTH:
        raise bad_request("command description length must not exceed 256")
    if not _COMMAND.match(name):
        raise bad_request("BOT_COMMAND_INVALID")
