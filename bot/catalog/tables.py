"""The catalogue: read once from the CSV files beside this module, then only looked at.

``data/services.csv`` and ``data/countries.csv`` hold what is ours: ids, names, aliases, popularity.
``data/<table>-services.csv`` and ``data/<table>-countries.csv`` hold what is a provider's: its codes in the
order of its document and the names as printed there, beside our ids. A further provider is two further files
and one more word in ``_TABLES``.

Decisions, for Get-SMS's document:

- Its lists are kept whole: 132 countries and 548 services. ``khorvatiia`` is printed twice and stays twice.
- Printed names are kept letter by letter, look-alikes included (``1хbet`` with a Cyrillic х,
  ``MoneyСontrol``, ``163СOM``, ``СhampionСasino``); the names shown are ours and keep to one script a word.
  ``РСА`` is no look-alike but a Russian abbreviation.
- Every listed code is a service of its own, because it has a stock and a price of its own: *Leboncoin1* and
  *Telegram 2.0* are not merged into their namesakes, nor are the two called *Ashan* (Auchan: ``st``, ``mh``).
- A row without a printed name is a code that the document uses in an answer but does not list: an older word
  for a listed one, under the same id.
- The column ``compatible`` has the country's number in the same provider's second protocol.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.catalog.codes import Codes
from bot.catalog.countries import LANGUAGES, Countries, Country
from bot.catalog.query import Query, parse_query
from bot.catalog.services import Service, Services

_TABLES = ("getsms",)


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything that is known about services and countries.

    Attributes:
        services: what an SMS can be from.
        countries: where a number can be from.
    """

    services: Services
    countries: Countries

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


def _codes(kind: str, column: str) -> tuple[Codes, dict[str, set[str]]]:
    """Return all tables of a kind, and the codes and printed names by id: they can be searched for too."""
    tables: dict[str, list[tuple[str, str]]] = {}
    printed: dict[str, set[str]] = {}
    for table in _TABLES:
        for row in _rows(f"{table}-{kind}"):
            tables.setdefault(table, []).append((row["code"], row[column]))
            printed.setdefault(row[column], set()).update((row["code"], row["name"]))
    return Codes(tables), printed


def _services() -> Services:
    codes, printed = _codes("services", "service")
    entries = []
    for row in _rows("services"):
        rank = int(row["rank"]) if row["rank"] else None
        service = Service(row["id"], row["name"], rank, _local_names(row))
        terms = {service.id, service.name, *service.local_names.values(), *row["aliases"].split("|")}
        entries.append((service, terms | printed[service.id]))
    return Services(entries, codes)


def _countries() -> Countries:
    codes, printed = _codes("countries", "country")
    entries = []
    for row in _rows("countries"):
        country = Country(row["id"], _local_names(row))
        terms = {country.id, *map(country.name, LANGUAGES), *row["aliases"].split("|")}
        entries.append((country, terms | printed[country.id]))
    return Countries(entries, codes)


@cache
def load_catalog() -> Catalog:
    """Return the catalogue; the files are read at the first call."""
    return Catalog(_services(), _countries())
