"""Providers' codes and our ids, both ways.

A table is named after who wrote it (``getsms``); several providers may share one (``Record.codes``). An id
may have several codes in one table where they mean the same stock: Get-SMS's document says ``wapp`` and
``vbr`` in the answer of ``getcount``, ``wa`` and ``vi`` in its list. All of them are understood; the first in
the table is the main code: prices are asked and numbers bought by it. What has a stock of its own has an id
of its own, so that everything can be bought by its main code.

A code that no row knows gets a foreign id, ``provider:code``: it is sold under the provider's own name, and
by that provider alone, though others may share the table.
"""

from collections.abc import Iterable, Mapping

_SEPARATOR = ":"


def foreign_id(provider: str, code: str) -> str:
    """Return the id of something that only one provider knows, by its slug: ``getsms:ask``."""
    return f"{provider}{_SEPARATOR}{code}"


def split_foreign(id_: str) -> tuple[str, str] | None:
    """Return the provider's slug and its code from a foreign id, or None for an id of the catalogue's own."""
    provider, separator, code = id_.partition(_SEPARATOR)
    return (provider, code) if separator else None


class Codes:
    """All tables for one kind of thing (services, or countries).

    Args:
        tables: table name → (code, id), the main code of an id before its others.

    Raises:
        ValueError: a code stands for two ids.
    """

    def __init__(self, tables: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        self._codes: dict[tuple[str, str], tuple[str, ...]] = {}
        for table, rows in tables.items():
            for code, id_ in rows:
                known = self._ids.setdefault((table, code), id_)
                if known != id_:
                    raise ValueError(f"{table}: {code} stands for {known} and for {id_}")
                codes = self._codes.get((table, id_), ())
                if code not in codes:  # a row may be repeated: the document lists khorvatiia twice
                    self._codes[table, id_] = (*codes, code)

    def id_of(self, table: str, code: str) -> str | None:
        """Return the id behind a code, or None."""
        return self._ids.get((table, code))

    def codes(self, table: str, id_: str) -> tuple[str, ...]:
        """Return every code of an id in a table, the main one first; nothing for a foreign id."""
        return self._codes.get((table, id_), ())
