"""Answers that no document knows: random bytes, random JSON, printed answers cut and patched."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from hypothesis import strategies as st

from bot.domain.errors import Malformed, OutcomeUnknown, ProviderError, Unreachable
from bot.providers.calls import Answer, Call, Kind

STATUSES = st.sampled_from([200, 204, 400, 404, 500, 502])
"""HTTP statuses that come with bodies of all sorts."""

Reader = Callable[[Call, Answer], Any]


def bodies(printed: Iterable[str], words: Iterable[str]) -> st.SearchStrategy[bytes]:
    """Return bodies made of anything, and of the protocol's own answers and field names."""
    known, names = list(printed), list(words)
    odd = [0, 1, -1, "0", "1", "200", 400, "9" * 400, "1,5", "\ud800", "\x00", "+7", "79996037108"]
    values = st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(st.characters(), max_size=20)
        | st.sampled_from(odd),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(names), inner, max_size=6)
        ),
        max_leaves=12,
    )
    envelopes = st.fixed_dictionaries({"status": st.sampled_from([0, 1, "1", 200, 400]), "data": values})
    cuts = st.tuples(st.sampled_from(known), st.integers(0, 400), st.binary(max_size=3))
    return (
        st.binary()
        | st.text().map(lambda text: text.encode("utf-8", "surrogatepass"))
        | (values | envelopes).map(lambda value: json.dumps(value).encode())
        | cuts.map(lambda cut: cut[0].encode()[: cut[1]])
        | cuts.map(lambda cut: cut[0].encode()[: cut[1]] + cut[2] + cut[0].encode()[cut[1] + len(cut[2]) :])
    )


def judge(read: Reader, call: Call, answer: Answer, key: str) -> None:
    """Read an answer: a result or a ProviderError fit for the call comes out, its texts fit to be stored."""
    try:
        result = read(call, answer)
    except ProviderError as error:
        result = error
    never = (Malformed, Unreachable) if call.kind is Kind.PAID else OutcomeUnknown
    assert not isinstance(result, never)
    for text in _texts(result):
        assert key not in text
        assert "\x00" not in text
        text.encode()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, ProviderError):
        yield from _texts(value.args)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name))
