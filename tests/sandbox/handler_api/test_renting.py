"""SMS-Activate's rentals: hours, SMS, ending, prolonging, and what each costs."""

import pytest

from sandbox.handler_api import HandlerApiSimulator, Lease
from tests.sandbox.handler_api.client import Client
from tests.support.clock import ManualClock

HOUR = 3600


@pytest.fixture
def sim(sim: HandlerApiSimulator) -> HandlerApiSimulator:
    """The house with rentals: whole numbers at 4 roubles for 4 hours, one of each of six operators."""
    sim.stock_rent("full", "0", 6, "4")
    sim.stock_rent("wa", "0", 6, "2")
    sim.stock_rent("wa", "6", 1, "1")
    sim.set_balance("testapikey", "1000")
    return sim


async def rent(client: Client, **form: str | None) -> str:
    """Rent a whole number and return the rental's id."""
    answer = await client.json("getRentNumber", **({"service": "full"} | form))
    assert answer["status"] == "success"
    return str(answer["phone"]["id"])


async def error(client: Client, action: str, **form: str | None) -> str:
    """Return the message of a refusal in the rental methods' JSON."""
    answer = await client.json(action, **form)
    assert answer["status"] == "error"
    message = answer["message"]
    assert isinstance(message, str)
    return message


async def test_what_can_be_rented(client: Client) -> None:
    """Countries and operators by running number, services with the price of the hours asked for."""
    offers = await client.json("getRentServicesAndCountries", rent_time="12")
    assert offers["countries"] == {"0": 0, "1": 6}
    assert offers["operators"]["0"] == "any"
    assert offers["services"] == {"full": {"cost": 12.0, "quant": 6}, "wa": {"cost": 6.0, "quant": 6}}
    narrow = await client.json("getRentServicesAndCountries", operator="mts,beeline")
    assert narrow["services"]["full"] == {"cost": 4.0, "quant": 2}
    empty = await client.json("getRentServicesAndCountries", country="43")
    assert empty["services"] == []


async def test_a_rental_begins(sim: HandlerApiSimulator, client: Client) -> None:
    """The answer has id, number and the end in Moscow's time without saying so; the price is taken."""
    answer = await client.json("getRentNumber", service="full", rent_time="24", operator="mtt")
    rental = sim.rental(str(answer["phone"]["id"]))
    assert answer["phone"] == {
        "id": int(rental.id),
        "endDate": "2026-01-16T15:00:00",
        "number": rental.phone,
    }
    assert rental.operator == "mtt"
    assert rental.price == 24
    assert sim.key("testapikey").balance == 976
    listed = await client.json("getRentList")
    assert listed == {"status": "success", "values": {"0": {"id": rental.id, "phone": rental.phone}}}


@pytest.mark.parametrize(
    ("hours", "paid"),
    [(None, 4), ("1", 4), ("4", 4), ("10", 12), ("12", 12), ("13", 24), ("48", 48), ("1344", 1344)],
)
async def test_periods(sim: HandlerApiSimulator, client: Client, hours: str | None, paid: int) -> None:
    """4, 12, 24 hours and whole days; what lies between is sold as the next of them."""
    sim.set_balance("testapikey", "2000")
    assert sim.rental(await rent(client, rent_time=hours)).price == paid


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"service": None}, "BAD_SERVICE"),
        ({"service": "zz"}, "BAD_SERVICE"),
        ({"country": "43"}, "NO_NUMBERS"),
        ({"operator": "vodafone"}, "NO_NUMBERS"),
        ({"rent_time": "25"}, "SQL_ERROR"),
        ({"rent_time": "long"}, "SQL_ERROR"),
        ({"rent_time": "1368"}, "SQL_ERROR"),
        ({"rent_time": "1344"}, "NO_BALANCE"),
    ],
)
async def test_refusals_to_rent(
    sim: HandlerApiSimulator, client: Client, form: dict[str, str | None], message: str
) -> None:
    """In JSON with the document's messages; nothing is rented."""
    assert await error(client, "getRentNumber", **({"service": "full"} | form)) == message
    assert await error(client, "getRentList") == "NO_NUMBERS"
    assert sim.key("testapikey").balance == 1000


async def test_sms_come_newest_first(sim: HandlerApiSimulator, client: Client, clock: ManualClock) -> None:
    """None yet is an error of its own; then all of them, with sender, service and time."""
    rental = await rent(client)
    assert await error(client, "getRentStatus", id=rental) == "STATUS_WAIT_CODE"
    sim.deliver(rental, "one", sender="79180230628")
    await clock.advance(60)
    sim.deliver(rental, "two", sender="79180230628")
    assert await client.json("getRentStatus", id=rental) == {
        "status": "success",
        "quantity": "2",
        "values": {
            "0": {"phoneFrom": "79180230628", "text": "two", "service": "ot", "date": "2026-01-15 15:01:00"},
            "1": {"phoneFrom": "79180230628", "text": "one", "service": "ot", "date": "2026-01-15 15:00:00"},
        },
    }


async def test_rentals_of_nobody_or_of_others(sim: HandlerApiSimulator, client: Client) -> None:
    """No id and a wrong one have their messages in every method about a rental."""
    rental = await rent(client)
    sim.add_key("another")
    for action in ("getRentStatus", "setRentStatus", "continueRentNumber", "getContinueRentPriceNumber"):
        assert await error(client, action) == "NO_ID_RENT"
        assert await error(client, action, id="1") == "INVALID_PHONE"
        assert await error(client, action, id=rental, api_key="another") == "INVALID_PHONE"


async def test_cancelling_in_time(sim: HandlerApiSimulator, client: Client, clock: ManualClock) -> None:
    """Within 20 minutes and without an SMS the money comes back, later and after an SMS it does not."""
    early, heard, late = await rent(client), await rent(client), await rent(client)
    assert await error(client, "setRentStatus", id=early) == "INCORECT_STATUS"
    assert await error(client, "setRentStatus", id=early, status="3") == "INCORECT_STATUS"
    await clock.advance(20 * 60 - 1)
    assert await client.json("setRentStatus", id=early, status="2") == {"status": "success"}
    assert sim.key("testapikey").balance == 992
    sim.deliver(heard, "1")
    assert await error(client, "setRentStatus", id=heard, status="2") == "CANT_CANCEL"
    await clock.advance(1)
    assert await error(client, "setRentStatus", id=late, status="2") == "CANT_CANCEL"
    assert await error(client, "setRentStatus", id=early, status="2") == "ALREADY_CANCEL"
    assert await error(client, "setRentStatus", id=early, status="1") == "ALREADY_CANCEL"
    assert await error(client, "getRentStatus", id=early) == "STATUS_CANCEL"
    key = sim.key("testapikey")
    assert key.balance == 992
    assert key.reserved == 0


async def test_finishing(sim: HandlerApiSimulator, client: Client, clock: ManualClock) -> None:
    """1 ends a rental for good, and so does time; both are paid."""
    ended, over = await rent(client), await rent(client)
    assert await client.json("setRentStatus", id=ended, status="1") == {"status": "success"}
    await clock.advance(4 * HOUR)
    for rental in (ended, over):
        assert await error(client, "getRentStatus", id=rental) == "STATUS_FINISH"
        assert await error(client, "setRentStatus", id=rental, status="1") == "ALREADY_FINISH"
        assert sim.rental(rental).lease is Lease.OVER
    assert await error(client, "getRentList") == "NO_NUMBERS"
    assert sim.key("testapikey").balance == 992


@pytest.mark.parametrize("paid", [True, False])
async def test_a_number_can_be_taken_away(sim: HandlerApiSimulator, client: Client, *, paid: bool) -> None:
    """The provider says so and gives the money back, whether it was due already or not."""
    rental = await rent(client)
    if paid:
        sim.deliver(rental, "1")
    sim.revoke(rental)
    assert await error(client, "getRentStatus", id=rental) == "STATUS_REVOKE"
    assert await error(client, "continueRentNumber", id=rental) == "RENT_DIE"
    key = sim.key("testapikey")
    assert key.balance == 1000
    assert key.reserved == 0


async def test_prolonging_keeps_the_id(sim: HandlerApiSimulator, client: Client) -> None:
    """A living rental goes on under its id for so many hours more; 4 unless told."""
    rental = await rent(client, rent_time="24")
    answer = await client.json("continueRentNumber", id=rental, rent_time="48")
    assert answer["phone"] == {
        "id": int(rental),
        "endDate": "2026-01-18T15:00:00",
        "number": sim.rental(rental).phone,
    }
    await client.json("continueRentNumber", id=rental)
    assert sim.key("testapikey").balance == 1000 - 24 - 48 - 4


async def test_prolonging_a_finished_one_makes_a_new_id(
    sim: HandlerApiSimulator, client: Client, clock: ManualClock
) -> None:
    """The same number under another id, for a day after the end; then the number is gone."""
    old = await rent(client)
    await clock.advance(5 * HOUR)
    answer = await client.json("continueRentNumber", id=old, rent_time="4")
    assert answer["phone"]["id"] != int(old)
    assert answer["phone"]["number"] == sim.rental(old).phone
    assert await error(client, "getRentStatus", id=str(answer["phone"]["id"])) == "STATUS_WAIT_CODE"
    assert sim.key("testapikey").balance == 992
    await clock.advance(24 * HOUR)
    assert await error(client, "continueRentNumber", id=old) == "RENT_DIE"


@pytest.mark.parametrize(
    ("hours", "message"),
    [("3", "INVALID_TIME"), ("1345", "INVALID_TIME"), ("long", "INVALID_TIME"), ("1344", "MAX_HOURS_EXCEED")],
)
async def test_refusals_to_prolong(client: Client, hours: str, message: str) -> None:
    """Hours out of bounds; too many in all, with the most that can be had; both methods alike."""
    rental = await rent(client, operator="mtt")
    for action in ("continueRentNumber", "getContinueRentPriceNumber"):
        answer = await client.json(action, id=rental, rent_time=hours)
        assert answer["message"] == message
        assert answer.get("info") == ({"max": 1340} if message == "MAX_HOURS_EXCEED" else None)


async def test_prolonging_costs_money(sim: HandlerApiSimulator, client: Client) -> None:
    """The price can be asked for at one operator alone; without money nothing is prolonged."""
    rental, other = await rent(client, operator="mtt"), await rent(client, operator="mts")
    price = await client.json("getContinueRentPriceNumber", id=rental, rent_time="12")
    assert price == {"status": "success", "price": 12.0}
    assert await error(client, "getContinueRentPriceNumber", id=other) == "WRONG_OPERATOR"
    sim.set_balance("testapikey", "3.99")
    assert await error(client, "continueRentNumber", id=rental) == "NO_BALANCE"


@pytest.mark.parametrize(
    ("fault", "action", "message"),
    [
        ("account-inactive", "getRentNumber", "ACCOUNT_INACTIVE"),
        ("server-error", "continueRentNumber", "SERVER_ERROR"),
        ("server-error", "getContinueRentPriceNumber", "SERVER_ERROR"),
        ("sql-error", "getRentNumber", "SQL_ERROR"),
        ("sql-error", "setRentStatus", "SQL_ERROR"),
        ("sql-error", "getRentList", "SQL_ERROR"),
    ],
)
async def test_messages_that_only_a_bad_day_brings(
    sim: HandlerApiSimulator, client: Client, fault: str, action: str, message: str
) -> None:
    """What no request can bring about is planned as a fault, in the rental methods' JSON."""
    sim.fault(fault)
    assert await error(client, action, service="full") == message
