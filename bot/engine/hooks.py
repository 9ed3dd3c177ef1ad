"""Webhooks: an address for each account that its provider calls when an SMS came.

Nobody signs such a call, so it says nothing but "look now": what came is read from the provider, as ever.
"""

import re

from bot.clock import Clock
from bot.engine.rent_watch import RentWatch
from bot.engine.schedule import Job, Scheduler
from bot.engine.watch import Watch
from bot.storage.vault import Vault

PATH = "/hooks"
CALLED = "called"
"""What is said of an account whose provider called."""

_SECONDS_BETWEEN = 1.0
_MOST_HINTS = 50
_LANE = "hooks"
_ID = re.compile(rb'"(?:activationId|id|rentId)"\s*:\s*"?(\d{1,20})\b')


class _Look(Job):
    """The next look at an account's numbers that a call has asked for.

    Attributes:
        hints: ids of the provider's that the calls since the last look have named.
        is_vague: whether one of them named none.
        is_due: whether a look is coming that has not begun.
        began: when the last one began, on the monotonic clock.
    """

    __slots__ = ("_account_id", "_hooks", "began", "hints", "is_due", "is_vague")

    def __init__(self, hooks: "Hooks", account_id: int) -> None:
        super().__init__(_LANE)
        self._hooks = hooks
        self._account_id = account_id
        self.hints: set[str] = set()
        self.is_due = False
        self.is_vague = False
        self.began = float("-inf")

    @property
    def subject(self) -> str:
        """The account."""
        return f"account {self._account_id}"

    async def run(self) -> None:
        """Look once; bound to no account, as a look that were dropped would be due for ever."""
        self._hooks.look(self._account_id, self)


class Hooks:
    """Makes the addresses, and has a look taken when one of them is called: once a second an account at most.

    Args:
        clock: whose time counts.
        vault: makes what nobody can guess in an address.
        scheduler: puts looks off that come too soon.
        watch: of activations.
        rent_watch: of rentals.
        public_url: where the bot's HTTP server is reached from outside, without a slash at its end; empty
            where it is not.
    """

    def __init__(
        self,
        clock: Clock,
        vault: Vault,
        scheduler: Scheduler,
        watch: Watch,
        rent_watch: RentWatch,
        public_url: str,
    ) -> None:
        self._territory = scheduler.territory
        self._clock = clock
        self._vault = vault
        self._scheduler = scheduler
        self._watch = watch
        self._rent_watch = rent_watch
        self._public_url = public_url
        self._looks: dict[int, _Look] = {}

    def url(self, account_id: int) -> str | None:
        """Return the address that an account's provider may call, or None where nobody could reach it."""
        if not self._public_url:
            return None
        return f"{self._public_url}{PATH}/{account_id}/{self._vault.hook_mac(account_id)}"

    def accepts(self, account_id: int, mac: str) -> bool:
        """Whether an address is one that was made here."""
        return bool(self._public_url) and self._vault.is_hook_mac(account_id, mac)

    def called(self, account_id: int, body: bytes = b"") -> None:
        """Have a look taken at an account's numbers: at once, or a second after the last one.

        Args:
            account_id: of an address that is accepted.
            body: what the caller said. Only used to choose which numbers to look at first.
        """
        found = _ID.search(body)
        named = found[1].decode() if found else None
        if self._territory.mine(account_id):
            self.hear(account_id, named)
        else:
            self._territory.say(CALLED, f"{account_id} {named or ''}")

    def hear(self, account_id: int, named: str | None) -> None:
        """Have a look taken at an account that is watched here, at the number of this id first."""
        if not self._territory.mine(account_id):
            return
        look = self._looks.setdefault(account_id, _Look(self, account_id))
        if named is not None and len(look.hints) < _MOST_HINTS:
            look.hints.add(named)
        else:
            look.is_vague = True
        if not look.is_due:
            look.is_due = True
            self._scheduler.add(look, max(0.0, look.began + _SECONDS_BETWEEN - self._clock.monotonic()))

    def look(self, account_id: int, look: _Look) -> None:
        """Have the numbers asked for that were named; else those not asked for longest."""
        hints, is_vague = frozenset(look.hints), look.is_vague
        look.hints.clear()
        look.is_due = look.is_vague = False
        look.began = self._clock.monotonic()
        rented = self._rent_watch.look_now(account_id, hints)
        ordered = self._watch.look_now(account_id, hints)
        if is_vague or not (rented or ordered):
            self._rent_watch.look_now(account_id)
            self._watch.look_now(account_id)
