"""What every simulated provider offers to the panel, whatever wire language it speaks."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol

from aiohttp import web


class NotPossible(ValueError):
    """The panel, or a test, asked for something that cannot be; the text is a sentence for a person."""


class SimulatedProvider(Protocol):
    """A provider whose world can be watched and pushed about.

    Attributes:
        slug: its short name in the panel.
        listeners: called, without arguments, after anything in its world changed.
    """

    slug: str
    listeners: list[Callable[[], None]]

    @property
    def path(self) -> str:
        """The path prefix under which it is mounted; two languages of one house are at one address."""
        ...

    def mount(self, app: web.Application, prefix: str = "") -> None:
        """Add the provider's own wire API to the app, under the prefix."""
        ...

    def panel(self) -> dict[str, Any]:
        """Return everything that the panel shows, as JSON values; orders newest first."""
        ...

    def deliver(self, order_id: str, text: str, code: str | None = None, sender: str = "") -> object:
        """Let an SMS arrive at the order's number; raises ``NotPossible`` for an order that has ended."""
        ...

    def expire(self, order_id: str) -> None:
        """End the order's lifetime now; raises ``NotPossible`` for an order that has ended."""
        ...

    def play(self, order_id: str, deed: str) -> None:
        """Do to an order what the panel lists under its ``deeds``; raises ``NotPossible`` for all else."""
        ...

    def break_with(self, name: str | None, method: str = "*", times: int | None = None) -> None:
        """Misbehave this way from now on (times: so often; None: until told otherwise); None heals."""
        ...

    def stock(self, service: str, country: str, count: int, price: str | Decimal) -> None:
        """Set how many numbers there are and what one costs."""
        ...

    def stock_rent(self, service: str, country: str, count: int, price: str | Decimal) -> None:
        """Set numbers for rent and what one costs; raises ``NotPossible`` where all is one stock."""
        ...

    def set_balance(self, key: str, balance: str | Decimal) -> None:
        """Set what the key may spend; raises ``NotPossible`` for an unknown key."""
        ...

    def set_automatic(self, *, enabled: bool, after: float) -> None:
        """Choose whether an SMS arrives by itself, ``after`` seconds after each purchase."""
        ...
