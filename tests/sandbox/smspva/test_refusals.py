"""Everything that the simulated SMSPVA refuses, by requests that deserve it, and by fault."""

import json

import aiohttp
import pytest

from sandbox.faults import Kind
from sandbox.smspva import Prints, SmspvaSimulator
from sandbox.smspva.faults import KINDS, METHODS
from sandbox.smspva.keeping import METHODS as IMPLEMENTED
from sandbox.smspva.replies import RESTORE
from tests.sandbox.smspva.client import Client
from tests.support.clock import ManualClock

WEEK = {"country": "RU", "service": "opt16", "dtype": "week", "dcount": "1"}
DAY = 24 * 3600
WITH_KEY = [name for name in METHODS if not name.startswith("get") or name == "get_rent_history"]


def test_every_method_is_there() -> None:
    """What faults can be planned for is what is answered."""
    assert set(METHODS) == set(IMPLEMENTED)


@pytest.mark.parametrize("method", WITH_KEY)
@pytest.mark.parametrize("key", ["nobody", "", None])
async def test_a_key_is_needed(sim: SmspvaSimulator, client: Client, method: str, key: str | None) -> None:
    """Whatever concerns an account is refused without a key that is known."""
    order = await client.rent()
    query: dict[str, str | None] = {**WEEK, "services": "opt16", "id": order, "apikey": key}
    assert await client.refused(method, **query) in {"API KEY not found", "the user had not this order"}
    assert len(sim.orders) == 1


async def test_an_unknown_method(client: Client) -> None:
    """It is told in the words that clients have met."""
    assert await client.refused("getcoffee") == "Incorrect method"


async def test_only_get_is_accepted(client: Client) -> None:
    """A POST is no request."""
    async with client.session.post(f"{client.url}/api/rent.php", data={"method": "orders"}) as response:
        assert response.status == 405


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"service": "opt999"}, "Service not found"),
        ({"service": ""}, "Service not found"),
        ({"country": "XX"}, "Country not found"),
        ({"country": "DE"}, "Incorrect method"),
        ({"provider": "Nobody"}, "Provider not found"),
        ({"dtype": "day"}, "Incorrect period"),
        ({"dcount": "0"}, "Incorrect period"),
        ({"dcount": "-1"}, "Incorrect period"),
        ({"dcount": "13"}, "Max guarantee period for the rent - 90 days"),
        ({"apikey": "poor"}, "Balance is not enough"),
    ],
)
@pytest.mark.parametrize("method", ["create", "create_multi"])
async def test_no_rent(
    sim: SmspvaSimulator, client: Client, method: str, wrong: dict[str, str], reason: str
) -> None:
    """What cannot be rented has its reason, and nothing is rented or paid."""
    query = WEEK | wrong
    assert await client.refused(method, **query, services=query["service"]) == reason
    assert sim.orders == []
    assert sim.ledger.charges == []


async def test_no_numbers_are_left(sim: SmspvaSimulator, client: Client) -> None:
    """An empty shelf is told as an incorrect method, which is how clients have met it."""
    sim.stock("opt16", "RU", count=1, price="0.5")
    await client.rent()
    assert await client.refused("create", **WEEK) == "Incorrect method"
    assert await client.refused("create_multi", services="opt16,opt29", **WEEK) == "Incorrect method"


@pytest.mark.parametrize("method", ["sms", "prolong", "activate", "delete", "add_service_to_order"])
@pytest.mark.parametrize("whose", ["unknown", "foreign", "archived"])
async def test_an_order_that_is_not_there(
    sim: SmspvaSimulator, client: Client, method: str, whose: str
) -> None:
    """Unknown, somebody else's and archived orders are none of the user's."""
    sim.set_balance("poor", "10")
    made = await client.data("create", apikey="poor" if whose == "foreign" else "testapikey", **WEEK)
    order = str(made["id"]) if whose != "unknown" else "1"
    if whose == "archived":
        await client.data("delete", id=order)
    assert await client.refused(method, id=order, **WEEK) == "the user had not this order"


async def test_no_service_is_added(sim: SmspvaSimulator, client: Client) -> None:
    """The service, the number and the money have to be right."""
    sim.set_balance("poor", "4")
    order = str((await client.data("create", apikey="poor", **WEEK))["id"])
    phone = sim.order(order).line.phone
    for service, number, reason in (
        ("opt999", phone, "Service not found"),
        ("opt29", phone[1:], "Incorrect phone number"),
        ("opt29", phone, "Balance is not enough"),
    ):
        asked = {"id": order, "service": service, "pnumber": number, "apikey": "poor"}
        assert await client.refused("add_service_to_order", **asked) == reason
    assert len(sim.orders) == 1


async def test_no_money_to_prolong(sim: SmspvaSimulator, client: Client) -> None:
    """Prolonging is paid for at once or not done."""
    sim.set_balance("poor", "4")
    order = str((await client.data("create", apikey="poor", **WEEK))["id"])
    before = sim.order(order).until
    assert await client.refused("prolong", id=order, apikey="poor", **WEEK) == "Balance is not enough"
    assert sim.order(order).until == before


async def test_a_number_that_was_lost(sim: SmspvaSimulator, client: Client) -> None:
    """Its state is -1, and it can neither be woken nor prolonged."""
    order = await client.rent()
    sim.lose(order)
    listed = await client.order(order)
    assert (listed["state"], listed["canprolong"]) == (-1, False)
    assert await client.refused("activate", id=order) == "Phone number is not in the system"
    assert await client.refused("prolong", id=order, **WEEK) == "Phone number is not in the system"


REASONS = {
    "NOREMOTEDATA": "NOREMOTEDATA",
    "NOTOWNER": "the user had not this order",
    "DATEDIFFINVERT": "DATEDIFFINVERT",
    "NOORDERCOUNTRY": "NOORDERCOUNTRY",
    "NOSERVICEDATA": "Service not found",
    "NOAVAILDAYS": "NOAVAILDAYS",
    "NOBALANCE": "Balance is not enough",
}


def test_every_documented_reason_is_tried() -> None:
    """The two methods together have all the page's words."""
    assert {*REASONS, *REASONS.values()} == set(RESTORE)


@pytest.mark.parametrize(("asked", "done"), REASONS.items())
async def test_no_restoring(
    sim: SmspvaSimulator, client: Client, clock: ManualClock, asked: str, done: str
) -> None:
    """The price is refused in capitals, the act in sentences where the page has both."""
    order, key = await client.rent(), "testapikey"
    await clock.advance(8 * DAY)
    if asked == "NOREMOTEDATA":
        order = "1"
    elif asked == "NOTOWNER":
        key = "poor"
    elif asked == "DATEDIFFINVERT":
        order = await client.rent()
        await client.data("delete", id=order)
    elif asked == "NOORDERCOUNTRY":
        del sim.world.countries["RU"]
    elif asked == "NOSERVICEDATA":
        del sim.world.services["opt16"]
    elif asked == "NOAVAILDAYS":
        sim.lose(order)
    else:
        sim.set_balance(key, "1")
    before = len(sim.ledger.charges)
    assert await client.refused("restore_user_precalc", id=order, apikey=key) == asked
    assert await client.refused("restore_user", id=order, apikey=key) == done
    assert len(sim.ledger.charges) == before


async def test_a_living_order_is_not_restored(client: Client) -> None:
    """An order that has not expired is told apart from one that is unknown."""
    assert await client.refused("restore_user", id=await client.rent()) == "DATEDIFFINVERT"


async def test_reasons_with_their_sentences(sim: SmspvaSimulator, client: Client, clock: ManualClock) -> None:
    """The whole line of the page can be had, with the price where the page breaks off before it."""
    sim.prints = Prints(refusals="sentence")
    order = await client.rent()
    await clock.advance(8 * DAY)
    sim.set_balance("testapikey", "1")
    assert await client.refused("restore_user_precalc", id=order) == (
        "NOBALANCE: Your balance is not enough for restoring rental order. Today need 15.5"
    )
    assert (await client.refused("sms", id=order)).startswith("the user had not this order: Looks like")
    assert await client.refused("getcoffee") == "Incorrect method"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
async def test_every_fault_is_met_once(sim: SmspvaSimulator, client: Client, kind: Kind) -> None:
    """A fault answers in its own words, changes nothing, and is over."""
    method = next(iter(kind.methods or kind.refusals or METHODS))
    sim.fault(kind.name)
    text = await client.raw(method, **WEEK, services="opt16")
    if kind.refusals:
        assert json.loads(text) == {"status": 0, "msg": kind.refusals[method]}
    else:
        assert text == kind.body
    assert sim.orders == []
    assert sim.panel()["fault"] is None


@pytest.mark.parametrize(("fault", "rented"), [("reset-before", False), ("reset-after", True)])
async def test_a_rent_whose_answer_is_lost(
    sim: SmspvaSimulator, client: Client, fault: str, *, rented: bool
) -> None:
    """The number is rented or not, as often as the ledger says that it was asked for.

    The client here repeats a lost GET by itself, which is why paid calls must not go over such a client.
    """
    sim.fault(fault, times=None)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.raw("create", **WEEK)
    assert sim.ledger.count("create") >= 1
    assert len(sim.orders) == (sim.ledger.count("create") if rented else 0)


async def test_the_panel_shows_and_plays(sim: SmspvaSimulator, client: Client) -> None:
    """Orders are shown newest first with their states and what they cost; the panel can send and end."""
    awake, asleep = await client.rent(country="UK"), await client.rent()
    sim.deliver(awake, "code 1", "1", "me")
    sim.expire(awake)
    await client.data("delete", id=asleep)
    panel = sim.panel()
    assert [(order["id"], order["state"]) for order in panel["orders"]] == [
        (asleep, "canceled"),
        (awake, "over"),
    ]
    assert panel["orders"][1]["sms"][0]["code"] == "1"
    assert (panel["slug"], panel["currency"], panel["methods"]) == ("smspva", "USD", list(METHODS))
