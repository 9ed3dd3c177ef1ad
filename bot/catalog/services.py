"""Services: what an SMS is from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.catalog.codes import split_foreign
from bot.catalog.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Service:
    """One service under its canonical name.

    Attributes:
        id: ``[a-z0-9-]``, at most 24 characters, never changed once published: orders and buttons keep it.
        name: the brand as its owner writes it, or English words for what is no brand (``Missed call``).
        popular_rank: place on the list of popular services from 1, or None.
        local_names: language → name, only for what is no brand.
    """

    id: str
    name: str
    popular_rank: int | None = None
    local_names: Mapping[str, str] = field(default_factory=dict, compare=False)

    def title(self, language: str) -> str:
        """Return the name to show to a reader of this language."""
        return self.local_names.get(language, self.name)


class Services(Shelf[Service]):
    """All services of the catalogue; iteration gives the popular ones first."""

    def popular(self, limit: int) -> list[Service]:
        """Return the most wanted services, most wanted first; never one without a rank."""
        ranked = (service for service in self if service.popular_rank is not None)
        return [service for service, _ in zip(ranked, range(limit), strict=False)]

    def title(self, id_: str, language: str, own_name: str | None = None) -> str:
        """Return a name for any id.

        Args:
            id_: canonical, or foreign (``getsms:ask``).
            language: the reader's.
            own_name: the provider's own name for it, used where the catalogue has none.
        """
        service = self.get(id_)
        if service is not None:
            return service.title(language)
        foreign = split_foreign(id_)
        return own_name or (foreign[1] if foreign else id_)
