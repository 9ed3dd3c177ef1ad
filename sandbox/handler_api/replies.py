"""Answers of ``handler_api.php``: words, JSON, refusals, and how values are printed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from sandbox.handler_api.house import House
from sandbox.handler_api.records import Activation
from sandbox.handler_api.rentals import Rentals
from sandbox.handler_api.world import World
from sandbox.keys import Key
from sandbox.wire import JSON, PLAIN, Answer


class Refused(Exception):
    """A request is refused: with a word, or with the JSON of the rental methods.

    Attributes:
        said: the word, or the JSON object.
    """

    def __init__(self, said: str | dict[str, Any]) -> None:
        super().__init__(said)
        self.said = said


def rent_error(message: str, **info: Any) -> Refused:
    """Return the rental methods' refusal; ``info`` goes with it where there is any."""
    return Refused({"status": "error", "message": message, **({"info": info} if info else {})})


@dataclass(frozen=True, slots=True)
class Prints:
    """How values look on the wire; the document can be read either way.

    Attributes:
        values: what stands behind a colon: ``STATUS_OK:1``, or with the blank and the quotes that the
            document prints: ``STATUS_OK: '1'``.
        json: real JSON, or the document's own: single quotes, bare keys, missing commas, where it has them.
        nothing: how getActiveActivations and getOperators say that there is nothing: with the word that the
            page lists, or in the JSON that the provider's own client expects there.
    """

    values: Literal["bare", "quoted"] = "bare"
    json: Literal["proper", "document"] = "proper"
    nothing: Literal["word", "object"] = "word"

    def word(self, word: str, value: object) -> str:
        """Return a word with its value."""
        return f"{word}:{value}" if self.values == "bare" else f"{word}: '{value}'"

    def none(self, word: str) -> Refused:
        """Return the refusal of a list that would be empty."""
        return Refused(word if self.nothing == "word" else {"status": "error", "error": word})

    def like_python(self, value: Any) -> Any:
        """Return a JSON value that the document prints with single quotes."""
        return repr(plain(value)) if self.json == "document" else value


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, with all that a method needs to answer it."""

    world: World
    rentals: Rentals
    prints: Prints
    key: Key
    form: Mapping[str, str]

    @property
    def house(self) -> House:
        """The house that is asked."""
        return self.world.house

    def get(self, name: str, default: str = "") -> str:
        """Return a parameter; its default where it is absent or empty."""
        return self.form.get(name) or default

    def service(self, name: str = "service", word: str | None = None) -> str:
        """Return the service that a parameter names.

        Raises:
            Refused: no service, or an unknown one.
        """
        known = self.world.service(self.get(name))
        if known is None:
            raise Refused(word or self.house.words.bad_service)
        return known

    def activation(self, name: str = "id", word: str = "NO_ACTIVATION") -> Activation:
        """Return the key's activation that a parameter names.

        Raises:
            Refused: there is none, or it is somebody else's.
        """
        found = self.world.activations.get(self.get(name))
        if found is None or found.key != self.key.key:
            raise Refused(word)
        return found

    def afford(self, price: Decimal, word: str | None = None) -> None:
        """Make sure that the key can pay; raises ``Refused`` where it cannot."""
        if self.key.balance < price:
            raise Refused(word or self.house.words.no_money)

    def local(self, moment: datetime, form: str = "%Y-%m-%d %H:%M:%S") -> str:
        """Return a time as the house prints it: in its own zone, which is not said."""
        return moment.astimezone(self.house.zone).strftime(form)


def printed(value: Any) -> Answer:
    """Return an answer on its way out: a word as text, everything else as JSON."""
    if isinstance(value, str):
        return Answer(value, content_type=JSON if value[:1] in "{[" else PLAIN)
    return Answer(json.dumps(plain(value), ensure_ascii=False))


def plain(value: Any) -> Any:
    """Return JSON values for our own; an empty object becomes an empty list, as PHP has it."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()} or []
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value


def word_of(answer: str) -> str | None:
    """Return the word that a text answer begins with, None for an answer of another kind."""
    found = re.match(r"[A-Z][A-Z_]+", answer)
    return found.group() if found else None
