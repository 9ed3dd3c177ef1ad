"""Accounts: adding a key, proving it, asking what it holds, removing it."""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Container

from bot.clock import Clock
from bot.domain.errors import (
    AccountInUse,
    CodebellError,
    KeyKnown,
    KeyUnreadable,
    KeyUnusable,
    NotYours,
    OutOfDate,
    UnknownProvider,
)
from bot.domain.money import Money
from bot.domain.people import Account
from bot.domain.secrets import Key
from bot.domain.views import AccountView, BalanceView, ProviderFacts
from bot.engine.keyring import Keyring
from bot.providers.base import Record
from bot.providers.registry import Providers
from bot.storage import accounts, bills, orders, rentals, sealing, settings
from bot.storage.database import Database
from bot.storage.vault import Vault

_KEY = re.compile(r"[!-~]{4,256}")
_LONGEST_LABEL = 64


def facts(record: Record) -> ProviderFacts:
    """Return what a person should know of a provider."""
    minutes = round(record.limits.lifetime.total_seconds() / 60)
    only_rents = record.protocol is None
    return ProviderFacts(record.slug, record.title, record.site, minutes, record.closed, only_rents)


class Accounts:
    """A user's keys at providers.

    Attributes:
        on_balance: hear what an account holds, whenever that becomes known.
    """

    def __init__(
        self, database: Database, clock: Clock, vault: Vault, keyring: Keyring, providers: Providers
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._keyring = keyring
        self._providers = providers
        self.on_balance: list[Callable[[AccountView, Money], Awaitable[None]]] = []

    def providers(self, user_id: int) -> tuple[ProviderFacts, ...]:
        """Return the providers that a user can add a key for, in the order to show them."""
        return tuple(facts(record) for record in self._providers.records(user_id))

    def provider(self, user_id: int, slug: str) -> ProviderFacts:
        """Return one provider.

        Raises:
            UnknownProvider: there is none of that name, or it is another person's own host.
        """
        record = self._providers.record(slug)
        if record is None or record.owner not in {None, user_id}:
            raise UnknownProvider(slug)
        return facts(record)

    def known(self, slug: str) -> ProviderFacts:
        """Return what is known of a provider: its name at least, where it is not configured any more."""
        record = self._providers.record(slug)
        return facts(record) if record else ProviderFacts(slug, slug, site="", minutes=0)

    def view(self, account: Account) -> AccountView:
        """Return the account together with its provider."""
        return AccountView(account, self.known(account.provider))

    async def list(self, user_id: int) -> tuple[AccountView, ...]:
        """Return the user's accounts, oldest first."""
        async with self._database.read() as tx:
            found = await accounts.of_user(tx, user_id)
        return tuple(self.view(account) for account in found)

    async def currencies(self, user_id: int) -> tuple[str, ...]:
        """Return in which currencies the user's accounts pay, by their codes."""
        records = [self._providers.record(view.provider.slug) for view in await self.list(user_id)]
        return tuple(sorted({record.currency for record in records if record is not None}))

    def currency(self, slug: str) -> str:
        """Return in which currency a provider's prices are; empty where it is not configured any more."""
        record = self._providers.record(slug)
        return record.currency if record else ""

    async def get(self, user_id: int, account_id: int) -> AccountView:
        """Return one account of the user.

        Raises:
            NotYours: it belongs to somebody else, or was removed.
        """
        for view in await self.list(user_id):
            if view.account.id == account_id:
                return view
        raise NotYours

    async def find(self, account_id: int) -> AccountView | None:
        """Return any account, removed ones included; for messages about it."""
        async with self._database.read() as tx:
            account = await accounts.find(tx, account_id)
        return self.view(account) if account else None

    async def add(self, user_id: int, slug: str, text: str) -> BalanceView:
        """Keep a key, once the provider has accepted it.

        Args:
            user_id: the owner, who has been seen before.
            slug: the provider.
            text: what the person wrote.

        Raises:
            UnknownProvider: there is none of that name.
            KeyUnusable: the text cannot be a key.
            KeyKnown: the user keeps this key already.
            ProviderError: the provider refuses the key, or does not answer.
        """
        self.provider(user_id, slug)
        key = parse(text)
        await self._check_new(user_id, slug, key)
        return await self.keep(user_id, slug, key, await self._providers.prove(slug, key))

    async def keep(self, user_id: int, slug: str, key: Key, balance: Money | None) -> BalanceView:
        """Keep a key that was proved, under the provider's title.

        Raises:
            UnknownProvider: there is none of that name, or it is another person's own host.
            KeyKnown: the user keeps this key already.
        """
        provider = self.provider(user_id, slug)
        try:
            async with self._database.write() as tx:
                await settings.lock(tx, user_id)  # of two accounts added at once, each gets its own label
                taken = {account.label for account in await accounts.of_user(tx, user_id)}
                account = await accounts.add(
                    tx,
                    user_id=user_id,
                    provider=slug,
                    label=_free_label(provider.title, taken),
                    tail=key.tail,
                    sealed=b"",
                    fingerprint=self._vault.fingerprint(key),
                    now=self._clock.now(),
                )
                # Bound to the account, so that its number has to be known first.
                sealed = self._vault.seal(key, account_id=account.id, user_id=user_id, provider=slug)
                await sealing.put(tx, account.id, sealed)
        except accounts.FingerprintTaken:  # sent twice at once
            raise KeyKnown from None
        return BalanceView(AccountView(account, provider), balance, None)

    async def replace(self, user_id: int, account_id: int, text: str) -> BalanceView:
        """Put another key into an account, once the provider has accepted it.

        Raises:
            NotYours: not the user's account.
            KeyUnusable: the text cannot be a key.
            KeyKnown: the user keeps this key already.
            OutOfDate: the account was removed or moved meanwhile.
            ProviderError: the provider refuses the key, or does not answer.
        """
        view = await self.get(user_id, account_id)
        key = parse(text)
        slug = view.provider.slug
        await self._check_new(user_id, slug, key, replaced=account_id)
        balance = await self._providers.prove(slug, key)
        try:
            async with self._database.write() as tx:
                is_kept = await accounts.replace_key(
                    tx,
                    account_id,
                    provider=slug,
                    sealed=self._vault.seal(key, account_id=account_id, user_id=user_id, provider=slug),
                    fingerprint=self._vault.fingerprint(key),
                    tail=key.tail,
                )
        except accounts.FingerprintTaken:  # sent twice at once
            raise KeyKnown from None
        if not is_kept:
            raise OutOfDate
        self._keyring.forget(account_id)
        return BalanceView(await self.get(user_id, account_id), balance, None)

    async def rename(self, user_id: int, account_id: int, label: str) -> None:
        """Give an account another label (trimmed, cut at 64 characters; an empty one changes nothing).

        Raises:
            NotYours: not the user's account.
        """
        await self.get(user_id, account_id)
        wanted = " ".join(label.split())[:_LONGEST_LABEL]
        if wanted:
            async with self._database.write() as tx:
                await accounts.rename(tx, account_id, wanted)

    async def remove(self, user_id: int, account_id: int) -> None:
        """Forget a key.

        Raises:
            NotYours: not the user's account.
            AccountInUse: orders or rentals are open on it, or a payment is in doubt; without the key their
                codes would be lost.
        """
        await self.get(user_id, account_id)
        async with self._database.write() as tx:
            await settings.lock(tx, user_id)  # every payment is decided behind this lock, so that none
            await accounts.lock(tx, account_id)  # begins between the look and the removal
            in_use = await orders.count_open_of_account(tx, account_id)
            in_use += await rentals.count_open_of_account(tx, account_id)
            in_use = in_use or await bills.count_in_doubt_of_account(tx, account_id)
            if in_use:
                raise AccountInUse(in_use)
            await accounts.remove(tx, account_id, self._clock.now())
        self._keyring.forget(account_id)

    async def check(self, user_id: int, account_id: int) -> BalanceView:
        """Ask what one account holds; an answer lifts the pause of a key that was refused.

        Raises:
            NotYours: not the user's account.
        """
        return await self._ask(await self.get(user_id, account_id))

    async def balance(self, account: AccountView) -> Money | None:
        """Return what an account holds; None where its provider takes the key and tells no balance.

        Raises:
            ProviderError: the provider refuses, or does not answer.
        """
        key = await self._keyring.key(account.account.id)
        balance = await self._providers.prove(account.provider.slug, key)
        if balance is not None:
            for hear in self.on_balance:
                await hear(account, balance)
        return balance

    async def balances(self, user_id: int) -> AsyncIterator[BalanceView]:
        """Ask all accounts of the user at once; yield each as it answers."""
        for answer in asyncio.as_completed([self._ask(view) for view in await self.list(user_id)]):
            yield await answer

    async def _ask(self, view: AccountView) -> BalanceView:
        try:
            balance = await self.balance(view)
        except CodebellError as error:
            return BalanceView(view, None, error)
        if view.account.rejected:
            async with self._database.write() as tx:
                await accounts.set_rejected(tx, view.account.id, rejected=False)
        return BalanceView(view, balance, None)

    async def _check_new(self, user_id: int, slug: str, key: Key, replaced: int | None = None) -> None:
        if replaced is not None and not await self._is_readable(replaced):
            return  # the key that it has always had is welcome; the database still refuses another account's
        async with self._database.read() as tx:
            if await accounts.is_known(tx, user_id, slug, self._vault.fingerprints(key)):
                raise KeyKnown

    async def _is_readable(self, account_id: int) -> bool:
        try:
            await self._keyring.key(account_id)
        except KeyUnreadable:
            return False
        return True


def _free_label(title: str, taken: Container[str]) -> str:
    """Return the provider's title, with a number behind it where another account has it already."""
    numbered = (f"{title} {number}" for number in itertools.count(2))
    return next(label for label in itertools.chain([title], numbered) if label not in taken)


def parse(text: str) -> Key:
    """Read a key from what a person wrote; blanks around it are a slip of the hand, blanks inside are not.

    Raises:
        KeyUnusable: the text cannot be a key.
    """
    stripped = text.strip()
    if not _KEY.fullmatch(stripped):
        raise KeyUnusable
    return Key(stripped)
