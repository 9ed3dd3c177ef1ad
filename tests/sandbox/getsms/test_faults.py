"""Every way to misbehave, as a client meets it on the socket, and whether a purchase took place."""

import asyncio
import contextlib
import json

import aiohttp
import pytest

from sandbox.getsms import GetSmsSimulator, serve
from sandbox.provider import NotPossible
from tests.sandbox.getsms.client import Client
from tests.support.clock import ManualClock


@pytest.mark.parametrize(
    ("fault", "status", "fragment", "orders"),
    [
        ("html-200", 200, "<html>", 0),
        ("empty", 200, "", 1),
        ("http-502", 502, "502 Bad Gateway", 0),
        ("http-500", 500, "Internal Server Error", 0),
        ("429", 429, "Too Many Requests", 0),
        ("cloudflare-403", 403, "Cloudflare", 0),
        ("cloudflare-1020", 403, "error code: 1020", 0),
    ],
)
async def test_answers_from_in_front_of_the_provider(
    sim: GetSmsSimulator, client: Client, fault: str, status: int, fragment: str, orders: int
) -> None:
    """Each is met once, by name, with its own HTTP status and text, and buys as its title says."""
    sim.fault(fault)
    got = await client.raw("getnumber", service="wapp")
    assert got.status == status
    assert fragment in got.text
    assert (got.text == "") == (fault == "empty")
    assert len(sim.orders) == orders
    assert await client.status("getcount") == 200


async def test_too_many_requests_say_when_to_come_again(sim: GetSmsSimulator, client: Client) -> None:
    """429 carries Retry-After in seconds."""
    sim.fault("429")
    assert (await client.raw("getcount")).headers["Retry-After"] == "7"


async def test_half_an_answer(sim: GetSmsSimulator, client: Client) -> None:
    """A cut-off body ends amid its JSON, though HTTP says that it is whole; the number is sold."""
    sim.fault("cut-off")
    got = await client.raw("getnumber", service="wapp")
    assert got.text.startswith('{"status": 200')
    with pytest.raises(json.JSONDecodeError):
        json.loads(got.text)
    assert len(sim.orders) == 1


async def test_a_connection_lost_in_mid_answer(sim: GetSmsSimulator, client: Client) -> None:
    """A cut-off stream breaks the HTTP answer itself; the number is sold."""
    sim.fault("cut-off-stream")
    with pytest.raises(aiohttp.ClientPayloadError):
        await client.raw("getnumber", service="wapp")
    assert len(sim.orders) == 1


@pytest.mark.parametrize("method", ["getbalance", "getcount", "getnumber", "getallcount"])
async def test_wrong_types(sim: GetSmsSimulator, client: Client, method: str) -> None:
    """Every value is a list, in JSON that parses; the number is sold."""
    sim.fault("wrong-types")
    got = await client.ask(method, service="wapp")

    def leaves(value: object) -> list[object]:
        return (
            [leaf for part in value.values() for leaf in leaves(part)] if isinstance(value, dict) else [value]
        )

    assert leaves(got)
    assert all(isinstance(leaf, list) for leaf in leaves(got))
    assert len(sim.orders) == (method == "getnumber")


@pytest.mark.parametrize(("fault", "orders"), [("reset-before", 0), ("reset-after", 1)])
@pytest.mark.parametrize("kept", [True, False])
async def test_a_connection_closed_without_an_answer(
    sim: GetSmsSimulator, client: Client, fault: str, orders: int, *, kept: bool
) -> None:
    """No answer comes, on a new or a kept connection; the number is sold or not, and asked for once."""
    if kept:
        await client.ask("getcount")
    sim.fault(fault)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.raw("getnumber", service="wapp")
    assert len(sim.orders) == orders
    assert sim.ledger.count("getnumber") == 1
    assert sim.ledger.requests[-1].fault == fault
    assert sim.key("testapikey").reserved == 2 * orders


async def test_a_slow_answer_is_the_honest_one(
    sim: GetSmsSimulator, client: Client, clock: ManualClock
) -> None:
    """The answer comes after so many seconds of the clock, not before."""
    sim.fault("slow", seconds=30)
    asking = asyncio.create_task(client.ask("getnumber", service="wapp"))
    await clock.until_asleep()
    assert len(sim.orders) == 1
    await clock.advance(29)
    assert not asking.done()
    await clock.advance(1)
    assert (await asking)["status"] == 200


@pytest.mark.parametrize(("fault", "orders"), [("hang", 0), ("hang-after", 1)])
async def test_no_answer_for_long(
    sim: GetSmsSimulator, client: Client, clock: ManualClock, fault: str, orders: int
) -> None:
    """The connection stays open in silence for two minutes of the clock and is closed then."""
    sim.fault(fault)
    asking = asyncio.create_task(client.raw("getnumber", service="wapp"))
    await clock.until_asleep()
    assert len(sim.orders) == orders
    await clock.advance(120)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await asking


async def test_a_hanging_answer_does_not_hold_up_the_end(sim: GetSmsSimulator, clock: ManualClock) -> None:
    """An answer that is kept back for a client that has gone is given up, and the simulator can stop."""
    async with serve(sim) as url, Client.on(url) as client:
        sim.fault("hang")
        asking = asyncio.create_task(client.raw("getcount"))
        await clock.until_asleep()
        asking.cancel()
    assert clock.sleepers == 0


async def test_a_fault_is_for_its_method_and_so_many_times(sim: GetSmsSimulator, client: Client) -> None:
    """Other methods pass it by, and after its times it is over; several wait in a row."""
    sim.fault("http-500", method="getcount", times=2)
    sim.fault("http-502", method="getcount")
    assert (await client.raw("getallcount")).status == 200
    assert [(await client.raw("getcount")).status for _ in range(4)] == [500, 500, 502, 200]


async def test_a_fault_without_an_end_is_healed_by_hand(sim: GetSmsSimulator, client: Client) -> None:
    """``times`` None goes on until the provider is healed; a new break replaces the old one."""
    sim.fault("http-500", times=None)
    assert [(await client.raw("getcount")).status for _ in range(3)] == [500] * 3
    sim.break_with("http-502")
    assert (await client.raw("getcount")).status == 502
    sim.break_with(None)
    assert (await client.raw("getcount")).status == 200


@pytest.mark.parametrize("name", ["http-502", "html-200", "429"])
async def test_whether_a_broken_answer_bought_can_be_chosen(
    sim: GetSmsSimulator, client: Client, name: str
) -> None:
    """Any fault can be told to let the purchase happen, as a gateway does that lost a late answer."""
    sim.fault(name, applied=True)
    await client.raw("getnumber", service="wapp")
    assert len(sim.orders) == 1


@pytest.mark.parametrize(
    "wrong", [{"name": "tired"}, {"name": "empty", "method": "getcoffee"}, {"name": "empty", "times": 0}]
)
async def test_a_fault_that_cannot_be_is_refused(sim: GetSmsSimulator, wrong: dict[str, str]) -> None:
    """Unknown names and methods and empty counts are errors, and nothing is planned or healed."""
    sim.fault("http-500")
    with pytest.raises(NotPossible):
        sim.break_with(**wrong)  # type: ignore[arg-type]  # wrong on purpose
    assert sim.panel()["fault"] == "http-500"


@pytest.mark.parametrize(("applied", "orders"), [(False, 0), (True, 1)])
async def test_any_text_can_be_played(
    sim: GetSmsSimulator, client: Client, *, applied: bool, orders: int
) -> None:
    """A body given by hand is the answer, with its HTTP status, and buys as it is told."""
    sim.fault("body", method="getnumber", body='{"title":"BANNED"}', status=403, applied=applied)
    got = await client.raw("getnumber", service="wapp")
    assert (got.status, got.text) == (403, '{"title":"BANNED"}')
    assert len(sim.orders) == orders


@pytest.mark.parametrize("wrong", [("body", None), ("empty", "text")])
def test_a_text_goes_with_its_fault_alone(sim: GetSmsSimulator, wrong: tuple[str, str | None]) -> None:
    """Neither a body without a text nor a text for something else can be planned."""
    with pytest.raises(NotPossible):
        sim.fault(wrong[0], body=wrong[1])
    assert sim.faults.current is None


@pytest.mark.parametrize("name", sorted(GetSmsSimulator().faults.kinds.keys() - {"sql-error"}))  # not of v1
async def test_after_every_fault_the_provider_is_well_again(
    sim: GetSmsSimulator, client: Client, clock: ManualClock, name: str
) -> None:
    """Whatever happened, the next request gets an honest answer."""
    sim.fault(name, seconds=0)
    kind = sim.faults.kinds[name]
    method = "getnumber" if kind.concerns("getnumber") else next(iter(kind.methods or kind.refusals or ()))
    with contextlib.suppress(aiohttp.ClientError):
        await client.raw(method, service="wapp")
    assert sim.panel()["fault"] is None
    assert await client.status("getcount") == 200
    assert clock.sleepers == 0
