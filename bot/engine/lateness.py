"""Numbers whose first SMS is late: their cards are drawn anew once, to offer advice."""

from datetime import timedelta

from bot.clock import Clock
from bot.domain.orders import State
from bot.engine.orders import SLOW
from bot.engine.outbox import Outbox
from bot.engine.schedule import Job, Scheduler
from bot.engine.watch import Watch
from bot.storage import outbox

_ROUND_SECONDS = 15.0
_TAKEN_UP = timedelta(minutes=20)
"""How far the first round after a start looks back: cards may have become late while nothing ran."""

_HANDED_OVER = timedelta(seconds=30)


class Lateness(Job):
    """Looks which numbers have waited for three minutes since the last look; each is met once."""

    __slots__ = ("_clock", "_outbox", "_scheduler", "_seen_to", "_watch")

    def __init__(self, clock: Clock, scheduler: Scheduler, tell: Outbox, watch: Watch) -> None:
        super().__init__(lane="lateness")
        self._clock = clock
        self._scheduler = scheduler
        self._outbox = tell
        self._watch = watch
        self._seen_to = clock.now() - SLOW - _TAKEN_UP

    def start(self) -> None:
        """Look from now on."""
        self._scheduler.add(self)

    def look_back(self) -> None:
        """Meet those, too, that became late while an account passed from one process to another."""
        self._seen_to = min(self._seen_to, self._clock.now() - SLOW - _HANDED_OVER)

    async def run(self) -> float | None:
        """Look once; the database is left alone where nobody is late."""
        to = self._clock.now() - SLOW
        late = self._watch.checks.waiting_since(self._seen_to, to)
        if late:
            async with self._outbox.telling() as tx:
                await outbox.add_cards(tx, late, {State.WAITING}, self._clock.now())
        self._seen_to = max(self._seen_to, to)
        return _ROUND_SECONDS
