"""The market: what all the accounts of a person sell, told as they answer."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from bot.domain.errors import ProviderError
from bot.domain.offers import Offer
from bot.domain.views import AccountView, Trouble
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
