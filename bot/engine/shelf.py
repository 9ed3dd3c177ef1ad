"""A person's shelf: favourites and what they bought lately, and how they look through countries."""

from dataclasses import replace
from typing import Any

from bot.clock import Clock
from bot.domain.finding import MOST_FAVOURITES, OWN_FIGURE, Again, Goods, Kept, Look, Taste
from bot.domain.orders import Order
from bot.storage import finding, settings
from bot.storage.database import Database

_RECENT = 4
_LOOKED_THROUGH = 40
"""Goods bought last: beyond them, a favourite is not said to have been bought before."""


class Shelf:
    """Keeps what a person wants at hand."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def entries(self, user_id: int) -> tuple[Kept, ...]:
        """Return the favourites, oldest first, then the few goods that were bought last and are none."""
        async with self._database.read() as tx:
            chosen = await finding.favourites(tx, user_id)
            bought = await finding.newest(tx, user_id, _LOOKED_THROUGH)
        newest = {Goods(order.service, order.country): order for order in bought}
        kept = [Kept(goods, is_favourite=True, again=_again(newest.get(goods))) for goods in chosen]
        recent = [goods for goods in newest if goods not in chosen][:_RECENT]
        return (*kept, *(Kept(goods, is_favourite=False, again=_again(newest[goods])) for goods in recent))

    async def is_favourite(self, user_id: int, goods: Goods) -> bool:
        """Say whether these goods are a favourite."""
        async with self._database.read() as tx:
            return goods in await finding.favourites(tx, user_id)

    async def star(self, user_id: int, goods: Goods, *, wanted: bool) -> bool:
        """Make goods a favourite, or no more; return False where there are too many already."""
        async with self._database.write() as tx:
            await settings.lock(tx, user_id)
            known = await finding.favourites(tx, user_id)
            if not wanted:
                await finding.drop_favourite(tx, user_id, goods)
            elif goods not in known:
                if len(known) >= MOST_FAVOURITES:
                    return False
                await finding.add_favourite(tx, user_id, goods, self._clock.now())
        return True

    async def look(self, user_id: int, service: str) -> Look:
        """Return by what a person's list of the countries of a service is drawn."""
        async with self._database.read() as tx:
            return Look(
                await finding.taste(tx, user_id),
                await finding.own(tx, user_id, service, self._clock.now() - OWN_FIGURE),
                Goods(service) in await finding.favourites(tx, user_id),
            )

    async def change_taste(self, user_id: int, **changes: Any) -> Taste:
        """Keep another order or another filter; what is not named stays as it was.

        Args:
            user_id: whose.
            changes: attributes of ``Taste``.
        """
        async with self._database.write() as tx:
            await settings.lock(tx, user_id)
            taste = replace(await finding.taste(tx, user_id), **changes)
            await finding.put_taste(tx, user_id, taste)
        return taste


def _again(order: Order | None) -> Again | None:
    if order is None or order.price is None or not order.is_repeatable:
        return None
    return Again(order.id, order.price)
