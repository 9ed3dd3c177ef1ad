"""Countries: where a number is from.

The id is the ISO 3166-1 alpha-2 code; Hong Kong, Taiwan, Réunion, Aruba and Bermuda have codes of their own
there. A variant that a provider sells beside the country itself has the code and a word: ``US-virtual`` is
*USA (Virtual)* of Get-SMS's list, with a code, a stock and a price of its own. It is bought and named
separately from ``US`` and shares its flag.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from babel import Locale

from bot.catalog.codes import split_foreign
from bot.catalog.shelf import Shelf

LANGUAGES = ("en", "ru", "tr")

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
        local_names: language → name, only where CLDR has none: for variants.
    """

    id: str
    local_names: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def territory(self) -> str:
        """The ISO code without the variant."""
        return self.id[:2]

    @property
    def flag(self) -> str:
        """The flag as an emoji."""
        return "".join(chr(ord(letter) + _REGIONAL_A) for letter in self.territory)

    def name(self, language: str) -> str:
        """Return the name in a language of the bot; English for any other language."""
        own = self.local_names.get(language, self.local_names.get("en"))
        return own or _territories(language)[self.territory]


class Countries(Shelf[Country]):
    """All countries of the catalogue; iteration gives the most wanted first."""

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
