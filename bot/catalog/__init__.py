"""Services and countries: canonical ids, providers' codes, names and search. Pure, synchronous, no network.

Start with ``load_catalog()``.
"""

from bot.catalog.codes import foreign_id, split_foreign
from bot.catalog.countries import ANY_COUNTRY, Countries, Country, Operator
from bot.catalog.own_names import OwnNames
from bot.catalog.query import Query
from bot.catalog.services import Service, Services
from bot.catalog.tables import Catalog, load_catalog

__all__ = [
    "ANY_COUNTRY",
    "Catalog",
    "Countries",
    "Country",
    "Operator",
    "OwnNames",
    "Query",
    "Service",
    "Services",
    "foreign_id",
    "load_catalog",
    "split_foreign",
]
