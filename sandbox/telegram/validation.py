"""Every call is held against the Bot API's description before anything happens.

Stricter than Telegram in one point, on purpose: a parameter or field that the API does not know is refused
instead of ignored, so that a slip of the pen fails a test.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.refusal import Refusal, bad_request
from sandbox.telegram.schema import Json, Shape, schema

_ARRAY = "Array of "
_INTEGER = re.compile(r"[+-]?\d{1,19}\Z")
_ATTACHED = "attach://"
_TRUE = frozenset({"true", "yes", "1"})
_FALSE = frozenset({"false", "no", "0", ""})
_WORDS = re.compile(r"(?<!^)(?=[A-Z])")

# Where Telegram has a sentence of its own for a parameter that is missing (telegram-bot-api, Client.cpp).
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "user_id": "invalid user_id specified",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came as a part of a multipart body."""

    name: str
    content_type: str
    content: bytes


def find_method(name: str) -> Shape:
    """Return the method of this name.

    Raises:
        Refusal: 404, where the Bot API has no such method.
    """
    if (shape := schema().methods.get(name.lower())) is None:
        raise Refusal(404, "Not Found: method not found")
    return shape


def validate(method: Shape, given: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Json:
    """Return the parameters of a call, converted to the types of the API.

    Args:
        method: what is called.
        given: parameters by name: text (query, form, multipart) or JSON values (a JSON body).
        uploads: the files of a multipart body, by part name.

    Returns:
        Integers as int, objects and lists as parsed JSON, files as ``Upload``; what was not given is absent.

    Raises:
        Refusal: 400, in Telegram's wording where it has one.
    """
    remaining = dict(uploads)
    result: Json = {}
    for name, value in given.items():
        if (field := method.fields.get(name)) is None:
            raise bad_request(f'unknown parameter "{name}" of {method.name}')
        if value is not None:
            result[name] = _Reader(remaining).parameter(name, field.types, value)
    for name in [name for name in remaining if name in method.fields]:
        if "InputFile" not in method.fields[name].types:
            raise bad_request(f'parameter "{name}" must not be a file')
        result[name] = remaining.pop(name)
    if remaining:
        raise bad_request(f'unknown parameter "{next(iter(remaining))}" of {method.name}')
    for field in method.fields.values():
        if field.required and field.name not in result:
            raise bad_request(_MISSING.get(field.name, f'parameter "{field.name}" is required'))
    return result


class _Reader:
    """Reads values against their types; takes the uploads it meets out of ``uploads``."""

    def __init__(self, uploads: dict[str, Upload]) -> None:
        self._uploads = uploads

    def parameter(self, name: str, types: tuple[str, ...], value: Any) -> Any:
        """Convert one top-level parameter, which may be text although its type is not."""
        if isinstance(value, str):
            return self._text(name, types, value)
        if value is not True and isinstance(value, int) and types == ("String",):
            return str(value)
        return self._value(f'parameter "{name}"', types, value)

    def _text(self, name: str, types: tuple[str, ...], value: str) -> Any:
        if "InputFile" in types and value.startswith(_ATTACHED):
            return self._attached(value)
        if "Integer" in types and _INTEGER.match(value):
            return int(value)
        if "String" in types:
            return value
        if types in {("Boolean",), ("True",)}:
            if value.lower() in _TRUE | _FALSE:
                return value.lower() in _TRUE
            raise bad_request(f'parameter "{name}" must be a boolean')
        if types == ("Float",):
            try:
                return float(value)
            except ValueError:
                raise bad_request(f'parameter "{name}" must be a number') from None
        if "Integer" in types:
            raise bad_request(f'parameter "{name}" must be an integer')
        try:
            parsed = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
        return self._value(name.replace("_", " "), types, parsed)

    def _attached(self, value: str) -> Upload:
        part = value.removeprefix(_ATTACHED)
        if part not in self._uploads:
            raise bad_request(f"attached file {part} is not found")
        return self._uploads.pop(part)

    def _value(self, where: str, types: tuple[str, ...], value: Any) -> Any:
        alternatives = schema().alternatives(types)
        if isinstance(value, dict):
            objects = [schema().types[name] for name in alternatives if name in schema().types]
            if objects:
                return self._object(_likeliest(objects, value), value)
        elif isinstance(value, list):
            arrays = [name for name in alternatives if name.startswith(_ARRAY)]
            if arrays:
                return [self._value(where, (arrays[0].removeprefix(_ARRAY),), item) for item in value]
        elif "InputFile" in alternatives and isinstance(value, str) and value.startswith(_ATTACHED):
            return self._attached(value)
        elif any(_is_a(name, value) for name in alternatives):
            return value
        raise bad_request(f"can't parse {where}: {_expected(alternatives[0])}")

    def _object(self, shape: Shape, value: Json) -> Json:
        words = _WORDS.sub(" ", shape.name).lower()
        for name in value:
            if name not in shape.fields:
                raise bad_request(f'can\'t parse {words}: Unknown field "{name}"')
        result: Json = {}
        for name, field in shape.fields.items():
            item = value.get(name)
            if item is None:
                if field.required:
                    raise bad_request(f"can't parse {words}: Can't find field \"{name}\"")
                continue
            if field.const is not None and item != field.const:
                raise bad_request(f'can\'t parse {words}: Field "{name}" must be "{field.const}"')
            scalar = all(name in _SCALARS for name in field.types)
            if scalar and not any(_is_a(name, item) for name in field.types):
                kind = _SCALARS[field.types[0]]
                raise bad_request(f'can\'t parse {words}: Field "{name}" must be of type {kind}')
            result[name] = self._value(words, field.types, item)
        return result


_SCALARS = {
    "String": "String",
    "Integer": "Number",
    "Float": "Number",
    "Boolean": "Boolean",
    "True": "Boolean",
}


def _is_a(name: str, value: Any) -> bool:
    match name:
        case "String":
            return isinstance(value, str)
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean" | "True":
            return isinstance(value, bool)
    return False


def _expected(name: str) -> str:
    if name.startswith(_ARRAY):
        return "Array expected"
    return f"{_SCALARS[name]} expected" if name in _SCALARS else "Object expected"


def _likeliest(shapes: list[Shape], value: Json) -> Shape:
    """Return the shape whose constants and required fields agree best, so that its errors name the slip."""

    def agreement(shape: Shape) -> int:
        constants = sum(
            (1 if value.get(field.name) == field.const else -1) * 100
            for field in shape.fields.values()
            if field.const is not None
        )
        required = sum(10 for field in shape.fields.values() if field.required and field.name in value)
        return constants + required + sum(name in shape.fields for name in value)

    return max(shapes, key=agreement)
