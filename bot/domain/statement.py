"""Purchases as a file: CSV for spreadsheets, JSON for programs."""

import csv
import io
import json
from collections.abc import Iterable
from enum import StrEnum

from bot.domain.history import Bought, Purchase

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\ufeff"


class Format(StrEnum):
    """What a file is."""

    CSV = "csv"
    JSON = "json"


def statement(purchases: Iterable[Purchase], accounts: dict[int, str], format_: Format) -> bytes:
    """Return purchases as a file, in UTF-8.

    The fields, in both formats: ``time`` (ISO 8601, UTC), ``kind`` (activation or rental), ``act``,
    ``account`` (its label), ``provider`` (slug), ``service``, ``country``, ``phone`` (digits), ``price``
    (decimal point), ``currency`` (ISO 4217), ``state``, ``returned`` (whether the price went back) and
    ``first_sms`` (ISO 8601, UTC). What is not known is empty in CSV and null in JSON.

    Args:
        purchases: in the order of the file.
        accounts: labels by account id.
        format_: of the file.
    """
    rows = [_row(one, accounts.get(one.account_id, "")) for one in purchases]
    if format_ is Format.JSON:
        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_FIELDS)
    writer.writerows([_cell(row[name]) for name in _FIELDS] for row in rows)
    return (_BOM + out.getvalue()).encode()  # Excel takes a file without the mark for Latin-1


_FIELDS = (
    "time",
    "kind",
    "act",
    "account",
    "provider",
    "service",
    "country",
    "phone",
    "price",
    "currency",
    "state",
    "returned",
    "first_sms",
)


def _row(one: Purchase, account: str) -> dict[str, str | bool | None]:
    return {
        "time": one.made_at.isoformat(timespec="seconds"),
        "kind": "rental" if one.kind is Bought.RENTAL else "activation",
        "act": one.act,
        "account": account,
        "provider": one.provider,
        "service": one.service,
        "country": one.country,
        "phone": one.phone,
        "price": None if one.price is None else format(one.price.amount, "f"),
        "currency": None if one.price is None else one.price.currency,
        "state": one.state,
        "returned": one.is_returned,
        "first_sms": one.first_sms_at.isoformat(timespec="seconds") if one.first_sms_at else None,
    }


def _cell(value: str | bool | None) -> str:  # noqa: FBT001 - one of the kinds of value
    """Return a value as a cell; a spreadsheet takes none for a formula (OWASP, "CSV Injection")."""
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else value
    return f"'{text}" if text.startswith(_FORMULA) else text
