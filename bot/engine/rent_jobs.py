"""What is kept of rentals that are watched: one record for each, one for each account that holds some."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.domain.rentals import Rental, RentalState
from bot.engine.schedule import Job
from bot.providers.lease import Held, LeaseState

STATES = {
    LeaseState.ACTIVE: RentalState.ACTIVE,
    LeaseState.SLEEPING: RentalState.SLEEPING,
    LeaseState.WAKING: RentalState.WAKING,
    LeaseState.MISSING: RentalState.MISSING,
}
"""How a number that is held stands here, by how it stands at its provider."""

_FRESH = timedelta(hours=1)
_DAY = timedelta(days=1)


def lane_of(provider: str) -> str:
    """Return the lane, and the name for ``Health``, of a provider's rentals."""
    return f"rent:{provider}"


def late_lane_of(provider: str) -> str:
    """Return the lane of rentals of which nothing was heard for a day: they wait for each other alone."""
    return f"rent-late:{provider}"


def provider_of(lane: str) -> str | None:
    """Return whose rentals a lane is for, or None where it is for something else."""
    kind, _, provider = lane.partition(":")
    return provider if kind in {"rent", "rent-late"} else None


def held(rental: Rental) -> Held:
    """Return a rental as its provider knows it."""
    return Held(rental.remote_id or "", rental.phone or "")


class Tenant(Job):
    """A rental that is watched; as a job, the repeated question for its SMS.

    Attributes:
        rental: the row, as it was last written.
        touched: when somebody last looked at its card (UTC), or None.
        known: identities of its SMS that are recorded; None before they were first looked up.
        unread: whether there may be SMS at the provider that are not recorded here.
        has_news: whether the provider's list told of SMS.
        asked_at: when its SMS were last asked for, on the monotonic clock.
        failures: unanswered questions in a row.
        gone: answers in a row that the provider does not know it.
        ending: whether its person is ending it, so that "over" is no news.
        was_waking: whether the list has shown it waking since it was woken.
        auto_for: the end for which it was to be prolonged without asking already (UTC).
        past_for: the end at which the list was asked for already (UTC).
    """

    __slots__ = (
        "_ask",
        "asked_at",
        "auto_for",
        "ending",
        "failures",
        "gone",
        "has_news",
        "known",
        "past_for",
        "rental",
        "touched",
        "unread",
        "was_waking",
    )

    def __init__(self, rental: Rental, ask: Callable[["Tenant"], Awaitable[float | None]]) -> None:
        super().__init__(lane_of(rental.provider))
        self._ask = ask
        self.rental = rental
        self.touched: datetime | None = None
        self.known: set[str] | None = None
        self.unread = True
        self.has_news = False
        self.asked_at = float("-inf")
        self.failures = 0
        self.gone = 0
        self.ending = False
        self.was_waking = False
        self.auto_for: datetime | None = None
        self.past_for: datetime | None = None

    @property
    def subject(self) -> str:
        """The rental."""
        return f"rental {self.rental.id}"

    @property
    def bound_to(self) -> int:
        """Its account."""
        return self.rental.account_id

    async def run(self) -> float | None:
        """Ask once."""
        return await self._ask(self)

    def factor(self, now: datetime) -> int:
        """Return how many times the provider's interval to wait between two questions."""
        quiet = now - max(self.rental.news_at, self.touched or self.rental.news_at)
        if quiet < _FRESH:
            return 1
        return 2 if quiet < _DAY else 4


class Roll(Job):
    """An account with rentals that are watched; as a job, the repeated question for its list.

    Attributes:
        account_id: ours.
        provider: its slug.
        tenants: the rentals, by our id.
        began: since when they are watched (UTC).
        heard_at: when the list was last told (UTC), or None.
        asked_at: when it was last asked for, on the monotonic clock.
        quiet_until: until when the provider wants quiet, on the monotonic clock.
        failures: unanswered questions in a row.
        is_unsure: whether the list has not all of them.
        rejected: whether the last answer was that the key is not accepted.
    """

    __slots__ = (
        "_ask",
        "account_id",
        "asked_at",
        "began",
        "failures",
        "heard_at",
        "is_unsure",
        "provider",
        "quiet_until",
        "rejected",
        "tenants",
    )

    def __init__(
        self, rental: Rental, now: datetime, ask: Callable[["Roll"], Awaitable[float | None]]
    ) -> None:
        super().__init__(lane_of(rental.provider))
        self._ask = ask
        self.account_id = rental.account_id
        self.provider = rental.provider
        self.tenants: dict[int, Tenant] = {}
        self.began = now
        self.heard_at: datetime | None = None
        self.asked_at = float("-inf")
        self.quiet_until = float("-inf")
        self.failures = 0
        self.is_unsure = False
        self.rejected = False

    @property
    def subject(self) -> str:
        """The account."""
        return f"account {self.account_id}"

    @property
    def bound_to(self) -> int:
        """Its account."""
        return self.account_id

    async def run(self) -> float | None:
        """Ask once."""
        return await self._ask(self)


class Errand(Job):
    """Something to do by the clock, of one account or of all that are held."""

    __slots__ = ("_account_id", "_do")

    def __init__(
        self, lane: str, do: Callable[[], Awaitable[float | None]], account_id: int | None = None
    ) -> None:
        super().__init__(lane)
        self._do = do
        self._account_id = account_id

    @property
    def bound_to(self) -> int | None:
        """Its account, where it has one."""
        return self._account_id

    async def run(self) -> float | None:
        """Do it."""
        return await self._do()
