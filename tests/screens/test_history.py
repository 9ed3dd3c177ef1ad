"""What was bought, on the screen: every list, filter and caption fits, and says what it should."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bot.catalog import Catalog
from bot.domain.history import Bought, DaySpend, Facet, HistoryPage, Purchase, Result, Stats, Wanted
from bot.domain.money import Money
from bot.i18n import Translator
from bot.telegram.chart import chart
from bot.telegram.screens import history
from bot.telegram.screens.screen import Screen
from tests.screens import samples
from tests.screens.judge import judged
from tests.screens.samples import LONG, NOW

FULL = Wanted(Bought.RENTAL, 2**53, 2601, "getsms:" + "x" * 11, "US")
ALL = Wanted()
TODAY = date(2026, 1, 15)


def purchase(**changes: object) -> Purchase:
    """Return an activation that brought its SMS."""
    usual = Purchase(
        kind=Bought.ACTIVATION,
        id=1,
        made_at=NOW,
        account_id=1,
        provider="getsms",
        service="telegram",
        country="RU",
        phone="79969817867",
        price=samples.roubles("12.50"),
        state="finished",
        act="buy",
        is_returned=False,
        first_sms_at=NOW + timedelta(seconds=84),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]  # what a test asks for


def page(*purchases: Purchase, wanted: Wanted = ALL, label: str = "Get-SMS") -> HistoryPage:
    """Return a page in the middle of many."""
    account = samples.account(1, label)
    return HistoryPage(wanted, purchases, {1: account}, 3, 9, 44, account)


def stats(*spend: DaySpend, results: tuple[Result, ...] = (), days: int = 7) -> Stats:
    """Return what sums up some days."""
    return Stats(TODAY - timedelta(days=days - 1), TODAY, spend, 2, results)


def spent(days_ago: int, provider: str, amount: str, currency: str = "RUB") -> DaySpend:
    """Return what a provider took on a day."""
    return DaySpend(TODAY - timedelta(days=days_ago), provider, Money(Decimal(amount), currency))


def every_screen(t: Translator, catalog: Catalog) -> Iterator[Screen]:
    """Yield every screen of the topic, with the longest names."""
    ugly = purchase(service="getsms:" + LONG, country="getsms:" + LONG, price=None, first_sms_at=None)
    acts = [
        purchase(kind=Bought.RENTAL, act=act, first_sms_at=None, service=None, country=None, phone=None)
        for act in ("rent", "prolong", "add_service", "restore")
    ]
    for wanted in (ALL, FULL):
        yield history.history(page(*[ugly] * 5, wanted=wanted, label=LONG), t, catalog)
        yield history.history(page(*acts, wanted=wanted), t, catalog)
        yield history.history(replace(page(wanted=wanted), pages=1, page=0, total=0), t, catalog)
        yield history.filters(page(wanted=wanted, label=LONG), t, catalog)
        for facet in Facet:
            found = {
                Facet.KIND: ["a", "r"],
                Facet.ACCOUNT: [str(number) for number in range(1, 20)],
                Facet.SERVICE: ["telegram", "getsms:" + "x" * 60, *["whatsapp"] * 20],
                Facet.COUNTRY: ["RU", "US-virtual", "VC"],
                Facet.MONTH: ["2601", "2512"],
            }[facet]
            accounts = {number: samples.account(number, LONG) for number in range(1, 20)}
            yield history.values(wanted, facet, found, 1, accounts, t, catalog)
    yield history.export_caption(1, t)
    for days in history.PERIODS:
        yield history.stats_caption(stats(), days, t, is_drawn=False)
        yield history.stats_caption(
            stats(spent(0, "Get-SMS", "99999.999999"), results=(Result("Get-SMS", "RU", 9, 3, 5.0),)),
            days,
            t,
            is_drawn=days == 7,
        )


def test_telegram_takes_every_screen(t: Translator, catalog: Catalog) -> None:
    """Each is within Telegram's limits and ours, and a caption within its own 1024 characters."""
    many = 0
    for screen in every_screen(t, catalog):
        assert len(judged(screen).text) <= 4096
        many += 1
    assert many > 20
    caption = history.stats_caption(stats(spent(0, "Get-SMS", "1")), 30, t, is_drawn=True)
    assert len(caption.text) <= 1024


def test_what_became_of_each(en: Translator, catalog: Catalog) -> None:
    """Every entry says in words how it ended, and after how long its SMS came."""
    ends = {
        "SMS after 1:24": purchase(),
        "no SMS": purchase(first_sms_at=None),
        "price returned": purchase(first_sms_at=None, is_returned=True, state="canceled"),
        "open": purchase(first_sms_at=None, state="waiting"),
        "in doubt": purchase(first_sms_at=None, state="uncertain"),
        "prolonged": purchase(kind=Bought.RENTAL, act="prolong", first_sms_at=None, state="paid"),
    }
    for words, one in ends.items():
        text = history.history(page(one), en, catalog).text
        assert f" · {words}" in text


def test_a_filter_too_long_for_a_button_is_left_out(en: Translator, catalog: Catalog) -> None:
    """What does not fit into 64 bytes beside the other choices is no button that would break the message."""
    screen = history.values(FULL, Facet.SERVICE, ["telegram", "getsms:" + "x" * 60], 0, {}, en, catalog)
    assert [row[0].text for row in screen.rows] == ["all", "Telegram", "‹ Back"]


def test_currencies_have_panels_of_their_own(t: Translator, catalog: Catalog) -> None:
    """Each currency stands alone, providers in it by what they took, and nothing is added across."""
    told = stats(
        spent(0, "Get-SMS", "10"),
        spent(0, "GetSMS.ONLINE", "30.5"),
        spent(6, "Get-SMS", "5"),
        spent(3, "SMSPVA", "1.25", "USD"),
    )
    drawn = chart(told, t, catalog)
    assert drawn is not None
    assert [[one.name for one in panel.series] for panel in drawn.panels] == [
        ["GetSMS.ONLINE", "Get-SMS"],
        ["SMSPVA"],
    ]
    assert drawn.panels[0].series[1].values == (5, 0, 0, 0, 0, 0, 10)
    assert [money.currency for money in told.totals] == ["RUB", "USD"]
    assert told.totals[0].amount == Decimal("45.5")


def test_more_providers_than_colours_stand_together(en: Translator, catalog: Catalog) -> None:
    """Beyond six the smallest are one series, so that nothing that was spent is missing."""
    drawn = chart(stats(*[spent(0, f"P{number}", str(9 - number)) for number in range(8)]), en, catalog)
    assert drawn is not None
    assert [one.name for one in drawn.panels[0].series] == ["P0", "P1", "P2", "P3", "P4", "P5", "…"]
    assert drawn.panels[0].series[-1].values[-1] == 5


def test_nothing_to_draw_is_no_picture(en: Translator, catalog: Catalog) -> None:
    """Without a purchase there is no empty diagram."""
    assert chart(stats(), en, catalog) is None
