"""Lists at the houses that speak ``handler_api.php``: open orders, history, rates, countries, operators."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.domain.errors import Malformed
from bot.domain.money import Money
from bot.domain.reports import Course
from bot.domain.sms import Sms
from bot.providers.handler_api import HandlerApi
from bot.providers.http import Http
from bot.providers.trade import Active, Past, Place, Rate
from tests.providers import handler_api_prints as prints
from tests.providers.handler_api_house import KEY, asked, house, rub
from tests.support.wire import Wire, reply

SINCE, UNTIL = datetime(2022, 11, 12, tzinfo=UTC), datetime(2022, 11, 13, tzinfo=UTC)


@pytest.fixture
def adapter(wire: Wire, http: Http) -> HandlerApi:
    """SMS-Activate on loopback."""
    return house(wire, http)


async def test_open_orders_as_printed(wire: Wire, adapter: HandlerApi) -> None:
    """The printed list, with the brace that it lacks; its number is masked."""
    wire.play(reply(prints.MENDED_ACTIVE))
    assert await adapter.active(KEY) == (
        Active(
            remote_id="635468021",
            phone=None,
            service="vk",
            country="0",
            price=rub("12.50"),
            sms=(Sms("[Your CODE registration code]", "CODE"),),
            opened="2022-06-01 16:59:16",
        ),
    )
    assert asked(wire) == {"action": "getActiveActivations"}


ROW = '{"activationId":1,"serviceCode":"vk","phoneNumber":"+7 900 000-00-01"}'
SHORT = Active("1", "79000000001", "vk", None)


@pytest.mark.parametrize(
    ("body", "active"),
    [
        ("NO_ACTIVATIONS", ()),
        ('{"status":"error","error":"NO_ACTIVATIONS"}', ()),
        ('{"status":"success","activeActivations":[]}', ()),
        ('{"status":"success","activeActivations":{}}', ()),
        (prints.HERO_NO_ACTIVE, ()),
        ("[]", ()),
        (f'{{"status":"success","data":[{ROW}]}}', (SHORT,)),
        (f'{{"activeActivations":{{"row":{ROW},"rows":[{ROW}],"num_rows":1}}}}', (SHORT,)),
        (f'{{"activeActivations":{{"0":{ROW}}}}}', (SHORT,)),
        (f'[{ROW}, {{"activationId": ""}}, 5]', (SHORT,)),
        (
            prints.HERO_ACTIVE,
            (
                Active(
                    "635468021",
                    "79000000001",
                    "vk",
                    "2",
                    Money(Decimal("12.5"), "USD"),
                    sms=(Sms("Your code is 12345", "12345"),),
                    opened="2022-06-01 16:59:16",
                ),
            ),
        ),
    ],
)
async def test_open_orders_in_other_shapes(
    wire: Wire, adapter: HandlerApi, body: str, active: tuple[Active, ...]
) -> None:
    """Three shapes, empty or not; a row that cannot be read does not hide the others."""
    wire.play(reply(body))
    assert await adapter.active(KEY) == active
    assert await adapter.shown(KEY) == {one.remote_id: one.sms for one in active}


@pytest.mark.parametrize(
    ("fields", "sms"),
    [
        ('"smsCode": null, "smsText": null', ()),
        ('"smsCode": "", "smsText": ""', ()),
        ('"smsCode": [], "smsText": "0"', (Sms("0"),)),
        ('"smsCode": "1"', (Sms("1", "1"),)),
        ('"smsCode": ["1", "2"], "smsText": "code 2"', (Sms("1", "1"), Sms("code 2", "2"))),
        ('"smsCode": ["2"], "smsText": ["code 1", "code 2"]', (Sms("code 1"), Sms("code 2", "2"))),
        ('"smsCode": [1, null, {}], "smsText": 7', (Sms("7", "1"),)),
    ],
)
async def test_sms_of_open_orders(wire: Wire, adapter: HandlerApi, fields: str, sms: tuple[Sms, ...]) -> None:
    """Codes and texts are strings or lists; where there are fewer of one, they belong to the newest SMS."""
    body = f'[{{"activationId":1,"serviceCode":"vk",{fields}}}]'
    wire.play(reply(body))
    (active,) = await adapter.active(KEY)
    assert active.sms == sms
    assert await adapter.shown(KEY) == {"1": sms}


@pytest.mark.parametrize(
    "body", ["{}", '{"status":"success"}', '{"data":"x"}', "[1]", '[{"activationId":1}]', prints.ACTIVE, "OK"]
)
async def test_open_orders_unreadable(wire: Wire, adapter: HandlerApi, body: str) -> None:
    """No list, nothing readable in it, or cut off as printed: nothing is known, and no order is missing."""
    wire.play(reply(body))
    with pytest.raises(Malformed):
        await adapter.active(KEY)
    with pytest.raises(Malformed):
        await adapter.shown(KEY)


async def test_history_as_printed(wire: Wire, adapter: HandlerApi) -> None:
    """The printed order, with its slips put right; the span is asked for in Unix time."""
    wire.play(reply(prints.MENDED_HISTORY))
    assert await adapter.history(KEY, since=SINCE, until=UNTIL) == (
        Past(
            "635468024",
            "79918529716",
            "2022-11-12 15:58:39",
            rub("100"),
            (Sms("Your sms code"),),
            "4",
            Course.OPEN,
        ),
    )
    assert asked(wire) == {"action": "getHistory", "start": "1668211200", "end": "1668297600"}


@pytest.mark.parametrize(
    ("body", "past"),
    [
        ("[]", ()),
        (
            '[{"id":1,"phone":"79918529716","sms":["a","b"]},{"id":2,"phone":"79918529716","sms":"[broken"}]',
            (
                Past("1", "79918529716", "", None, (Sms("a", "a"), Sms("b", "b")), ""),
                Past("2", "79918529716", "", None, (Sms("[broken", "[broken"),), ""),
            ),
        ),
        (
            prints.HERO_HISTORY,
            (
                Past(
                    "909862579",
                    "15550000001",
                    "2026-09-28T11:41:10.000000Z",
                    Money(Decimal("0.6"), "USD"),
                    (),
                    "8",
                    Course.CANCELED,
                ),
                Past(
                    "909794275",
                    "66900000002",
                    "2026-09-28T11:19:30.000000Z",
                    Money(Decimal("0.12"), "USD"),
                    (Sms("490838", "490838"),),
                    "6",
                    Course.FINISHED,
                ),
            ),
        ),
    ],
)
async def test_history_in_other_shapes(
    wire: Wire, adapter: HandlerApi, body: str, past: tuple[Past, ...]
) -> None:
    """Under ``data``, with other names for the same, with SMS in a list or in a list within a text."""
    wire.play(reply(body))
    assert await adapter.history(KEY, since=SINCE, until=UNTIL) == past


@pytest.mark.parametrize("body", [prints.HISTORY, prints.LATER_HISTORY, '[{"id":1}]', "[1]", "OK"])
async def test_history_unreadable(wire: Wire, adapter: HandlerApi, body: str) -> None:
    """What the page prints is no JSON, and is not guessed at."""
    wire.play(reply(body))
    with pytest.raises(Malformed):
        await adapter.history(KEY, since=SINCE, until=UNTIL)


async def test_rates(wire: Wire, adapter: HandlerApi) -> None:
    """Share and success by country; the printed remarks within are no JSON."""
    wire.play(reply(prints.MENDED_RATES), reply("[]"), reply(prints.RATES))
    assert await adapter.rates(KEY, "vk") == (Rate("0", Decimal(50), Decimal(50)),)
    assert asked(wire) == {"action": "getListOfTopCountriesByService", "service": "vk"}
    assert await adapter.rates(KEY, "vk") == ()
    with pytest.raises(Malformed):
        await adapter.rates(KEY, "vk")


@pytest.mark.parametrize(
    ("body", "places"),
    [
        (prints.MENDED_COUNTRIES, (Place("0", "Russia", "Россия", can_retry=True, several=True),)),
        (
            prints.HERO_COUNTRIES,
            (
                Place("1", "Ukraine", "Украина", can_retry=True, several=False),
                Place("187", "USA", "США", can_retry=True, several=False),
            ),
        ),
        (
            '[{"id":"7","eng":"","retry":"0"},{"name":"x"}]',
            (Place("7", None, None, can_retry=False, several=False),),
        ),
    ],
)
async def test_countries(wire: Wire, adapter: HandlerApi, body: str, places: tuple[Place, ...]) -> None:
    """Countries come in an object or in a list."""
    wire.play(reply(body))
    assert await adapter.countries(KEY) == places
    assert asked(wire) == {"action": "getCountries"}


@pytest.mark.parametrize("body", [prints.COUNTRIES, "[1]", '{"0":{"eng":"Russia"}}'])
async def test_countries_unreadable(wire: Wire, adapter: HandlerApi, body: str) -> None:
    """The printed answer lacks quotes and braces; countries without ids are none."""
    wire.play(reply(body))
    with pytest.raises(Malformed):
        await adapter.countries(KEY)


@pytest.mark.parametrize(
    ("body", "country", "operators"),
    [
        (prints.MENDED_OPERATORS, "0", ("beeline", "megafon", "mts")),
        (prints.MENDED_OPERATORS, "1", ("life", "mts", "kyivstar", "utel")),
        (prints.MENDED_OPERATORS, "7", ()),
        (prints.HERO_OPERATORS, "6", ("axis", "byu", "indosat", "smartfren", "telkomsel", "three")),
        ('{"status":"success","countryOperators":{"0":["any"]}}', "0", ()),
        ('{"status":"success","countryOperators":[]}', "0", ()),
        ("OPERATORS_NOT_FOUND", "0", ()),
        ('{"status":"error","error":"OPERATORS_NOT_FOUND"}', "0", ()),
    ],
)
async def test_operators(
    wire: Wire, adapter: HandlerApi, body: str, country: str, operators: tuple[str, ...]
) -> None:
    """A country's operators, without the word for any of them."""
    wire.play(reply(body))
    assert await adapter.operators(KEY, country) == operators
    assert asked(wire) == {"action": "getOperators", "country": country}


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        '{"countryOperators":"x"}',
        '{"countryOperators":{"0":"x"}}',
        '{"countryOperators":{"0":[{}]}}',
        '{"status":"success"}',
    ],
)
async def test_operators_unreadable(wire: Wire, adapter: HandlerApi, body: str) -> None:
    """No list is not an empty list."""
    wire.play(reply(body))
    with pytest.raises(Malformed):
        await adapter.operators(KEY, "0")


async def test_operators_of_a_page(wire: Wire, http: Http) -> None:
    """GetSMS.ONLINE's operators stand on its page; nothing is asked."""
    online = house(wire, http, "getsms_online")
    assert await online.operators(KEY, "kz") == ("beeline", "aktiv", "tele2")
    assert await online.operators(KEY, "pl") == ()
    assert wire.heard == []
