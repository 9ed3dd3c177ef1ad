"""Values as vendors write them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.providers import values


@pytest.mark.parametrize("text", ["", "{", "[1,]", "NaN", '{"a": Infinity}', "[" * 100_000])
def test_what_is_not_json(text: str) -> None:
    """Not JSON, not a number that JSON knows, nested beyond reason: one and the same error."""
    with pytest.raises(ValueError):  # noqa: PT011 - the words do not matter, they are never shown
        values.parse_json(text)


def test_numbers_keep_their_spelling() -> None:
    """Money never becomes a float, and an id with leading weight never loses a digit."""
    text = '{"a": 62.30, "b": 12345678901234567890123, "c": "7", "d": true}'
    assert values.parse_json(text) == {"a": "62.30", "b": "12345678901234567890123", "c": "7", "d": True}


@pytest.mark.parametrize(
    ("body", "text"),
    [(b" a ", "a"), (b"\xef\xbb\xbf{}", "{}"), ("код".encode(), "код"), (b"\xff7", "\ufffd7")],
)
def test_bodies_are_read_as_utf8(body: bytes, text: str) -> None:
    """A byte-order mark and blanks go, broken bytes are marked."""
    assert values.decode(body) == text


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("5", "5"),
        ("62.30", "62.30"),
        ("100,00", "100.00"),
        (" -1.5 ", "-1.5"),
        ("", None),
        ("1e5", None),
        ("1,000.00", None),
        ("٣", None),
        ("1" * 13, None),
        (".5", None),
        (5, None),
        (None, None),
    ],
)
def test_numbers(written: object, amount: str | None) -> None:
    """A plain decimal with point or comma is a number; what is doubtful is not."""
    assert values.number(written) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("written", "amount"), [("3712", 3712), ("3.0", 3), ("0", 0), ("-1", None), ("1.5", None), (None, None)]
)
def test_counts(written: object, amount: int | None) -> None:
    """A count is whole and not negative."""
    assert values.count(written) == amount


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("377253343", "377253343"),
        (" a-1 ", "a-1"),
        ("", None),
        ("a b", None),
        ("й", None),
        ("x" * 65, None),
        (True, None),
        (None, None),
    ],
)
def test_identifiers(written: object, name: str | None) -> None:
    """An id is one visible word."""
    assert values.identifier(written) == name


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("79969817867", "79969817867"),
        ("+7 (996) 981-78-67", "79969817867"),
        ("1234", None),
        ("1" * 16, None),
        ("٧٩٩٦٩٨١٧٨٦٧", None),
        ("soon", None),
        (None, None),
    ],
)
def test_phones(written: object, digits: str | None) -> None:
    """A phone is 5 to 15 digits, whatever decorates them."""
    assert values.phone(written) == digits


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (" Hi\nthere ", "Hi\nthere"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("\ud83d!", "?!"),
        ("😀", "😀"),
        (" \n ", None),
        ("", None),
        (7, None),
        (None, None),
    ],
)
def test_sentences(written: object, text: str | None) -> None:
    """A text can be stored and shown, or there is none."""
    assert values.sentence(written) == text


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2023-02-23T13:18:57Z", datetime(2023, 2, 23, 13, 18, 57, tzinfo=UTC)),
        ("2023-02-23T16:18:57+03:00", datetime(2023, 2, 23, 13, 18, 57, tzinfo=UTC)),
        ("2023-02-23 13:18:57", None),
        ("0001-01-01T00:00:00+23:59", None),
        ("soon", None),
        (None, None),
    ],
)
def test_moments(written: object, moment: datetime | None) -> None:
    """A time without a zone is no time: it could be hours away."""
    assert values.moment(written) == moment


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1587633960", datetime(2020, 4, 23, 9, 26, tzinfo=UTC)),
        (" 1 ", datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("999999999999", None),
        ("soon", None),
        (True, None),
        (None, None),
    ],
)
def test_unix_times(written: object, read: datetime | None) -> None:
    """Whole seconds since 1970 are a time in UTC; zero is how vendors write none."""
    assert values.unix(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (True, True),
        (False, False),
        ("1", True),
        ("0", False),
        ("true", True),
        ("false", False),
        ("yes", None),
        ("", None),
        (None, None),
        ([], None),
    ],
)
def test_flags(written: object, read: bool | None) -> None:  # noqa: FBT001 - a parameter of the test's table
    """Truth is a JSON boolean, a digit or a word; anything else says nothing."""
    assert values.flag(written) is read
