"""What is open and what ails, counted when somebody asks."""

from collections import Counter
from collections.abc import Mapping

from bot.clock import Clock
from bot.domain.figures import Backlog, Figures
from bot.domain.outbox import Kind
from bot.engine.health import Health
from bot.engine.rent_jobs import lane_of, provider_of
from bot.engine.shared_territory import SharedTerritory
from bot.providers.registry import Providers
from bot.storage import accounts, figures, orders, outbox
from bot.storage.database import Database

USER_HOST = "user-host"
_HOST = "host-"


class Readings:
    """Counts over everybody's rows.

    Args:
        database: migrated.
        clock: whose time counts.
        providers: for their labels.
        health: how activations are answered.
        rent_health: how rentals are.
        shared: the accounts that are held; None where one process has them all.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        providers: Providers,
        health: Health,
        rent_health: Health,
        shared: SharedTerritory | None = None,
    ) -> None:
        self._shared = shared
        self._database = database
        self._clock = clock
        self._providers = providers
        self._health = health
        self._rent_health = rent_health

    async def oldest(self) -> float:
        """Return how many seconds the oldest message that was not told yet has waited; 0 where none waits."""
        async with self._database.read() as tx:
            _, since = await outbox.waiting(tx)
        return 0.0 if since is None else (self._clock.now() - since).total_seconds()

    async def figures(self) -> Figures:
        """Return what is open, and which providers do not answer."""
        async with self._database.read() as tx:
            waiting = await figures.backlog(tx)
            open_orders = await orders.count_open_by_provider(tx)
            rentals = await figures.rentals(tx)
            uncertain_orders, uncertain_bills = await figures.uncertain(tx)
            used = await accounts.providers_in_use(tx)
        now = self._clock.now()
        backlog = {kind.value: Backlog() for kind in Kind} | {
            kind: Backlog(number, (now - since).total_seconds()) for kind, (number, since) in waiting.items()
        }
        return Figures(
            backlog=backlog,
            open_orders=self._labelled(open_orders),
            rentals=self._labelled(rentals),
            uncertain_orders=uncertain_orders,
            uncertain_bills=uncertain_bills,
            leases_held=self._shared.held if self._shared else None,
            workers=self._shared.workers if self._shared else None,
            down=self._labelled({slug: self._is_down(slug) for slug in {*used, *open_orders, *rentals}}),
        )

    def _is_down(self, slug: str) -> int:
        silent = self._health.silent_since(slug) or self._rent_health.silent_since(lane_of(slug))
        return int(silent is not None)

    def _labelled(self, counts: Mapping[str, int]) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        for slug, number in counts.items():
            found[provider_label(self._providers, slug)] += number
        return found


def provider_label(providers: Providers, lane: str) -> str:
    """Return what metrics call the provider of a lane.

    That is its slug where the operator has configured it, ``user-host`` for any host that a user has added,
    and ``unknown`` for an entry that has gone from the configuration.
    """
    slug = provider_of(lane) or lane
    record = providers.record(slug)
    if slug.startswith(_HOST) or (record is not None and record.owner is not None):
        return USER_HOST
    return slug if record is not None else "unknown"
