"""What the document prints, the simulator answers: the printed texts against bodies from the socket.

Where the document elides with ``...`` or comments inside JSON, that part is left out.
"""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from sandbox.getsms import GetSmsSimulator, Prints
from tests.sandbox.getsms.client import Client
from tests.support.clock import ManualClock

BALANCE = """{
   "status": 200,
   "data": {
      "balance": 100,00
   }
}"""

COUNT = """{
   "status": 200,
   "data": {
      "ANY": {
         "vk": {
            "count": 0,
            "price": "5"
         },
         "ok": {
            "count": 0,
            "price": "5"
         },
         "wapp": {
            "count": 1,
            "price": "2"
         },
         "vbr": {
            "count": 10,
            "price": "2"
         }
      }
   }
}"""

COUNT_FAILED = """{
   "status": 500,
   "data": {
      "msg": "Failed to generate a service count"
   }
}"""

NUMBER = """{
   "status": 200,
   "data": {
      "order_id": "377253343",
      "phone": "79969817867",
      "start_time": "2023-02-23T13:11:57.373Z"
   }
}"""

NO_NUMBER = """{
   "status": 500,
   "data": {
      "msg": "No phone number was found for this request",
      "advice": "Please try to retrieve the phone number later, after new numbers become available"
   }
}"""

CODE = """{
   "status": 200,
   "data": {
      "code": "753455",
      "fullSms": "753455",
      "phone": "79969817867",
      "receivedDate": "2023-02-23T13:18:57.373Z",
      "sender": "",
      "id": "377253343",
      "phonePass": ""
   }
}"""

NO_CODE = """{
   "status": 400,
   "data": {
      "msg": "The SMS has not been found yet",
      "advice": "The SMS has probably not been received yet. Please try the request again in 10 seconds"
   }
}"""

CANCELED = """{
   "status": 200,
   "data": {
      "msg": "The phone number order has been canceled"
   }
}"""

BANNED = """{
   "status": 200,
   "data": {
      "msg": "The phone number is banned"
   }
}"""

ALL = """{
 "ru": [
  {
   "vk": {
    "name": "Vkontakte",
    "price": "62.3",
    "count_all": "3712"
   },
   "wa": {
    "name": "Whatsapp",
    "price": "195",
    "count_all": "3740"
   },
   "vi": {
    "name": "Viber",
    "price": "6.55",
    "count_all": "3876"
   },
   "tg": {
    "name": "Telegram",
    "price": "209.49",
    "count_all": "3861"
   }
  }
 ],
 "england": [
  {
   "vk": {
    "name": "Vkontakte",
    "price": "2.28",
    "count_all": "3909"
   },
   "ok": {
    "name": "Ok.ru",
    "price": "38.2",
    "count_all": "4026"
   }
  }
 ]
}"""

ALL_TG = """{
   "ru": {
      "price": "214.15",
      "count_all": "4036"
   },
   "england": {
      "price": "98.67",
      "count_all": "3654"
   },
   "canada": {
      "price": "28.57",
      "count_all": "3970"
   },
   "germany": {
      "price": "295.73",
      "count_all": "1499"
   },
   "ssha": {
      "price": "41.03",
      "count_all": "4459"
   },
   "brazil": {
      "price": "178.28",
      "count_all": "4157"
   }
}"""


@pytest.fixture
def clock() -> ManualClock:
    """The moment at which the document's number was bought."""
    return ManualClock(datetime(2023, 2, 23, 13, 11, 57, 373000, tzinfo=UTC))


def same_but_phone(printed: str, got: Any) -> bool:
    """Whether the answer is the printed one, with any other number of the same shape."""
    expected = json.loads(printed)
    phone = got["data"]["phone"]
    assert phone.startswith("7996")
    assert len(phone) == len(expected["data"]["phone"])
    expected["data"]["phone"] = phone
    return bool(expected == got)


async def test_balance_is_printed_as_in_the_document(client: Client) -> None:
    """The balance keeps its comma and lacks its quotes, which makes the body no JSON."""
    got = await client.raw("getbalance")
    assert "".join(got.text.split()) == "".join(BALANCE.split())
    with pytest.raises(json.JSONDecodeError):
        json.loads(got.text)


@pytest.mark.parametrize(
    ("prints", "printed"),
    [(Prints(balance="point"), "100.00"), (Prints(balance="string"), '"100.00"')],
)
async def test_balance_can_be_printed_otherwise(
    sim: GetSmsSimulator, client: Client, prints: Prints, printed: str
) -> None:
    """The two readable spellings of a balance can be chosen."""
    sim.prints = prints
    assert (await client.raw("getbalance")).text == f'{{"status": 200, "data": {{"balance": {printed}}}}}'


async def test_counts_are_printed_as_in_the_document(sim: GetSmsSimulator, client: Client) -> None:
    """Counts are numbers, prices are strings, ANY is the sum of the operators."""
    for service, count, price in (("vk", 0, "5"), ("ok", 0, "5"), ("wapp", 1, "2"), ("vbr", 10, "2")):
        sim.stock(service, "ru", count, price)
    data = (await client.ask("getcount"))["data"]
    assert data["ANY"] == json.loads(COUNT)["data"]["ANY"]
    assert list(data) == ["ANY", "TELE2", "BEELINE", "MEGAFON", "MTS"]
    operators = [data[name]["vbr"]["count"] for name in data if name != "ANY"]
    assert sum(operators) == 10


async def test_failed_counts_are_printed_as_in_the_document(sim: GetSmsSimulator, client: Client) -> None:
    """A count that cannot be made is status 500 with the printed sentence."""
    sim.fault("internal-error", method="getcount")
    assert await client.ask("getcount") == json.loads(COUNT_FAILED)


async def test_a_number_is_printed_as_in_the_document(client: Client) -> None:
    """A purchase answers with the order, the phone without a plus and the start with milliseconds and Z."""
    assert same_but_phone(NUMBER, await client.ask("getnumber", service="wapp"))


async def test_no_number_is_printed_as_in_the_document(sim: GetSmsSimulator, client: Client) -> None:
    """An empty shelf is status 500 with the printed advice."""
    sim.stock("wapp", "ru", 0, "2")
    assert await client.ask("getnumber", service="wapp") == json.loads(NO_NUMBER)


async def test_a_code_is_printed_as_in_the_document(
    sim: GetSmsSimulator, client: Client, clock: ManualClock
) -> None:
    """The first SMS has the order's id, and both methods print an SMS alike."""
    order_id = await client.buy()
    await clock.advance(7 * 60)
    sim.deliver(order_id, "753455", "753455")
    got = await client.ask("getcode", order_id=order_id)
    assert same_but_phone(CODE, got)
    sim.deliver(order_id, "753455", "753455")
    second = await client.ask("wrongcode", order_id=order_id, last_id=got["data"]["id"])
    assert second["data"].pop("id") != got["data"].pop("id")
    assert second == got


async def test_no_code_yet_is_printed_as_in_the_document(sim: GetSmsSimulator, client: Client) -> None:
    """Waiting is status 400 with the printed advice, for the first SMS and for the next."""
    order_id = await client.buy()
    assert await client.ask("getcode", order_id=order_id) == json.loads(NO_CODE)
    sim.deliver(order_id, "1")
    await client.ask("getcode", order_id=order_id)
    assert await client.ask("wrongcode", order_id=order_id, last_id=order_id) == json.loads(NO_CODE)


async def test_a_sender_and_a_code_nobody_found(sim: GetSmsSimulator, client: Client) -> None:
    """The code may be null beside the full text, and the sender may be there."""
    order_id = await client.buy()
    sim.deliver(order_id, "Hello, it is me", sender="Telegram")
    data = (await client.ask("getcode", order_id=order_id))["data"]
    assert (data["code"], data["fullSms"], data["sender"]) == (None, "Hello, it is me", "Telegram")


async def test_cancel_and_ban_are_printed_as_in_the_document(client: Client) -> None:
    """Giving a number back and banning it answer with the printed sentences."""
    assert await client.ask("refusenumber", order_id=await client.buy()) == json.loads(CANCELED)
    assert await client.ask("bannumber", order_id=await client.buy()) == json.loads(BANNED)


async def test_all_counts_are_printed_as_in_the_document(sim: GetSmsSimulator, client: Client) -> None:
    """Without a service: no envelope, a list of one object per country, names, strings throughout."""
    sim.stock("wapp", "ru", 0, "1")
    expected = json.loads(ALL)
    for country, (services,) in expected.items():
        for service, offer in services.items():
            sim.stock(service, country, int(offer["count_all"]), offer["price"])
    got = await client.ask("getallcount")
    assert got["ru"][0].pop("wapp") == {"name": "wapp", "price": "1", "count_all": "0"}
    assert got == expected


async def test_all_counts_of_one_service_are_printed_as_in_the_document(
    sim: GetSmsSimulator, client: Client
) -> None:
    """With a service: no envelope, one offer per country."""
    expected = json.loads(ALL_TG)
    for country, offer in expected.items():
        sim.stock("tg", country, int(offer["count_all"]), offer["price"])
    assert await client.ask("getallcount", service="tg") == expected


@pytest.mark.parametrize(
    ("numbers", "count", "price", "count_all"),
    [("document", 5, "2", "5"), ("numbers", 5, 2.0, 5), ("strings", "5", "2", "5")],
)
async def test_numbers_and_strings_can_be_chosen(
    sim: GetSmsSimulator, client: Client, numbers: Any, count: object, price: object, count_all: object
) -> None:
    """Counts and prices can all be numbers or all be strings."""
    sim.prints = Prints(numbers=numbers)
    assert (await client.ask("getcount"))["data"]["ANY"] == {"wapp": {"count": count, "price": price}}
    assert await client.ask("getallcount", service="wapp") == {"ru": {"price": price, "count_all": count_all}}


async def test_get_and_post_answer_alike(client: Client) -> None:
    """Every method may be asked by GET and by POST."""
    by_get = await client.raw("getcount", verb="GET")
    assert by_get.json == await client.ask("getcount")


async def test_the_http_status_can_repeat_the_one_in_the_body(sim: GetSmsSimulator, client: Client) -> None:
    """Errors come with HTTP 200, or with their own status where that is chosen."""
    assert (await client.raw("getcode", order_id="1")).status == 200
    sim.prints = Prints(http_status=True)
    got = await client.raw("getcode", order_id="1")
    assert (got.status, got.json["status"]) == (505, 505)


async def test_a_large_balance_keeps_its_digits(sim: GetSmsSimulator, client: Client) -> None:
    """A balance is a decimal with two places, never a float."""
    sim.set_balance("testapikey", Decimal("12345678901234567.5"))
    assert "12345678901234567,50" in (await client.raw("getbalance")).text
