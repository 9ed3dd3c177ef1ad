"""Buying with another person's money: offers of the owner's accounts, and their confirm buttons."""

from dataclasses import replace

from bot.domain.groups import Buyer
from bot.domain.money import Money
from bot.domain.views import CountriesView, OffersView, OfferView
from bot.engine.budgets import Budgets, Place
from bot.engine.shop import Shop

_MOST_OFFERS = 5


class GroupBuying:
    """What members of a group do who may buy with its owner's money."""

    def __init__(self, shop: Shop, budgets: Budgets) -> None:
        self._shop = shop
        self._budgets = budgets

    async def buyer(self, place: Place, user_id: int) -> Buyer | None:
        """Return whose money a person may spend in a chat and topic; None where nobody's."""
        return await self._budgets.buyer(place, user_id)

    async def countries(self, buyer: Buyer, service: str) -> CountriesView:
        """Return where the owner's accounts sell a service."""
        return await self._shop.countries(buyer.owner_id, service)

    async def offers(self, buyer: Buyer, service: str, country: str) -> OffersView:
        """Return what the buyer may choose from: priced, in stock, and of accounts with a budget for them."""
        found = await self._shop.offers(buyer.owner_id, service, country)
        fitting = [
            view
            for view in found.offers
            if view.draft.offer.account_id in buyer.account_ids
            and view.draft.offer.stock != 0
            and view.draft.price is not None
        ]
        theirs = [
            await self._shop.keep(replace(view.draft, buyer_id=buyer.member.user_id))
            for view in fitting[:_MOST_OFFERS]
        ]
        return replace(found, offers=tuple(theirs))

    async def offer(self, buyer: Buyer, token: str) -> OfferView:
        """Return the offer behind a confirm button of the buyer's.

        Raises:
            OutOfDate: no such button any more.
            NotYours: it was made for somebody else.
        """
        return await self._shop.draft(buyer.owner_id, token, buyer_id=buyer.member.user_id)

    async def left(self, buyer: Buyer, account_id: int) -> Money | None:
        """Return what the buyer may still spend of an account; None where they may not buy with it."""
        most = buyer.member.budgets.get(account_id)
        if most is None:
            return None
        spent = (await self._budgets.spent(buyer, account_id)).spent(most.currency)
        return Money(max(most.amount - spent.amount, most.amount * 0), most.currency)
