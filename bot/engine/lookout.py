"""What runs while the engine runs: the jobs that are due, and the sharing out of accounts."""

import asyncio

from bot.engine.holdings import Holdings
from bot.engine.hooks import CALLED, Hooks
from bot.engine.hosts import HOST_ADDED
from bot.engine.keyring import KEY_CHANGED, Keyring
from bot.engine.rent_watch import TOUCHED
from bot.engine.schedule import Scheduler
from bot.engine.shared_territory import SharedTerritory


class Lookout:
    """Takes up what is to be watched, and watches it.

    Attributes:
        shared: the accounts that are held, where several processes share a database; None where one is alone.
    """

    def __init__(
        self,
        scheduler: Scheduler,
        holdings: Holdings,
        shared: SharedTerritory | None,
        keyring: Keyring,
        hooks: Hooks,
    ) -> None:
        self._scheduler = scheduler
        self._holdings = holdings
        self.shared = shared
        if shared is not None:
            shared.parts = holdings
            self._listen(shared, keyring, hooks)

    def _listen(self, shared: SharedTerritory, keyring: Keyring, hooks: Hooks) -> None:
        """Hear what other processes say."""
        shared.hear(KEY_CHANGED, lambda about: keyring.hear(int(about[0])))
        shared.hear(HOST_ADDED, lambda _: shared.begin(self._holdings.know_hosts()))
        shared.hear(CALLED, lambda about: hooks.hear(int(about[0]), about[1] if about[1:] else None))
        shared.hear(TOUCHED, lambda about: self._holdings.touch(int(about[0])))

    async def start(self) -> None:
        """Take up everything, or this process's share of it."""
        if self.shared is None:
            await self._holdings.load_all()
            return
        while await self.shared.beat():
            pass

    async def run(self) -> None:
        """Watch until cancelled."""
        if self.shared is None:
            await self._scheduler.run()
            return
        async with asyncio.TaskGroup() as group:
            group.create_task(self._scheduler.run())
            group.create_task(self.shared.run())

    async def stop(self) -> None:
        """Leave it to the others, after ``run`` was cancelled."""
        if self.shared is not None:
            await self.shared.leave()
