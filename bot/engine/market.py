"""The market: what all the accounts of a person sell, told as they answer."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from bot.domain.errors import ProviderError
from bot.domain.offers import Offer
from bot.domain.views import AccountView, CountryChoice, Trouble
from bot.engine.accounts import Accounts
from bot.engine.quotes import Quotes


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known so far.

    Attributes:
        offers: of the accounts that have answered, in the order of their answers.
        troubles: accounts that could not be asked.
        asking: accounts that have not answered yet.
    """

    offers: tuple[tuple[Offer, AccountView], ...]
    troubles: tuple[Trouble, ...]
    asking: tuple[AccountView, ...]


class Market:
    """Asks all accounts of a person at once."""

    def __init__(self, accounts: Accounts, quotes: Quotes) -> None:
        self._accounts = accounts
        self._quotes = quotes

    async def ask(self, user_id: int, service: str, country: str | None = None) -> AsyncGenerator[Answers]:
        """Yield what is known: at once with nothing, then anew after each account's answer.

        Args:
            user_id: whose accounts.
            service: canonical id, or ``provider:code``.
            country: canonical id, or ``provider:code``; every country where None.
        """
        waiting = {
            asyncio.create_task(self._quotes.recent(account, service, country)): account
            for account in await self._accounts.list(user_id)
        }
        offers: list[tuple[Offer, AccountView]] = []
        troubles: list[Trouble] = []
        try:
            yield Answers((), (), tuple(waiting.values()))
            while waiting:
                done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in [task for task in waiting if task in done]:
                    account, answer = waiting.pop(task), task.result()
                    if isinstance(answer, ProviderError):
                        troubles.append(Trouble(account, answer))
                    else:
                        offers.extend((offer, account) for offer in answer)
                yield Answers(tuple(offers), tuple(troubles), tuple(waiting.values()))
        finally:
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)


def choice_of(country: str, offers: list[Offer]) -> CountryChoice:
    """Return a country with its best offers; the stock of all is summed up, prices never are."""
    ranked = sorted(offers, key=rank)
    here = [offer for offer in ranked if offer.stock != 0] or ranked
    best = {offer.price.currency: offer.price for offer in reversed(here)}
    prices = tuple(best[currency] for currency in sorted(best))
    return CountryChoice(country, ranked[0], _stock(offers), prices)


def rank(offer: Offer) -> tuple[bool, str, object]:
    """Return what offers are sorted by."""
    # Currencies are never compared: within the order of their names, cheapest first.
    return (offer.stock == 0, offer.price.currency, offer.price.amount)


def _stock(offers: list[Offer]) -> int | None:
    known = [offer.stock for offer in offers if offer.stock is not None]
    return sum(known) if known else None
