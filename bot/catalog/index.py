"""Search by name: exact first, then by prefix, then with a keyboard slip, then with a typo.

Each step runs only if the ones before found nothing, so that a good hit is never diluted by guesses and the
costly comparison with every name (a millisecond) is left to texts that need it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import takewhile
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.catalog.spelling import key, slips, words

T = TypeVar("T")

_LONGEST_CODE = 2  # letters; a provider's code is typed whole, its first letter says nothing
_SHORTEST_SLIP = 3  # two letters are a provider's code in any layout
_SHORTEST_TYPO = 4  # a shorter word with a letter changed is another word
_TWO_TYPOS = 7  # from here on two typos still leave one likely word
_FREE_BEGINNING = 6  # fall is not call, but ntelega is telega


class Closeness(IntEnum):
    """How a text met a term; lower is better."""

    EXACT = 0
    PREFIX = 1
    LATER_WORD = 2  # the text begins a later word of the term: ``kingdom``
    TYPO = 3


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """One found entry.

    Attributes:
        entry: what was found.
        closeness: how well it fits.
    """

    entry: T
    closeness: Closeness


_Fit = tuple[Closeness, int]  # how close, and the number of typos


def _typos_allowed(length: int) -> int:
    """Return how many letters may be wrong, missing, added or swapped in a key of this length."""
    if length < _SHORTEST_TYPO:
        return 0
    return 1 if length < _TWO_TYPOS else 2


def _plausible(wanted: str, known: str, distance: int) -> bool:
    """Say whether one key may be the other misspelled: the shorter decides, and short words begin right."""
    shorter = min(len(wanted), len(known))
    return distance <= _typos_allowed(shorter) and (shorter >= _FREE_BEGINNING or wanted[0] == known[0])


class Index(Generic[T]):
    """The terms of some entries, made ready for search.

    Args:
        entries: what can be found, in the order that breaks ties (most wanted first), each with its terms
            (id, codes, names, aliases) in any script.
    """

    def __init__(self, entries: Iterable[tuple[T, Iterable[str]]]) -> None:
        self._entries: list[T] = []
        whole: defaultdict[str, set[int]] = defaultdict(set)
        later: defaultdict[str, set[int]] = defaultdict(set)
        for position, (entry, terms) in enumerate(entries):
            self._entries.append(entry)
            for term in terms:
                parts = words(term)
                whole["".join(parts)].add(position)
                for start in range(1, len(parts)):
                    later["".join(parts[start:])].add(position)
        whole.pop("", None)
        self._whole = dict(whole)
        self._whole_keys = sorted(known for known in whole if len(known) > _LONGEST_CODE)
        self._later = dict(later)
        self._later_keys = sorted(later)
        self._typo_keys = [known for known in self._whole_keys if len(known) >= _SHORTEST_TYPO]

    def find(self, text: str, limit: int, *, typos: bool = True) -> list[Hit[T]]:
        """Return the entries that a person may mean by this text, best first, at most ``limit``.

        Args:
            text: as typed.
            limit: how many hits at most.
            typos: whether the costly last step, comparison with every name, is taken.
        """
        wanted = key(text)
        if not wanted:
            return []
        meant = [other for other in slips(text) if len(other) >= _SHORTEST_SLIP]
        found = self._spelled(wanted) or self._first(meant)
        if not found and typos:
            found = self._mistyped(wanted)
        ranked = sorted(found, key=lambda position: (found[position], position))
        return [Hit(self._entries[position], found[position][0]) for position in ranked[:limit]]

    def _first(self, keys: Iterable[str]) -> dict[int, _Fit]:
        """Return the hits of the first key that has some."""
        return next((found for other in keys if (found := self._spelled(other))), {})

    def _spelled(self, wanted: str) -> dict[int, _Fit]:
        """Return the hits of a key as it stands, by position."""
        found: dict[int, _Fit] = {}
        for position in self._whole.get(wanted, ()):
            found[position] = (Closeness.EXACT, 0)
        for known in _starting(self._whole_keys, wanted):
            for position in self._whole[known]:
                found.setdefault(position, (Closeness.PREFIX, 0))
        for known in _starting(self._later_keys, wanted):
            for position in self._later[known]:
                found.setdefault(position, (Closeness.LATER_WORD, 0))
        return found

    def _mistyped(self, wanted: str) -> dict[int, _Fit]:
        """Return the hits within the allowed number of typos, by position."""
        found: dict[int, _Fit] = {}
        if allowed := _typos_allowed(len(wanted)):
            near = process.extract(
                wanted, self._typo_keys, scorer=OSA.distance, score_cutoff=allowed, limit=None
            )
            for known, distance, _ in near:  # nearest first
                if _plausible(wanted, known, int(distance)):
                    for position in self._whole[known]:
                        found.setdefault(position, (Closeness.TYPO, int(distance)))
        return found


def _starting(keys: Sequence[str], prefix: str) -> Iterable[str]:
    """Return the keys of a sorted sequence that begin with the prefix."""
    first = bisect_left(keys, prefix)
    return takewhile(lambda known: known.startswith(prefix), (keys[n] for n in range(first, len(keys))))
