"""API keys of a simulated provider and the money behind them: spendable, in reserve, spent."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.clock import Clock
from sandbox.ledger import Entry, Ledger, Movement
from sandbox.provider import NotPossible


@dataclass(slots=True)
class Key:
    """An API key. ``balance`` is what may be spent; what is in reserve is no longer in it."""

    key: str
    balance: Decimal
    reserved: Decimal = Decimal(0)


class Keyring(dict[str, Key]):
    """The keys that a provider knows, by themselves; every movement of their money goes into the ledger."""

    def __init__(self, clock: Clock, ledger: Ledger) -> None:
        super().__init__()
        self._clock = clock
        self._ledger = ledger

    def add(self, key: str, balance: Decimal) -> Key:
        """Make a key known, with this to spend."""
        made = self[key] = Key(key, balance)
        return made

    def move(self, movement: Movement, key: str, order_id: str, amount: Decimal) -> None:
        """Move an order's price: into the reserve, out of it for good, or out of it back to the balance."""
        held = self[key]
        if movement is Movement.RESERVED:
            held.balance -= amount
            held.reserved += amount
        else:
            held.reserved -= amount
        if movement is Movement.RELEASED:
            held.balance += amount
        self._ledger.moved(Entry(self._clock.now(), movement, key, order_id, amount))

    def charge(self, key: str, order_id: str, amount: Decimal) -> None:
        """Take an amount for good at once, without a time in reserve."""
        self.move(Movement.RESERVED, key, order_id, amount)
        self.move(Movement.CHARGED, key, order_id, amount)

    def refund(self, key: str, order_id: str, amount: Decimal) -> None:
        """Give back what was taken for good."""
        self[key].balance += amount
        self._ledger.moved(Entry(self._clock.now(), Movement.RELEASED, key, order_id, amount))


def money(amount: str | Decimal) -> Decimal:
    """Return an amount as a finite decimal; raises ``NotPossible`` for what is no number."""
    try:
        read = Decimal(amount)
    except InvalidOperation:
        read = Decimal("NaN")
    if not read.is_finite():
        raise NotPossible("An amount of money is a number, like 100.00.")
    return read
