"""GetSMS.ONLINE's own ways: its statuses and words, several SMS, repeats for nothing, the blacklist."""

import pytest

from sandbox.handler_api import HandlerApiSimulator, Stage
from tests.sandbox.handler_api.client import Client
from tests.support.clock import ManualClock


async def test_from_the_purchase_to_the_end(online: HandlerApiSimulator, buyer: Client) -> None:
    """An SMS counts only once the client said that it was sent; the end repeats the code."""
    order_id = await buyer.buy("fb", "ru")
    assert await buyer.status(order_id) == "STATUS_WAIT_READY"
    online.deliver(order_id, "code 7", "7")
    assert await buyer.status(order_id) == "STATUS_WAIT_READY"
    assert await buyer.set(order_id, 1) == "ACCESS_READY"
    assert await buyer.status(order_id) == "STATUS_OK:7"
    assert await buyer.set(order_id, 3) == "ACCESS_RETRY_GET"
    assert await buyer.status(order_id) == "STATUS_WAIT_RETRY"
    online.deliver(order_id, "code 8", "8")
    assert await buyer.status(order_id) == "STATUS_OK:8"
    assert await buyer.set(order_id, 6) == "ACCESS_ACTIVATION"
    assert await buyer.status(order_id) == "STATUS_ACCESS:8"


async def test_waiting_for_the_code(online: HandlerApiSimulator, buyer: Client) -> None:
    """Ready without an SMS waits for the code; a cancel then gives the money back at once."""
    order_id = await buyer.buy("fb", "ru")
    await buyer.set(order_id, 1)
    assert await buyer.status(order_id) == "STATUS_WAIT_CODE"
    assert await buyer.set(order_id, -1) == "ACCESS_CANCEL"
    assert await buyer.status(order_id) == "ACCESS_CANCEL"
    assert online.key("testapikey").balance == 100


@pytest.mark.parametrize(
    ("stage", "allowed"),
    [
        (Stage.PREPARING, {-1: "ACCESS_CANCEL", 1: "ACCESS_READY", 10: "ACCESS_ERROR_NUMBER_GET"}),
        (Stage.WAITING, {-1: "ACCESS_CANCEL"}),
        (Stage.RECEIVED, {6: "ACCESS_ACTIVATION", 3: "ACCESS_RETRY_GET"}),
        (Stage.AGAIN, {6: "ACCESS_ACTIVATION"}),
        (Stage.RESEND, {-1: "ACCESS_CANCEL", 1: "ACCESS_READY"}),
        (Stage.FINISHED, {}),
        (Stage.CANCELED, {}),
    ],
)
async def test_the_documents_table_of_statuses(
    online: HandlerApiSimulator, buyer: Client, stage: Stage, allowed: dict[int, str]
) -> None:
    """At each status exactly the listed numbers can be set, everything else is BAD_STATUS."""
    for number in (-1, 0, 1, 2, 3, 6, 8, 10):
        online.stock("fb", "ru", 5, "8")
        order_id = await buyer.buy("fb", "ru")
        order = online.order(order_id)
        if stage in (Stage.RECEIVED, Stage.AGAIN, Stage.FINISHED):
            online.deliver(order_id, "1")
        order.stage = stage
        assert await buyer.set(order_id, number) == allowed.get(number, "BAD_STATUS")
        online.set_balance("testapikey", "100")


async def test_an_sms_that_should_be_sent_again(online: HandlerApiSimulator, buyer: Client) -> None:
    """Status 5 waits for the client, which says that the SMS was sent once more."""
    order_id = await buyer.buy("fb", "ru")
    online.have_resent(order_id)
    assert await buyer.status(order_id) == "STATUS_WAIT_RESEND"
    assert await buyer.set(order_id, 1) == "ACCESS_READY"
    assert await buyer.status(order_id) == "STATUS_WAIT_CODE"


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ({"service": "zz"}, "BAD_SERVICE"),
        ({"service": None}, "BAD_SERVICE"),
        ({"country": "us"}, "BAD_COUNTRY"),
        ({"country": "ru_kyivstar"}, "BAD_COUNTRY"),
        ({"country": "de"}, "NO_NUMBER"),
        ({"count": "none"}, "NO_NUMBER"),
        ({"forward": "1"}, "NO_NUMBER"),
        ({"count": "13"}, "NO_MEANS"),
        ({"api_key": None}, "NO_KEY"),
        ({"api_key": "wrong"}, "BAD_KEY"),
        ({"action": None}, "NO_ACTION"),
        ({"action": "getCoffee"}, "BAD_ACTION"),
    ],
)
async def test_refusals_to_sell(
    online: HandlerApiSimulator, buyer: Client, form: dict[str, str | None], word: str
) -> None:
    """The house's own words, each with a request that brings it about; nothing is sold."""
    fields = {"action": "getNumber", "service": "fb", "country": "ru"} | form
    assert await buyer.say(**fields) == word
    assert online.orders == []


async def test_country_words_and_second_names(online: HandlerApiSimulator, buyer: Client) -> None:
    """An operator in the country's word, any country and any provider, and services by another code."""
    online.stock("ot", "kz", 3, "5")
    assert online.order(await buyer.buy("fb", "ru_mts")).operator == "mts"
    assert online.order(await buyer.buy("or", "or")).country == "kz"
    assert online.order(await buyer.buy("ot")).country == "kz"
    assert await buyer.json("getNumbersStatus", country="kz") == {"ot_0": 1}
    assert await buyer.json("getPrices", service="fb") == {"ru": {"fb": {"cost": 8.0, "count": 4}}}
    assert await buyer.say("getBalance") == "ACCESS_BALANCE:82.00"


async def test_several_sms_are_activations_in_a_row(online: HandlerApiSimulator, buyer: Client) -> None:
    """Each 6 opens the next activation on the same phone, until as many as ordered were had."""
    first = await buyer.buy("fb", "ru", count="3")
    ids, order_id = [first], first
    for _ in range(2):
        await buyer.set(order_id, 1)
        online.deliver(order_id, "1")
        word, order_id, phone = (await buyer.set(order_id, 6)).split(":")
        assert (word, phone) == ("ACCESS_NUMBER", online.order(first).phone)
        ids.append(order_id)
    await buyer.set(order_id, 1)
    online.deliver(order_id, "1")
    assert await buyer.set(order_id, 6) == "ACCESS_ACTIVATION"
    assert len(set(ids)) == len(online.orders) == 3
    assert online.key("testapikey").balance == 100 - 3 * 8


async def test_several_sms_end_when_the_money_does(online: HandlerApiSimulator, buyer: Client) -> None:
    """An account that cannot pay for the next one has just finished."""
    order_id = await buyer.buy("fb", "ru", count="2")
    await buyer.set(order_id, 1)
    online.deliver(order_id, "1")
    online.set_balance("testapikey", "7.99")
    assert await buyer.set(order_id, 6) == "ACCESS_ACTIVATION"
    assert len(online.orders) == 1


async def test_another_sms_to_a_paid_number_is_free(online: HandlerApiSimulator, buyer: Client) -> None:
    """Only a number and service that were paid for, one repeat at a time, while the card is there."""

    async def repeat(number: str, service: str = "fb") -> str:
        return await buyer.say("getRepeat", number=number, service=service)

    order_id = await buyer.buy("fb", "ru")
    phone = online.order(order_id).phone
    assert await repeat(phone) == "DOUBLE_RETRY"
    await buyer.set(order_id, 1)
    online.deliver(order_id, "1")
    await buyer.set(order_id, 6)
    assert await repeat(phone, "zz") == "BAD_SERVICE"
    assert await repeat(phone, "tg") == "NO_NUMBER"
    assert await repeat("79000000000") == "NO_NUMBER"
    word, again, same = (await repeat(phone)).split(":")
    assert (word, same) == ("ACCESS_NUMBER", phone)
    assert online.key("testapikey").balance == 92
    assert await repeat(phone) == "DOUBLE_RETRY"
    await buyer.set(again, -1)
    online.set_balance("testapikey", "-1")
    assert await repeat(phone) == "NO_MEANS"
    online.world.unrepeatable.add(phone)
    assert await repeat(phone) == "NO_NUMBER"


@pytest.mark.parametrize("ending", ["used", "silence"])
async def test_numbers_of_no_use_are_blacklisted(
    online: HandlerApiSimulator, buyer: Client, clock: ManualClock, ending: str
) -> None:
    """Marked as used or silent for 20 minutes: not sold to this key again until the list is cleaned."""
    online.stock("fb", "de", 1, "8")
    order_id = await buyer.buy("fb", "de")
    if ending == "used":
        assert await buyer.set(order_id, 10) == "ACCESS_ERROR_NUMBER_GET"
        assert await buyer.status(order_id) == "STATUS_ERROR_NUMBER"
    else:
        await clock.advance(20 * 60)
        assert await buyer.status(order_id) == "ACCESS_CANCEL"
    assert online.key("testapikey").balance == 100
    assert await buyer.json("getNumbersStatus", country="de") == {"fb_0": 1}
    assert await buyer.say("getNumber", service="fb", country="de") == "NO_NUMBER"
    online.add_key("another")
    other = await buyer.buy("fb", "de", api_key="another")
    assert online.order(other).phone == online.order(order_id).phone
    assert await buyer.say("setStatus", id=other, status="-1", api_key="another") == "ACCESS_CANCEL"
    assert await buyer.say("cleanblacklist") == "OK"
    again = await buyer.buy("fb", "de")
    assert online.order(again).phone == online.order(order_id).phone


async def test_the_money_on_a_number_takes_a_while(
    online: HandlerApiSimulator, buyer: Client, clock: ManualClock
) -> None:
    """First the order is accepted, some seconds later the balance is there; other numbers are wrong."""
    order_id = await buyer.buy("av", "ru", forward="1")
    phone = online.order(order_id).phone
    for _ in range(2):
        assert await buyer.say("getNumberBalance", num=phone) == "ORDER_ACCEPTED"
        await clock.advance(10)
    assert await buyer.say("getNumberBalance", num=phone) == "NUM_BALANCE: 100.00"
    plain = await buyer.buy("fb", "ru")
    assert await buyer.say("getNumberBalance", num=online.order(plain).phone) == "WRONG_NUMBER"
    assert await buyer.say("getNumberBalance") == "WRONG_NUMBER"


@pytest.mark.parametrize(
    ("fault", "action", "said"),
    [
        ("status-error", "getStatus", "STATUS_ERROR"),
        ("number-error", "getStatus", "STATUS_ERROR_NUMBER"),
        ("bad-status", "getStatus", "BAD_STATUS"),
        ("no-number-balance", "getNumberBalance", "CANT_GET_BALANCE_FROM_THIS_NUMBER"),
        ("number-balance-later", "getNumberBalance", "TEMPORARY_ERROR"),
        ("rent-error", "getRentOneDay", "error, please try again"),
        ("sql-error", "getRentList", "ERROR_SQL"),
        ("sql-error", "getNumber", "ERROR_SQL"),
    ],
)
async def test_words_that_only_a_bad_day_brings(
    online: HandlerApiSimulator, buyer: Client, fault: str, action: str, said: str
) -> None:
    """What no request can bring about is planned as a fault, for the methods that list it."""
    online.fault(fault)
    if fault != "sql-error":
        assert await buyer.say("cleanblacklist") == "OK"
    assert await buyer.say(action) == said
    assert online.faults.current is None


async def test_a_day_of_rent(online: HandlerApiSimulator, buyer: Client, clock: ManualClock) -> None:
    """A number for a day, its list and its SMS as printed: bare names, commas too few."""
    assert await buyer.say("getRentList") == "RENT_LIST_EMPTY"
    assert await buyer.say("getRentOneDay") == "no numbers"
    online.stock_rent("full", "ru", 1, "5")
    online.set_balance("testapikey", "29.99")
    assert await buyer.say("getRentOneDay") == "too low balance"
    online.set_balance("testapikey", "30")
    said = await buyer.say("getRentOneDay")
    phone = said.removeprefix("success: ")
    (shown,) = (order for order in online.panel()["orders"] if order["phone"] == phone)
    start = int(clock.now().timestamp())
    assert await buyer.say("getRentList") == (
        '{"response":"0","description": "success","data": { "rents":['
        f"{{ number: {phone}, time_start: {start}, time_end: {start + 86400} }}]}}}}"
    )
    assert await buyer.say("getRentNumberSMS", number=phone) == '{"response":"0","items":[]}'
    online.deliver(shown["id"], "text2", sender="7900000001")
    await clock.advance(140)
    online.deliver(shown["id"], 'a "text1"', sender="7900000001")
    assert await buyer.say("getRentNumberSMS", number=phone) == (
        '{"response":"0","items":['
        f'{{ id_message: "124", date: "{start + 140}", sender: "7900000001", text: "a \\"text1\\"" }}, '
        f'{{ id_message: "123", date: "{start}", sender:"7900000001" text: "text2" }}]}}'
    )
    assert (await buyer.say("getRentNumberSMS", number=phone, count="1")).count("id_message") == 1
    assert await buyer.say("getRentNumberSMS", number="79000000000") == "WRONG_NUMBER"
    await clock.advance(86400)
    assert await buyer.say("getRentNumberSMS", number=phone) == "WRONG_NUMBER"
    assert online.key("testapikey").balance == 0


async def test_a_day_s_rental_is_shortened_from_the_panel(
    online: HandlerApiSimulator, buyer: Client, clock: ManualClock
) -> None:
    """The list tells when a rental ends, so that its end can be brought nearer; then it is over."""
    online.stock_rent("full", "ru", 1, "5")
    assert (await buyer.say("getRentOneDay")).startswith("success: ")
    (shown,) = online.panel()["orders"]
    assert (shown["service_name"], shown["deeds"]) == (None, ["hour-left"])
    online.play(shown["id"], "hour-left")
    assert f"time_end: {int(clock.now().timestamp()) + 3600}" in await buyer.say("getRentList")
    await clock.advance(3600)
    assert await buyer.say("getRentList") == "RENT_LIST_EMPTY"
    assert online.panel()["orders"][0]["deeds"] == []
