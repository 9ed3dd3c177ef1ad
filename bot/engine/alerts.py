"""Alerts: a person hears when there are numbers again, or when they cost little enough.

What several people want to know of a provider is asked once, with the key of one of them: what a house sells
is the same for all. A question is asked every five minutes at most, and a provider gets one question in ten
seconds at most, slower where it takes few calls: codes come first.
"""

import random
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from bot.clock import Clock
from bot.domain.alerts import LASTS, MOST_ALERTS, Alert, AlertView, Question
from bot.domain.errors import NotYours, OutOfDate, ProviderError
from bot.domain.finding import Goods
from bot.domain.money import Money
from bot.domain.offers import Offer
from bot.domain.outbox import Notice
from bot.domain.views import AccountView
from bot.engine.accounts import Accounts
from bot.engine.faults import reason_of
from bot.engine.outbox import Outbox
from bot.engine.quotes import Quotes, rank
from bot.engine.rent_jobs import Errand
from bot.engine.schedule import Scheduler
from bot.logs import get_logger
from bot.providers.base import Capability
from bot.providers.registry import Providers
from bot.storage import alerts, outbox, settings
from bot.storage.database import Database

_log = get_logger(__name__)
_ASKED_EVERY = timedelta(minutes=5)
_ROUND_SECONDS = 10.0
_SHARE = 10  # of a provider's calls, one in so many at most


class Alerts:
    """Keeps what people look out for, asks for it, and tells them once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        accounts: Accounts,
        providers: Providers,
        quotes: Quotes,
        scheduler: Scheduler,
        tell: Outbox,
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._providers = providers
        self._quotes = quotes
        self._scheduler = scheduler
        self._outbox = tell
        self._resting: dict[str, float] = {}

    def start(self) -> None:
        """Look from now on what is due."""
        self._scheduler.add(Errand("alerts", self._round), _ROUND_SECONDS)

    async def list(self, user_id: int) -> tuple[AlertView, ...]:
        """Return what a person looks out for, oldest first."""
        async with self._database.read() as tx:
            found = await alerts.of_user(tx, user_id, self._clock.now())
        known = {view.account.id: view for view in await self._accounts.list(user_id)}
        return tuple(
            AlertView(alert, known[alert.account_id]) for alert in found if alert.account_id in known
        )

    async def get(self, user_id: int, alert_id: int) -> AlertView:
        """Return one of a person's alerts.

        Raises:
            OutOfDate: there is none any more.
            NotYours: it is somebody else's.
        """
        found = await self.find(alert_id)
        if found is None:
            raise OutOfDate
        if found.alert.user_id != user_id:
            raise NotYours
        return found

    async def find(self, alert_id: int) -> AlertView | None:
        """Return any alert, or None; for messages about it."""
        async with self._database.read() as tx:
            alert = await alerts.find(tx, alert_id)
        account = await self._accounts.find(alert.account_id) if alert else None
        return AlertView(alert, account) if alert and account else None

    async def add(self, user_id: int, goods: Goods, most: Money | None) -> tuple[AlertView, ...]:
        """Look out for goods at every house where the person has a key; the oldest key there is asked with.

        Args:
            user_id: whose.
            goods: with a country.
            most: at most at this price: then only keys that pay in its currency count.

        Returns:
            An alert for each house; none where no house can tell, or there are too many already.
        """
        chosen: dict[str, AccountView] = {}
        for view in await self._accounts.list(user_id):
            if self._can_tell(view, goods) and (most is None or self._pays_in(view) == most.currency):
                chosen.setdefault(view.provider.slug, view)
        now, made = self._clock.now(), []
        async with self._database.write() as tx:
            await settings.lock(tx, user_id)
            known = await alerts.of_user(tx, user_id, now)
            fresh = {view.account.id for view in chosen.values()} - {
                one.account_id for one in known if one.goods == goods
            }
            if len(known) + len(fresh) > MOST_ALERTS:
                return ()
            for view in chosen.values():
                next_at = await alerts.next_of(tx, Question(view.provider.slug, goods))
                made.append(
                    await alerts.put(
                        tx,
                        user_id,
                        view.account.id,
                        goods,
                        most,
                        next_at=next_at or now,
                        expires_at=now + LASTS,
                    )
                )
        return tuple(AlertView(one, chosen[slug]) for slug, one in zip(chosen, made, strict=True))

    async def limit(self, user_id: int, alert_id: int, most: Money) -> AlertView:
        """Tell at this price at the most, from the next answer on.

        Raises:
            OutOfDate: there is no such alert any more.
            NotYours: it is somebody else's.
        """
        known = (await self.get(user_id, alert_id)).alert
        async with self._database.write() as tx:
            await alerts.put(
                tx,
                user_id,
                known.account_id,
                known.goods,
                most,
                next_at=self._clock.now(),
                expires_at=known.expires_at,
            )
        return await self.get(user_id, alert_id)

    async def remove(self, user_id: int, alert_id: int) -> None:
        """Look out no more.

        Raises:
            OutOfDate: there is no such alert any more.
            NotYours: it is somebody else's.
        """
        await self.get(user_id, alert_id)
        async with self._database.write() as tx:
            await alerts.remove(tx, alert_id)

    async def _round(self) -> float:
        """Ask one question of each provider that has not been asked just now."""
        now = self._clock.now()
        async with self._database.read() as tx:
            waiting = await alerts.due(tx, now)
        asked: set[str] = set()
        for question in waiting:
            slug = question.provider
            adapter = self._providers.find(slug)
            if adapter is None or slug in asked or self._resting.get(slug, 0.0) > self._clock.monotonic():
                continue
            asked.add(slug)
            async with self._database.write() as tx:
                is_ours = await alerts.claim(tx, question, now, now + _ASKED_EVERY)
            if is_ours:
                rate = adapter.record.limits.requests_per_second
                self._resting[slug] = self._clock.monotonic() + (_SHARE / rate if rate else 0.0)
                self._scheduler.add(Errand(f"alerts:{slug}", partial(self._ask, question)))
        return _ROUND_SECONDS

    async def _ask(self, question: Question) -> None:
        """Ask once; what fails is not tried again before its time, for the round adds it anew."""
        try:
            await self._answer(question)
        except Exception as error:  # noqa: BLE001 - one question must not pile up, nor stop the others
            _log.warning("alerts not asked", provider=question.provider, reason=reason_of(error))

    async def _answer(self, question: Question) -> None:
        async with self._database.read() as tx:
            wanted, broken = await alerts.of_question(tx, question, self._clock.now())
            payers = await alerts.payers(tx, {one.account_id for one in wanted})
        for alert_id, error in broken.items():
            _log.warning("an alert cannot be read", alert=alert_id, reason=reason_of(error))
        account = await self._accounts.find(random.choice(payers)) if payers else None  # noqa: S311 - no secret
        if account is None:
            return
        goods = question.goods
        found = await self._quotes.recent(account, goods.service, goods.country)
        if isinstance(found, ProviderError):  # it is asked again in its time
            return
        for alert in wanted:
            await self._judge(alert, found)

    async def _judge(self, alert: Alert, found: Iterable[Offer]) -> None:
        """Tell the person, once until there are none again."""
        fitting = sorted((offer for offer in found if _fits(offer, alert.most)), key=rank)
        best = fitting[0] if fitting else None
        known = [offer.stock for offer in fitting if offer.stock is not None]
        async with self._outbox.telling() as tx:
            is_news = await alerts.note(
                tx,
                alert,
                is_met=best is not None,
                price=best.price if best else None,
                stock=sum(known) if known else None,
            )
            if is_news and best is not None:
                await outbox.add_notice(
                    tx,
                    Notice.IN_STOCK,
                    chat_id=alert.user_id,
                    user_id=alert.user_id,
                    now=self._clock.now(),
                    alert_id=alert.id,
                )

    def _can_tell(self, view: AccountView, goods: Goods) -> bool:
        adapter = self._providers.find(view.provider.slug)
        if adapter is None or Capability.UNPRICED in adapter.capabilities:
            return False
        return self._quotes.has_words_for(adapter.record, goods.service, goods.country)

    def _pays_in(self, view: AccountView) -> str:
        record = self._providers.record(view.provider.slug)
        return record.currency if record else ""


def _fits(offer: Offer, most: Money | None) -> bool:
    if offer.stock == 0:
        return False
    if most is None:
        return True
    return offer.price is not None and offer.price.currency == most.currency and offer.price <= most
