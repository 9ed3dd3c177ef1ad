"""Methods by which a bot introduces itself: commands, names, descriptions, menu buttons."""

from sandbox.telegram.methods.call import Call, Method
from sandbox.telegram.profile import scope_key
from sandbox.telegram.refusal import bad_request
from sandbox.telegram.schema import Json


async def set_my_commands(call: Call) -> bool:
    """Play setMyCommands."""
    return _set_commands(call, call.params["commands"])


async def delete_my_commands(call: Call) -> bool:
    """Play deleteMyCommands."""
    return _set_commands(call, [])


async def get_my_commands(call: Call) -> list[Json]:
    """Play getMyCommands."""
    return call.world.profile.commands(scope_key(call.params.get("scope")), _language(call))


async def set_my_name(call: Call) -> bool:
    """Play setMyName."""
    return _set_text(call, "name")


async def set_my_description(call: Call) -> bool:
    """Play setMyDescription."""
    return _set_text(call, "description")


async def set_my_short_description(call: Call) -> bool:
    """Play setMyShortDescription."""
    return _set_text(call, "short_description")


async def get_my_name(call: Call) -> Json:
    """Play getMyName: the name of the account where none was set."""
    return {"name": call.world.profile.text("name", _language(call)) or call.world.bot.first_name}


async def get_my_description(call: Call) -> Json:
    """Play getMyDescription."""
    return {"description": call.world.profile.text("description", _language(call))}


async def get_my_short_description(call: Call) -> Json:
    """Play getMyShortDescription."""
    return {"short_description": call.world.profile.text("short_description", _language(call))}


async def set_chat_menu_button(call: Call) -> bool:
    """Play setChatMenuButton."""
    button = call.params.get("menu_button", {"type": "default"})
    call.world.profile.set_menu_button(_private_chat(call), button)
    call.world.feed.broadcast({"type": "commands"})
    return True


async def get_chat_menu_button(call: Call) -> Json:
    """Play getChatMenuButton."""
    return call.world.profile.menu_button(_private_chat(call))


def _language(call: Call) -> str:
    language: str = call.params.get("language_code", "")
    return language


def _set_commands(call: Call, commands: list[Json]) -> bool:
    scope = call.params.get("scope")
    if scope is not None and "chat_id" in scope:
        call.world.chat_of_bot(scope["chat_id"])
    call.world.profile.set_commands(scope_key(scope), _language(call), commands)
    call.world.feed.broadcast({"type": "commands"})
    return True


def _set_text(call: Call, kind: str) -> bool:
    call.world.profile.set_text(kind, _language(call), call.params.get(kind, ""))
    return True


def _private_chat(call: Call) -> int | None:
    identifier: int | None = call.params.get("chat_id")
    if identifier is not None and not call.world.chat_of_bot(identifier).is_private:
        raise bad_request("chat not found")
    return identifier


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": set_my_name,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyName": get_my_name,
    "getMyDescription": get_my_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
