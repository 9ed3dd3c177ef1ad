"""Taking over numbers that were rented elsewhere with the same key."""

import asyncio

from bot.clock import Clock
from bot.domain.errors import OutOfDate, ProviderError
from bot.domain.rental_views import ForeignRental, RentImportsView
from bot.domain.rentals import Rental
from bot.domain.sms import Sms
from bot.domain.views import AccountView, Trouble
from bot.engine.accounts import Accounts
from bot.engine.keyring import Keyring
from bot.engine.outbox import Outbox
from bot.engine.rent_delivery import reminded_at
from bot.engine.rent_jobs import STATES
from bot.engine.rent_names import RentNames
from bot.engine.rent_watch import RentWatch
from bot.providers.lease import Held, Listed
from bot.providers.registry import Providers
from bot.storage import rental_outbox, rentals
from bot.storage.database import Database


class RentImports:
    """Offers running rentals of the user's accounts for adoption."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        accounts: Accounts,
        keyring: Keyring,
        providers: Providers,
        names: RentNames,
        tell: Outbox,
        watch: RentWatch,
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._keyring = keyring
        self._providers = providers
        self._names = names
        self._outbox = tell
        self._watch = watch

    async def find(self, user_id: int) -> RentImportsView:
        """Return what could be adopted, over all accounts that rent numbers out."""
        found: list[ForeignRental] = []
        troubles: list[Trouble] = []
        accounts = await self._accounts.list(user_id)
        asked = [view for view in accounts if self._providers.find_rentals(view.provider.slug)]
        answers = await asyncio.gather(*(self._try(view) for view in asked))
        for view, answer in zip(asked, answers, strict=True):
            if isinstance(answer, ProviderError):
                troubles.append(Trouble(view, answer))
            else:
                found += [self._foreign(view, listed) for listed in answer]
        silent = tuple(view for view in accounts if view not in asked)
        return RentImportsView(tuple(found), tuple(troubles), asked=len(asked), silent=silent)

    async def adopt(
        self, user_id: int, account_id: int, remote_id: str, *, chat_id: int, message_id: int | None = None
    ) -> Rental:
        """Watch a rental that was made elsewhere; SMS that it has already are recorded, and not pushed.

        Args:
            user_id: who asks.
            account_id: which key holds it.
            remote_id: the provider's id.
            chat_id: where its card is to be.
            message_id: the message that becomes the card; a new one where None.

        Raises:
            NotYours: not the user's account.
            OutOfDate: it runs no more, or was adopted already.
            ProviderError: the provider refuses, or does not answer.
        """
        view = await self._accounts.get(user_id, account_id)
        listed = next((one for one in await self._unknown(view) if one.remote_id == remote_id), None)
        if listed is None:
            raise OutOfDate
        adapter = self._providers.rentals(view.provider.slug)
        key = await self._keyring.key(account_id)
        sms = await adapter.sms(key, Held(listed.remote_id, listed.phone))
        try:
            rental = await self._record(view, listed, sms, (chat_id, message_id))
        except rentals.RentalIdTaken:
            raise OutOfDate from None
        self._watch.take(rental)
        self._watch.touch(rental.id)
        return rental

    async def _record(
        self, view: AccountView, listed: Listed, sms: tuple[Sms, ...], card: tuple[int, int | None]
    ) -> Rental:
        now = self._clock.now()
        foreign = self._foreign(view, listed)
        async with self._outbox.telling() as tx:
            rental = await rentals.add(
                tx,
                user_id=view.account.user_id,
                account_id=view.account.id,
                provider=view.account.provider,
                currency=self._providers.rentals(view.account.provider).record.currency,
                now=now,
                state=STATES[listed.state].value,
                service=foreign.service,
                name=foreign.name,
                country=foreign.country,
                remote_id=listed.remote_id,
                phone=listed.phone,
                until=listed.until,
                until_told=listed.until is not None,
                can_prolong=listed.can_prolong,
                prolong_until=listed.prolong_until,
                reminded=reminded_at(listed.until, now),
                card_chat_id=card[0],
                card_message_id=card[1],
            )
            for one in sms:
                await rentals.record_sms(tx, rental.id, one, now)
            await rental_outbox.add_card(tx, rental, now)
        return rental

    async def _try(self, view: AccountView) -> tuple[Listed, ...] | ProviderError:
        try:
            return await self._unknown(view)
        except ProviderError as error:
            return error

    async def _unknown(self, view: AccountView) -> tuple[Listed, ...]:
        """Return the account's rentals that run, and that no open rental of ours stands for."""
        adapter = self._providers.rentals(view.provider.slug)
        listed = await adapter.listed(await self._keyring.key(view.account.id))
        async with self._database.read() as tx:
            known = await rentals.taken_ids(tx, view.account.id, since=self._clock.now())
        return tuple(one for one in listed if STATES.get(one.state) and one.remote_id not in known)

    def _foreign(self, view: AccountView, listed: Listed) -> ForeignRental:
        record = self._providers.rentals(view.provider.slug).record
        return ForeignRental(
            account=view,
            service=self._names.service(record, listed.service),
            name=listed.name,
            country=self._names.country(record, listed.country),
            remote_id=listed.remote_id,
            phone=listed.phone,
            until=listed.until,
        )
