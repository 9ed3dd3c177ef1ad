"""What somebody who leaves for good leaves behind."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Rows = tuple[Mapping[str, Any], ...]

ABOUT = (
    "Everything that Codebell has stored about one person, table by table. "
    "API keys are never exported: of each, only the last four characters are here, as 'tail'. "
    "Times are UTC (ISO 8601), amounts are decimals."
)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What there is of a person, for the question whether it is to go.

    Attributes:
        in_doubt: purchases and payments of which it is not known yet how they end; nothing goes meanwhile.
        open_numbers: activations and rentals that go on at their providers, whatever happens here.
        keys: keys that are kept.
        purchases: orders and rentals, whatever became of them.
    """

    in_doubt: int
    open_numbers: int
    keys: int
    purchases: int


def copy_of(tables: Mapping[str, Rows], user_id: int, made_at: datetime) -> bytes:
    """Return all that is stored of a person as JSON, in UTF-8: ``{"about", "person", "made_at", "data"}``.

    Args:
        tables: name → rows as column → value; those without rows are left out.
        user_id: Telegram's.
        made_at: aware.
    """
    data = {name: [dict(row) for row in rows] for name, rows in tables.items() if rows}
    whole = {"about": ABOUT, "person": user_id, "made_at": made_at, "data": data}
    return (json.dumps(whole, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()


def _plain(value: object) -> str:
    """Return a value of a column as text.

    Raises:
        TypeError: of a kind that no file may hold unread, such as bytes, which may be a sealed key.
    """
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no place in a copy")
