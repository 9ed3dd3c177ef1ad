"""How SMS-Activate sells: one number, several services, forwarding, further activations."""

import pytest

from sandbox.handler_api import HandlerApiSimulator, Prints, Stage
from tests.sandbox.handler_api.client import Client
from tests.support.clock import ManualClock


async def test_a_purchase_reserves_its_price(sim: HandlerApiSimulator, client: Client) -> None:
    """The number leaves the shelf, its price the balance; the first SMS makes it due, once."""
    order_id = await client.buy()
    key = sim.key("testapikey")
    assert key.balance == 98
    assert key.reserved == 2
    assert (await client.json("getNumbersStatus"))["wa_0"] == 11
    sim.deliver(order_id, "1")
    sim.deliver(order_id, "2")
    sim.expire(order_id)
    assert key.balance == 98
    assert key.reserved == 0
    assert [charge.order_id for charge in sim.ledger.charges] == [order_id]


async def test_the_second_version_answers_in_json(sim: HandlerApiSimulator, client: Client) -> None:
    """The same purchase with its cost, country and operator; the time is Moscow's and does not say so."""
    bought = await client.json("getNumberV2", service="wa", country="0", operator="mts")
    order = sim.orders[0]
    assert bought == {
        "activationId": int(order.id),
        "phoneNumber": order.phone,
        "activationCost": "2.00",
        "countryCode": "0",
        "canGetAnotherSms": "1",
        "activationTime": "2026-01-15 15:00:00",
        "activationOperator": "mts",
    }
    assert await client.say("getNumberV2", service="zz") == "BAD_SERVICE"


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ({"service": None}, "BAD_SERVICE"),
        ({"service": "zz"}, "BAD_SERVICE"),
        ({"country": "6"}, "NO_NUMBERS"),
        ({"operator": "vodafone"}, "NO_NUMBERS"),
        ({"maxPrice": "1.99"}, "WRONG_MAX_PRICE:2.00"),
        ({"maxPrice": "cheap"}, "ERROR_SQL"),
        ({"phoneException": "7918,79"}, "WRONG_EXCEPTION_PHONE"),
        ({"phoneException": "7996"}, "NO_NUMBERS"),
        ({"forward": "1"}, "NO_NUMBERS"),
        ({"service": "tg", "verification": "true"}, "NO_NUMBERS"),
    ],
)
async def test_refusals_to_sell(
    sim: HandlerApiSimulator, client: Client, form: dict[str, str | None], word: str
) -> None:
    """Each word of the document has a request that brings it about; nothing is sold."""
    assert await client.say("getNumber", **({"service": "wa"} | form)) == word
    assert sim.orders == []
    assert sim.key("testapikey").balance == 100


async def test_too_little_money(sim: HandlerApiSimulator, client: Client) -> None:
    """NO_BALANCE for a number, NO_BALANCE_FORWARD where the number could be paid and forwarding not."""
    sim.set_balance("testapikey", "11")
    assert await client.say("getNumber", service="av", forward="1") == "NO_BALANCE_FORWARD"
    sim.set_balance("testapikey", "1.99")
    assert await client.say("getNumber", service="av", forward="1") == "NO_BALANCE"
    assert await client.say("getNumber", service="wa") == "NO_BALANCE"
    sim.set_balance("testapikey", "2.00")
    await client.buy()
    assert sim.key("testapikey").balance == 0


async def test_a_highest_price_reaches_dearer_numbers(sim: HandlerApiSimulator, client: Client) -> None:
    """Without one the regular price alone is paid; with one the cheapest number below it is sold."""
    sim.stock("wa", "0", 1, "2")
    sim.stock_dearer("wa", "0", 1, "4")
    sim.stock_dearer("wa", "0", 1, "3")
    await client.buy(maxPrice="4")
    assert await client.say("getNumber", service="wa") == "NO_NUMBERS"
    assert await client.say("getNumber", service="wa", maxPrice="2.5") == "NO_NUMBERS"
    await client.buy(maxPrice="4")
    await client.buy(maxPrice="4")
    assert [order.price for order in sim.orders] == [2, 3, 4]


async def test_operators_and_excluded_prefixes(sim: HandlerApiSimulator, client: Client) -> None:
    """Any of the named operators will do; an excluded prefix is not sold."""
    for _ in range(4):
        await client.buy(operator="mts,tele2")
    assert {order.operator for order in sim.orders} == {"mts", "tele2"}
    assert await client.say("getNumber", service="wa", operator="mts,tele2") == "NO_NUMBERS"
    taken = sim.orders[-1].phone[:7]
    for _ in range(5):
        assert not sim.order(await client.buy(phoneException=f"{taken},7900111")).phone.startswith(taken)


async def test_one_number_for_several_services(sim: HandlerApiSimulator, client: Client) -> None:
    """One phone, an activation for each service, each with its own price; one may forward."""
    made = await client.json("getMultiServiceNumber", multiService="wa,av", multiForward="0,1", country="0")
    assert [one["service"] for one in made] == ["wa", "av"]
    assert len({one["phone"] for one in made}) == 1
    assert [one["activation"] for one in made] == [int(order.id) for order in sim.orders]
    assert [order.price for order in sim.orders] == [2, 12]
    sim.prints = Prints(json="document")
    printed = await client.say("getMultiServiceNumber", multiService="wa,tg")
    assert printed.startswith("{{'phone': '7996")
    assert printed.endswith("'service': 'tg'}}")


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ({"multiService": "wa,zz"}, "BAD_SERVICE"),
        ({"multiService": None}, "BAD_SERVICE"),
        ({"multiService": "wa,wa"}, "BAD_SERVICE"),
        ({"multiForward": "0,1,1"}, "ERROR_SQL"),
        ({"multiForward": "1,1"}, "ERROR_SQL"),
        ({"multiForward": "0,2"}, "ERROR_SQL"),
        ({"country": "43"}, "NO_NUMBERS"),
        ({"multiService": "wa,vk"}, "NO_NUMBERS"),
    ],
)
async def test_refusals_of_several_services(
    sim: HandlerApiSimulator, client: Client, form: dict[str, str | None], word: str
) -> None:
    """All or none: where one service cannot be had, nothing is sold."""
    assert await client.say("getMultiServiceNumber", **({"multiService": "wa,tg"} | form)) == word
    assert sim.orders == []


async def test_several_services_are_paid_together(sim: HandlerApiSimulator, client: Client) -> None:
    """The balance must cover the sum."""
    sim.set_balance("testapikey", "4.99")
    assert await client.say("getMultiServiceNumber", multiService="wa,tg") == "NO_BALANCE"
    assert sim.orders == []


async def test_a_forwarding_number_wants_to_know_where_to(sim: HandlerApiSimulator, client: Client) -> None:
    """Readiness without a number to forward to is refused, with one it is kept."""
    order_id = await client.buy("av", forward="1")
    assert await client.set(order_id, 1) == "BAD_STATUS"
    assert await client.set(order_id, 1, forward="79181234567") == "ACCESS_READY"
    assert sim.order(order_id).forward_to == "79181234567"


async def test_further_services_on_a_forwarded_number(sim: HandlerApiSimulator, client: Client) -> None:
    """After the first SMS a related service costs 5 roubles on the same phone, each once."""
    parent = await client.buy("av", forward="1")

    async def add(service: str, order_id: str = parent) -> str:
        return await client.say("getAdditionalService", service=service, id=order_id)

    assert await add("ym") == "WRONG_SECURITY"
    sim.deliver(parent, "1")
    assert await add("wa") == "WRONG_ADDITIONAL_SERVICE"
    assert await add("ym", "1") == "WRONG_ACTIVATION_ID"
    assert await add("ym", await client.buy()) == "WRONG_SECURITY"
    word, made, phone = (await add("ym")).split(":")
    assert (word, phone) == ("ADDITIONAL", sim.order(parent).phone)
    assert sim.order(made).price == 5
    assert await add("ym") == "REPEAT_ADDITIONAL_SERVICE"
    assert await add("av") == "REPEAT_ADDITIONAL_SERVICE"
    sim.set_balance("testapikey", "4.99")
    assert await add("ya") == "NO_BALANCE"
    await client.set(parent, 6)
    assert await add("ya") == "WRONG_SECURITY"


async def test_another_activation_of_a_good_number(sim: HandlerApiSimulator, client: Client) -> None:
    """Its price can be asked first; only what was of use can be had again, one at a time, for money."""
    parent = await client.buy()
    phone = sim.order(parent).phone

    async def extra(action: str = "getExtraActivation", order_id: str = parent) -> str:
        return await client.say(action, activationId=order_id)

    assert await extra() == await extra("checkExtraActivation") == "RENEW_ACTIVATION_NOT_AVAILABLE"
    assert await extra(order_id="1") == await extra("checkExtraActivation", "1") == "WRONG_ACTIVATION_ID"
    sim.deliver(parent, "1")
    await client.set(parent, 6)
    assert await client.json("checkExtraActivation", activationId=parent) == {
        "status": "success",
        "cost": 1.0,
        "service": "wa",
        "phone": int(phone),
        "country": 0,
    }
    sim.set_balance("testapikey", "0.99")
    assert await extra() == "NO_BALANCE"
    sim.set_balance("testapikey", "50")
    word, made, again = (await extra()).split(":")
    assert (word, again) == ("ACCESS_NUMBER", phone)
    assert sim.order(made).price == 1
    assert await extra() == "NEW_ACTIVATION_IMPOSSIBLE"
    sim.world.unrepeatable.add(phone)
    assert await extra("checkExtraActivation") == "RENEW_ACTIVATION_NOT_AVAILABLE"


async def test_an_account_can_be_blocked(
    sim: HandlerApiSimulator, client: Client, clock: ManualClock
) -> None:
    """BANNED says until when, an hour from now in the house's own time; nothing is sold."""
    await clock.advance(30 * 60)
    sim.fault("banned", times=3)
    for action in ("getNumber", "getNumberV2", "getMultiServiceNumber"):
        said = await client.say(action, service="wa", multiService="wa")
        assert said == "BANNED:2026-01-15 16-30-00"
    assert sim.orders == []


async def test_a_number_for_a_call(sim: HandlerApiSimulator, client: Client, clock: ManualClock) -> None:
    """The caller's number is what comes; once it came no status can be set; time closes it."""
    order_id = await client.buy(verification="true")

    async def called(order: str = order_id) -> object:
        return await client.json("getIncomingCallStatus", activationId=order)

    assert await called() == {"status": "2", "phone": False}
    sim.deliver(order_id, "call", None, "79001112233")
    assert await called() == {"status": "2", "phone": "79001112233"}
    assert await client.set(order_id, 6) == await client.set(order_id, 3) == "BAD_STATUS"
    silent = await client.buy(verification="1")
    given_back = await client.buy(verification="1")
    await clock.advance(120)
    assert await client.set(given_back, 8) == "ACCESS_CANCEL"
    await clock.advance(20 * 60)
    assert await called() == {"status": "3", "phone": "79001112233"}
    assert await called(given_back) == {"status": "4", "phone": False}
    assert await called(silent) == {"status": "5", "phone": False}
    assert sim.key("testapikey").balance == 95
    for wrong in ("1", await client.buy()):
        said = await client.say("getIncomingCallStatus", activationId=wrong)
        assert said == "INVALID_ACTIVATION_ID"


async def test_a_call_from_the_number(sim: HandlerApiSimulator, client: Client, clock: ManualClock) -> None:
    """One call an activation, to a number that exists; listed by day, today's unless told."""
    order_id = await client.buy()

    async def call(phone: str, order: str = order_id) -> str:
        return await client.say("createTaskForCall", activationId=order, phone=phone)

    assert await client.json("getOutgoingCalls") == []
    assert await call("78006007664", "1") == "WRONG_ACTIVATION_ID"
    assert await call("112") == "NUMBER_NOT_EXIST"
    made = await client.json("createTaskForCall", activationId=order_id, phone="78006007664")
    assert made == {"status": "success", "msg": "Call request successfully created."}
    assert await call("78006007664") == "CALL_TASK_ALREADY_EXIST"
    listed = {
        order_id: {
            "date": "2026-01-15 15:00:00",
            "phoneFrom": sim.order(order_id).phone,
            "status": "IN_PROCESS",
        }
    }
    assert await client.json("getOutgoingCalls") == listed
    assert await client.json("getOutgoingCalls", activationId="1") == []
    await clock.advance(24 * 3600)
    assert await client.json("getOutgoingCalls") == []
    assert await client.json("getOutgoingCalls", date="2026-01-15") == listed
    assert sim.order(order_id).stage is Stage.CANCELED
    assert await call("78006007664") == "WRONG_ACTIVATION_ID"
