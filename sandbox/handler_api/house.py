"""What distinguishes one house that speaks ``handler_api.php`` from another, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, timedelta, timezone, tzinfo
from decimal import Decimal

from sandbox.goods import Place
from sandbox.handler_api.records import Stage

MOSCOW = timezone(timedelta(hours=3))


@dataclass(frozen=True, slots=True)
class Move:
    """What setting a status does: the word that is answered, the stage that follows."""

    word: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one house for what all houses say."""

    no_key: str = "BAD_KEY"
    no_action: str = "BAD_ACTION"
    no_numbers: str = "NO_NUMBERS"
    no_money: str = "NO_BALANCE"
    bad_service: str = "BAD_SERVICE"
    bad_country: str = "NO_NUMBERS"


@dataclass(frozen=True, slots=True)
class House:
    """One provider.

    Attributes:
        places: what its country codes mean.
        services: name and price by its service codes.
        aliases: further codes for the same services.
        operators: by country code; a country that is not here has one operator without a name.
        statuses: what getStatus says at each stage; ``{code}`` is the last code.
        moves: what setStatus does, by stage and number; what is not here is BAD_STATUS.
        words: its words for what all houses say.
        lifetime: of an activation.
        grace: how long after the purchase a number cannot be given back.
        insists: whether an SMS counts only once the client said that it was sent.
        blacklists: whether a number that was of no use is not sold to the same key again.
        forwarded: services whose numbers can forward.
        additional: services that a forwarded number can be bought further for, at ``additional_price``.
        voiced: services whose numbers can be bought to take a call.
        several: countries whose numbers can be bought for several services at once.
        rental_deeds: what the panel can do to its rentals, as far as its language lets a client hear of it.
        first_id: the id of its first activation.
        first_rent: the id of its first rental.
        careless: whether it writes JSON as its document prints it: bare names, forgotten commas.
        zone: of the times that it prints, which carry none.
    """

    slug: str
    title: str
    currency: str
    places: Mapping[str, Place]
    services: Mapping[str, tuple[str, str]]
    statuses: Mapping[Stage, str]
    moves: Mapping[tuple[Stage, int], Move]
    aliases: Mapping[str, str] = field(default_factory=dict)
    operators: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Words = field(default_factory=Words)
    lifetime: timedelta = timedelta(minutes=20)
    grace: timedelta = timedelta(0)
    insists: bool = False
    blacklists: bool = False
    forwarded: frozenset[str] = frozenset()
    additional: frozenset[str] = frozenset()
    additional_price: Decimal = Decimal(5)
    voiced: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    rental_deeds: frozenset[str] = frozenset()
    first_id: int = 1
    first_rent: int = 1
    careless: bool = False
    zone: tzinfo = UTC
