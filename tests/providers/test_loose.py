"""Nearly JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.providers import loose

json_values = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def refused(text: str) -> bool:
    """Return whether a text is refused."""
    try:
        loose.parse(text)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1.50}', {"a": "1.50"}),
        ("{'a': 'it\\'s \"b\"'}", {"a": 'it\'s "b"'}),
        ("[{'a': 007}, {'a': -1.5},]", [{"a": "007"}, {"a": "-1.5"}]),
        ("{{'a': b}, {'a': true}}", [{"a": "b"}, {"a": True}]),
        ("{{'a': {'b': null}},\n{'a': {}},},\n", [{"a": {"b": None}}, {"a": {}}]),
        ('{a: "x:y, {z}"},', {"a": "x:y, {z}"}),
    ],
)
def test_what_vendors_print(text: str, value: Any) -> None:
    """Single quotes, bare words, spare commas and lists in braces are understood; numbers stay as written."""
    assert loose.parse(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "{'a': 1",
        "{'a': 1]",
        "['a'}",
        "{'a': 'b}",
        "{{'a': 1}",
        "'a': 1}",
        "{'a' 1}",
        "",
        "]",
        "{{'a': 1}, {'b': 2}] ",
        "[" * 100_000,
        "[" * 20_000 + "x" + "]" * 20_000,
        "[" + "x," * 40_000 + "]",
    ],
)
def test_what_is_broken_is_refused(text: str) -> None:
    """What is cut off, out of balance, nested beyond reason or long is not mended."""
    assert refused(text)


@given(json_values)
def test_json_is_taken_as_it_is(value: Any) -> None:
    """Whatever is JSON means what it meant."""
    assert loose.parse(json.dumps(value)) == value


@given(json_values, st.integers(0, 200))
def test_nothing_cut_off_is_completed(value: Any, length: int) -> None:
    """A list or object that lost its end is never read as if it were whole."""
    text = json.dumps([value])
    if length >= len(text):
        return
    assert refused(text[:length])


@given(st.text(st.sampled_from("{}[],:'\"\\ab1 \n"), max_size=40))
def test_any_text(text: str) -> None:
    """No text crashes it: there is a value, or a ValueError."""
    refused(text)
