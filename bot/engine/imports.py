"""Taking over numbers that were bought elsewhere with the same key."""

import asyncio
import secrets

from bot.clock import Clock
from bot.domain.errors import OutOfDate, ProviderError
from bot.domain.offers import Draft
from bot.domain.orders import Order, State
from bot.domain.views import AccountView, ForeignOrder, ImportsView, Trouble
from bot.engine.accounts import Accounts
from bot.engine.listing import Found, Listing
from bot.engine.outbox import Outbox
from bot.engine.watch import Watch
from bot.providers.registry import Providers
from bot.storage import orders, outbox

_TOKEN_BYTES = 16


class Imports:
    """Offers open activations of the user's accounts for adoption, where the protocol lists them."""

    def __init__(
        self,
        clock: Clock,
        accounts: Accounts,
        providers: Providers,
        listing: Listing,
        tell: Outbox,
        watch: Watch,
    ) -> None:
        self._clock = clock
        self._accounts = accounts
        self._providers = providers
        self._listing = listing
        self._outbox = tell
        self._watch = watch

    async def find(self, user_id: int) -> ImportsView:
        """Return what could be adopted, over all accounts that can tell."""
        found: list[ForeignOrder] = []
        troubles: list[Trouble] = []
        accounts = await self._accounts.list(user_id)
        asked = [view for view in accounts if self._tells(view)]
        silent = tuple(view for view in accounts if view not in asked)
        answers = await asyncio.gather(*(self._unknown(view) for view in asked))
        for view, answer in zip(asked, answers, strict=True):
            if isinstance(answer, ProviderError):
                troubles.append(Trouble(view, answer))
            else:
                found += [_foreign(view, item) for item in answer]
        return ImportsView(tuple(found), tuple(troubles), asked=len(asked), silent=silent)

    async def adopt(
        self, user_id: int, account_id: int, remote_id: str, *, chat_id: int, message_id: int | None = None
    ) -> Order:
        """Watch an activation that was bought elsewhere.

        Args:
            user_id: who asks.
            account_id: which key holds it.
            remote_id: the provider's order id.
            chat_id: where its card is to be.
            message_id: the message that becomes the card; a new one where None.

        Raises:
            NotYours: not the user's account.
            OutOfDate: it is not open any more, or adopted already.
            ProviderError: the provider refuses, or does not answer.
        """
        view = await self._accounts.get(user_id, account_id)
        unknown = await self._listing.unknown(view.account)
        item = next((item for item in unknown if item.active.remote_id == remote_id), None)
        if item is None:
            raise OutOfDate
        try:
            order = await self._record(user_id, item, (chat_id, message_id))
        except orders.RemoteIdTaken:
            raise OutOfDate from None
        self._watch.take(order, delay=0)
        for sms in item.active.sms:
            await self._watch.deliver(order.id, sms)
        return order

    async def _record(self, user_id: int, item: Found, card: tuple[int, int | None]) -> Order:
        now = self._clock.now()
        lifetime = self._providers.get(item.offer.provider).record.limits.lifetime
        draft = Draft(secrets.token_urlsafe(_TOKEN_BYTES), user_id, item.offer)
        async with self._outbox.telling() as tx:
            order = await orders.place(tx, draft, balance_before=None, card=card, now=now)
            moved = await orders.move(
                tx,
                order.id,
                of={State.PLACING},
                to=State.WAITING,
                remote_id=item.active.remote_id,
                phone=item.active.phone,
                # Since when it lives is told without a zone: a whole lifetime from now is never too short.
                expires_at=now + lifetime,
            )
            adopted = moved or order
            await outbox.add_card(tx, adopted, now)
        return adopted

    async def _unknown(self, view: AccountView) -> tuple[Found, ...] | ProviderError:
        try:
            return await self._listing.unknown(view.account)
        except ProviderError as error:
            return error

    def _tells(self, view: AccountView) -> bool:
        return self._listing.is_told(view.account.provider)


def _foreign(view: AccountView, item: Found) -> ForeignOrder:
    return ForeignOrder(view, item.offer, item.active.remote_id, item.active.phone)
