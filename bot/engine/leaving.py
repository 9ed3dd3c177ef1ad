"""Leaving for good: a copy of all that is stored of a person, and its end."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from bot.clock import Clock
from bot.domain.leaving import Holdings, copy_of
from bot.engine.bus import Bus
from bot.engine.keyring import Keyring
from bot.providers.registry import Providers
from bot.storage import belongings, scrubbing
from bot.storage.database import Database

_LEFT = "left"
"""Topic of the bus: accounts and providers of somebody who has left, as ``<account ids>;<slugs>``."""


class Memory(NamedTuple):
    """What watches or remembers accounts, what remembers providers; called with the one that is to go."""

    of_accounts: tuple[Callable[[int], None], ...]
    of_providers: tuple[Callable[[str], None], ...]


class Leaving:
    """Shows a person all that is stored of them, and deletes it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        keyring: Keyring,
        providers: Providers,
        memory: Memory,
        bus: Bus,
    ) -> None:
        """Put the parts together.

        Args:
            database: where everything is.
            clock: whose time stands on a copy.
            keyring: forgets keys; whatever is under way with one hears of it, finds no account, and stops.
            providers: among them the persons' own hosts.
            memory: who watches accounts, and what else remembers something of them.
            bus: to the other replicas, which remember things as well.
        """
        self._database = database
        self._clock = clock
        self._keyring = keyring
        self._providers = providers
        self._memory = memory
        self._bus = bus
        bus.listen(_LEFT, self._heard)

    async def holdings(self, user_id: int) -> Holdings:
        """Return what there is of a person."""
        async with self._database.read() as tx:
            return await belongings.holdings(tx, user_id)

    async def copy(self, user_id: int) -> bytes:
        """Return all that is stored of a person as a JSON file; of keys only their last four characters."""
        async with self._database.read() as tx:
            found = await belongings.read(tx, user_id)
        return await asyncio.to_thread(copy_of, found, user_id, self._clock.now())

    async def leave(self, user_id: int) -> Holdings:
        """Delete all that is stored of a person, unless a purchase is in doubt; return what there was.

        Numbers that are open go on at their providers; nobody asks for their codes any more from the moment
        on in which this is committed.
        """
        async with self._database.write() as tx:
            await belongings.lock(tx, user_id)
            found = await belongings.holdings(tx, user_id)
            if found.in_doubt:
                return found
            accounts = await belongings.account_ids(tx, user_id)
            hosts = tuple(f"host-{id_}" for id_ in await belongings.host_ids(tx, user_id))
            await belongings.delete_all(tx, user_id)
            await scrubbing.mark(tx)
        self._forget(accounts, hosts)
        await self._bus.tell(_LEFT, f"{','.join(map(str, accounts))};{','.join(hosts)}")
        await scrubbing.scrub(self._database)
        return found

    def _heard(self, text: str) -> None:
        accounts, _, hosts = text.partition(";")
        ids = tuple(int(one) for one in accounts.split(",") if one.isdecimal())
        self._forget(ids, tuple(one for one in hosts.split(",") if one.startswith("host-")))

    def _forget(self, accounts: tuple[int, ...], hosts: tuple[str, ...]) -> None:
        for account_id in accounts:
            for forget in self._memory.of_accounts:
                forget(account_id)
            self._keyring.forget(account_id)
        for slug in hosts:
            for forget_provider in self._memory.of_providers:
                forget_provider(slug)
            self._providers.remove(slug)
