"""What the simulators wrote down themselves: each number that they sold or rented out, and what it cost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sandbox.getsms import GetSmsSimulator
from sandbox.getsms.rent_replies import PREFIX
from sandbox.getsms.rent_shop import Rental as GetSmsRental
from sandbox.getsms.shop import Order
from sandbox.handler_api import GETSMS_ONLINE, HandlerApiSimulator
from sandbox.handler_api.records import Rental as HandlerApiRental
from sandbox.ledger import Asked, Movement
from sandbox.smspva import SmspvaSimulator
from sandbox.smspva.rents import Rent

House = GetSmsSimulator | HandlerApiSimulator | SmspvaSimulator
Rented = GetSmsRental | HandlerApiRental | Rent

BUYING = frozenset(
    {"getnumber", "getNumber", "getNumberV2", "getMultiServiceNumber", "getRepeat", "getExtraActivation"}
    | {"getAdditionalService"}
)
"""The methods that buy numbers, of every house in town."""

RENTING = frozenset(
    {f"{PREFIX}getnumber", f"{PREFIX}prolong", "getRentNumber", "continueRentNumber", "getRentOneDay"}
    | {"create", "create_multi", "add_service_to_order", "prolong", "restore_user"}
)
"""Those that cost money for a number that is rented."""

_LOOKING = frozenset({"getcode", "getStatus"})
_READING = frozenset({f"{PREFIX}getcode", "getRentStatus", "getRentNumberSMS", "sms"})
_GIVEN = frozenset({200, "STATUS_OK"})
_READ = frozenset({200, 1, None})  # None: an answer in JSON without a status word, or none at all


@dataclass(frozen=True, slots=True)
class Received:
    """An SMS that a number got.

    Attributes:
        code: the code in it.
        id: the provider's, of those that give one.
        at: when it came.
    """

    code: str
    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Remote:
    """A number as its provider knows it.

    Attributes:
        slug: which provider.
        id: its own, as it is told to clients.
        key: who paid.
        word: its state there, in the provider's words.
        alive: whether it is open.
        created_at: when it was bought or rented.
        sms: what it got, oldest first.
    """

    slug: str
    id: str
    key: str
    word: str
    alive: bool
    created_at: datetime
    sms: tuple[Received, ...]


@dataclass(frozen=True, slots=True)
class Sale(Remote):
    """A number that was bought for one SMS or a few.

    Attributes:
        paid: what it cost for good.
    """

    paid: Decimal


@dataclass(frozen=True, slots=True)
class Lease(Remote):
    """A number that was rented out.

    Attributes:
        phone: digits without plus.
        acts: when each act was carried out that cost money: the renting, then what made it longer.
        is_final: whether its first price was taken for good.
        until: when it ends.
        presence: whether it sleeps, where numbers do that; else empty.
    """

    phone: str
    acts: tuple[datetime, ...]
    is_final: bool
    until: datetime
    presence: str


def sales(house: House) -> Iterator[Sale]:
    """Return the numbers that a house has sold, oldest first."""
    if isinstance(house, SmspvaSimulator):
        return
    paid = Counter(entry.order_id for entry in house.ledger.charges)
    for order in house.orders:
        word = order.state if isinstance(order, Order) else order.stage
        yield Sale(
            slug=house.slug,
            id=order.id,
            key=order.key,
            word=word.value,
            alive=order.alive,
            created_at=order.created_at,
            sms=tuple(Received(sms.code or "", sms.id, sms.at) for sms in order.sms),
            paid=order.price * paid[order.id],
        )


def leases(house: House) -> Iterator[Lease]:
    """Return the numbers that a house has rented out, oldest first."""
    acts: dict[str, list[datetime]] = {}
    for entry in house.ledger.entries:
        if entry.movement is Movement.RESERVED:
            acts.setdefault(entry.order_id, []).append(entry.at)
    by_number = house.slug == GETSMS_ONLINE.slug  # where a rental has no other id
    for one in rented(house):
        yield Lease(
            slug=house.slug,
            id=_phone(one) if by_number else one.id,
            key=one.key,
            word=_word(one),
            alive=one.alive,
            created_at=one.begin if isinstance(one, Rent) else one.created_at,
            sms=tuple(Received(sms.code or "", "", sms.at) for sms in one.sms),
            phone=_phone(one),
            acts=tuple(acts[one.id]),
            is_final=isinstance(one, Rent) or one.paid,
            until=one.until if isinstance(one, Rent) else one.expires_at,
            presence=_presence(house, one),
        )


def rented(house: House) -> list[Rented]:
    """Return what a house has rented out, oldest first, as the house keeps it; its time is up to date."""
    if isinstance(house, SmspvaSimulator):
        return list(house.orders)
    house.shown_orders()  # brings times up to date
    return list(house.rentals if isinstance(house, GetSmsSimulator) else house.rentals.rentals.values())


def key_of(asked: Asked) -> str:
    """Return the API key in a request."""
    return next((asked.form[name] for name in ("userkey", "api_key", "apikey") if name in asked.form), "")


def looks(house: House, remote: Remote, place: int) -> list[datetime]:
    """Return when the house was asked and had the SMS at this place to show."""
    came = remote.sms[place].at
    earlier = remote.sms[place - 1].id if place else None
    shows = _shows if isinstance(remote, Sale) else _reads
    return [
        asked.at
        for asked in house.ledger.requests
        if subject(asked) == remote.id and asked.at >= came and shows(asked, earlier)
    ]


def subject(asked: Asked) -> str:
    """Return which number a request is about, by the provider's id; empty where it names none."""
    return asked.order_id or asked.form.get("number", "")


def _shows(asked: Asked, earlier: str | None) -> bool:
    """Whether the answer held an SMS: the first where ``earlier`` is None, else the one after that id."""
    if asked.method == "wrongcode":
        return asked.status in _GIVEN and asked.form.get("last_id") == earlier
    return (
        asked.method in _LOOKING
        and asked.status in _GIVEN
        and (earlier is None or asked.method == "getStatus")
    )


def _reads(asked: Asked, _: str | None) -> bool:
    return asked.method in _READING and asked.status in _READ and asked.fault is None


def _phone(one: Rented) -> str:
    return one.line.phone if isinstance(one, Rent) else one.phone


def _presence(house: House, one: Rented) -> str:
    if isinstance(house, SmspvaSimulator) and isinstance(one, Rent):
        return house.world.presence(one.line).name.lower()
    return ""


def _word(one: Rented) -> str:
    if isinstance(one, Rent):
        return "rented" if one.alive else "deleted" if one.deleted else "over"
    if isinstance(one, GetSmsRental):
        return "deleted" if one.deleted else one.state.value
    return one.lease.value
