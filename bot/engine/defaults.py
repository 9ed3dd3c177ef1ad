"""Defaults of a purchase: set under /settings, used by /buy and /rent, and each can be cleared."""

from decimal import Decimal

from bot.catalog import Catalog
from bot.domain.defaults import DefaultsView
from bot.domain.errors import OutOfDate, UnknownCountry
from bot.engine.accounts import Accounts
from bot.engine.caps import Caps
from bot.storage import defaults
from bot.storage.database import Database


class Defaults:
    """Keeps what a purchase begins with."""

    def __init__(self, database: Database, catalog: Catalog, accounts: Accounts, caps: Caps) -> None:
        self._database = database
        self._catalog = catalog
        self._accounts = accounts
        self._caps = caps

    async def of(self, user_id: int) -> DefaultsView:
        """Return what a person has set; an account that was removed since is none."""
        async with self._database.read() as tx:
            account_id, country = await defaults.find(tx, user_id)
            dear = await defaults.dear(tx, user_id)
        accounts = await self._accounts.list(user_id)
        chosen = next((one for one in accounts if one.account.id == account_id), None)
        known = country if country and self._catalog.countries.get(country) else None
        return DefaultsView(chosen, known, dear, accounts)

    async def view(self, user_id: int) -> DefaultsView:
        """Return what a person has set, with the currencies that a limit can be set in."""
        found = await self.of(user_id)
        caps = await self._caps.view(user_id)
        currencies = tuple(dict.fromkeys([*(one.currency for one in caps.accounts), *found.dear]))
        return DefaultsView(found.account, found.country, found.dear, found.accounts, currencies)

    async def set_account(self, user_id: int, account_id: int | None) -> None:
        """Set which account is asked first; None for none.

        Raises:
            NotYours: not the user's account.
        """
        if account_id is not None:
            await self._accounts.get(user_id, account_id)
        async with self._database.write() as tx:
            await defaults.put_account(tx, user_id, account_id)

    async def set_country(self, user_id: int, country: str | None) -> None:
        """Set from which country numbers are wanted; None for none.

        Raises:
            UnknownCountry: there is none like that.
        """
        if country is not None and self._catalog.countries.get(country) is None:
            raise UnknownCountry
        async with self._database.write() as tx:
            await defaults.put_country(tx, user_id, country)

    async def set_dear(self, user_id: int, currency: str, amount: Decimal | None) -> None:
        """Set above which price a purchase in a currency is asked about once more; None for never.

        Raises:
            OutOfDate: none of the person's accounts pays in that currency any more.
        """
        if currency not in (await self.view(user_id)).currencies:
            raise OutOfDate
        async with self._database.write() as tx:
            await defaults.put_dear(tx, user_id, currency, amount)
