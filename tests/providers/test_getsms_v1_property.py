"""Whatever bytes come, a reader returns a result or raises a ProviderError of the right sort."""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Malformed, OutcomeUnknown, ProviderError, Unreachable
from bot.domain.secrets import Key
from bot.providers import getsms_v1_answers as answers
from bot.providers.calls import Answer, Call, Kind
from bot.providers.registry import build_records
from tests.providers import getsms_prints as prints

Reader = Callable[[Call, Answer], Any]

READERS: dict[str, tuple[Kind, Reader]] = {
    "balance": (Kind.READ, answers.read_balance),
    "country": (Kind.READ, answers.read_country),
    "countries": (Kind.READ, lambda call, answer: answers.read_countries(call, answer, None)),
    "service": (Kind.READ, lambda call, answer: answers.read_countries(call, answer, "tg")),
    "purchase": (Kind.PAID, answers.read_purchase),
    "code": (Kind.POLL, lambda call, answer: answers.read_sms(call, answer, answers.GET_CODE)),
    "next": (Kind.ACTION, lambda call, answer: answers.read_sms(call, answer, answers.WRONG_CODE)),
    "cancel": (Kind.ACTION, lambda call, answer: answers.read_closed(call, answer, answers.REFUSE_NUMBER)),
}
PRINTED = [value for name, value in vars(prints).items() if name.isupper()]
WORDS = [
    "status",
    "data",
    "balance",
    "order_id",
    "phone",
    "code",
    "fullSms",
    "id",
    "price",
    "count",
    "ANY",
    "ru",
]

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(["200", 200, "400", 500, "0001-01-01T00:00:00+23:59", "9" * 400, "1,5", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=6),
    max_leaves=12,
)
envelopes = st.fixed_dictionaries({"status": st.sampled_from([200, "200", 400, 500, 502]), "data": values})
bodies = (
    st.binary()
    | st.text().map(lambda text: text.encode("utf-8", "surrogatepass"))
    | (values | envelopes).map(lambda value: json.dumps(value).encode())
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
    """No answer crashes a reader, and all text that comes out can be stored: valid UTF-8 without NUL."""
    kind, read = READERS[name]
    form: dict[str, str | Key] = {"country": "ru", "userkey": Key("testapikey")}
    call = Call(build_records()[0], name, "/", form, kind)
    result = outcome(read, call, Answer(status, body))
    assert not isinstance(result, (Malformed, Unreachable) if kind is Kind.PAID else OutcomeUnknown)
    for text in texts(result):
        assert "testapikey" not in text
        assert "\x00" not in text
        text.encode()
