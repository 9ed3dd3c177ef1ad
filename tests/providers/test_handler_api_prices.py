"""Prices and stock at the houses that speak ``handler_api.php``, in every shape, over sockets."""

import pytest

from bot.domain.errors import Malformed
from bot.domain.offers import Quote
from bot.providers.http import Http
from tests.providers import handler_api_prints as prints
from tests.providers.handler_api_house import KEY, asked, house, rub
from tests.support.wire import Wire, reply


async def test_prices_as_get_sms_prints_them(wire: Wire, http: Http) -> None:
    """``{country: {service: {price: count}}}``, letter by letter."""
    wire.play(reply(prints.GETSMS_PRICES))
    assert await house(wire, http, "getsms").quotes(KEY, country="0") == (
        Quote("vk", "0", rub("25"), 36),
        Quote("lb", "0", rub("25"), 169),
        Quote("wa", "0", rub("51"), 178),
        Quote("vi", "0", rub("2.96"), 0),
        Quote("tg", "0", rub("38.8"), 0),
        Quote("wb", "0", rub("6.56"), 3580),
        Quote("go", "0", rub("7.87"), 4433),
        Quote("av", "0", rub("6.69"), 3595),
        Quote("fb", "0", rub("3.94"), 3932),
        Quote("qw", "0", rub("20"), 3759),
    )
    assert asked(wire) == {"action": "getPrices", "country": "0"}


@pytest.mark.parametrize(
    ("body", "quotes"),
    [
        (prints.MENDED_PRICES, [("vk", "0", "9", 27934)]),
        (prints.HERO_PRICES, [("ot", "187", "0.6", 592116)]),
        (prints.GRIZZLY_PRICES, [("wx", "62", "2", 5)]),
        ('{"0":{"vk":{"25":36},"tg":{"38.8":0}}}', [("vk", "0", "25", 36), ("tg", "0", "38.8", 0)]),
        ('{"0":{"vk":{"12.5":"3","5":7}}}', [("vk", "0", "5", 7), ("vk", "0", "12.5", 3)]),
        ('{"0":{"vk":{"cost":"7,5","count":"1"}}}', [("vk", "0", "7.5", 1)]),
        ('{"0":{"vk":{"cost":7}}}', [("vk", "0", "7", None)]),
        ('{"0":{"vk":"7.5"}}', [("vk", "0", "7.5", None)]),
        ('[{"0":{"vk":{"cost":7,"count":1}}},{"1":[{"tg":{"cost":8,"count":2}}]}]', None),
        (
            '{"0":{"vk":{"311":{"price":3,"count":1},"312":{"price":2,"count":4},"313":{"price":"3","count":2}}}}',
            [("vk", "0", "2", 4), ("vk", "0", "3", 3)],
        ),
        (
            '{"0":{"vk":{"cost":1,"count":9,"freePriceMap":{"18.00":333,"15.00":43242}}}}',
            [("vk", "0", "15.00", 43242), ("vk", "0", "18.00", 333)],
        ),
        ('{"0":{"vk":{"cost":7,"count":1},"tg":"gone","ok":[]},"x":5}', [("vk", "0", "7", 1)]),
    ],
)
async def test_shapes_of_everything(
    wire: Wire, http: Http, body: str, quotes: list[tuple[str, str, str, int | None]] | None
) -> None:
    """Cost or price, one or many, by supplier or bare, in objects or lists: all are quotes, cheap first."""
    wire.play(reply(body))
    expected = quotes or [("vk", "0", "7", 1), ("tg", "1", "8", 2)]
    found = await house(wire, http).quotes(KEY)
    assert found == tuple(Quote(svc, place, rub(price), stock) for svc, place, price, stock in expected)
    assert asked(wire) == {"action": "getPrices"}


@pytest.mark.parametrize(
    ("body", "service", "country"),
    [
        ('{"0":{"cost":7,"count":1}}', "vk", None),  # by country, of the service
        ('{"vk":{"cost":7,"count":1}}', None, "0"),  # by service, in the country
        ('{"vk":{"cost":7,"count":1}}', "vk", "0"),
        ('{"0":{"7":1}}', "vk", None),
        ('{"0":{"vk":{"cost":7,"count":1}},"1":{"tg":{"cost":1,"count":1}}}', "vk", "0"),
    ],
)
async def test_what_was_asked_for_may_be_left_out(
    wire: Wire, http: Http, body: str, service: str | None, country: str | None
) -> None:
    """A key that the question named need not come back, and what was not asked for is left out."""
    wire.play(reply(body))
    found = await house(wire, http, "clone").quotes(KEY, service=service, country=country)
    assert found == (Quote("vk", "0", rub("7"), 1),)


@pytest.mark.parametrize("body", ['{"tg": {"186": 0.22}}', '{"tg": {"186": {"cost": 0.22}}}'])
async def test_services_outside(wire: Wire, http: Http, body: str) -> None:
    """Where a house puts services outside and countries inside, its record says so."""
    wire.play(reply(body))
    found = await house(wire, http, "clone", prices="service").quotes(KEY, service="tg")
    assert found == (Quote("tg", "186", rub("0.22"), None),)
    assert asked(wire) == {"action": "getPrices", "service": "tg"}


async def test_one_shape_of_another_language(wire: Wire, http: Http) -> None:
    """Tiers under ``map`` are read as well, as in HeroSMS's newer language."""
    wire.play(reply(prints.HERO_OFFERS.removeprefix('{"data":').removesuffix("}")))
    found = await house(wire, http, "hero_sms", prices="service").quotes(KEY, service="ot")
    assert [(quote.price and str(quote.price.amount), quote.stock) for quote in found] == [
        ("0.2400", 1091),
        ("0.3280", 1159),
        ("0.4236", 1902),
        ("3.0000", 2898),
    ]


@pytest.mark.parametrize("body", ["{}", "[]", '{"0":[]}', '{"0":{}}', '{"0":{"vk":[]}}', '{"0":{"vk":{}}}'])
async def test_nothing_on_offer(wire: Wire, http: Http, body: str) -> None:
    """Empty lists are an answer: there is nothing."""
    wire.play(reply(body))
    assert await house(wire, http, "clone").quotes(KEY, service="vk") == ()


@pytest.mark.parametrize(
    "body",
    [
        prints.GRIZZLY_NO_PRICE,
        prints.PRICES,
        '{"0":{"vk":{"cost":-1,"count":1}}}',
        '{"0":{"vk":{"cost":null}}}',
        '{"0":"vk"}',
        '{"Россия":{"vk":{"cost":1}}}',
        "[1]",
        "7",
        "ACCESS_BALANCE:1",
        prints.TOP_COUNTRIES,
    ],
)
async def test_prices_without_any_price_are_malformed(wire: Wire, http: Http, body: str) -> None:
    """An answer that says nothing is not an empty shop."""
    wire.play(reply(body))
    with pytest.raises(Malformed):
        await house(wire, http, "clone").quotes(KEY)


LISTED_TOP_COUNTRIES = prints.MENDED_TOP_COUNTRIES_FREE.replace('{ "0":', "[", 1).removesuffix("}") + "]"


@pytest.mark.parametrize("body", [prints.MENDED_TOP_COUNTRIES_FREE, LISTED_TOP_COUNTRIES])
async def test_tiers(wire: Wire, http: Http, body: str) -> None:
    """One service in one country: SMS-Activate tells the stock by price, the cheapest first."""
    wire.play(reply(body))
    assert await house(wire, http).quotes(KEY, service="vk", country="0") == (
        Quote("vk", "0", rub("15.00"), 43242),
        Quote("vk", "0", rub("18.00"), 333),
    )
    assert asked(wire) == {"action": "getTopCountriesByService", "service": "vk", "freePrice": "true"}
    assert len(wire.heard) == 1


async def test_a_country_without_tiers(wire: Wire, http: Http) -> None:
    """A country that is not among the top ones is looked up in the prices; without tiers it has one price."""
    wire.play(reply(prints.MENDED_TOP_COUNTRIES), reply('{"7":{"vk":{"cost":5,"count":2}}}'))
    adapter = house(wire, http)
    assert await adapter.quotes(KEY, service="vk", country="7") == (Quote("vk", "7", rub("5"), 2),)
    assert asked(wire) == {"action": "getPrices", "service": "vk", "country": "7"}
    wire.play(reply(prints.MENDED_TOP_COUNTRIES))
    assert await adapter.quotes(KEY, service="vk", country="0") == (Quote("vk", "0", rub("15.00"), 43575),)


@pytest.mark.parametrize("printed", [prints.TOP_COUNTRIES, prints.TOP_COUNTRIES_FREE, '{"0": 1}', "[[]]"])
async def test_no_tiers(wire: Wire, http: Http, printed: str) -> None:
    """The page's own print is no JSON, and is not guessed at."""
    wire.play(reply(printed))
    with pytest.raises(Malformed):
        await house(wire, http).quotes(KEY, service="vk", country="0")


async def test_numbers_that_take_calls(wire: Wire, http: Http) -> None:
    """Their prices come by service, then by country; the page's template holds no price."""
    wire.play(reply(prints.MENDED_PRICES_VERIFICATION), reply(prints.PRICES_VERIFICATION))
    adapter = house(wire, http)
    assert await adapter.voice_quotes(KEY, "vk") == (Quote("vk", "0", rub("12.5"), 20),)
    assert asked(wire) == {"action": "getPricesVerification", "service": "vk"}
    with pytest.raises(Malformed):
        await adapter.voice_quotes(KEY, "vk")


@pytest.mark.parametrize(
    ("printed", "stock"),
    [(prints.GETSMS_STATUS, 23), (prints.ONLINE_STATUS, 98), (prints.STATUS, 244), ('{"vk_0": 1}', None)],
)
async def test_stock_told_apart(wire: Wire, http: Http, printed: str, stock: int | None) -> None:
    """Where prices of a country come without stock, the list of numbers tells it; of two entries the last."""
    wire.play(reply('{"ru":{"av":{"cost":"7"}}}'), reply(printed))
    found = await house(wire, http, "getsms_online").quotes(KEY, country="ru")
    assert found == (Quote("av", "ru", rub("7"), stock),)
    assert asked(wire) == {"action": "getNumbersStatus", "country": "ru"}


@pytest.mark.parametrize("body", ['{"av": 1}', '{"av_0": "many"}', "[1]"])
async def test_unreadable_stock(wire: Wire, http: Http, body: str) -> None:
    """A list of numbers without any number in it is no list."""
    wire.play(reply('{"ru":{"av":{"cost":"7"}}}'), reply(body))
    with pytest.raises(Malformed):
        await house(wire, http, "getsms_online").quotes(KEY, country="ru")


async def test_an_operator_within_the_country(wire: Wire, http: Http) -> None:
    """GetSMS.ONLINE's ``ru_mts`` is an operator in a country; what only looks like one stays a country."""
    wire.play(
        reply('{"ru":{"av":{"7":1}},"ru_mts":{"av":{"8":2}},"xx_mts":{"av":{"9":3}},"ru_x":{"av":{"9":4}}}')
    )
    online = house(wire, http, "getsms_online")
    inside = (Quote("av", "ru", rub("7"), 1), Quote("av", "ru", rub("8"), 2, operator="mts"))
    assert await online.quotes(KEY) == (
        *inside,
        Quote("av", "xx_mts", rub("9"), 3),
        Quote("av", "ru_x", rub("9"), 4),
    )
    assert await online.quotes(KEY, country="ru") == inside


async def test_two_codes_for_one_service(wire: Wire, http: Http) -> None:
    """GetSMS.ONLINE lists two codes for some services, and answers with the second."""
    wire.play(reply('{"ru":{"av":{"7":1},"go":{"8":2}}}'))
    assert await house(wire, http, "getsms_online").quotes(KEY, service="gm") == (
        Quote("go", "ru", rub("8"), 2),
    )
