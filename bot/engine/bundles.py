"""One number for several services: the confirm button grows by a service at a time."""

from dataclasses import replace

from bot.domain.deals import Choice
from bot.domain.errors import AlreadyDone, NoNumbers, NotOffered, ProviderError
from bot.domain.views import OfferView
from bot.engine.quotes import Quotes, rank
from bot.engine.shop import Shop

MOST_SERVICES = 5
"""How many services one number is bought for at most: no document names a limit, a confirm screen has one."""


class Bundles:
    """Adds services to a confirm button, where the protocol sells one number for several."""

    def __init__(self, shop: Shop, quotes: Quotes) -> None:
        self._shop = shop
        self._quotes = quotes

    async def add(self, user_id: int, token: str, service: str) -> OfferView:
        """Return a new confirm button that buys the same number for one more service.

        Args:
            user_id: who chooses.
            token: of the earlier button, which stays good.
            service: canonical id.

        Raises:
            NotOffered: this protocol sells no such numbers, or the button has enough services.
            AlreadyDone: the service is among them already.
            NoNumbers: it is not sold there.
            OutOfDate: no such button any more.
            NotYours: it was made for somebody else, or its account was removed.
            ProviderError: the provider refuses, or does not answer.
        """
        view = await self._shop.draft(user_id, token)
        draft, offer = view.draft, view.draft.offer
        if Choice.SEVERAL not in view.choices or len(draft.offers) >= MOST_SERVICES or offer.voice:
            raise NotOffered
        if service in {one.service for one in draft.offers}:
            raise AlreadyDone(offer.provider, "quotes")
        found = await self._quotes.recent(view.account, service, offer.country)
        if isinstance(found, ProviderError):
            raise found
        sold = [one for one in found if one.stock != 0]
        if not sold:
            raise NoNumbers(offer.provider, "quotes")
        # Such a purchase names no highest price: only the regular one, which is the lowest, can be had.
        cheapest = min(sold, key=rank)
        added = replace(cheapest, operator=offer.operator)
        lead = replace(offer, highest=None)
        return await self._shop.keep(replace(draft, offer=lead, further=(*draft.further, added)))
