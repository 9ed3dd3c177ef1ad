"""What the simulated rent API refuses, and how it misbehaves, as a client meets it on the socket."""

from decimal import Decimal

import pytest

from sandbox.getsms import GetSmsSimulator
from sandbox.getsms.rent_replies import METHODS
from tests.sandbox.getsms.client import Client
from tests.sandbox.getsms.rent_client import RentClient

WANTED = {"service": "wa", "country": "ru", "type": "day", "period": "1"}
NAMES = [name.removeprefix("rent/") for name in METHODS]


@pytest.mark.parametrize("method", [None, "", "getOrders", "refusenumber"])
async def test_a_wrong_method_is_404(renter: RentClient, method: str | None) -> None:
    """A missing, misspelt or unknown method is 404 in the body."""
    assert await renter.status(method) == 404


@pytest.mark.parametrize("method", NAMES)
@pytest.mark.parametrize("key", [None, "", "someone-elses"])
async def test_a_wrong_key_is_401(renter: RentClient, method: str, key: str | None) -> None:
    """A key that is missing or unknown is 401 for every method; getorders has its envelope then."""
    assert await renter.status(method, userkey=key, rentid="1", **WANTED) == 401


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"service": "nonsense"}, 502),
        ({"service": None}, 502),
        ({"country": "atlantis"}, 505),
        ({"service": "tg"}, 500),
        ({"country": "england"}, 500),
        ({"period": "15", "type": "week"}, 506),
        ({"period": "0"}, 506),
        ({"period": "-1"}, 506),
        ({"period": "1.5"}, 506),
        ({"period": "²"}, 506),
        ({"period": None}, 506),
        ({"type": "month"}, 506),
        ({"type": None}, 506),
        ({"period": "28"}, 504),
    ],
)
async def test_refusals_to_rent(
    sim: GetSmsSimulator, renter: RentClient, form: dict[str, str | None], status: int
) -> None:
    """Each status of the table, and nothing is rented."""
    assert await renter.status("getnumber", **(WANTED | form)) == status
    assert sim.rentals == []
    assert sim.key("testapikey").balance == 100


async def test_an_empty_shelf(renter: RentClient) -> None:
    """The fourth of three numbers is 500."""
    for _ in range(3):
        await renter.rent()
    assert await renter.status("getnumber", **WANTED) == 500


@pytest.mark.parametrize(
    ("method", "missing", "unknown"),
    [("getcode", 503, 503), ("prolong", 502, 502), ("refuse", 500, 503), ("delete", 500, 500)],
)
async def test_no_such_rental(
    sim: GetSmsSimulator, renter: RentClient, method: str, missing: int, unknown: int
) -> None:
    """An id that is missing, unknown or another customer's."""
    sim.add_key("another", balance="100")
    theirs = await renter.rent(userkey="another")
    assert await renter.status(method, type="day", period="1") == missing
    for rentid in ("1", theirs):
        assert await renter.status(method, rentid=rentid, type="day", period="1") == unknown
    assert sim.rental(theirs).alive


async def test_refusals_to_prolong(sim: GetSmsSimulator, renter: RentClient) -> None:
    """Nonsense is 504, too little money 505, too long or too late 506; nothing is charged."""
    rentid = await renter.rent()
    assert await renter.status("prolong", rentid=rentid, type="year", period="1") == 504
    assert await renter.status("prolong", rentid=rentid, type="week", period="4") == 506
    sim.set_balance("testapikey", "9.99")
    assert await renter.status("prolong", rentid=rentid, type="day", period="1") == 505
    sim.expire(rentid)
    assert await renter.status("prolong", rentid=rentid, type="day", period="1") == 506
    assert sim.key("testapikey").balance == Decimal("9.99")


@pytest.mark.parametrize(
    ("fault", "method", "status"),
    [
        ("maintenance", "getnumber", 507),
        ("internal-error", "getnumber", 503),
        ("internal-error", "prolong", 507),
        *(("unknown-status", name, 799) for name in NAMES),
    ],
)
async def test_statuses_that_no_request_brings_about(
    sim: GetSmsSimulator, renter: RentClient, fault: str, method: str, status: int
) -> None:
    """They can be played, for the rent API alone too, and have no effect."""
    rentid = await renter.rent()
    sim.fault(fault, method=f"rent/{method}")
    async with Client.on(renter.url.removesuffix("/api/v2/rent/")) as v1:
        await v1.buy("wapp")
    wanted = WANTED | {"rentid": rentid}
    assert await renter.status(method, **wanted) == status
    assert [rental.id for rental in sim.rentals] == [rentid]
    assert sim.rental(rentid).alive


@pytest.mark.parametrize(
    ("body", "method", "status", "text"),
    [
        ("w138", "getnumber", 200, "14763471"),
        ("w139", "getcode", 200, "Rambler&Co: 520455"),
        ("w141", "refuse", 200, '{"status":400}'),
        ("w142", "getorders", 200, '"512"'),
        ("w143", "getorders", 200, "[]"),
        ("w201", "getcode", 200, "Rental order not found"),
        ("w202", "prolong", 403, "<html>"),
    ],
)
async def test_bodies_seen_in_the_wild(
    sim: GetSmsSimulator, renter: RentClient, body: str, method: str, status: int, text: str
) -> None:
    """Each is met by the rent methods that it concerns, and not by v1's of the same name."""
    sim.fault(body)
    async with Client.on(renter.url.removesuffix("/api/v2/rent/")) as v1:
        assert (await v1.ask("getallcount", service="wapp"))["ru"]["price"] == "2"
        await v1.buy("wapp")
    got = await renter.raw(method, rentid="1")
    assert got.status == status
    assert text in got.text


async def test_a_lost_answer_leaves_a_rental(sim: GetSmsSimulator, renter: RentClient) -> None:
    """What goes wrong after the request had its effect is seen in the list and in the ledger."""
    sim.fault("empty", method="rent/getnumber")
    assert (await renter.raw("getnumber", **WANTED)).text == ""
    assert list((await renter.orders()).values()) == ["1"]
    assert sim.ledger.count("rent/getnumber") == 1
    asked = sim.ledger.requests[0]
    assert (asked.method, asked.status, asked.fault) == ("rent/getnumber", 200, "empty")
