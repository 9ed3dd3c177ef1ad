"""The error tables of the document, method by method, each status reached through the socket."""

import pytest

from sandbox.getsms import GetSmsSimulator
from tests.sandbox.getsms.client import Client
from tests.support.clock import ManualClock

METHODS = (
    "getbalance",
    "getcount",
    "getnumber",
    "getcode",
    "wrongcode",
    "refusenumber",
    "bannumber",
    "getallcount",
)
ABOUT_AN_ORDER = ("getcode", "wrongcode", "refusenumber", "bannumber")


@pytest.mark.parametrize("method", [None, "", "getBalance", "getorders"])
async def test_a_wrong_method_is_404(client: Client, method: str | None) -> None:
    """A missing, misspelt or unknown method is 404 in the body."""
    assert await client.status(method) == 404


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("key", [None, "", "someone-elses"])
async def test_a_wrong_key_is_401(client: Client, method: str, key: str | None) -> None:
    """A key that is missing or unknown is 401 for every method, getallcount with its envelope too."""
    assert await client.status(method, userkey=key, service="wapp", order_id="1") == 401


async def test_a_service_that_does_not_exist_is_502(client: Client) -> None:
    """Buying nothing or nonsense is 502."""
    assert await client.status("getnumber", service="nonsense") == 502
    assert await client.status("getnumber") == 502


async def test_an_operator_that_does_not_exist_is_503(sim: GetSmsSimulator, client: Client) -> None:
    """An operator of another country, or of none, is 503; the printed ones sell."""
    assert await client.status("getnumber", service="wapp", operator="VODAFONE") == 503
    sim.stock("wapp", "england", 1, "2")
    assert await client.status("getnumber", service="wapp", country="england", operator="MTS") == 503
    assert await client.status("getnumber", service="wapp", operator="MTS") == 200
    assert sim.orders[0].operator == "MTS"


async def test_too_little_money_is_504(sim: GetSmsSimulator, client: Client) -> None:
    """The whole balance may be spent; a price above it is 504, and what is in reserve is not spent again."""
    sim.set_balance("testapikey", "2.00")
    assert await client.status("getnumber", service="wapp") == 200
    assert await client.status("getnumber", service="wapp") == 504
    assert len(sim.orders) == 1


async def test_a_country_that_does_not_exist_is_505(client: Client) -> None:
    """Buying in an unknown country is 505; counting there is 500, the only error that getcount lists."""
    assert await client.status("getnumber", service="wapp", country="atlantis") == 505
    assert await client.status("getcount", country="atlantis") == 500


async def test_a_known_service_that_nobody_stocked_has_no_number(client: Client) -> None:
    """A service and a country that exist, without a shelf, are 500 and not 502."""
    assert await client.status("getnumber", service="tg", country="england") == 500


@pytest.mark.parametrize(("fault", "status"), [("banned", 506), ("maintenance", 507)])
async def test_blocked_and_maintenance_are_refusals_to_sell(
    sim: GetSmsSimulator, client: Client, fault: str, status: int
) -> None:
    """506 and 507 refuse purchases, sell nothing, and leave other methods alone."""
    sim.fault(fault)
    assert await client.status("getcount") == 200
    assert await client.status("getnumber", service="wapp") == status
    assert sim.orders == []
    assert await client.status("getnumber", service="wapp") == 200


@pytest.mark.parametrize(
    ("method", "status"),
    [
        ("getbalance", 500),
        ("getcount", 500),
        ("getcode", 502),
        ("wrongcode", 502),
        ("refusenumber", 502),
        ("bannumber", 502),
        ("getallcount", 502),
    ],
)
async def test_an_internal_error_has_the_methods_own_status(
    sim: GetSmsSimulator, client: Client, method: str, status: int
) -> None:
    """What the tables call an internal or processing error is 500 or 502, by method."""
    order_id = await client.buy()
    sim.fault("internal-error")
    assert await client.status(method, order_id=order_id) == status
    assert sim.order(order_id).alive


@pytest.mark.parametrize("method", ABOUT_AN_ORDER)
@pytest.mark.parametrize("order_id", [None, ""])
async def test_an_order_that_is_not_named_is_506(client: Client, method: str, order_id: str | None) -> None:
    """A request about an order must say which."""
    assert await client.status(method, order_id=order_id, last_id="1") == 506


@pytest.mark.parametrize(
    ("method", "status"), [("getcode", 505), ("wrongcode", 505), ("refusenumber", 500), ("bannumber", 500)]
)
async def test_an_order_that_does_not_exist(
    sim: GetSmsSimulator, client: Client, method: str, status: int
) -> None:
    """Unknown orders and orders of another key are 505 where the table has it, otherwise not living: 500."""
    sim.add_key("another")
    order_id = await client.buy()
    assert await client.status(method, order_id="1", last_id="1") == status
    assert await client.status(method, userkey="another", order_id=order_id, last_id="1") == status
    assert sim.order(order_id).alive


@pytest.mark.parametrize("method", ABOUT_AN_ORDER)
async def test_a_lifetime_that_is_over_is_500(
    sim: GetSmsSimulator, client: Client, clock: ManualClock, method: str
) -> None:
    """Fifteen minutes after the purchase every request about the order is 500, an SMS or not."""
    silent, heard = await client.buy(), await client.buy()
    sim.deliver(heard, "1")
    assert await client.status("getcode", order_id=heard) == 200
    await clock.advance(15 * 60 - 1)
    assert await client.status("getcode", order_id=silent) == 400
    await clock.advance(1)
    assert await client.status(method, order_id=silent, last_id=silent) == 500
    assert await client.status(method, order_id=heard, last_id=heard) == 500


@pytest.mark.parametrize("ending", ["refusenumber", "bannumber"])
@pytest.mark.parametrize("method", ABOUT_AN_ORDER)
async def test_an_order_that_was_given_back_is_500(client: Client, ending: str, method: str) -> None:
    """A cancelled or banned order has no lifetime left."""
    order_id = await client.buy()
    assert await client.status(ending, order_id=order_id) == 200
    assert await client.status(method, order_id=order_id, last_id=order_id) == 500


async def test_an_account_in_debt_is_refused_its_code(sim: GetSmsSimulator, client: Client) -> None:
    """The code is refused (504) while the balance is below zero, and handed out once that is settled."""
    order_id = await client.buy()
    sim.deliver(order_id, "1")
    sim.set_balance("testapikey", "-0.01")
    assert await client.status("getcode", order_id=order_id) == 504
    sim.set_balance("testapikey", "0")
    assert await client.status("getcode", order_id=order_id) == 200


async def test_wrongcode_before_getcode_is_504(sim: GetSmsSimulator, client: Client) -> None:
    """The next SMS is to be had only by who received the first one through getcode."""
    order_id = await client.buy()
    assert await client.status("wrongcode", order_id=order_id, last_id=order_id) == 504
    sim.deliver(order_id, "1")
    assert await client.status("wrongcode", order_id=order_id, last_id=order_id) == 504


@pytest.mark.parametrize("last_id", [None, "", "999"])
async def test_wrongcode_after_an_sms_that_never_was_is_501(
    sim: GetSmsSimulator, client: Client, last_id: str | None
) -> None:
    """A last_id that is missing or names no SMS of the order is an incorrect parameter."""
    order_id = await client.buy()
    sim.deliver(order_id, "1")
    await client.ask("getcode", order_id=order_id)
    assert await client.status("wrongcode", order_id=order_id, last_id=last_id) == 501


async def test_a_status_that_no_document_names(sim: GetSmsSimulator, client: Client) -> None:
    """An unheard-of status can be answered by every method."""
    sim.fault("unknown-status", times=None)
    assert {await client.status(method) for method in METHODS} == {799}
