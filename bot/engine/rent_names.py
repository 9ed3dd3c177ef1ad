"""What a provider's rentals are called in canonical words, and the other way round."""

from bot.catalog import Catalog, foreign_id, split_foreign
from bot.providers.base import Record

# Get-SMS has one rent API, in its native words, whichever of its two languages sells the activations.
_TABLES = {"getsms_rent": "getsms"}


class RentNames:
    """Reads the codes of lists and archives; a code that no table knows becomes ``provider:code``."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._places = {country.id: place for place, country in enumerate(catalog.countries)}

    def service(self, record: Record, code: str | None) -> str | None:
        """Return the canonical service of a provider's code; None for none."""
        if code is None:
            return None
        known = self._catalog.services.by_code(_table(record), code)
        return known.id if known else foreign_id(record.slug, code)

    def country(self, record: Record, code: str | None) -> str | None:
        """Return the canonical country of a provider's code; None for none."""
        if code is None:
            return None
        known = self._catalog.countries.by_code(_table(record), code)
        return known.id if known else foreign_id(record.slug, code)

    def service_code(self, record: Record, id_: str) -> str | None:
        """Return the provider's main code of a service; None where it has none."""
        return _code(record, id_, self._catalog.services.code(_table(record), id_))

    def country_code(self, record: Record, id_: str) -> str | None:
        """Return the provider's main code of a country; None where it has none."""
        return _code(record, id_, self._catalog.countries.code(_table(record), id_))

    def own_service(self, record: Record, code: str | None) -> str | None:
        """Return the id by which exactly this code is asked for: another code may have the canonical one."""
        known = self.service(record, code)
        if code is None or known is None or self.service_code(record, known) == code:
            return known
        return foreign_id(record.slug, code)

    def countries(self, record: Record) -> tuple[str, ...]:
        """Return every country that the provider has a code of, the most wanted first."""
        known = self._catalog.countries
        return tuple(country.id for country in known if known.code(_table(record), country.id))

    def place(self, id_: str) -> int:
        """Return how far down the list of wanted countries one stands; those that no table knows are last."""
        return self._places.get(id_, len(self._places))


def _table(record: Record) -> str:
    return _TABLES.get(record.rentals or "", record.codes)


def _code(record: Record, id_: str, mapped: str | None) -> str | None:
    """Return the catalogue's code, or the one inside ``provider:code``."""
    foreign = split_foreign(id_)
    if foreign is None:
        return mapped
    owner, code = foreign
    return (code or None) if owner == record.slug else None
