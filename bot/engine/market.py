"""The market: what all the accounts of a person sell, told as they answer."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from bot.domain.errors import ProviderError
from bot.domain.offers import Offer
from bot.domain.views import AccountView, CountryChoice, Trouble
from bot.engine.accounts import Accounts
from bot.engine.quotes import Quotes, rank
from bot.engine.rates import Rates
from bot.engine.unmapped import Unmapped

_Told: TypeAlias = tuple[tuple[Offer, ...] | ProviderError, Mapping[str, Decimal]]


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known so far.

    Attributes:
        offers: of the accounts that have answered, in the order of their answers.
        troubles: accounts that could not be asked.
        asking: accounts that have not answered yet.
        rates: percentage of activations that brought an SMS, by country; the best figure that is told.
    """

    offers: tuple[tuple[Offer, AccountView], ...]
    troubles: tuple[Trouble, ...]
    asking: tuple[AccountView, ...]
    rates: Mapping[str, Decimal] = field(default_factory=dict)


class Market:
    """Asks all accounts of a person at once."""

    def __init__(self, accounts: Accounts, quotes: Quotes, rates: Rates, unmapped: Unmapped) -> None:
        self._accounts = accounts
        self._quotes = quotes
        self._rates = rates
        self._unmapped = unmapped

    def forget(self, provider: str) -> None:
        """Remember nothing that a provider told of success."""
        self._rates.forget(provider)

    async def ask(self, user_id: int, service: str, country: str | None = None) -> AsyncGenerator[Answers]:
        """Yield what is known: at once with nothing, then anew after each account's answer.

        Args:
            user_id: whose accounts.
            service: canonical id, or ``provider:code``.
            country: canonical id, or ``provider:code``; every country where None.
        """
        waiting = {
            asyncio.create_task(self._ask(account, service, country)): account
            for account in await self._accounts.list(user_id)
        }
        offers: list[tuple[Offer, AccountView]] = []
        troubles: list[Trouble] = []
        rates: dict[str, Decimal] = {}
        try:
            yield Answers((), (), tuple(waiting.values()))
            while waiting:
                done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in [task for task in waiting if task in done]:
                    account, (answer, told) = waiting.pop(task), task.result()
                    for place, rate in told.items():
                        rates[place] = max(rate, rates.get(place, rate))
                    if isinstance(answer, ProviderError):
                        troubles.append(Trouble(account, answer))
                    else:
                        offers.extend((offer, account) for offer in answer)
                yield Answers(tuple(offers), tuple(troubles), tuple(waiting.values()), dict(rates))
        finally:
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    async def _ask(self, account: AccountView, service: str, country: str | None) -> _Told:
        """Return an account's offers, or why there are none; and success rates, where countries compete."""
        if country is not None:
            return await self._quotes.recent(account, service, country), {}
        found, rates = await asyncio.gather(
            self._quotes.recent(account, service), self._rates.of(account, service)
        )
        if not isinstance(found, ProviderError):
            await self._unmapped.name_countries(account, found)
        return found, rates


def choice_of(country: str, offers: list[Offer], rate: Decimal | None = None) -> CountryChoice:
    """Return a country with its best offers; the stock of all is summed up, prices never are."""
    ranked = sorted(offers, key=rank)
    here = [offer for offer in ranked if offer.stock != 0] or ranked
    best = {offer.price.currency: offer.price for offer in reversed(here) if offer.price is not None}
    prices = tuple(best[currency] for currency in sorted(best))
    return CountryChoice(country, ranked[0], _stock(offers), prices, rate)


def _stock(offers: list[Offer]) -> int | None:
    known = [offer.stock for offer in offers if offer.stock is not None]
    return sum(known) if known else None
