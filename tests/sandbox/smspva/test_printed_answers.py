"""Every method answers with the fields that the pages print, of the types that they print."""

import json
from typing import Any

import pytest

from sandbox.smspva import Prints, SmspvaSimulator
from tests.sandbox.smspva.client import Client
from tests.support.clock import ManualClock

# The answers as the newer page prints them, without its comments.
PRINTED: dict[str, str] = {
    "getcountries": '{"status": 1, "data": [{"name": "Россия", "code": "RU"}]}',
    "getdata": """{"status": 1, "data": [
        {"name": "Airbnb", "service": "opt46", "price_day": 6, "count": 359}]}""",
    "getdataWithProviders": """{"status": 1, "data": {
        "services": [{"name": "1cupis & okcupid & winline", "service": "opt48", "price_day": 5,
            "img": "images/ico/cupis_okcupid_winline.ico", "procent_days": 0, "procent": 0, "day_step": 0,
            "count": {"MTS": 12}, "totalCount": 12}],
        "totalAmount": 1735, "allOperators": ["MTS"]}}""",
    "getCountWithProviders": """{"status": 1, "data": {
        "opt48": {"Amount": {"Limbo_AT": 12, "Tele2_AT": 1, "yesss_AT": 69}, "Total": 82}}}""",
    "create": """{"status": 1, "data": {"id": 40370, "pnumber": "9096037108", "ccode": "+7",
        "service": "opt6", "until": 1587633960}}""",
    "create_multi": """{"status": 1, "data": [
        {"id": 40370, "pnumber": "9096037108", "ccode": "+7", "service": "opt6", "until": 1587633960},
        {"id": 40371, "pnumber": "9096037108", "ccode": "+7", "service": "opt7", "until": 1587633960}]}""",
    "orders": """{"status": 1, "data": [{"id": 40300, "scode": "opt16", "sname": "Instagram", "state": 0,
        "pnumber": "9096068511", "ccode": "+7", "cname": "RU", "hasnewsms": false, "until": 1587552240,
        "canprolong": true, "canprolongmax": 162, "canprolonguntil": 1634883780,
        "lastonline": 1586947920}]}""",
    "add_service_to_order": '{"status": 1}',
    "sms": """{"status": 1, "data": [
        {"text": "Code Instagram: 671 094.", "sender": "FACEBOOK", "date": 1586948100}]}""",
    "prolong": '{"status": 1, "data": {"id": 123}}',
    "activate": '{"status": 1, "data": {"id": 123}}',
    "delete": '{"status": 1, "data": {"id": 123}}',
    "get_rent_history": """{"status": 1, "data": [{"orderId": 517017, "resourceCode": "opt59",
        "number": "79020831944", "branchId": 1235, "haveSms": true, "days": 7, "country": "EN",
        "begin": 1222222231, "end": 1611111931, "closed": 1632445144}]}""",
    "restore_user_precalc": """{"status": 1, "data": {"ccode": "EN", "scode": "opt59", "price": 2.4,
        "sname": "Avito", "pnumber": "79929831844", "outdays": 32, "orderid": 317017, "prolongTo": 30}}""",
    "restore_user": '{"status":1,"data":true}',
}
PERIOD = {"country": "RU", "dtype": "week", "dcount": "1"}


def shape(value: Any) -> Any:
    """Return a value's types by field; one entry stands for all of a list, numbers are one type."""
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items()}
    if isinstance(value, list):
        return [shape(value[0])]
    return (
        "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
    )


async def answers(sim: SmspvaSimulator, client: Client, clock: ManualClock) -> dict[str, str]:
    """Use every method once, in an order in which each has something to tell."""
    sim.world.shelves.clear()
    sim.stock("opt48", "RU", count=1, price="5")
    got = {name: await client.raw(name, **PERIOD) for name in list(PRINTED)[:3]}
    sim.stock("opt48", "AT", count=82, price="5")
    got["getCountWithProviders"] = await client.raw(
        "getCountWithProviders", path="/rent.php", **PERIOD | {"country": "AT"}
    )
    sim.world.shelves.clear()
    for service in ("opt6", "opt7", "opt89"):
        sim.stock(service, "RU", count=3, price="0.1")
    got["create"] = await client.raw("create", service="opt6", **PERIOD)
    got["create_multi"] = await client.raw("create_multi", services="opt6,opt7", **PERIOD)
    order = sim.orders[0]
    got["activate"] = await client.raw("activate", id=order.id)
    got["orders"] = await client.raw("orders")
    got["add_service_to_order"] = await client.raw(
        "add_service_to_order", id=order.id, service="opt89", pnumber=order.line.phone
    )
    await clock.advance(11 * 60)
    sim.deliver(order.id, "Code Instagram: 671 094.", sender="FACEBOOK")
    got["sms"] = await client.raw("sms", id=order.id)
    got["prolong"] = await client.raw("prolong", id=order.id, dtype="week", dcount="1")
    got["delete"] = await client.raw("delete", id=sim.orders[1].id)
    got["get_rent_history"] = await client.raw("get_rent_history", skip="0", take="10")
    await clock.advance(20 * 24 * 3600)
    got["restore_user_precalc"] = await client.raw("restore_user_precalc", id=f" {order.id}")
    got["restore_user"] = await client.raw("restore_user", id=order.id)
    return got


async def test_every_answer_has_the_printed_shape(
    sim: SmspvaSimulator, client: Client, clock: ManualClock
) -> None:
    """Fields, types and nesting are those of the page, and so is the absence of data."""
    got = await answers(sim, client, clock)
    assert got.keys() == PRINTED.keys()
    for method, text in got.items():
        if method in {"create", "orders"}:
            assert list(json.loads(text)) == ["status", "data"]
        printed, answered = shape(json.loads(PRINTED[method])), shape(json.loads(text))
        if method == "getdataWithProviders":
            assert answered["data"]["services"][0].pop("count") == {"MTS": "number"}
            printed["data"]["services"][0].pop("count")
        assert answered == printed, method


async def test_values(sim: SmspvaSimulator, client: Client, clock: ManualClock) -> None:
    """What the printed fields hold is true of the order."""
    order_id = await client.rent()
    order = sim.order(order_id)
    until = int(clock.now().timestamp()) + 7 * 24 * 3600
    assert await client.order(order_id) == {
        "id": 40370,
        "scode": "opt16",
        "sname": "Instagram",
        "state": 0,
        "pnumber": order.line.phone[1:],
        "ccode": "+7",
        "cname": "RU",
        "hasnewsms": False,
        "until": until,
        "canprolong": True,
        "canprolongmax": 83,
        "canprolonguntil": int(clock.now().timestamp()) + 90 * 24 * 3600,
        "lastonline": int(clock.now().timestamp()),
    }
    assert await client.data("getdata", country="RU") == [
        {"name": "Instagram", "service": "opt16", "price_day": 0.5, "count": 6},
        {"name": "Telegram", "service": "opt29", "price_day": 1.25, "count": 6},
    ]
    assert await client.data("getCountWithProviders", **PERIOD) == {
        "opt16": {"Amount": {"MTS": 2, "Megafon": 2, "Tele2": 2}, "Total": 6},
        "opt29": {"Amount": {"MTS": 2, "Megafon": 2, "Tele2": 2}, "Total": 6},
    }


@pytest.mark.parametrize(
    "method", ["getcountries", "getdata", "getdataWithProviders", "getCountWithProviders"]
)
async def test_looking_around_needs_no_key(client: Client, method: str) -> None:
    """Not all requests want a key: those that tell nothing of an account do without."""
    assert (await client.ask(method, apikey=None, **PERIOD))["status"] == 1


async def test_the_other_shapes(sim: SmspvaSimulator, client: Client) -> None:
    """What the service is known to serve besides can be chosen, one by one."""
    sim.prints = Prints(getdata="services", create="array", sms="SmsList", numbers="strings", extra=True)
    assert (await client.data("getcountries"))[0] == {
        "name": "Россия ",
        "code": "RU",
        "rent_switch_type": "QUEUE",
    }
    listed = await client.data("getdata", country="UK")
    assert listed == {"services": [{"name": "Instagram", "service": "opt16", "price_day": "2", "count": "2"}]}
    (made,) = await client.data("create_multi", services="opt16,", **PERIOD)
    ((same,),) = [await client.data("create", service="opt16", **PERIOD | {"country": "UK"})]
    assert (made["id"], same["id"]) == ("40370", "40371")
    (first, second) = await client.data("orders")
    assert (first["state"], second["state"], first["hasnewsms"]) == ("0", "1", False)
    assert second["provider"] in {"Lycamobile", "O2_UK"}
    sim.deliver("40371", "hello", sender="me")
    assert await client.data("sms", id="40371") == {
        "SmsList": [{"text": "hello", "sender": "me", "date": str(int(sim.clock.now().timestamp()))}],
        "OtherSms": [],
    }


async def test_sms_of_the_other_orders_on_a_number(
    sim: SmspvaSimulator, client: Client, clock: ManualClock
) -> None:
    """Each order lists its own SMS, newest first; where the others are listed, they are apart."""
    sim.prints = Prints(sms="SmsList")
    first, second = await client.data("create_multi", services="opt16,opt29", **PERIOD)
    await client.data("activate", id=str(first["id"]))
    await clock.advance(600)
    for text in ("one", "two"):
        sim.deliver(str(first["id"]), text)
        await clock.advance(1)
    sim.deliver(str(second["id"]), "three")
    data = await client.data("sms", id=str(first["id"]))
    assert [sms["text"] for sms in data["SmsList"]] == ["two", "one"]
    assert [sms["text"] for sms in data["OtherSms"]] == ["three"]


async def test_nothing_is_an_empty_list(client: Client) -> None:
    """Where an object would be empty there is a list, as PHP has it."""
    assert await client.data("getCountWithProviders", country="DE", dtype="week", dcount="1") == []
    assert await client.data("getdata", country="DE") == []
    assert await client.data("orders") == []
    assert await client.data("get_rent_history") == []
