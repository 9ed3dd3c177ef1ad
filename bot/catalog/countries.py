"""Countries: where a number is from.

The id is the ISO 3166-1 alpha-2 code; Hong Kong, Taiwan, Réunion, Aruba and Bermuda have codes of their own
there. A variant that a provider sells beside the country itself has the code and a word: ``US-virtual`` is
*USA (Virtual)* of Get-SMS's list, with a code, a stock and a price of its own. It is bought and named
separately from ``US`` and shares its flag. ``ZZ``, which ISO leaves to its users, is *any country*:
GetSMS.ONLINE sells numbers without saying where they are from.

Every territory that has phone numbers is known, also where nobody sells any: who types its name shall hear
that, and not that there is no such country.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from babel import Locale

from bot.catalog.codes import Codes, split_foreign
from bot.catalog.shelf import Shelf

LANGUAGES = ("en", "ru", "tr")
ANY_COUNTRY = "ZZ"

_NO_FLAG = "🌐"
_REGIONAL_A = ord("🇦") - ord("A")


@cache
def _territories(language: str) -> Mapping[str, str]:
    """Return CLDR's names of territories; read when a language is first needed."""
    territories: Mapping[str, str] = Locale(language if language in LANGUAGES else "en").territories
    return territories


@dataclass(frozen=True, slots=True)
class Country:
    """One country, or a variant of one.

    Attributes:
        id: ISO 3166-1 alpha-2, upper case, with ``-word`` behind it for a variant.
        local_names: language → name, only where CLDR has none: for variants, and for any country.
        is_common: numbers from here are sold widely, so that two letters mean it rather than another country.
    """

    id: str
    local_names: Mapping[str, str] = field(default_factory=dict, compare=False)
    is_common: bool = field(default=True, compare=False)

    @property
    def territory(self) -> str:
        """The ISO code without the variant."""
        return self.id[:2]

    @property
    def flag(self) -> str:
        """The flag as an emoji; a globe for any country."""
        if self.id == ANY_COUNTRY:
            return _NO_FLAG
        return "".join(chr(ord(letter) + _REGIONAL_A) for letter in self.territory)

    def name(self, language: str) -> str:
        """Return the name in a language of the bot; English for any other language."""
        own = self.local_names.get(language, self.local_names.get("en"))
        return own or _territories(language)[self.territory]


@dataclass(frozen=True, slots=True)
class Operator:
    """A mobile network that a provider's country code can name.

    Attributes:
        code: the operator's part of the code: ``mts`` of ``ru_mts``.
        name: as the provider writes it.
    """

    code: str
    name: str


class Countries(Shelf[Country]):
    """All countries of the catalogue; iteration gives the most wanted first.

    Args:
        entries: the countries in the order that breaks ties in search, each with its terms.
        codes: the providers' codes for countries.
        places: table → code that means an operator as well (``ru_mts``) → country id and operator.
    """

    def __init__(
        self,
        entries: Iterable[tuple[Country, Iterable[str]]],
        codes: Codes,
        places: Mapping[str, Mapping[str, tuple[str, Operator]]],
    ) -> None:
        super().__init__(entries, codes)
        self._places = places

    def place(self, table: str, code: str) -> tuple[Country | None, Operator | None]:
        """Return the country behind a provider's code, and the operator where the code says one, too."""
        country, operator = self._places.get(table, {}).get(code, (None, None))
        return (self.by_code(table, code), None) if country is None else (self.get(country), operator)

    def operators(self, table: str, id_: str) -> tuple[Operator, ...]:
        """Return the operators of a country, where they are part of the country's codes; else nothing."""
        places = self._places.get(table, {}).values()
        return tuple(operator for country, operator in places if country == id_)

    def title(self, id_: str, language: str, own_name: str | None = None) -> str:
        """Return a name for any id.

        Args:
            id_: canonical, or foreign (``getsms:atlantida``).
            language: the reader's.
            own_name: the provider's own name for it, used where the catalogue has none.
        """
        country = self.get(id_)
        if country is not None:
            return country.name(language)
        foreign = split_foreign(id_)
        return own_name or (foreign[1] if foreign else id_)

    def flag(self, id_: str) -> str:
        """Return a flag for any id; a globe where the catalogue does not know the country."""
        country = self.get(id_)
        return _NO_FLAG if country is None else country.flag
