"""The catalogue: read once from the CSV files beside this module, then only looked at.

``data/services.csv`` and ``data/countries.csv`` hold what is ours: ids, names, aliases, popularity.
``data/<table>-services.csv`` and ``data/<table>-countries.csv`` hold what is a provider's: its codes beside
our ids, and the names that its document prints. A further table is two further files and one more line in
``_TABLES``.

``getsms``, for Get-SMS's own protocol:

- Its lists are kept whole: 132 countries and 548 services. ``khorvatiia`` is printed twice and stays twice.
- Printed names are kept letter by letter, look-alikes included (``1хbet`` with a Cyrillic х,
  ``MoneyСontrol``, ``163СOM``, ``СhampionСasino``); the names shown are ours and keep to one script a word.
  ``РСА`` is no look-alike but a Russian abbreviation.
- Every listed code is a service of its own, because it has a stock and a price of its own: *Leboncoin1* and
  *Telegram 2.0* are not merged into their namesakes, nor are the two called *Ashan* (Auchan: ``st``, ``mh``).
- A row without a printed name is a code that the document uses in an answer but does not list: an older word
  for a listed one, under the same id.

``getsms_compatible``, for the second protocol of the same provider: the same services, and for countries the
numbers in the column ``compatible``.

``sms_activate``, for SMS-Activate and the hosts that took over its codes. Its document prints neither list. A
country or service is in the table where Get-SMS's list and a list that a public client took from SMS-Activate
agree, or two such lists do; where they differ (``yq`` was *Foxtrot* and became *mail.com*), or only one
speaks, the code is left out and sold under the provider's own name.

``getsms_online`` and ``sms_reg``, for the two protocols of GetSMS.ONLINE: its own words, some of which mean
something else elsewhere (``mg`` is OpenAI, ``oi`` are bookmakers). Of two codes for one service, the one that
its printed answers use comes first (``ot``, ``av``, ``go``, ``vi``). A country's code may name the operator,
too (``ru_mts``). *IZI KZ* is kept apart from Get-SMS's *IZI*: nothing says that they are one.

``smspva``: countries are ISO codes, but for ``UK``. ``EN``, which the document prints beside Russian numbers,
stays unknown. Services are those that its document names, and those whose number meant the same in lists of
two different years: numbers of retired services are given to new ones.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from bot.catalog.codes import Codes
from bot.catalog.countries import LANGUAGES, Countries, Country, Operator
from bot.catalog.own_names import OwnNames
from bot.catalog.query import Query, parse_query
from bot.catalog.services import Service, Services

_SEARCHED = "getsms"  # people know these codes; other tables' numbers and clashing letters would only mislead


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a table is: the files' first names, and the column of the countries' codes."""

    services: str
    countries: str
    column: str = "code"


_TABLES = {
    "getsms": _Source("getsms", "getsms"),
    "getsms_compatible": _Source("getsms", "getsms", "compatible"),
    "sms_activate": _Source("sms_activate", "sms_activate"),
    "getsms_online": _Source("getsms_online", "getsms_online"),
    "sms_reg": _Source("sms_reg", "sms_reg"),
    "smspva": _Source("smspva", "smspva"),
}


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything that is known about services and countries.

    Attributes:
        services: what an SMS can be from.
        countries: where a number can be from.
        tables: the names of the code tables (``Record.codes``).
        own: what providers call what is in no table; each bot has its own.
    """

    services: Services
    countries: Countries
    tables: frozenset[str]
    own: OwnNames = field(default_factory=OwnNames, compare=False)

    def parse(self, text: str) -> Query:
        """Read a line such as ``tg ru`` as a service and a country; see ``bot.catalog.query``."""
        return parse_query(self.services, self.countries, text)


def _rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a data file by column."""
    with (files("bot.catalog") / "data" / f"{name}.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _local_names(row: dict[str, str]) -> dict[str, str]:
    names = {language: row.get(f"name_{language}", "") for language in LANGUAGES}
    return {language: name for language, name in names.items() if name}


def _services() -> Services:
    codes: dict[str, list[tuple[str, str]]] = {}
    printed: defaultdict[str, set[str]] = defaultdict(set)
    for table, source in _TABLES.items():
        rows = list(_rows(f"{source.services}-services"))
        codes[table] = [(row["code"], row["service"]) for row in rows]
        for row in rows:
            printed[row["service"]] |= _printed(table, row)
    entries = []
    for row in _rows("services"):
        rank = int(row["rank"]) if row["rank"] else None
        service = Service(row["id"], row["name"], rank, _local_names(row))
        terms = {service.id, service.name, *service.local_names.values(), *row["aliases"].split("|")}
        entries.append((service, terms | printed[service.id]))
    return Services(entries, Codes(codes))


def _countries() -> Countries:
    codes: dict[str, list[tuple[str, str]]] = {}
    places: defaultdict[str, dict[str, tuple[str, Operator]]] = defaultdict(dict)
    printed: defaultdict[str, set[str]] = defaultdict(set)
    for table, source in _TABLES.items():
        codes[table] = []
        for row in _rows(f"{source.countries}-countries"):
            code, country = row[source.column], row["country"]
            if row.get("operator"):
                places[table][code] = (country, Operator(row["operator"], row["operator_name"]))
            else:
                codes[table].append((code, country))
                printed[country] |= _printed(table, row)
    known = Codes(codes)
    entries = []
    for row in _rows("countries"):
        is_common = bool(known.codes(_SEARCHED, row["id"]))
        country_ = Country(row["id"], _local_names(row), is_common)
        terms = {country_.id, *map(country_.name, LANGUAGES), *row["aliases"].split("|")}
        entries.append((country_, terms | printed[country_.id]))
    return Countries(entries, known, places)


def _printed(table: str, row: dict[str, str]) -> set[str]:
    """Return what a table's row adds to the terms of a search."""
    return {row.get("name", "")} | ({row["code"]} if table == _SEARCHED else set())


@cache
def load_catalog() -> Catalog:
    """Return the catalogue; the files are read at the first call."""
    return Catalog(_services(), _countries(), frozenset(_TABLES))
