"""Buying a number: the intent is written down, then the provider is called, once."""

import asyncio
from dataclasses import replace

from bot.clock import Clock
from bot.domain.deals import Deal
from bot.domain.errors import (
    Banned,
    OutcomeUnknown,
    OutOfDate,
    PriceTooLow,
    ProviderError,
)
from bot.domain.offers import Draft
from bot.domain.orders import Order, State
from bot.domain.views import OfferView
from bot.engine.caps import Caps
from bot.engine.costs import Costs, charged
from bot.engine.deals import Deals
from bot.engine.insistence import insist
from bot.engine.outbox import Outbox
from bot.engine.recovery import Before, Recovery
from bot.engine.shop import Shop
from bot.engine.watch import Watch
from bot.logs import get_logger
from bot.providers.trade import Bought, Want
from bot.storage import orders, outbox
from bot.storage.database import Database, Transaction

_RECORD_AGAIN = (0.5, 1.0, 2.0, 5.0, 10.0)
_log = get_logger(__name__)


class Purchase:
    """Turns a confirm button into an order, at most once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        shop: Shop,
        deals: Deals,
        tell: Outbox,
        watch: Watch,
        recovery: Recovery,
        costs: Costs,
        caps: Caps,
    ) -> None:
        self._database = database
        self._clock = clock
        self._shop = shop
        self._deals = deals
        self._outbox = tell
        self._watch = watch
        self._recovery = recovery
        self._costs = costs
        self._caps = caps
        self._under_way: set[asyncio.Task[Order]] = set()

    async def confirm(self, user_id: int, token: str, *, chat_id: int, message_id: int) -> Order:
        """Buy what the button with this token stands for; the message becomes the order's card.

        Returns:
            The order: ``waiting``, or ``failed`` or ``uncertain`` with its error.

        Raises:
            OutOfDate: no such button any more, it has bought already, or its provider began or ceased to tell
                prices.
            NotYours: it was made for somebody else.
            PriceRose: dearer than on the button; nothing was bought.
            CapReached: it would go beyond a limit that the person has set; nothing was bought.
            ProviderError: the price could not be asked; nothing was bought.
        """
        view = await self._shop.draft(user_id, token)
        return await self.buy(view, chat_id=chat_id, message_id=message_id)

    async def buy(self, view: OfferView, *, chat_id: int, message_id: int, topic_id: int = 0) -> Order:
        """Buy what an offer says, as ``confirm`` does; its token buys once.

        Args:
            view: of the person who buys.
            chat_id: where the card is.
            message_id: what becomes the card.
            topic_id: the topic of the chat; 0 for none.

        Raises:
            CodebellError: as ``confirm`` does.
        """
        if await self._is_used(view.draft.token):
            raise OutOfDate
        before = await self._look(view)
        wants = self._deals.wants(view)
        # From here on the purchase is finished whatever becomes of the tap: the answer must be recorded.
        task = asyncio.create_task(self._carry_out(view, before, (chat_id, message_id, topic_id), wants))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    async def finish(self, seconds: float) -> None:
        """Wait for the purchases under way, at most so long; later ones are uncertain at the next start."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)

    async def _look(self, view: OfferView) -> Before:
        """Look whether the offer still holds, and meanwhile note what the account holds."""
        noting = asyncio.create_task(self._recovery.before(view.account))
        try:
            await self._deals.hold(view)
            return await noting
        finally:  # where the offer no longer holds, nothing goes on behind its back
            noting.cancel()
            await asyncio.gather(noting, return_exceptions=True)

    async def _is_used(self, token: str) -> bool:
        async with self._database.read() as tx:
            return await orders.by_token(tx, token) is not None

    async def _carry_out(
        self, view: OfferView, before: Before, card: tuple[int, int, int], wants: tuple[Want, ...]
    ) -> Order:
        placed = await self._intend(view, before, card)
        if len(placed) > 1:
            return await self._buy_several(placed, wants)
        order = await self._buy(placed[0], wants[0])
        self._costs.work_out(order, before.idle_since)
        return order

    async def _intend(self, view: OfferView, before: Before, card: tuple[int, int, int]) -> tuple[Order, ...]:
        """Write down what is to be bought, all of it before anything is sent; each order has its own card."""
        draft, now = view.draft, self._clock.now()
        deal = Deal.SEVERAL if draft.further else draft.deal

        async def place(tx: Transaction, wanted: Draft, message_id: int | None) -> Order:
            order = await orders.place(
                tx,
                wanted,
                balance_before=before.balance,
                listed_before=before.listed,
                card=(card[0], message_id),
                topic_id=card[2] or None,
                now=now,
                worker=self._watch.territory.worker,
            )
            await outbox.add_card(tx, order, now)
            await self._caps.budgets.tell_owner(tx, order)
            return order

        try:
            async with (
                self._outbox.telling() as tx,
                self._caps.kept(tx, draft.user_id, draft.offer.account_id),
                self._caps.budgets.kept(tx, draft, (card[0], card[2])),
            ):
                placed = [await place(tx, replace(draft, deal=deal), card[1])]
                for number, offer in enumerate(draft.further, 1):
                    beside = Draft(f"{draft.token}+{number}", draft.user_id, offer, deal, placed[0].id)
                    placed.append(await place(tx, beside, None))
        except orders.TokenUsed:
            raise OutOfDate from None
        return tuple(placed)

    async def _buy(self, order: Order, want: Want) -> Order:
        try:
            bought = await self._deals.make(order, want)
        except OutcomeUnknown as error:
            return await self._lost(order, error)
        except ProviderError as error:
            minimum = error.minimum if isinstance(error, PriceTooLow) else None
            until = error.until if isinstance(error, Banned) else None
            told = {"error": error.slug, "error_text": error.text, "error_until": until}
            return await self._refused(order, minimum=minimum, **told)
        except Exception:  # noqa: BLE001 - see the next line
            # A fault of ours after the request may have gone out: the honest word is "unknown".
            _log.exception("purchase failed on our side", order=order.id)
            return await self._lost(order, OutcomeUnknown(order.provider, "buy"))
        return await self._record(order, bought)

    async def _buy_several(self, placed: tuple[Order, ...], wants: tuple[Want, ...]) -> Order:
        """Buy one number for all the orders, by one call; what became of it became of them all."""
        lead = placed[0]
        try:
            bought = await self._deals.make_several(lead, wants)
        except OutcomeUnknown as error:
            return await self._all_lost(placed, error)
        except ProviderError as error:
            settled = [
                await self._refused(order, error=error.slug, error_text=error.text) for order in placed
            ]
            return settled[0]
        except Exception:  # noqa: BLE001 - as for one number: the honest word is "unknown"
            _log.exception("purchase failed on our side", order=lead.id)
            return await self._all_lost(placed, OutcomeUnknown(lead.provider, "buy"))
        missing = OutcomeUnknown(lead.provider, "buy")
        ended = [
            await self._record(order, one) if one is not None else await self._lost(order, missing)
            for order, one in zip(placed, bought, strict=True)
        ]
        return ended[0]

    async def _all_lost(self, placed: tuple[Order, ...], error: OutcomeUnknown) -> Order:
        lost = [await self._lost(order, error) for order in placed]
        return lost[0]

    async def _lost(self, order: Order, error: OutcomeUnknown) -> Order:
        return await insist(self._clock, "lost answer", lambda: self._recovery.lost(order, error))

    async def _refused(self, order: Order, **told: object) -> Order:
        return await insist(self._clock, "refusal", lambda: self._settle(order, State.FAILED, **told))

    async def _record(self, order: Order, bought: Bought) -> Order:
        for pause in _RECORD_AGAIN:
            try:
                return await insist(self._clock, "purchase", lambda: self._bought(order, bought))
            except Exception:  # noqa: BLE001 - whatever it is, the number is paid for and must be recorded
                _log.exception(
                    "bought number is not recorded yet", order=order.id, remote_id=bought.remote_id
                )
                await self._clock.sleep(pause)
        return await self._bought(order, bought)

    async def _bought(self, order: Order, bought: Bought) -> Order:
        try:
            waiting = await self._settle(
                order,
                State.WAITING,
                remote_id=bought.remote_id,
                phone=bought.phone,
                can_retry=bought.can_retry,
                **charged(order, bought.price),
                # By our own clock, unless the provider names an end with its zone.
                expires_at=bought.ends_at or self._clock.now() + self._deals.lifetime(order),
                error=None,
                error_text=None,
            )
        except orders.RemoteIdTaken:
            told = f"order {bought.remote_id}, number {bought.phone}"
            return await self._recovery.lost(order, OutcomeUnknown(order.provider, "buy", text=told))
        self._watch.take(waiting)
        return waiting

    async def _settle(self, order: Order, state: State, **changes: object) -> Order:
        async with self._outbox.telling() as tx:
            # Uncertain too: the answer may come after somebody has given it up for lost.
            moved = await orders.move(tx, order.id, of={State.PLACING, State.UNCERTAIN}, to=state, **changes)
            if moved is None:
                found = await orders.find(tx, order.id)
                if found is not None and found.remote_id is not None:
                    return found  # another process has found it in the provider's list meanwhile
                raise LookupError(f"order {order.id} was settled before its answer came")
            await outbox.add_card(tx, moved, self._clock.now())
        return moved
