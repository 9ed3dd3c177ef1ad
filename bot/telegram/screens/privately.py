"""The way from a group to the private chat."""

from bot.i18n import Translator
from bot.telegram.screens.screen import Button, Screen


def private_chat(link: str, t: Translator) -> Screen:
    """Draw the way to the private chat, for what others need not read."""
    return Screen(t.t("private-only"), ((Button(t.plain("button-private-chat"), url=link),),))
