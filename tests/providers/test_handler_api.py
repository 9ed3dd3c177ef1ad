"""Buying at the houses that speak ``handler_api.php``: what is sent, and every printed answer."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.domain import errors
from bot.domain.errors import NotOffered, OutcomeUnknown
from bot.domain.money import Money
from bot.providers.http import Http
from bot.providers.trade import Bought, Want
from tests.providers import handler_api_prints as prints
from tests.providers.handler_api_house import KEY, ORDER, asked, house, rub
from tests.support.wire import Wire, reply


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("ACCESS_BALANCE:100", "100"),  # Get-SMS
        ("ACCESS_BALANCE:100.00", "100.00"),  # GetSMS.ONLINE
        ("ACCESS_BALANCE:0.9125", "0.9125"),  # seen at VAK-SMS
        ("ACCESS_BALANCE: '12,50'\n", "12.50"),  # as SMS-Activate's template has it
        ('"ACCESS_BALANCE:7"', "7"),
        ("ACCESS_BALANCE:-0.5", "-0.5"),
    ],
)
async def test_balance(wire: Wire, http: Http, printed: str, amount: str) -> None:
    """A balance is what stands behind the word, quotes and blanks or not."""
    wire.play(reply(printed))
    assert await house(wire, http).balance(KEY) == rub(amount)
    assert asked(wire) == {"action": "getBalance"}


async def test_balance_with_cashback(wire: Wire, http: Http) -> None:
    """Where the record says so, the balance that includes cashback is asked for."""
    wire.play(reply("ACCESS_BALANCE:100"))
    assert await house(wire, http, cashback="true").balance(KEY) == rub("100")
    assert asked(wire) == {"action": "getBalanceAndCashBack"}


@pytest.mark.parametrize("printed", ["ACCESS_BALANCE:'account balance'", "ACCESS_BALANCE:", "100.00"])
async def test_a_balance_that_is_none(wire: Wire, http: Http, printed: str) -> None:
    """A word without an amount, or an amount without the word, is no balance."""
    wire.play(reply(printed))
    with pytest.raises(errors.Malformed):
        await house(wire, http).balance(KEY)


@pytest.mark.parametrize(
    ("dialect", "form"),
    [
        ("getsms", {"action": "getNumber", "country": "0"}),
        ("getsms_online", {"action": "getNumber", "country": "0"}),
        ("sms_activate", {"action": "getNumberV2", "country": "0"}),
        ("hero_sms", {"action": "getNumberV2", "country": "0"}),
        ("clone", {"action": "getNumber", "country": "0"}),
        ("vak_sms", {"action": "getNumber", "country": "0"}),
    ],
)
async def test_a_purchase_in_words(wire: Wire, http: Http, dialect: str, form: dict[str, str]) -> None:
    """Every house sells by its own method, and the answer in words is taken from both."""
    wire.play(reply("ACCESS_NUMBER:377253343:79969817867"))
    bought = await house(wire, http, dialect).buy(KEY, Want("vk", "0"))
    assert bought == Bought("377253343", "79969817867")
    assert asked(wire) == {**form, "service": "vk"}


async def test_a_purchase_in_json(wire: Wire, http: Http) -> None:
    """The second version tells price and times, too; a time counts where it has a zone."""
    wire.play(reply(prints.NUMBER_V2.replace("******", "123456")), reply(prints.HERO_BOUGHT))
    adapter = house(wire, http)
    assert await adapter.buy(KEY, Want("vk", "0")) == Bought("635468024", "79584123456", price=rub("12.50"))
    assert await adapter.buy(KEY, Want("vk", "6")) == Bought(
        "635468024",
        "79584123456",
        started_at=datetime(2026, 2, 18, 16, 11, 33, tzinfo=UTC),
        price=Money(Decimal("12.5"), "USD"),  # the answer says 840
        service="vk",
        ends_at=datetime(2026, 2, 18, 18, 11, 23, tzinfo=UTC),
    )


@pytest.mark.parametrize("flag", ['"0"', "0", "false"])
async def test_a_number_for_one_sms(wire: Wire, http: Http, flag: str) -> None:
    """A number that takes no second SMS says so."""
    wire.play(reply(f'{{"activationId": 1, "phoneNumber": 79584123456, "canGetAnotherSms": {flag}}}'))
    assert await house(wire, http).buy(KEY, Want("vk", "0")) == Bought("1", "79584123456", can_retry=False)


async def test_a_price_in_an_unknown_currency_is_no_price(wire: Wire, http: Http) -> None:
    """An amount whose currency is not known is not taken for roubles."""
    body = '{"activationId": 1, "phoneNumber": 79584123456, "activationCost": 5, "currency": 999}'
    wire.play(reply(body))
    assert (await house(wire, http).buy(KEY, Want("vk", "0"))).price is None


async def test_every_wish_travels(wire: Wire, http: Http) -> None:
    """Operator, highest price, calls, forwarding and unwanted prefixes have their parameters."""
    wire.play(reply("ACCESS_NUMBER:1:79969817867"))
    want = Want("vk", "0", "tele2", max_price=Decimal("1E+1"), voice=True, forward=True)
    await house(wire, http, phone_exception="7918,7900111").buy(KEY, want)
    assert asked(wire) == {
        "action": "getNumberV2",
        "service": "vk",
        "country": "0",
        "operator": "tele2",
        "maxPrice": "10",
        "verification": "true",
        "forward": "1",
        "phoneException": "7918,7900111",
    }


async def test_an_operator_may_be_a_part_of_the_country(wire: Wire, http: Http) -> None:
    """GetSMS.ONLINE names country and operator in one word."""
    wire.play(reply("ACCESS_NUMBER:1:79969817867"))
    await house(wire, http, "getsms_online").buy(KEY, Want("vk", "ru", "mts", forward=True))
    assert asked(wire) == {"action": "getNumber", "service": "vk", "country": "ru_mts", "forward": "1"}


@pytest.mark.parametrize("want", [Want("vk", "0", voice=True), Want("vk", "0", forward=True)])
async def test_what_a_house_cannot_sell_is_not_asked_for(wire: Wire, http: Http, want: Want) -> None:
    """A wish that the house has no parameter for is refused before anything is sent: it costs money."""
    with pytest.raises(NotOffered):
        await house(wire, http, "getsms").buy(KEY, want)
    assert wire.heard == []


async def test_a_highest_price_that_a_house_ignores_is_left_out(wire: Wire, http: Http) -> None:
    """Where there is no such parameter, none is sent."""
    wire.play(reply("ACCESS_NUMBER:1:79969817867"))
    await house(wire, http, "clone").buy(KEY, Want("vk", "0", max_price=Decimal(5)))
    assert "maxPrice" not in asked(wire)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("ACCESS_NUMBER:123:", "id 123"),  # seen at Grizzly SMS
        ("ACCESS_NUMBER:$id:$number", "id $id"),  # the template
        ("ACCESS_NUMBER:ORDER_ID_:PHONE_NUMBER", "id ORDER_ID_"),  # GetSMS.ONLINE's template
        ("ACCESS_NUMBER:1:79969817867:extra", "id 1"),
        ("ACCESS_NUMBER::79969817867", None),
        ("ACCESS_NUMBER", None),
        (prints.NUMBER_V2, "id 635468024"),  # masked, as printed
        ('{"activationId": 635468024}', "id 635468024"),
        ('{"phoneNumber": "79969817867"}', None),
        ("{}", None),
        ("[]", None),
        ("[1]", None),
    ],
)
async def test_an_incomplete_purchase_is_an_unknown_outcome(
    wire: Wire, http: Http, body: str, text: str | None
) -> None:
    """Something was bought; what is known of it travels with the error, and it is not asked for again."""
    wire.play(reply(body))
    with pytest.raises(OutcomeUnknown) as told:
        await house(wire, http).buy(KEY, Want("vk", "0"))
    if text is not None:
        assert told.value.text == text
    assert len(wire.heard) == 1


SEVERAL = (
    Bought("000000000", "79999999999", service="fb"),
    Bought("000000001", "79999999999", service="ig"),
)


@pytest.mark.parametrize(
    "body",
    [
        prints.PROGRAM_SEVERAL,
        (
            '[{"phone":79999999999,"activation":"000000000","service":"fb"},'
            '{"phone":"79999999999","activation":"000000001","service":"ig"}]'
        ),
        (
            '{"0":{"phone":"79999999999","activation":"000000000","service":"fb"},'
            '"1":{"phone":"79999999999","activation":"000000001","service":"ig"}}'
        ),
        # the printed template, filled in as its program does, and as its sentence has it
        (
            "{{'phone':79999999999,'activation':000000000,'service':fb},\n"
            "{'phone':79999999999,'activation':000000001,'service':ig}}"
        ),
        (
            "{{'phone':000000000,'activation':79999999999,'service':'fb'},\n"
            "{'phone':000000001,'activation':79999999999,'service':'ig'}}"
        ),
    ],
)
async def test_one_number_for_several_services(wire: Wire, http: Http, body: str) -> None:
    """One purchase brings an order for each service, whichever way round the two fields are."""
    wire.play(reply(body))
    want = Want("fb", "0", "tele2", forward=True)
    assert await house(wire, http).buy_several(KEY, want, ("fb", "ig")) == SEVERAL
    assert asked(wire) == {
        "action": "getMultiServiceNumber",
        "multiService": "fb,ig",
        "multiForward": "1,0",
        "country": "0",
        "operator": "tele2",
    }


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (prints.SEVERAL, "id activation, activation"),  # the bare template
        ('[{"phone":"79999999999","activation":"1","service":"fb"},{"activation":"2"}]', "id 1, 2"),
        ("[1, 2]", None),
        ("{}", None),
        ("[]", None),
    ],
)
async def test_several_incomplete_orders(wire: Wire, http: Http, body: str, text: str | None) -> None:
    """If one of the orders cannot be read, none is claimed, and the ids that are known are told."""
    wire.play(reply(body))
    with pytest.raises(OutcomeUnknown) as told:
        await house(wire, http).buy_several(KEY, Want("fb", "0"), ("fb", "ig"))
    assert told.value.text == text


async def test_the_same_number_again(wire: Wire, http: Http) -> None:
    """SMS-Activate repeats by the order, GetSMS.ONLINE by the number and the service."""
    wire.play(reply("ACCESS_NUMBER:2:79501231234"))
    again = Bought("2", "79501231234")
    assert await house(wire, http).repeat(KEY, ORDER, phone="79501231234", service="fb") == again
    assert asked(wire) == {"action": "getExtraActivation", "activationId": "635468021"}
    online = house(wire, http, "getsms_online")
    assert await online.repeat(KEY, ORDER, phone="79501231234", service="fb") == again
    assert asked(wire) == {"action": "getRepeat", "number": "79501231234", "service": "fb"}


async def test_the_price_of_the_same_number(wire: Wire, http: Http) -> None:
    """What another activation costs is read as printed, single quotes and spare comma included."""
    wire.play(reply(prints.EXTRA_PRICE))
    assert await house(wire, http).repeat_price(KEY, ORDER) == rub("200")
    assert asked(wire) == {"action": "checkExtraActivation", "activationId": "635468021"}


@pytest.mark.parametrize("body", ['{"status":"success"}', '{"status":"success","cost":"-1"}', "[]", "200"])
async def test_no_price_of_the_same_number(wire: Wire, http: Http, body: str) -> None:
    """Without a cost there is no price."""
    wire.play(reply(body))
    with pytest.raises(errors.Malformed):
        await house(wire, http).repeat_price(KEY, ORDER)


async def test_an_additional_service(wire: Wire, http: Http) -> None:
    """A further service on a forwarded number is an order of its own."""
    wire.play(reply("ADDITIONAL:635468022:79969817867"))
    bought = await house(wire, http).additional(KEY, ORDER, service="fx")
    assert bought == Bought("635468022", "79969817867")
    assert asked(wire) == {"action": "getAdditionalService", "service": "fx", "id": "635468021"}


async def test_the_balance_of_a_number(wire: Wire, http: Http) -> None:
    """A number's own balance is told at once, or has to be asked for again."""
    online = house(wire, http, "getsms_online")
    wire.play(reply("ORDER_ACCEPTED"), reply("NUM_BALANCE: 100.00"))
    assert await online.number_balance(KEY, "79251234567") is None
    assert await online.number_balance(KEY, "79251234567") == rub("100.00")
    assert asked(wire) == {"action": "getNumberBalance", "num": "79251234567"}


async def test_the_blacklist_is_cleaned(wire: Wire, http: Http) -> None:
    """``OK`` is all that is said."""
    wire.play(reply("OK"))
    await house(wire, http, "getsms_online").clean_blacklist(KEY)
    assert asked(wire) == {"action": "cleanblacklist"}
