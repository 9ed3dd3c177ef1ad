"""What a person does with a rental for nothing: wake it, give it back, end it, remove it."""

from bot.clock import Clock
from bot.domain.errors import (
    AlreadyDone,
    NotYours,
    OrderClosed,
    OrderExpired,
    OrderGone,
    OutOfDate,
    SmsCameFirst,
    TooLateToCancel,
    Unreachable,
)
from bot.domain.rental_views import RentalView
from bot.domain.rentals import HELD, Rental, RentalAction, RentalState
from bot.domain.secrets import Key
from bot.engine.keyring import Keyring
from bot.engine.rent_delivery import RentDelivery
from bot.engine.rent_jobs import held
from bot.engine.rent_watch import RentWatch
from bot.engine.rentals import RentalBook
from bot.providers.registry import Providers
from bot.providers.rentals import Rentals

_TRIES = 3
_PAUSE_SECONDS = 1.0
_ENDED = (OrderExpired, OrderClosed, OrderGone, AlreadyDone)
_ENDS = {
    RentalAction.CANCEL: RentalState.CANCELED,
    RentalAction.FINISH: RentalState.FINISHED,
    RentalAction.DELETE: RentalState.DELETED,
}


class RentActions:
    """Carries out the buttons of a rental's card that cost nothing."""

    def __init__(
        self,
        clock: Clock,
        keyring: Keyring,
        providers: Providers,
        book: RentalBook,
        watch: RentWatch,
        delivery: RentDelivery,
    ) -> None:
        self._clock = clock
        self._keyring = keyring
        self._providers = providers
        self._book = book
        self._watch = watch
        self._delivery = delivery
        self._busy: set[int] = set()

    async def act(self, user_id: int, rental_id: int, action: RentalAction) -> RentalView:
        """Carry out an action; return the rental as it is afterwards.

        Raises:
            NotYours: somebody else's rental.
            OutOfDate: there is no such rental, or the action is not possible any more.
            SmsCameFirst: it was to be given back, but an SMS was there: it is delivered instead.
            ProviderError: the provider refused, or did not answer; the rental stays as it was.
        """
        if rental_id in self._busy:  # a double tap
            raise OutOfDate
        self._busy.add(rental_id)
        try:
            with self._watch.ending(rental_id):
                await self._act(user_id, rental_id, action)
        finally:
            self._busy.discard(rental_id)
        return await self._book.view(user_id, rental_id)

    async def _act(self, user_id: int, rental_id: int, action: RentalAction) -> None:
        view = await self._book.find(rental_id)
        if view is None:
            raise OutOfDate
        rental = view.rental
        if rental.user_id != user_id:
            raise NotYours
        if action not in view.actions:
            raise OutOfDate
        adapter = self._providers.rentals(rental.provider)
        key = await self._keyring.key(rental.account_id)
        if action is RentalAction.ACTIVATE:
            await self._wake(adapter, key, rental)
        else:
            await self._end(adapter, key, rental, action)

    async def _wake(self, adapter: Rentals, key: Key, rental: Rental) -> None:
        await adapter.activate(key, held(rental))
        woken = await self._delivery.changed(
            rental.id,
            of={RentalState.SLEEPING},
            to=RentalState.WAKING,
            news_at=self._clock.now(),
        )
        if woken is not None:
            self._watch.take(woken)
        self._watch.touch(rental.id)

    async def _end(self, adapter: Rentals, key: Key, rental: Rental, action: RentalAction) -> None:
        # The last look: an SMS that is there already would be lost, and is worth more than the money back.
        try:
            came = await self._look(adapter, key, rental)
            if came and action is RentalAction.CANCEL:
                raise SmsCameFirst
            await self._insist(adapter, key, rental, action)
        except TooLateToCancel:
            if await self._look(adapter, key, rental):
                raise SmsCameFirst from None
            raise
        except OrderExpired:
            await self._watch.ended(rental.id)
            return
        ended = await self._delivery.changed(rental.id, of=HELD, to=_ENDS[action])
        if ended is not None:
            self._watch.take(ended)

    async def _look(self, adapter: Rentals, key: Key, rental: Rental) -> bool:
        """Deliver what SMS there are; return whether any was new."""
        return await self._watch.deliver(rental.id, await adapter.sms(key, held(rental)))

    async def _insist(self, adapter: Rentals, key: Key, rental: Rental, action: RentalAction) -> None:
        """Ask until there is an answer: giving a number back twice does no harm."""
        call = {
            RentalAction.CANCEL: adapter.cancel,
            RentalAction.FINISH: adapter.finish,
            RentalAction.DELETE: adapter.delete,
        }[action]
        lost = 0
        while True:
            try:
                return await call(key, held(rental))
            except Unreachable:
                lost += 1
                if lost == _TRIES:
                    raise
                await self._clock.sleep(_PAUSE_SECONDS * lost)
            except _ENDED:
                if not lost:
                    raise
                return None  # an earlier try was carried out, and only its answer was lost
