"""SMS-Activate's methods that tell what there is, in the forms that the document prints."""

from decimal import Decimal

import pytest

from sandbox.handler_api import HandlerApiSimulator, Prints
from tests.sandbox.handler_api.client import Client


async def test_the_balance_with_and_without_cashback(sim: HandlerApiSimulator, client: Client) -> None:
    """Two decimals behind the word; cashback counts in the second method alone."""
    sim.world.bonuses["testapikey"] = Decimal("1.5")
    assert await client.say("getBalance") == "ACCESS_BALANCE:100.00"
    assert await client.say("getBalanceAndCashBack") == "ACCESS_BALANCE:101.50"


async def test_values_can_be_printed_with_a_blank_and_quotes(
    sim: HandlerApiSimulator, client: Client
) -> None:
    """The document's own notation is one of the forms that a client must survive."""
    sim.prints = Prints(values="quoted")
    assert await client.say("getBalance") == "ACCESS_BALANCE: '100.00'"
    order_id = await client.buy()
    sim.deliver(order_id, "1:2", "1:2")
    assert await client.status(order_id) == "STATUS_OK: '1:2'"


async def test_counts_by_service_and_forwarding(client: Client) -> None:
    """Each service has _0, one that forwards has _1; an operator narrows it, several add up."""
    assert await client.json("getNumbersStatus", country="0") == {"wa_0": 12, "tg_0": 6, "av_0": 6, "av_1": 6}
    assert (await client.json("getNumbersStatus", operator="mts"))["wa_0"] == 2
    assert (await client.json("getNumbersStatus", operator="mts,beeline"))["wa_0"] == 4
    assert (await client.json("getNumbersStatus", operator="any"))["wa_0"] == 12
    assert await client.json("getNumbersStatus", country="6") == []


async def test_prices_by_country_and_service(sim: HandlerApiSimulator, client: Client) -> None:
    """Country, service, cost and count; either may be asked for alone; nothing is an empty list."""
    sim.stock("wa", "6", 3, "0.5")
    assert await client.json("getPrices", service="wa") == {
        "0": {"wa": {"cost": 2.0, "count": 12}},
        "6": {"wa": {"cost": 0.5, "count": 3}},
    }
    assert set((await client.json("getPrices", country="0"))["0"]) == {"wa", "tg", "av"}
    assert await client.json("getPrices", service="zz") == []


async def test_prices_for_calls_have_service_before_country(client: Client) -> None:
    """The order of the keys is the reverse of getPrices, and the price is text."""
    expected = {"wa": {"0": {"count": 6, "price": "5.00"}}}
    assert await client.json("getPricesVerification") == expected
    assert await client.json("getPricesVerification", service="tg") == []


async def test_top_countries_and_free_price(sim: HandlerApiSimulator, client: Client) -> None:
    """Places by stock, numbered from 0; with freePrice the counts of every price; without service all."""
    sim.stock("wa", "6", 30, "1")
    sim.stock_dearer("wa", "0", 4, "2.5")
    top = await client.json("getTopCountriesByService", service="wa", freePrice="true")
    assert top["0"]["country"] == 6
    assert top["1"] == {
        "country": 0,
        "count": 12,
        "price": 2.0,
        "retail_price": 4.0,
        "freePriceMap": {"2.00": 12, "2.50": 4},
    }
    plain = await client.json("getTopCountriesByService", service="wa")
    assert "freePriceMap" not in plain["1"]
    assert set(await client.json("getTopCountriesByService")) == {"wa", "tg", "av"}
    assert await client.say("getTopCountriesByService", service="zz") == "BAD_SERVICE"


async def test_the_ten_countries_a_service_is_bought_from(sim: HandlerApiSimulator, client: Client) -> None:
    """At most ten, with shares and success rates in percent, largest share first."""
    for country in list(sim.house.places)[:15]:
        sim.stock("tg", country, 1, "1")
    top = await client.json("getListOfTopCountriesByService", service="tg")
    assert len(top) == 10
    assert [one["share"] for one in top] == sorted((one["share"] for one in top), reverse=True)
    assert all(0 <= one["rate"] <= 100 and isinstance(one["country"], int) for one in top)
    assert await client.say("getListOfTopCountriesByService", service="zz") == "WRONG_SERVICE"


async def test_operators_of_one_country_or_of_all(client: Client) -> None:
    """Success with names by country; a country without names is not found."""
    kazakh = {"2": ["tele2", "beeline", "activ", "altel"]}
    assert await client.json("getOperators", country="2") == {
        "status": "success",
        "countryOperators": kazakh,
    }
    assert set((await client.json("getOperators"))["countryOperators"]) == {"0", "1", "2"}
    assert await client.say("getOperators", country="999") == "OPERATORS_NOT_FOUND"


async def test_countries_with_their_flags(sim: HandlerApiSimulator, client: Client) -> None:
    """Names in three languages, and what each country can do; in the document's quotes where wanted."""
    sim.stock_rent("full", "0", 1, "1")
    countries = await client.json("getCountries")
    assert countries["0"] == {
        "id": 0,
        "rus": "Россия",
        "eng": "Russia",
        "chn": "俄罗斯",
        "visible": 1,
        "retry": 1,
        "rent": 1,
        "multiService": 1,
    }
    assert countries["43"]["rent"] == countries["43"]["multiService"] == 0
    sim.prints = Prints(json="document")
    assert (await client.say("getCountries")).startswith("{'0': {'id': 0, 'rus': 'Россия'")


@pytest.mark.parametrize(
    ("action", "key", "word"),
    [
        ("getBalance", None, "BAD_KEY"),
        ("getBalance", "wrong", "BAD_KEY"),
        (None, "testapikey", "BAD_ACTION"),
        ("getCoffee", "testapikey", "BAD_ACTION"),
        ("getRentList", "wrong", "BAD_KEY"),
    ],
)
async def test_keys_and_actions_that_are_wrong(
    client: Client, action: str | None, key: str | None, word: str
) -> None:
    """Without a key that it knows and a method that it has, the house says one word."""
    assert await client.say(action, api_key=key) == word
    assert (await client.raw(action, "GET", api_key=key)).text == word
