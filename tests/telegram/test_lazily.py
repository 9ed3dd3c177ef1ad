"""aiogram's types are built when they are used, and are then what they would have been."""

import json
import subprocess
import sys
from typing import Any

_TOLD = """
import json
import re
from aiogram import methods, types
from pydantic import BaseModel

kinds = {n: k for room in (types, methods) for n in room.__all__ if isinstance(k := getattr(room, n), type)}
models = {name: kind for name, kind in kinds.items() if issubclass(kind, BaseModel)}
early = [name for name, kind in models.items() if kind.__pydantic_complete__]
for kind in models.values():
    kind.model_rebuild()
fields = {
    name: [re.sub(" at 0x[0-9a-f]+", "", str(field)) for field in kind.model_fields.items()]
    for name, kind in models.items()
}
late = [name for name, kind in models.items() if not kind.__pydantic_complete__]
print(json.dumps([early, late, fields]))
"""


def told(before: str) -> Any:
    """Return what a new process says of all models: built at once, never built, and the fields of each."""
    script = f"import {before}\n{_TOLD}"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)  # noqa: S603 - this interpreter, our script
    return json.loads(done.stdout)


def test_every_type_can_be_built_late_and_is_the_same() -> None:
    """Few types are built at the start; every other can be built later, with the fields it should have."""
    eager, _, expected = told("aiogram")
    early, never, fields = told("bot.app")
    assert len(early) * 4 < len(eager)
    assert not never
    assert len(fields) > 400
    assert fields == expected
