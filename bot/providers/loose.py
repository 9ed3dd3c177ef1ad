"""Lists and objects as some vendors print them: nearly JSON."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.providers import values

_LONGEST = 64 * 1024  # only short answers come in this shape; what is longer is a broken long one
_CLOSERS = {"{": "}", "[": "]"}
_TOKEN = re.compile(
    r"""\s*(?:
        '(?P<single>(?:[^'\\]|\\.)*)'
      | (?P<double>"(?:[^"\\]|\\.)*")
      | (?P<mark>[{}\[\],:])
      | (?P<bare>[^\s{}\[\],:'"]+)
    )""",
    re.VERBOSE | re.DOTALL,
)


def parse(text: str) -> Any:
    """Return the value of a text that is JSON, or nearly so; its numbers are strings, as they were written.

    Taken as well: single quotes, bare words (as strings), a comma after the last element, none after a value
    in quotes, and a list in braces, ``{{…}, {…}}``. What is cut off is refused: nothing is ever added that
    could hide a loss.

    Raises:
        ValueError: it is neither.
    """
    try:
        return values.parse_json(text)
    except ValueError:
        if len(text) > _LONGEST:
            raise
    return values.parse_json(" ".join(_mended(list(_tokens(text)))))


def _tokens(text: str) -> Iterator[str]:
    """Yield marks as they are, and everything else as a JSON value."""
    at, end, quoted = 0, len(text.rstrip()), False
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise ValueError("no token")
        at = found.end()
        single, double, mark, bare = found.group("single", "double", "mark", "bare")
        if quoted and mark is None:
            yield ","
        quoted = mark is None and bare is None
        if single is not None:
            yield json.dumps(single.replace("\\'", "'"))
        elif bare is not None:
            yield bare if bare in {"true", "false", "null"} else json.dumps(bare)
        else:
            yield double or mark


def _mended(written: list[str]) -> Iterator[str]:
    closers: list[tuple[str, str]] = []  # what closes here, and what to write for it
    for here, following in zip(written, [*written[1:], ""], strict=True):
        if here in _CLOSERS:
            is_list = here == "{" and following == "{"
            closers.append((_CLOSERS[here], "]" if is_list else _CLOSERS[here]))
            yield "[" if is_list else here
        elif here in _CLOSERS.values():
            closer, instead = closers.pop() if closers else ("", "")
            if closer != here:
                raise ValueError("unbalanced")
            yield instead
        elif here != "," or following not in {"", "}", "]"}:
            yield here
