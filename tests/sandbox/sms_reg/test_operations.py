"""The simulated API #2: an operation from its order to its end, in the document's words."""

from decimal import Decimal

import pytest

from sandbox.provider import NotPossible
from sandbox.sms_reg import Prints, SmsRegSimulator, State, demo_stock
from sandbox.sms_reg.methods import METHODS
from tests.sandbox.sms_reg.client import Client
from tests.support.clock import ManualClock


async def test_balance(client: Client) -> None:
    """``getBalance`` answers with strings, by GET and by POST alike."""
    expected = {"response": "1", "balance": "100.00"}
    assert await client.ask("getBalance") == expected
    assert (await client.raw("getBalance", "GET")).json == expected


async def test_from_the_order_to_the_code(client: Client, sim: SmsRegSimulator) -> None:
    """Prepare, wait, answer, over: the number first, the code later, the money once."""
    tzid = await client.buy()
    phone = sim.operation(tzid).phone
    told = {"service": "whatsapp", "number": phone}
    assert await client.ask("getState", tzid=tzid) == {"response": "TZ_NUM_PREPARE", **told, "msg": ""}
    assert await client.ask("setReady", tzid=tzid) == {"response": "1"}
    assert await client.ask("getState", tzid=tzid) == {"response": "TZ_NUM_WAIT", **told, "msg": ""}
    sim.deliver(tzid, "Your code is 7531", "7531")
    assert await client.ask("getState", tzid=tzid) == {"response": "TZ_NUM_ANSWER", **told, "msg": "7531"}
    assert await client.ask("setOperationOk", tzid=tzid) == {"response": "1", "tzid": tzid}
    assert await client.ask("getState", tzid=tzid) == {"response": "TZ_OVER_OK", **told, "msg": "7531"}
    assert await client.ask("getBalance") == {"response": "1", "balance": "98.00"}
    assert [entry.amount for entry in sim.ledger.charges] == [Decimal(2)]


async def test_an_sms_waits_for_ready(client: Client, sim: SmsRegSimulator) -> None:
    """What arrives before ``setReady`` is shown after it, and not before."""
    tzid = await client.buy()
    sim.deliver(tzid, "Hi", None)
    assert await client.state(tzid) == "TZ_NUM_PREPARE"
    await client.ask("setReady", tzid=tzid)
    answer = await client.ask("getState", tzid=tzid)
    assert (answer["response"], answer["msg"]) == ("TZ_NUM_ANSWER", "Hi")


async def test_another_sms(client: Client, sim: SmsRegSimulator) -> None:
    """``setOperationRevise`` waits for the next SMS, which costs nothing more."""
    tzid = await client.buy()
    await client.ask("setReady", tzid=tzid)
    sim.deliver(tzid, "first", "1")
    assert await client.ask("setOperationRevise", tzid=tzid) == {"response": "1", "tzid": tzid}
    waiting = await client.ask("getState", tzid=tzid)
    assert (waiting["response"], waiting["msg"]) == ("TZ_NUM_WAIT2", "")
    sim.deliver(tzid, "second", "2")
    again = await client.ask("getState", tzid=tzid)
    assert (again["response"], again["msg"]) == ("TZ_NUM_ANSWER", "2")
    assert len(sim.ledger.charges) == 1


async def test_a_used_number(client: Client, sim: SmsRegSimulator) -> None:
    """``setOperationUsed`` ends the operation and gives the money back."""
    tzid = await client.buy()
    assert await client.ask("getBalance") == {"response": "1", "balance": "98.00"}
    assert await client.ask("setOperationUsed", tzid=tzid) == {"response": "1", "tzid": tzid}
    assert await client.state(tzid) == "TZ_OVER_EMPTY"
    assert await client.ask("getBalance") == {"response": "1", "balance": "100.00"}
    assert sim.operation(tzid).state is State.USED


@pytest.mark.parametrize("ready", [False, True])
async def test_time_runs_out(
    client: Client, sim: SmsRegSimulator, clock: ManualClock, *, ready: bool
) -> None:
    """After 20 minutes without an SMS, or without ``setReady``, it is over and the money is back."""
    tzid = await client.buy()
    if ready:
        await client.ask("setReady", tzid=tzid)
    await clock.advance(20 * 60 - 1)
    assert await client.state(tzid) == ("TZ_NUM_WAIT" if ready else "TZ_NUM_PREPARE")
    await clock.advance(1)
    assert await client.state(tzid) == "TZ_OVER_EMPTY"
    assert sim.operation(tzid).state is (State.EMPTY if ready else State.NOT_READY)
    assert await client.ask("getBalance") == {"response": "1", "balance": "100.00"}


async def test_no_numbers(client: Client, sim: SmsRegSimulator) -> None:
    """That there is no number is told by ``getState``; nothing is charged."""
    sim.stock("whatsapp", "ru", count=0, price="2")
    tzid = await client.buy()
    assert await client.ask("getState", tzid=tzid) == {
        "response": "WARNING_NO_NUMS",
        "service": "whatsapp",
        "number": "",
        "msg": "",
    }
    assert await client.ask("getBalance") == {"response": "1", "balance": "100.00"}


async def test_a_number_takes_its_time(client: Client, sim: SmsRegSimulator, clock: ManualClock) -> None:
    """Until it is found the operation is in the pool, where nothing can be done with it."""
    sim.number_after = 10
    tzid = await client.buy()
    pooled = await client.ask("getState", tzid=tzid)
    assert (pooled["response"], pooled["number"]) == ("TZ_INPOOL", "")
    assert (await client.ask("setReady", tzid=tzid))["response"] == "ERROR"
    with pytest.raises(NotPossible):
        sim.deliver(tzid, "too early")
    await clock.advance(10)
    assert await client.state(tzid) == "TZ_NUM_PREPARE"


async def test_operators(client: Client, sim: SmsRegSimulator) -> None:
    """A country has its operators' numbers, ``all`` has everybody's, an operator its own alone."""
    sim.stock("telegram", "ru_mts", count=1, price="3")
    for asked, word in (
        ("ru_tele2", "WARNING_NO_NUMS"),
        ("kz", "WARNING_NO_NUMS"),
        ("ru", "TZ_NUM_PREPARE"),
        ("all", "WARNING_NO_NUMS"),
    ):
        assert await client.state(await client.buy("telegram", asked)) == word
    sim.stock("telegram", "pl", count=1, price="3")
    tzid = await client.buy("telegram", "all")
    assert sim.operation(tzid).country == "pl"


async def test_the_same_number_again(client: Client, sim: SmsRegSimulator) -> None:
    """A repeat is a new operation, free; busy while one is open, impossible without an SMS or a card."""
    tzid = await client.buy()
    assert await client.ask("getNumRepeat", tzid=tzid) == {"response": "3", "tzid": ""}
    await client.ask("setReady", tzid=tzid)
    sim.deliver(tzid, "1", "1")
    await client.ask("setOperationOk", tzid=tzid)
    answer = await client.ask("getNumRepeat", tzid=tzid)
    again = answer["tzid"]
    assert answer["response"] == "1"
    assert again != tzid
    assert sim.operation(again).phone == sim.operation(tzid).phone
    assert (await client.ask("getNumRepeat", tzid=tzid))["response"] == "3"
    await client.ask("setReady", tzid=again)
    sim.deliver(again, "2", "2")
    await client.ask("setOperationOk", tzid=again)
    assert await client.ask("getBalance") == {"response": "1", "balance": "98.00"}
    sim.retire(sim.operation(tzid).phone)
    assert await client.ask("getNumRepeat", tzid=tzid) == {"response": "0", "tzid": ""}
    unused = await client.buy()
    await client.ask("setOperationUsed", tzid=unused)
    assert (await client.ask("getNumRepeat", tzid=unused))["response"] == "0"


def error(message: str) -> dict[str, str]:
    """Return the document's answer for an error."""
    return {"response": "ERROR", "error_msg": message}


@pytest.mark.parametrize("method", METHODS)
async def test_keys(client: Client, method: str) -> None:
    """Every method says first what is wrong with the key."""
    assert await client.ask(method, apikey=None) == error("ERROR_NO_KEY")
    assert await client.ask(method, apikey="") == error("ERROR_NO_KEY")
    assert await client.ask(method, apikey="nobody") == error("ERROR_WRONG_KEY")


@pytest.mark.parametrize("method", METHODS[2:])
async def test_operations_that_are_not_there(client: Client, sim: SmsRegSimulator, method: str) -> None:
    """No id, an unknown one, somebody else's: there is no TZID value."""
    sim.add_key("neighbour")
    tzid = await client.buy()
    message = error("There is no TZID value")
    assert await client.ask(method) == message
    assert await client.ask(method, tzid="1") == message
    assert await client.ask(method, tzid=tzid, apikey="neighbour") == message


async def test_orders_that_make_no_sense(client: Client, sim: SmsRegSimulator) -> None:
    """No service, no country, no money."""
    assert await client.ask("getNum", country="ru") == error("Service not define")
    assert await client.ask("getNum", service="nothing", country="ru") == error("Service not define")
    assert await client.ask("getNum", service="whatsapp") == error("There is no country value")
    sim.set_balance("testapikey", "1.99")
    assert await client.ask("getNum", service="whatsapp", country="ru") == error("WARNING_LOW_BALANCE")
    assert sim.operations == []


@pytest.mark.parametrize(
    ("method", "allowed"),
    [
        ("setReady", {State.PREPARE}),
        ("setOperationOk", {State.ANSWER, State.WAIT2}),
        ("setOperationRevise", {State.ANSWER}),
        ("setOperationUsed", {State.PREPARE, State.WAIT}),
    ],
)
@pytest.mark.parametrize("state", State)
async def test_what_fits_which_state(
    client: Client, sim: SmsRegSimulator, method: str, allowed: set[State], state: State
) -> None:
    """A method that does not fit the state is refused by its name and changes nothing."""
    tzid = await client.buy()
    operation = sim.operation(tzid)
    operation.state = state
    answer = await client.ask(method, tzid=tzid)
    if state in allowed:
        assert answer["response"] == "1"
    else:
        assert answer == error(f"{method} to this TZID not applicable")
        assert operation.state is state


async def test_the_words_of_the_original(client: Client, sim: SmsRegSimulator) -> None:
    """The service that the document imitates tells more ends apart, in bare numbers and arrays if need be."""
    sim.prints = Prints(words="original", numbers=True, listed=True, plus=True)
    ready = await client.ask("getNum", service="whatsapp", country="ru")
    assert ready == {"response": 1, "tzid": 83301928}
    await client.ask("setReady", tzid="83301928")
    sim.deliver("83301928", "1", "1")
    await client.ask("setOperationRevise", tzid="83301928")
    sim.deliver("83301928", "2", "2")
    (state,) = await client.ask("getState", tzid="83301928")
    assert state["response"] == "TZ_NUM_ANSWER2"
    assert state["number"].startswith("+7")
    for act, word in (
        ("setOperationOk", "TZ_OVER2_OK"),
        ("setOperationUsed", "TZ_DELETED"),
    ):
        tzid = "83301928" if act == "setOperationOk" else await _bought(client)
        await client.ask(act, tzid=tzid)
        assert (await client.ask("getState", tzid=tzid))[0]["response"] == word
    late = await _bought(client)
    sim.expire(late)
    assert (await client.ask("getState", tzid=late))[0]["response"] == "TZ_OVER_NR"


async def _bought(client: Client) -> str:
    return str((await client.ask("getNum", service="whatsapp", country="ru"))["tzid"])


def test_the_market_is_the_document_s() -> None:
    """The demonstration sells what the document lists, and what people ask for is always there."""
    rows = demo_stock()
    assert len({country for _, country, _, _ in rows}) == 20
    assert len({service for service, _, _, _ in rows}) == 33
    assert all(count for service, _, count, _ in rows if service == "telegram")
