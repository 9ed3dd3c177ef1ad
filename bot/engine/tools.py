"""What else an account or an order's number can do: history, blacklist, balances of numbers, calls."""

from datetime import datetime

from bot.domain.deals import Tool
from bot.domain.errors import NotYours, NumberUnusable, OutOfDate
from bot.domain.money import Money
from bot.domain.orders import Order, State
from bot.domain.views import AccountView
from bot.engine.accounts import Accounts
from bot.engine.keyring import Keyring
from bot.providers.activations import Activations
from bot.providers.base import Capability
from bot.providers.registry import Providers
from bot.providers.trade import Outgoing, Past, Rate, Watched
from bot.storage import orders
from bot.storage.database import Database

_OF_ACCOUNT = {
    Capability.HISTORY: Tool.HISTORY,
    Capability.NUMBER_BALANCE: Tool.NUMBER_BALANCE,
    Capability.CLEAN_BLACKLIST: Tool.CLEAN_BLACKLIST,
}
_SHORTEST_PHONE, _LONGEST_PHONE = 7, 15


class Tools:
    """Free calls that only some protocols have; each raises ``NotOffered`` where this one has it not."""

    def __init__(
        self, database: Database, accounts: Accounts, keyring: Keyring, providers: Providers
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._keyring = keyring
        self._providers = providers

    def of_account(self, account: AccountView) -> tuple[Tool, ...]:
        """Return what can be asked of an account."""
        capabilities = self._providers.capabilities(account.provider.slug)
        return tuple(tool for capability, tool in _OF_ACCOUNT.items() if capability in capabilities)

    async def history(
        self, user_id: int, account_id: int, *, since: datetime, until: datetime
    ) -> tuple[Past, ...]:
        """Return the provider's own history of an account, newest first where the provider sorts so.

        Raises:
            NotYours: not the user's account.
            ProviderError: the provider refuses, or does not answer.
        """
        account = await self._accounts.get(user_id, account_id)
        key = await self._keyring.key(account_id)
        return await self._adapter(account).history(key, since=since, until=until)

    async def clean_blacklist(self, user_id: int, account_id: int) -> None:
        """Forget which numbers were banned on an account.

        Raises:
            NotYours: not the user's account.
            ProviderError: the provider refuses, or does not answer.
        """
        account = await self._accounts.get(user_id, account_id)
        await self._adapter(account).clean_blacklist(await self._keyring.key(account_id))

    async def number_balance(self, user_id: int, account_id: int, phone: str) -> Money | None:
        """Return what a phone number's own account holds; None while the provider finds out.

        Raises:
            NotYours: not the user's account.
            NumberUnusable: not a phone number.
            ProviderError: the provider refuses, or does not answer.
        """
        account = await self._accounts.get(user_id, account_id)
        adapter = self._adapter(account)
        phone_digits = digits(phone)
        return await adapter.number_balance(await self._keyring.key(account_id), phone_digits)

    async def rates(self, user_id: int, account_id: int, service: str) -> tuple[Rate, ...]:
        """Return how well a service works by country, by the provider's own codes.

        Raises:
            NotYours: not the user's account.
            ProviderError: the provider refuses, or does not answer.
        """
        account = await self._accounts.get(user_id, account_id)
        return await self._adapter(account).rates(await self._keyring.key(account_id), service)

    async def caller(self, user_id: int, order_id: int) -> str | None:
        """Return who has called an order's number, None while nobody has.

        Raises:
            NotYours: somebody else's order.
            OutOfDate: the order is over.
            ProviderError: the provider refuses, or does not answer.
        """
        order = await self._order(user_id, order_id)
        adapter = self._providers.get(order.provider)
        return await adapter.call_status(await self._keyring.key(order.account_id), _watched(order))

    async def call(self, user_id: int, order_id: int, phone: str) -> None:
        """Have an order's number call somebody.

        Raises:
            NotYours: somebody else's order.
            OutOfDate: the order is over.
            NumberUnusable: not a phone number.
            ProviderError: the provider refuses, or does not answer.
        """
        order = await self._order(user_id, order_id)
        adapter = self._providers.get(order.provider)
        phone_digits = digits(phone)
        await adapter.call_out(await self._keyring.key(order.account_id), _watched(order), phone_digits)

    async def calls(self, user_id: int, order_id: int) -> tuple[Outgoing, ...]:
        """Return the calls that an order's number has made.

        Raises:
            NotYours: somebody else's order.
            OutOfDate: the order is over.
            ProviderError: the provider refuses, or does not answer.
        """
        order = await self._order(user_id, order_id)
        adapter = self._providers.get(order.provider)
        return await adapter.outgoing(await self._keyring.key(order.account_id), _watched(order))

    def _adapter(self, account: AccountView) -> Activations:
        return self._providers.get(account.provider.slug)

    async def _order(self, user_id: int, order_id: int) -> Order:
        async with self._database.read() as tx:
            order = await orders.find(tx, order_id)
        if order is None or order.state is State.PLACING or not order.is_watched:
            raise OutOfDate
        if order.user_id != user_id:
            raise NotYours
        return order


def _watched(order: Order) -> Watched:
    return Watched(order.remote_id or "", order.last_sms_id)


def digits(phone: str) -> str:
    """Return the digits of a phone number as a person wrote it.

    Raises:
        NumberUnusable: too few or too many for a number with its country code.
    """
    found = "".join(character for character in phone if character.isascii() and character.isdigit())
    if not _SHORTEST_PHONE <= len(found) <= _LONGEST_PHONE:
        raise NumberUnusable
    return found
