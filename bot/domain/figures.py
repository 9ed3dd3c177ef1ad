"""Numbers of the whole bot at one moment, for who runs it: no person, chat or key can be told from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Backlog:
    """What of one kind is written down and not told yet.

    Attributes:
        waiting: how many messages.
        oldest_seconds: how long the oldest of them has waited; 0 where none does.
    """

    waiting: int = 0
    oldest_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What is open, and what ails.

    Providers go by their slugs; the hosts of users are one, whatever they are called.

    Attributes:
        backlog: by kind of message; every kind is there.
        open_orders: how many orders are open, by provider.
        rentals: how many rentals are running or in doubt, by provider.
        uncertain_orders: purchases of which nobody knows yet whether they were carried out.
        uncertain_bills: the same of payments for rentals.
        down: 1 by provider that does not answer, else 0; of users' hosts, how many do not.
        leases_held: accounts that this replica watches; None where there is but one process.
        workers: replicas that were seen lately; None where there is but one process.
    """

    backlog: Mapping[str, Backlog] = field(default_factory=dict)
    open_orders: Mapping[str, int] = field(default_factory=dict)
    rentals: Mapping[str, int] = field(default_factory=dict)
    uncertain_orders: int = 0
    uncertain_bills: int = 0
    down: Mapping[str, int] = field(default_factory=dict)
    leases_held: int | None = None
    workers: int | None = None
