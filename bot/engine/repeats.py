"""The same again in one tap: what an order bought, with the same key, for no more than it cost."""

from bot.clock import Clock
from bot.domain.errors import NotYours, OutOfDate
from bot.domain.finding import Goods, Repeat
from bot.domain.offers import Draft, Offer
from bot.domain.orders import Order
from bot.domain.views import OfferView
from bot.engine.accounts import Accounts
from bot.engine.caps import Caps
from bot.providers.registry import Providers
from bot.storage import drafts, orders, settings
from bot.storage.database import Database


class Repeats:
    """Makes an offer of an order that is over.

    Its confirm token is made of the order's id, so that an order is bought again once, whichever of its
    buttons is pressed and however often; the intent's row holds the token, as with every purchase.
    """

    def __init__(
        self, database: Database, clock: Clock, accounts: Accounts, providers: Providers, caps: Caps
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._providers = providers
        self._caps = caps

    async def offer(self, user_id: int, order_id: int) -> Repeat:
        """Return what can be bought at once, or that its person has to be asked first.

        Asked is where the order was bought again already, where its account is gone or at another provider,
        where no price was told, and where so many numbers of the account brought no SMS that a purchase has
        its warning.

        Raises:
            OutOfDate: there is no such order, or what was bought by this button is still open.
            NotYours: it is somebody else's.
        """
        token = f"again-{order_id}"
        async with self._database.read() as tx:
            order = await orders.find(tx, order_id)
            bought = await orders.by_token(tx, token)
        if order is None:
            raise OutOfDate
        if order.user_id != user_id:
            raise NotYours
        if bought is not None and bought.is_open:
            raise OutOfDate
        goods = Goods(order.service, order.country)
        view = None if bought is not None else await self._view(user_id, order, token)
        if view is not None:
            await self._keep(view.draft)
        return Repeat(goods, view)

    async def _keep(self, draft: Draft) -> None:
        """Let buttons that ask about this purchase find it by its token; a second tap makes no second one."""
        async with self._database.write() as tx:
            await settings.lock(tx, draft.user_id)
            await drafts.forget_token(tx, draft.token)  # of an earlier tap, or of an order that had this id
            await drafts.add(tx, draft, self._clock.now())

    async def _view(self, user_id: int, order: Order, token: str) -> OfferView | None:
        try:
            account = await self._accounts.get(user_id, order.account_id)
        except NotYours:  # removed meanwhile
            return None
        adapter = self._providers.find(order.provider)
        is_same = adapter is not None and account.provider.slug == order.provider
        if not is_same or order.price is None or not order.is_repeatable:
            return None
        if adapter is not None and adapter.record.currency != order.price.currency:
            return None
        tally = await self._caps.tally(order.account_id)
        if tally.spending.is_risky:
            return None
        offer = Offer(
            account_id=order.account_id,
            provider=order.provider,
            service=order.service,
            country=order.country,
            price=order.price,
            stock=None,
            operator=order.operator,
            voice=order.voice,
        )
        return OfferView(Draft(token, user_id, offer), account, tally=tally)
