"""What services and countries have in common: found by id, by a provider's code, and by name."""

from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from bot.catalog.codes import Codes
from bot.catalog.index import Hit, Index


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


class Shelf(Generic[T]):
    """Entries of one kind with their codes and their index.

    Args:
        entries: the entries in the order that breaks ties in search, each with its terms.
        codes: the providers' codes for their ids.
    """

    def __init__(self, entries: Iterable[tuple[T, Iterable[str]]], codes: Codes) -> None:
        rows = tuple(entries)
        self._by_id = {entry.id: entry for entry, _ in rows}
        self._codes = codes
        self._index: Index[T] = Index(rows)

    def __iter__(self) -> Iterator[T]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, id_: str) -> T | None:
        """Return the entry with this id, or None (also for a foreign id)."""
        return self._by_id.get(id_)

    def by_code(self, table: str, code: str) -> T | None:
        """Return the entry behind a provider's code, or None where the table does not know it."""
        id_ = self._codes.id_of(table, code)
        return None if id_ is None else self._by_id[id_]

    def code(self, table: str, id_: str) -> str | None:
        """Return the main code for an id of the catalogue's own; None where the table has none."""
        return next(iter(self.codes(table, id_)), None)

    def codes(self, table: str, id_: str) -> tuple[str, ...]:
        """Return every code for an id of the catalogue's own, the main one first, or nothing."""
        return self._codes.codes(table, id_)

    def search(self, text: str, limit: int = 8) -> list[T]:
        """Return what a person may mean by a text, best first; empty where nothing is plausible."""
        return [hit.entry for hit in self._index.find(text, limit)]

    def hits(self, text: str, limit: int = 8, *, typos: bool = True) -> list[Hit[T]]:
        """Return the same with how well each fits; without ``typos``, misspelled words find nothing."""
        return self._index.find(text, limit, typos=typos)
