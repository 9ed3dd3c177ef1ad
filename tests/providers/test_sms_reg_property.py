"""Whatever bytes come, a reader of sms-reg returns a result or raises a ProviderError of the right sort."""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Malformed, OrderClosed, OrderExpired, OutcomeUnknown, ProviderError, Unreachable
from bot.domain.secrets import Key
from bot.providers import sms_reg_answers as answers
from bot.providers.calls import Answer, Call, Kind
from tests.providers import sms_reg_prints as prints

Reader = Callable[[Call, Answer], Any]

READERS: dict[str, tuple[Kind, Reader]] = {
    "balance": (Kind.READ, answers.read_balance),
    "purchase": (Kind.PAID, answers.read_purchase),
    "repeat": (Kind.PAID, answers.read_repeat),
    "state": (Kind.POLL, answers.read_state),
    "number": (Kind.POLL, answers.read_number),
    "done": (Kind.ACTION, answers.read_done),
}
PRINTED = [
    prints.BALANCE,
    prints.ORDER,
    prints.COUSIN_STATE,
    prints.state("TZ_NUM_ANSWER", msg="671094"),
    prints.state("TZ_OVER_OK"),
    *(prints.error(word) for word in prints.ERROR_WORDS),
]
WORDS = ["response", "error_msg", "tzid", "balance", "number", "msg", "service"]
ENDS = {
    "TZ_OVER_OK",
    "TZ_OVER2_OK",
    "TZ_OVER_EMPTY",
    "TZ_OVER2_EMPTY",
    "TZ_OVER_NR",
    "TZ_OVER_GR",
    "TZ_DELETED",
}

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(["1", 1, "0", 3, "ERROR", *prints.STATES, *prints.ERROR_WORDS, "9" * 400, "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=6),
    max_leaves=12,
)
answered = st.fixed_dictionaries(
    {"response": st.sampled_from(["1", "ERROR", *prints.STATES])},
    optional=dict.fromkeys(WORDS[1:], values),
)
bodies = (
    st.binary()
    | st.text().map(lambda text: text.encode("utf-8", "surrogatepass"))
    | (values | answered).map(lambda value: json.dumps(value).encode())
    | st.tuples(st.sampled_from(PRINTED), st.integers(0, 300)).map(lambda cut: cut[0][: cut[1]].encode())
    | st.tuples(st.sampled_from(PRINTED), st.integers(0, 300), st.binary(max_size=3)).map(
        lambda patch: patch[0].encode()[: patch[1]] + patch[2] + patch[0].encode()[patch[1] + len(patch[2]) :]
    )
)


def outcome(read: Reader, call: Call, answer: Answer) -> object:
    """Return what a reader returns, or the provider's error that it raises."""
    try:
        return read(call, answer)
    except ProviderError as error:
        return error


def texts(value: object) -> Iterator[str]:
    """Yield every text inside a result or an error."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, ProviderError):
        yield from texts(value.args)
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts(getattr(value, part.name))


@pytest.mark.parametrize("name", READERS)
@given(status=st.sampled_from([200, 204, 400, 404, 500, 502]), body=bodies)
def test_any_bytes(name: str, status: int, body: bytes) -> None:
    """No answer crashes a reader or closes an order without one of the words that do."""
    kind, read = READERS[name]
    form: dict[str, str | Key] = {"tzid": "1", "apikey": Key("testapikey")}
    call = Call(prints.RECORD, name, "/", form, kind)
    result = outcome(read, call, Answer(status, body))
    assert not isinstance(result, (Malformed, Unreachable) if kind is Kind.PAID else OutcomeUnknown)
    if isinstance(result, OrderExpired | OrderClosed):
        assert any(word.encode() in body for word in ENDS)
    for text in texts(result):
        assert "testapikey" not in text
        assert "\x00" not in text
        text.encode()
