"""The Bot API as data: ``api.json`` beside this file, read once into small records.

The data describe Bot API 10.3; ``API_LICENSES.txt`` says where they come from.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_SOURCE = Path(__file__).with_name("api.json")


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a method, or one field of an object.

    Attributes:
        types: the alternatives, in the API's words: ``Integer``, ``Array of MessageEntity``, ``ForceReply`` …
        const: the only value that is allowed (``"emoji"`` of ReactionTypeEmoji), where there is one.
        description: the sentence of the documentation.
    """

    name: str
    types: tuple[str, ...]
    required: bool
    const: str | None
    description: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A method with its parameters, or an object type with its fields.

    Attributes:
        name: as the API spells it.
        fields: by name.
        subtypes: for a union type (``MenuButton``) the types it stands for.
    """

    name: str
    fields: Mapping[str, Field]
    subtypes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """The whole API.

    Attributes:
        methods: by lower-case name, because the Bot API matches method names case-insensitively.
        types: by name.
    """

    methods: Mapping[str, Shape]
    types: Mapping[str, Shape]

    def alternatives(self, types: tuple[str, ...]) -> tuple[str, ...]:
        """Return the types with every union replaced by what it stands for."""
        found: list[str] = []
        for name in types:
            shape = self.types.get(name)
            found += self.alternatives(shape.subtypes) if shape and shape.subtypes else (name,)
        return tuple(found)


def _shape(description: Json) -> Shape:
    fields = {
        field["name"]: Field(
            field["name"], tuple(field["types"]), field["required"], field.get("const"), field["description"]
        )
        for field in description.get("fields", ())
    }
    return Shape(description["name"], fields, tuple(description.get("subtypes", ())))


@lru_cache(maxsize=1)
def schema() -> Schema:
    """Return the API, read from the file on the first call."""
    api = json.loads(_SOURCE.read_text("utf-8"))
    return Schema(
        methods={name.lower(): _shape(description) for name, description in api["methods"].items()},
        types={name: _shape(description) for name, description in api["types"].items()},
    )
