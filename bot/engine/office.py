"""What the admin sees and decides: who uses the bot, what is open, what ails."""

from collections.abc import Collection

from bot.clock import Clock
from bot.domain.errors import OutOfDate
from bot.domain.people import Standing
from bot.domain.views import FaultsPage, Overview, PeoplePage, PersonView, ProviderHealth
from bot.engine.accounts import Accounts
from bot.engine.health import Health
from bot.engine.outbox import Outbox
from bot.storage import accounts, faults, orders, outbox, people
from bot.storage.database import Database

PAGE = 5


class Office:
    """Reads and decides for the admin. Who is one is checked before anybody gets here."""

    def __init__(
        self, database: Database, clock: Clock, accounts_: Accounts, health: Health, tell: Outbox
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts_
        self._health = health
        self._outbox = tell

    async def overview(self) -> Overview:
        """Return how the bot is."""
        async with self._database.read() as tx:
            users = await people.count(tx)
            open_orders = await orders.count_open_by_provider(tx)
            used = await accounts.providers_in_use(tx)
            waiting, oldest = await outbox.waiting(tx)
            put_aside = await faults.count(tx)
        providers = tuple(
            ProviderHealth(self._title(slug), open_orders.get(slug, 0), self._health.silent_since(slug))
            for slug in sorted({*used, *open_orders})
        )
        return Overview(
            users=users,
            open_orders=sum(open_orders.values()),
            providers=providers,
            waiting=waiting,
            waiting_for=None if oldest is None else self._clock.now() - oldest,
            faults=put_aside,
        )

    async def people(self, page: int) -> PeoplePage:
        """Return a page of those who ever wrote to the bot, the newest first, 5 a page."""
        async with self._database.read() as tx:
            pages = max(1, -(-await people.count(tx) // PAGE))
            page = min(max(page, 0), pages - 1)
            found, broken = await people.page(tx, limit=PAGE, offset=page * PAGE)
        return PeoplePage(found, page, pages, len(broken))

    async def person(self, user_id: int) -> PersonView:
        """Return what there is to know of a user.

        Raises:
            OutOfDate: nobody like that ever wrote to the bot.
        """
        async with self._database.read() as tx:
            user = await people.find(tx, user_id)
            if user is None:
                raise OutOfDate
            open_orders = await orders.count_of_user(tx, user_id, is_open=True)
        return PersonView(user, len(await self._accounts.list(user_id)), open_orders)

    async def decide(self, user_id: int, standing: Standing, admins: Collection[int]) -> PersonView:
        """Let a user use the bot, or not; orders that are open go on, and their codes are told.

        Raises:
            OutOfDate: there is no such user, or it is an admin, whom the configuration alone decides about.
        """
        if user_id in admins:
            raise OutOfDate
        async with self._database.write() as tx:
            if await people.find(tx, user_id) is None:
                raise OutOfDate
            await people.set_standing(tx, user_id, standing)
        return await self.person(user_id)

    async def faults(self, page: int) -> FaultsPage:
        """Return a page of what was put aside, the newest first, 5 a page."""
        async with self._database.read() as tx:
            pages = max(1, -(-await faults.count(tx) // PAGE))
            page = min(max(page, 0), pages - 1)
            found = await faults.page(tx, limit=PAGE, offset=page * PAGE)
        return FaultsPage(found, page, pages)

    async def tell_again(self) -> None:
        """Empty the list, and have the messages told that were put aside; what still ails comes back."""
        async with self._outbox.telling() as tx:
            await outbox.reopen(tx)
            await faults.forget(tx)

    def _title(self, slug: str) -> str:
        known = self._accounts.known(slug)
        return known.title if known else slug
