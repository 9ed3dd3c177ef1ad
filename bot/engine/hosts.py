"""Hosts that users add: providers for one person each, spoken to in the language of most houses."""

from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

from bot.catalog import Catalog
from bot.clock import Clock
from bot.domain.errors import Refused
from bot.domain.money import Money
from bot.domain.secrets import Key
from bot.domain.views import BalanceView, HostFacts, ProviderFacts
from bot.engine.accounts import Accounts, facts, parse
from bot.engine.keyring import Keyring
from bot.engine.territory import Territory
from bot.providers.base import Limits, Record
from bot.providers.registry import Providers
from bot.storage import hosts
from bot.storage.database import Database
from bot.storage.hosts import Host

_CODES = "sms_activate"
_SAMPLE = "telegram"
_LONGEST_TITLE = 48
# Such a host names neither rate nor lifetime; the family's numbers live for 20 minutes.
_LIMITS = Limits(lifetime=timedelta(minutes=20))
_UNTOLD = ("www.", "api.")

HOST_ADDED = "host"
"""What is said of a host that a user has added."""


class Hosts:
    """Adds hosts, once their answers have proved that they are what they are said to be."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        catalog: Catalog,
        accounts: Accounts,
        keyring: Keyring,
        providers: Providers,
        territory: Territory,
    ) -> None:
        self._territory = territory
        self._database = database
        self._clock = clock
        self._catalog = catalog
        self._accounts = accounts
        self._keyring = keyring
        self._providers = providers

    async def load(self) -> int:
        """Know all hosts of all users; return how many. One that is known already stays as it is."""
        async with self._database.read() as tx:
            found = await hosts.everybodys(tx)
        for host in found:
            slug = f"host-{host.id}"
            if self._providers.record(slug) is None:
                self._providers.add(_record(slug, host))
        return len(found)

    async def look_at(self, user_id: int, text: str) -> HostFacts:
        """Read the address that a person wrote. Nothing is sent there yet.

        Raises:
            HostUnusable: not the HTTPS address of a host.
            HostPrivate: it leads into a private network.
        """
        url = await self._providers.addresses.url(text)
        known = [adapter.record for adapter in self._providers.of(user_id) if adapter.record.url == url]
        return HostFacts(url, _title(url), facts(known[0]) if known else None)

    async def add(self, user_id: int, url: str, currency: str, text: str) -> BalanceView:
        """Keep a host and a key, once the host has answered balance and prices with it.

        Args:
            user_id: the owner of both, who has been seen before.
            url: as ``look_at`` gave it.
            currency: ISO 4217 code of its prices.
            text: what the person wrote for a key.

        Raises:
            KeyUnusable: the text cannot be a key.
            KeyKnown: the user keeps this key at this host already.
            ProviderError: the host refuses the key, does not answer, or speaks another language.
        """
        key = parse(text)
        balance = await self._prove(user_id, url, currency, key)
        provider = await self._keep(user_id, url, currency)
        return await self._accounts.keep(user_id, provider.slug, key, balance)

    async def add_for(self, user_id: int, url: str, currency: str, account_id: int) -> ProviderFacts:
        """Keep a host, once it has answered balance and prices with the key of an account.

        Raises:
            NotYours: not the user's account.
            ProviderError: the host refuses the key, does not answer, or speaks another language.
        """
        await self._accounts.get(user_id, account_id)
        await self._prove(user_id, url, currency, await self._keyring.key(account_id))
        return await self._keep(user_id, url, currency)

    async def _prove(self, user_id: int, url: str, currency: str, key: Key) -> Money:
        host = Host(0, user_id, url, _title(url), currency)
        adapter = self._providers.make(_record("host", host))
        balance = await adapter.balance(key)
        with suppress(Refused):  # it may not sell this service; that it understood the question is enough
            await adapter.quotes(key, service=self._catalog.services.code(_CODES, _SAMPLE))
        return balance

    async def _keep(self, user_id: int, url: str, currency: str) -> ProviderFacts:
        async with self._database.write() as tx:
            host = await hosts.add(
                tx, user_id=user_id, url=url, title=_title(url), currency=currency, now=self._clock.now()
            )
        record = _record(f"host-{host.id}", host)
        self._providers.add(record)
        self._territory.say(HOST_ADDED, str(host.id))
        return facts(record)


def proposed(user_id: int, url: str) -> ProviderFacts:
    """Return what a host would be called that is not kept yet."""
    return facts(_record("host", Host(0, user_id, url, _title(url), "")))


def _title(url: str) -> str:
    name = urlsplit(url).netloc
    for prefix in _UNTOLD:
        if name.startswith(prefix) and name.count(".") > 1:
            name = name.removeprefix(prefix)
    return name if len(name) <= _LONGEST_TITLE else name[: _LONGEST_TITLE - 1] + "…"


def _record(slug: str, host: Host) -> Record:
    parts = urlsplit(host.url)
    return Record(
        slug=slug,
        title=host.title,
        url=host.url,
        protocol="handler_api",
        currency=host.currency,
        codes=_CODES,
        site=f"{parts.scheme}://{parts.netloc}",
        limits=_LIMITS,
        owner=host.user_id,
    )
