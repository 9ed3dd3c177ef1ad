"""What providers call the services and countries for which the catalogue has no word."""

from collections.abc import Mapping

from bot.catalog.codes import foreign_id, split_foreign

_MOST_NAMES = 50_000
_USUAL = "en"


class OwnNames:
    """Providers' own names by foreign id; learned as providers tell them, and gone with the process.

    A name that is not known, or not any more, is shown as the provider's code.
    """

    def __init__(self) -> None:
        self._names: dict[str, Mapping[str, str]] = {}

    def learn(self, provider: str, code: str, names: Mapping[str, str]) -> None:
        """Remember what a provider calls a code of its own.

        Args:
            provider: its slug.
            code: the service's or the country's.
            names: language → name; one in no language in particular stands under ``en``.
        """
        if len(self._names) >= _MOST_NAMES:  # nobody has that many: a host that a user added may make them up
            self._names.clear()
        if names:
            self._names[foreign_id(provider, code)] = dict(names)

    def forget(self, provider: str) -> None:
        """Forget all that a provider calls by names of its own."""
        kept = (id_ for id_ in self._names if (split_foreign(id_) or ("", ""))[0] != provider)
        self._names = {id_: self._names[id_] for id_ in kept}

    def get(self, id_: str, language: str) -> str | None:
        """Return the name in the reader's language, else in English, else in any; None for none."""
        names = self._names.get(id_, {})
        return names.get(language) or names.get(_USUAL) or next(iter(names.values()), None)
