"""The shop: all accounts side by side, in stock first, then cheapest; prices a quarter of a minute old."""

from decimal import Decimal

import pytest

from bot.domain.errors import NotYours, OutOfDate, Unreachable
from bot.domain.money import Money
from bot.domain.orders import State
from bot.domain.views import CountriesView
from sandbox.getsms import GetSmsSimulator, goods, serve
from tests.engine.world import CARD, KEY, STRANGER, USER, Builder, World


def places(view: CountriesView) -> list[tuple[str, str, int | None]]:
    """Return country, price and stock of each row as it is shown."""
    return [(c.country, f"{c.prices[0].amount:.2f}", c.stock) for c in view.choices]


async def test_countries_are_in_stock_first_then_cheapest_first(world: World) -> None:
    """An empty shelf comes last however cheap; equal prices are in the order of the countries."""
    world.sim.stock("tg", "england", count=0, price="0.01")
    world.sim.stock("tg", "germany", count=9, price="12.50")
    assert places(await world.engine.shop.countries(USER, "telegram")) == [
        ("DE", "12.50", 9),
        ("RU", "12.50", 5),
        ("TR", "40.00", 3),
        ("GB", "0.01", 0),
    ]


async def test_offers_of_all_accounts_stand_side_by_side(builder: Builder) -> None:
    """Cheapest first over all accounts, stock summed up, and each offer names the account that pays."""
    other = GetSmsSimulator(clock=builder.clock)
    other.stock("tg", "ru", count=8, price="3")
    other.add_key(KEY)
    async with serve(other) as url, builder.world(further=(builder.record("other", url),)) as world:
        first = await world.add_account()
        second = (await world.engine.accounts.add(USER, "other", KEY)).account
        assert places(await world.engine.shop.countries(USER, "telegram"))[0] == ("RU", "3.00", 13)
        view = await world.engine.shop.offers(USER, "telegram", "RU")
        assert [offer.account for offer in view.offers] == [second, first]
        assert [offer.draft.offer.provider for offer in view.offers] == ["other", "getsms"]
        other.fault("html-200", times=None)
        await world.clock.advance(16)
        after = await world.engine.shop.offers(USER, "telegram", "RU")
        assert [offer.account for offer in after.offers] == [first]
        assert [(trouble.account, trouble.error.slug) for trouble in after.troubles] == [
            (second, "malformed")
        ]


async def test_a_provider_that_is_down_is_named_and_not_remembered(world: World) -> None:
    """The failure stands beside the offers; the next look asks again."""
    world.sim.fault("http-502", "getallcount", times=3)
    view = await world.while_time_passes(world.engine.shop.countries(USER, "telegram"))
    assert view.choices == ()
    assert [type(trouble.error) for trouble in view.troubles] == [Unreachable]
    assert len((await world.engine.shop.countries(USER, "telegram")).choices) == 2


async def test_prices_are_remembered_for_a_quarter_of_a_minute(world: World) -> None:
    """Turning pages asks nothing; after fifteen seconds the provider is asked anew."""
    for country in ("RU", "TR"):
        await world.engine.shop.countries(USER, "telegram")
        await world.engine.shop.offers(USER, "telegram", country)
    assert world.asked("getallcount") == 1
    world.sim.stock("tg", "ru", count=5, price="99")
    await world.clock.advance(14.9)
    assert (await world.offer()).draft.offer.price == Money(Decimal("12.5"), "RUB")
    await world.clock.advance(0.1)
    assert (await world.offer()).draft.offer.price == Money(Decimal(99), "RUB")
    assert world.asked("getallcount") == 2


async def test_memory_is_kept_apart_by_account_and_service(world: World) -> None:
    """What one account was told for one service is shown for no other."""
    await world.add_account(STRANGER, "key-of-the-stranger")
    await world.engine.shop.countries(USER, "telegram")
    await world.engine.shop.countries(USER, "whatsapp")
    await world.engine.shop.countries(STRANGER, "telegram")
    assert world.asked("getallcount") == 3
    assert {a.form["userkey"] for a in world.sim.ledger.requests if a.method == "getallcount"} == {
        KEY,
        "key-of-the-stranger",
    }


async def test_each_look_makes_live_buttons_and_old_ones_stay_good(world: World) -> None:
    """Every screen has its own tokens: unguessable, short enough for a button, valid until used."""
    first, second = await world.offer(), await world.offer()
    assert first.draft.token != second.draft.token
    assert len(first.draft.token) == 22
    assert (await world.engine.shop.draft(USER, first.draft.token)).draft.offer.price == Money(
        Decimal("12.5"), "RUB"
    )
    for view in (first, second):
        order = await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
        assert order.state is State.WAITING


async def test_a_draft_is_its_makers(world: World) -> None:
    """A button is found by its token, by the person it was made for, and by nobody else."""
    view = await world.offer()
    await world.add_account(STRANGER, "key-of-the-stranger")
    with pytest.raises(NotYours):
        await world.engine.shop.draft(STRANGER, view.draft.token)
    with pytest.raises(OutOfDate):
        await world.engine.shop.draft(USER, view.draft.token + "x")


async def test_a_service_that_the_catalogue_does_not_know_can_be_bought(world: World) -> None:
    """A code of the provider's own, as ``getsms:code``, is sold like any other service."""
    world.sim.stock("brand-new", "ru", count=2, price="1.10")
    view = await world.engine.shop.countries(USER, "getsms:brand-new")
    assert places(view) == [("RU", "1.10", 2)]
    order = await world.buy(service="getsms:brand-new")
    assert (order.service, world.remote(order).service) == ("getsms:brand-new", "brand-new")


async def test_a_country_that_the_catalogue_does_not_know_can_be_bought(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A country code of the provider's own is shown as ``getsms:code`` and can be bought."""
    monkeypatch.setitem(goods.COUNTRIES, "atlantis", goods.COUNTRIES["ru"])
    world.sim.stock("tg", "atlantis", count=1, price="0.50")
    assert places(await world.engine.shop.countries(USER, "telegram"))[0] == ("getsms:atlantis", "0.50", 1)
    order = await world.buy(country="getsms:atlantis")
    assert (order.country, world.remote(order).country) == ("getsms:atlantis", "atlantis")


async def test_another_providers_code_is_not_asked_of_this_one(world: World) -> None:
    """``other:code`` means nothing to Get-SMS: it is not sent there."""
    view = await world.engine.shop.countries(USER, "other:tg")
    assert (view.choices, view.troubles) == ((), ())
    assert world.asked("getallcount") == 0


@pytest.mark.parametrize("service", ["", "no-such-service", "x" * 300, "getsms:"])
async def test_an_unknown_service_is_sold_nowhere(world: World, service: str) -> None:
    """A service that does not exist gives an empty list, not an error, and asks nobody."""
    view = await world.engine.shop.countries(USER, service)
    assert (view.choices, view.troubles) == ((), ())
    assert (await world.engine.shop.offers(USER, service, "RU")).offers == ()
    assert world.asked("getallcount") == 0


async def test_a_user_without_accounts_is_sold_nothing(world: World) -> None:
    """Without a key there are no offers and no troubles."""
    view = await world.engine.shop.countries(STRANGER, "telegram")
    assert (view.choices, view.troubles) == ((), ())
