"""aiogram's types, each built when it is first used. To be imported before aiogram.

aiogram imports its 400 models and at once builds what validates each of them, which takes a second and a half
of CPU and more than 90 MB; the bot meets a few dozen of them. The models themselves are declared to be built
late (``defer_build``), and lack only the names that their annotations speak of. So the names are put into
their modules, where pydantic looks for them, and the building is left out.
"""

import sys
from typing import Any
from unittest.mock import patch

from pydantic import BaseModel


def _import() -> None:
    if "aiogram" in sys.modules:  # built already: nothing to spare
        return
    names: dict[str, Any] = {}

    def note(_types_namespace: dict[str, Any]) -> None:
        names.update(_types_namespace)

    with patch.object(BaseModel, "model_rebuild", note):
        import aiogram.types  # noqa: PLC0415 - while the patch holds
    for kind in list(names.values()):
        if isinstance(kind, type) and kind.__module__.startswith(aiogram.types.__name__):
            module = vars(sys.modules[kind.__module__])
            for name, value in names.items():
                module.setdefault(name, value)


_import()


def build_used() -> None:
    """Build what every chat needs, so that the first person does not wait for it."""
    from aiogram.methods import (  # noqa: PLC0415 - see _import
        AnswerCallbackQuery,
        DeleteMessage,
        EditMessageText,
        Response,
        SendMessage,
    )
    from aiogram.types import Message, Update  # noqa: PLC0415 - see _import

    methods = AnswerCallbackQuery, DeleteMessage, EditMessageText, SendMessage
    for kind in (Update, *methods, Response[Message], Response[bool], Response[Message | bool]):
        kind.model_rebuild()
