"""Lists of rentals: running, past, in a provider's archive, made elsewhere."""

from dataclasses import replace
from datetime import timedelta

from bot.catalog import Catalog
from bot.domain.errors import KeyRejected
from bot.domain.rental_views import (
    ArchivedRental,
    ArchiveView,
    ForeignRental,
    RentalsPage,
    RentalView,
    RentImportsView,
)
from bot.domain.rentals import RentalState
from bot.domain.views import Trouble
from bot.i18n import Translator
from bot.telegram.callbacks import ReplaceKey, ShowOrders
from bot.telegram.rent_callbacks import (
    AdoptRental,
    RentAccounts,
    RestoreRental,
    ShowArchive,
    ShowArchives,
    ShowRental,
    ShowRentals,
    ShowRentImports,
)
from bot.telegram.screens import rentals
from bot.telegram.screens.screen import WIDEST_ALONE, Screen
from tests.screens import samples
from tests.screens.judge import judged, taken
from tests.screens.rental_samples import rental_view, ugliest
from tests.screens.samples import LONG, NOW, UGLY

ACCOUNT = samples.account()
PAST = ArchivedRental(
    remote_id="r1",
    phone="79969817867",
    service="telegram",
    country="RU",
    days=7,
    has_sms=True,
    began=NOW - timedelta(days=7),
    ended=NOW,
    closed=None,
    can_restore=True,
)
FOREIGN = ForeignRental(ACCOUNT, "telegram", None, "RU", "r5", "79969817867", NOW)


def data(screen: Screen) -> list[object]:
    """Return what the buttons carry, in reading order."""
    return [button.data for row in screen.rows for button in row]


def page(*views: RentalView, is_open: bool = True, pages: int = 1) -> RentalsPage:
    """Return the first page of a list."""
    return RentalsPage(views, 0, pages, is_open, len(views))


def test_a_list_tells_of_each_and_opens_it(en: Translator, catalog: Catalog) -> None:
    """Goods, number, state and end in the text, a button for the card, the way to rent and back."""
    screen = rentals.rentals(page(rental_view(), pages=3), en, catalog)
    assert "Telegram · 🇷🇺 Russia\n+7 996 981-78-67\nTakes SMS\nUntil 22 Jan" in judged(screen).text
    assert screen.rows[0][0].text == "🇷🇺 Telegram …7867"
    ways = data(screen)
    assert ways[0] == ShowRental(rental_id=9)
    assert ShowRentals(page=1) in ways
    assert ways[-4:] == [ShowRentImports(), ShowRentals(is_open=False), RentAccounts(), ShowOrders()]


def test_past_ones_lead_to_the_archives(en: Translator, catalog: Catalog) -> None:
    """Ended rentals say when; the providers' archives are offered where one is kept."""
    over = rental_view(state=RentalState.OVER)
    screen = rentals.rentals(page(over, is_open=False), en, catalog, has_archives=True)
    assert "Its time is over\nEnded 22 Jan" in judged(screen).text
    assert ShowArchives() in data(screen)
    assert ShowArchives() not in data(rentals.rentals(page(over, is_open=False), en, catalog))


def test_what_ended_before_its_time_has_no_end_to_come(en: Translator, catalog: Catalog) -> None:
    """Given back, ended or deleted before its time: nothing is said of an end that lies ahead."""
    for state in (RentalState.CANCELED, RentalState.FINISHED, RentalState.DELETED, RentalState.FAILED):
        early = rental_view(state=state, until=NOW + timedelta(days=7))
        assert "Ended 22 Jan" not in judged(rentals.rentals(page(early, is_open=False), en, catalog)).text


def test_empty_lists_say_so(t: Translator, catalog: Catalog) -> None:
    """Nothing rented, nothing past, nothing archived, nothing elsewhere."""
    for is_open, text in ((True, "rentals-none-open"), (False, "rentals-none-past")):
        assert t.plain(text) in judged(rentals.rentals(page(is_open=is_open), t, catalog)).text
    empty = ArchiveView(ACCOUNT, (), 0, has_more=False)
    assert t.plain("archive-none") in judged(rentals.archive(empty, t, catalog)).text
    assert t.plain("archives-none") in judged(rentals.archives((), 0, t)).text
    for asked, text in ((2, "rent-imports-none"), (0, "rent-imports-nobody")):
        view = RentImportsView((), (), asked)
        assert t.plain(text) in judged(rentals.imports(view, 0, t, catalog)).text


def test_the_archive_brings_back(en: Translator, catalog: Catalog) -> None:
    """Each entry tells what it was; *Bring back* leads to its price; pages turn as far as there are any."""
    screen = rentals.archive(ArchiveView(ACCOUNT, (PAST,), 1, has_more=True), en, catalog)
    told = judged(screen).text
    assert (
        "Telegram · 🇷🇺 Russia\n+7 996 981-78-67\n7 days · 8 Jan, 12:00 UTC – 15 Jan, 12:00 UTC · SMS came"
        in told
    )
    ways = data(screen)
    assert ways[0] == RestoreRental(account_id=1, remote_id="r1")
    assert screen.rows[0][0].text == "Bring back 🇷🇺 Telegram …7867"
    assert ShowArchive(account_id=1, page=0) in ways
    assert ShowArchive(account_id=1, page=2) in ways
    assert ways[-1] == ShowRentals(is_open=False)
    last = data(rentals.archive(ArchiveView(ACCOUNT, (PAST,), 0, has_more=False), en, catalog))
    assert last == [RestoreRental(account_id=1, remote_id="r1"), ShowRentals(is_open=False)]


def test_an_archive_is_chosen_by_its_account(t: Translator) -> None:
    """With several accounts that have an archive, each is a button."""
    screen = rentals.archives((ACCOUNT, samples.account(2, "work")), 0, t)
    judged(screen)
    assert data(screen)[:2] == [ShowArchive(account_id=1), ShowArchive(account_id=2)]


def test_what_was_rented_elsewhere_can_be_watched(en: Translator, catalog: Catalog) -> None:
    """What it is, until when, at which account, a button that takes it over; who is silent is said."""
    trouble = Trouble(samples.account(2, "work"), KeyRejected("getsms", "listed"))
    screen = rentals.imports(RentImportsView((FOREIGN,), (trouble,), 2), 0, en, catalog)
    told = judged(screen).text
    assert "Telegram · 🇷🇺 Russia\n+7 996 981-78-67\nIt lasts until 15 Jan, 12:00 UTC.\nGet-SMS" in told
    assert "⚠️ Get-SMS · work: Get-SMS does not accept this key." in told
    assert screen.rows[0][0].text == "Watch it · 🇷🇺 Telegram …7867"
    ways = data(screen)
    assert ways[0] == AdoptRental(account_id=1, remote_id="r5")
    assert ReplaceKey(account_id=2) in ways
    assert ways[-2:] == [ShowRentals(), ShowRentImports()]


def test_services_of_one_number_have_buttons_of_their_own(t: Translator, catalog: Catalog) -> None:
    """A number that is rented for several services is several rentals: no two of their buttons read alike."""
    services = ("telegram", "whatsapp", "viber")
    foreign = tuple(replace(FOREIGN, service=one, remote_id=one) for one in services)
    past = tuple(replace(PAST, service=one, remote_id=one) for one in services)
    for screen in (
        rentals.imports(RentImportsView(foreign, (), 1), 0, t, catalog),
        rentals.archive(ArchiveView(ACCOUNT, past, 0, has_more=False), t, catalog),
    ):
        labels = [button.text for row in screen.rows[:3] for button in row]
        assert len(set(labels)) == len(services)
        assert all("7867" in label for label in labels)


def test_a_rental_of_no_known_service_is_told_by_its_number(en: Translator, catalog: Catalog) -> None:
    """Where nobody tells what a number is for, its country and its end stand on the button."""
    foreign = replace(FOREIGN, service=None)
    nameless = rentals.imports(RentImportsView((foreign,), (), 1), 0, en, catalog)
    assert nameless.rows[0][0].text == "Watch it · 🇷🇺 …7867"
    numberless = replace(foreign, country=None, phone="", name="Mail")
    named = rentals.imports(RentImportsView((numberless,), (), 1), 0, en, catalog)
    assert named.rows[0][0].text == "Watch it · Mail r5"


def test_labels_of_rentals_are_not_cut_off(t: Translator, catalog: Catalog) -> None:
    """The number's end is what a label must show: a long name gives way to it."""
    past = replace(PAST, service="smspva:" + "x" * 40)
    foreign = replace(FOREIGN, service=None, name=LONG)
    for screen in (
        rentals.imports(RentImportsView((foreign,), (), 1), 0, t, catalog),
        rentals.archive(ArchiveView(ACCOUNT, (past,), 0, has_more=False), t, catalog),
    ):
        label = screen.rows[0][0].text
        assert len(label) <= WIDEST_ALONE
        assert label.endswith("…7867")


def test_telegram_takes_the_ugliest(t: Translator, catalog: Catalog) -> None:
    """Full pages with everything at its longest are messages of at most eight rows."""
    ugly = ugliest()
    long_name = replace(ugly, rental=replace(ugly.rental, name=LONG))
    for is_open in (True, False):
        full = RentalsPage((long_name,) * 4, 9_998, 9_999, is_open, 39_996)
        judged(rentals.rentals(full, t, catalog, has_archives=True))
    long = samples.account(2**53, LONG)
    past = replace(PAST, remote_id="r" * 30, service="smspva:" + "x" * 20, country="smspva:" + "y" * 20)
    judged(rentals.archive(ArchiveView(long, (past,) * 5, 9_998, has_more=True), t, catalog))
    judged(rentals.archives((long,) * 30, 2, t))
    foreign = ForeignRental(long, "smspva:" + "x" * 20, UGLY * 20, None, "r" * 30, "7" * 15, NOW)
    troubles = tuple(Trouble(long, KeyRejected("getsms", "listed", text=UGLY * 50)) for _ in range(9))
    taken(rentals.imports(RentImportsView((foreign,) * 30, troubles, 9), 2, t, catalog))
    decent = replace(foreign, name=LONG)
    judged(rentals.imports(RentImportsView((decent,) * 30, troubles, 9), 2, t, catalog))
