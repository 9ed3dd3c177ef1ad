"""The rentals of an account whose key moves to another host."""

from bot.domain.errors import MoveTooEarly, OrderGone, Refused
from bot.domain.rentals import HELD, OPEN_RENTALS, Rental
from bot.domain.secrets import Key
from bot.engine.rent_jobs import held
from bot.engine.rent_watch import RentWatch
from bot.providers.registry import Providers
from bot.storage import bills, rentals
from bot.storage.database import Database, Transaction


class MovedRentals:
    """Asks for rentals at another host, and has it answer for them."""

    def __init__(self, database: Database, providers: Providers, watch: RentWatch) -> None:
        self._database = database
        self._providers = providers
        self._watch = watch

    async def settled(self, tx: Transaction, account_id: int) -> tuple[Rental, ...]:
        """Return the account's open rentals, all of which have their number.

        Raises:
            MoveTooEarly: a payment is under way or in doubt.
        """
        found, broken = await rentals.in_states(tx, OPEN_RENTALS, account_ids=[account_id])
        for error in broken.values():
            raise error  # nobody could ask for it over there
        in_doubt = await bills.count_in_doubt_of_account(tx, account_id)
        if in_doubt or not all(rental.is_held for rental in found):
            raise MoveTooEarly
        return found

    async def unknown(self, slug: str, key: Key, found: tuple[Rental, ...]) -> int:
        """Return how many of these rentals the new host does not know.

        Raises:
            ProviderError: it refuses the key, or does not answer.
        """
        adapter = self._providers.find_rentals(slug)
        unknown = 0
        for rental in found:
            here = self._providers.record(rental.provider)
            if adapter is None or (here is not None and here.rentals != adapter.record.rentals):
                unknown += 1  # it speaks another language of rentals, or rents nothing out
                continue
            try:
                await adapter.sms(key, held(rental))
            except OrderGone:
                unknown += 1
            except Refused:
                pass  # over: it is known, and the watch hears the same
        return unknown

    async def move(self, tx: Transaction, account_id: int, slug: str, found: tuple[Rental, ...]) -> None:
        """Have another host answer for all rentals of an account; what the old one offered is void.

        Raises:
            MoveTooEarly: one was rented meanwhile, and not asked for over there.
        """
        now = await self.settled(tx, account_id)
        if not {rental.id for rental in now} <= {rental.id for rental in found}:
            raise MoveTooEarly
        await rentals.move_account(tx, account_id, slug)
        await bills.forget_account(tx, account_id)

    async def watch(self, account_id: int) -> None:
        """Go on watching at the new host."""
        async with self._database.read() as tx:
            found, _ = await rentals.in_states(tx, HELD, account_ids=[account_id])
        self._watch.move(found)
