"""A line of text as a service and a country: ``tg ru``, ``россия телеграм``, ``whats app united kingdom``.

Every way to cut the words in two is read both ways round and priced; the cheapest reading wins. Exact words
cost nothing, beginnings and typos cost, a missing half costs less than a doubtful one (so that ``burger
king`` stays one service), and the order *service, country* is preferred, as in ``/buy tg ru``. A word that is
an obscure service's two-letter code and also a country (``ru`` is HOP's code) is a country; two letters that
may be a service or a country where hardly anybody sells numbers (``tg`` is Togo's code) are the service.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.catalog.countries import Countries, Country
from bot.catalog.index import Closeness, Hit
from bot.catalog.services import Service, Services

_MOST_WORDS = 6
_LONGEST_CODE = 2
_SEPARATORS = re.compile(r"[\s,;/|_+-]+")

_HALF_MISSING = 0.5
_OBSCURE_CODE = 0.2
_RARE_COUNTRY = 0.3
_CERTAIN = 1.0  # the cost of the first inexact word
_WORDS_LEFT = 4.0
_CODE_LEFT = 2.0  # telegram zz: a country that nobody sells, rather than telegramzz with two typos


@dataclass(frozen=True, slots=True)
class Query:
    """What a line of text asks for.

    Attributes:
        service: the service that is most likely meant, or None.
        country: the country that is most likely meant, or None.
        choices: every service that the words for it may mean, best first: to be shown when not ``certain``.
        unknown: words that are neither; empty where everything was understood.
        certain: every word was an exact code, id, name or alias, and of one service that is as well known
            as it: no need to ask back. (``wb`` is Wildberries to people and WeChat to programs.)
    """

    service: Service | None = None
    country: Country | None = None
    choices: tuple[Service, ...] = ()
    unknown: str = ""
    certain: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to understand the words; ``extra`` is for obscure codes and words left over."""

    services: list[Hit[Service]]
    countries: list[Hit[Country]]
    extra: float
    unknown: str = ""

    @property
    def cost(self) -> float:
        service = self.services[0].closeness if self.services else _HALF_MISSING
        country = self.countries[0].closeness if self.countries else _HALF_MISSING
        return service + country + self.extra

    def query(self) -> Query:
        service = self.services[0].entry if self.services else None
        country = self.countries[0].entry if self.countries else None
        rivals = [
            hit.entry
            for hit in self.services[1:]
            if hit.closeness is Closeness.EXACT
            and (hit.entry.popular_rank is None) == (service is None or service.popular_rank is None)
        ]
        certain = bool(service or country) and self.cost < _CERTAIN and not rivals
        return Query(service, country, tuple(hit.entry for hit in self.services), self.unknown, certain)


class _Reader:
    """Reads one line against the catalogue, with or without typos."""

    def __init__(self, services: Services, countries: Countries, *, typos: bool) -> None:
        self._services = services
        self._countries = countries
        self._typos = typos

    def readings(self, words: list[str]) -> Iterator[_Reading]:
        """Yield every reading of the words, in order of preference where costs are equal."""
        line = " ".join(words)
        if services := self._services.hits(line, typos=self._typos):
            yield _Reading(services, [], _obscurity(services, line))
        if countries := self._country(line):
            yield _Reading([], countries, _rarity(countries, line))
        for cut in range(1, len(words)):
            head, tail = " ".join(words[:cut]), " ".join(words[cut:])
            yield from self._pair(head, tail)
            yield from self._pair(tail, head)

    def _pair(self, for_service: str, for_country: str) -> Iterator[_Reading]:
        services = self._services.hits(for_service, typos=self._typos)
        countries = self._country(for_country)
        obscurity = _obscurity(services, for_service)
        if services and countries:
            yield _Reading(services, countries, obscurity + _rarity(countries, for_country))
        elif services and services[0].closeness is Closeness.EXACT and not obscurity:
            left = _WORDS_LEFT if len(for_country) > _LONGEST_CODE else _CODE_LEFT
            yield _Reading(services, [], left, for_country)
        elif countries and countries[0].closeness is Closeness.EXACT and len(for_country) > _LONGEST_CODE:
            yield _Reading([], countries, _WORDS_LEFT, for_service)

    def _country(self, text: str) -> list[Hit[Country]]:
        """Return what country the words may mean; one or two letters are a code or nothing."""
        hits = self._countries.hits(text, 1, typos=self._typos)
        return [hit for hit in hits if hit.closeness is Closeness.EXACT or len(text) > _LONGEST_CODE]


def _obscurity(services: list[Hit[Service]], text: str) -> float:
    """Return what it costs to take a word for the two-letter code of a service that few people know."""
    short = len(text) <= _LONGEST_CODE
    return _OBSCURE_CODE if short and services and services[0].entry.popular_rank is None else 0.0


def _rarity(countries: list[Hit[Country]], text: str) -> float:
    """Return what it costs to take a word for the two-letter code of a country that few people ask for."""
    short = len(text) <= _LONGEST_CODE
    return _RARE_COUNTRY if short and countries and not countries[0].entry.is_common else 0.0


def parse_query(services: Services, countries: Countries, text: str) -> Query:
    """Split a line into a service and a country, as far as it can be understood.

    Args:
        services: the catalogue's services.
        countries: the catalogue's countries.
        text: what the person typed, without the command.

    Returns:
        The most plausible reading; an empty query where there is none, and for more than six words.
    """
    best: _Reading | None = None
    for typos in (False, True):
        reader = _Reader(services, countries, typos=typos)
        for words in (text.split(), _SEPARATORS.split(text)):  # , and ; are letters to a keyboard slip
            if len(words) > _MOST_WORDS:
                continue
            for reading in reader.readings([word for word in words if word]):
                if best is None or reading.cost < best.cost:
                    best = reading
        if best is not None and best.cost < _WORDS_LEFT:
            break
    return best.query() if best else Query()
