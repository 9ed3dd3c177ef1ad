"""Exports: complete, and harmless in a spreadsheet."""

import csv
import io
import json

import pytest

from bot.domain.statement import Format, statement
from tests.screens.test_history import purchase


def cells(label: str) -> list[list[str]]:
    """Return the cells of a CSV with one purchase of an account of this label."""
    content = statement([purchase()], {1: label}, Format.CSV)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_both_formats_tell_the_same() -> None:
    """A row of the CSV holds what an object of the JSON holds, in plain figures and UTC."""
    head, row = cells("Ключ")
    (found,) = json.loads(statement([purchase()], {1: "Ключ"}, Format.JSON))
    assert head == list(found)
    assert row == [str(value).lower() if isinstance(value, bool) else value for value in found.values()]
    assert found["time"] == "2026-01-15T12:00:00+00:00"
    assert (found["price"], found["currency"], found["returned"]) == ("12.50", "RUB", False)
    assert (found["phone"], found["account"]) == ("79969817867", "Ключ")


@pytest.mark.parametrize("label", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(label: str) -> None:
    """What a person or a provider named like a formula is text in a spreadsheet."""
    assert cells(label)[1][3] == f"'{label}"


def test_commas_and_lines_stay_in_their_cell() -> None:
    """Separators inside a label do not break the table."""
    assert cells('a,"b"\nc')[1][3] == 'a,"b"\nc'


def test_a_spreadsheet_knows_the_encoding() -> None:
    """The CSV begins with the mark of UTF-8, the JSON with none."""
    assert statement([], {}, Format.CSV).startswith(b"\xef\xbb\xbftime,")
    assert json.loads(statement([], {}, Format.JSON)) == []
