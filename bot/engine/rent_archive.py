"""What providers keep of rentals of the past."""

from bot.domain.errors import NotOffered
from bot.domain.rental_views import ArchivedRental, ArchiveView
from bot.domain.views import AccountView
from bot.engine.keyring import Keyring
from bot.engine.rent_names import RentNames
from bot.providers.lease import Archived, RentalCapability
from bot.providers.registry import Providers
from bot.providers.rentals import Rentals


class RentArchive:
    """Reads archives a page at a time."""

    def __init__(self, keyring: Keyring, providers: Providers, names: RentNames) -> None:
        self._keyring = keyring
        self._providers = providers
        self._names = names

    def is_kept(self, provider: str) -> bool:
        """Whether a provider keeps an archive."""
        adapter = self._providers.find_rentals(provider)
        return adapter is not None and RentalCapability.ARCHIVE in adapter.capabilities

    async def page(self, account: AccountView, page: int, size: int) -> ArchiveView:
        """Return a page of an account's archive; one beyond the end is empty.

        Raises:
            NotOffered: the provider keeps no archive.
            ProviderError: it refuses, or does not answer.
        """
        adapter = self._providers.find_rentals(account.provider.slug)
        if adapter is None:
            raise NotOffered
        key = await self._keyring.key(account.account.id)
        found = await adapter.archive(key, skip=page * size, take=size + 1)  # one more tells of a next page
        items = tuple(self._item(adapter, one) for one in found[:size])
        return ArchiveView(account, items, page, has_more=len(found) > size)

    def _item(self, adapter: Rentals, one: Archived) -> ArchivedRental:
        return ArchivedRental(
            remote_id=one.remote_id,
            phone=one.phone,
            service=self._names.service(adapter.record, one.service or None),
            country=self._names.country(adapter.record, one.country),
            days=one.days,
            has_sms=one.has_sms,
            began=one.began,
            ended=one.ended,
            closed=one.closed,
            can_restore=RentalCapability.RESTORE in adapter.capabilities,
        )
