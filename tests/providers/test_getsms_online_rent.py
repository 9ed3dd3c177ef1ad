"""Renting at GetSMS.ONLINE: what is asked, what answers mean, what is refused, and bad days."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from bot.domain import errors
from bot.domain.errors import Malformed, OutcomeUnknown, ProviderError, RateLimited, Unreachable
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers import getsms_online_rent as adapter
from bot.providers import loose
from bot.providers.base import Record
from bot.providers.calls import Answer, Call, Kind
from bot.providers.getsms_online_rent import GetSmsOnlineRent
from bot.providers.handler_api_reply import Reply
from bot.providers.handler_api_words import Method
from bot.providers.http import Http
from bot.providers.lease import Held, LeaseState, Listed, RentalCapability, Rented, RentWant
from tests.providers import getsms_online_rent_prints as prints
from tests.providers.rubbish import STATUSES, bodies, judge
from tests.support.clock import ManualClock
from tests.support.pace import in_time
from tests.support.wire import Move, Wire, cut, hang, reply, reset, vanish

KEY = Key("123456789")
HELD = Held("79801212123", "79801212123")
DAY = Period(Unit.DAY, 1)
WANT = RentWant(None, "", DAY)

Ask = Callable[[GetSmsOnlineRent], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "prove": lambda a: a.prove(KEY),
    "listed": lambda a: a.listed(KEY),
    "sms": lambda a: a.sms(KEY, HELD),
}
EVERY: dict[str, Ask] = {**FREE, "rent": lambda a: a.rent(KEY, WANT)}


def record(url: str) -> Record:
    """Return GetSMS.ONLINE at this address."""
    return Record("online", "GetSMS.ONLINE", url, "getsms_online_rent", "RUB", "getsms_online", url)


def asked(wire: Wire) -> dict[str, str]:
    """Return the form of the newest request, without the key, after checking how it travelled."""
    heard = wire.heard[-1]
    assert (heard.method, heard.target) == ("POST", "/stubs/handler_api.php")
    form = heard.form
    assert form.pop("api_key") == "123456789"
    return form


@pytest.fixture
def rent(wire: Wire, http: Http) -> GetSmsOnlineRent:
    """The adapter, pointed at the server."""
    return GetSmsOnlineRent(record(wire.url), http)


async def refused(rent: GetSmsOnlineRent, ask: Ask) -> ProviderError:
    """Return the error that a question ends with."""
    with pytest.raises(ProviderError) as told:
        await ask(rent)
    return told.value


def test_what_there_is(rent: GetSmsOnlineRent) -> None:
    """A whole number, for a day, and nothing can be done with it but to read its SMS."""
    assert rent.capabilities == {RentalCapability.WHOLE}
    assert rent.terms.periods == (DAY,)


@pytest.mark.parametrize("body", [prints.LIST, "RENT_LIST_EMPTY"])
async def test_proof_of_a_key(wire: Wire, rent: GetSmsOnlineRent, body: str) -> None:
    """The list of rentals proves a key, an empty one too."""
    wire.play(reply(body))
    await rent.prove(KEY)
    assert asked(wire) == {"action": "getRentList"}


@pytest.mark.parametrize("number", ["79801212123", "+79801212123", " 79801212123 "])
async def test_renting_as_printed(wire: Wire, rent: GetSmsOnlineRent, number: str) -> None:
    """The number is all that is told; it stands for an id."""
    wire.play(reply(prints.rented(number)))
    assert await rent.rent(KEY, WANT) == Rented("79801212123", "79801212123")
    assert asked(wire) == {"action": "getRentOneDay"}


async def test_a_day_in_hours(wire: Wire, rent: GetSmsOnlineRent) -> None:
    """24 hours are a day."""
    wire.play(reply("success:79801212123"))
    await rent.rent(KEY, RentWant(None, "ru", Period(Unit.HOUR, 24)))
    assert len(wire.heard) == 1


@pytest.mark.parametrize(
    "want",
    [
        RentWant(None, "", Period(Unit.DAY, 2)),
        RentWant(None, "", Period(Unit.HOUR, 4)),
        RentWant("tg", "", DAY),
        RentWant(None, "", DAY, operator="mts"),
    ],
)
async def test_what_cannot_be_chosen(wire: Wire, rent: GetSmsOnlineRent, want: RentWant) -> None:
    """Another time, a service or an operator is turned down before anything is sent."""
    with pytest.raises(errors.NotOffered):
        await rent.rent(KEY, want)
    assert wire.heard == []


@pytest.mark.parametrize("body", [prints.RENTED, "success:", "success", "success: soon", "79801212123"])
async def test_half_a_rental(wire: Wire, rent: GetSmsOnlineRent, body: str) -> None:
    """Without a number nobody knows what was rented."""
    wire.play(reply(body))
    assert type(await refused(rent, EVERY["rent"])) is OutcomeUnknown


STARTED = datetime(2018, 10, 29, 8, 7, 55, tzinfo=UTC)
ENDS = datetime(2019, 3, 27, 8, 7, 55, tzinfo=UTC)


@pytest.mark.parametrize("body", [prints.LIST, json.dumps(loose.parse(prints.LIST))])
async def test_list_as_printed(wire: Wire, rent: GetSmsOnlineRent, body: str) -> None:
    """Bare keys as printed, or proper JSON: a number, its beginning and its end."""
    wire.play(reply(body))
    assert await rent.listed(KEY) == tuple(
        Listed(number, number, LeaseState.ACTIVE, until=ENDS, started_at=STARTED)
        for number in ("79801212123", "79801212124")
    )
    assert asked(wire) == {"action": "getRentList"}


@pytest.mark.parametrize(
    "body",
    [
        "RENT_LIST_EMPTY",
        '{"response":"1","description":"RENT_LIST_EMPTY"}',
        '{"response":"0","description":"success","data":{"rents":[]}}',
        '{"response":0,"description":"success","data":[]}',
    ],
)
async def test_no_rentals(wire: Wire, rent: GetSmsOnlineRent, body: str) -> None:
    """A word, or an empty list in any shape."""
    wire.play(reply(body))
    assert await rent.listed(KEY) == ()


PROPER = (
    '{"response":"0","items":[{"id_message":"123","date":"1551809583","sender":"7900000001","text":"text1"},'
    '{"id_message":122,"date":1551809443,"sender":7900000001,"text":"text2"}]}'
)


@pytest.mark.parametrize("body", [prints.SMS, PROPER])
async def test_sms_as_printed(wire: Wire, rent: GetSmsOnlineRent, body: str) -> None:
    """Bare keys and a comma that is missing, as printed, or proper JSON; told are they oldest first."""
    wire.play(reply(body))
    assert await rent.sms(KEY, HELD) == (
        Sms("text2", None, "122", "7900000001", datetime(2019, 3, 5, 18, 10, 43, tzinfo=UTC)),
        Sms("text1", None, "123", "7900000001", datetime(2019, 3, 5, 18, 13, 3, tzinfo=UTC)),
    )
    assert asked(wire) == {"action": "getRentNumberSMS", "number": "79801212123", "count": "100"}


async def test_a_text_that_looks_like_the_rest(wire: Wire, rent: GetSmsOnlineRent) -> None:
    """Braces, colons and quotes inside a text stay there, in the sloppy form too."""
    text = 'He said "id: 5", {ok}'
    row = f'{{ id_message: "1" date: "1551809583" sender: "Bank" text: {json.dumps(text)} }}'
    wire.play(reply(f'{{"response":"0","items":[{row}]}}'))
    (sms,) = await rent.sms(KEY, HELD)
    assert sms.text == text


async def test_no_sms_yet(wire: Wire, rent: GetSmsOnlineRent) -> None:
    """An empty list: nothing has come."""
    wire.play(reply('{"response":"0","items":[]}'))
    assert await rent.sms(KEY, HELD) == ()


@pytest.mark.parametrize("name", ["listed", "sms"])
@pytest.mark.parametrize(
    "body",
    [
        '{"response":"0"}',
        '{"response":"0","items":null,"data":null}',
        '{"response":"0","items":[{}],"data":{"rents":[{}]}}',
        '{"response":"0","items":[7],"data":{"rents":[7]}}',
        '{"response":"0","items":"none","data":{"rents":"none"}}',
        '{"response":"7","description":"STRANGE"}',
        '{"response":"7"}',
        '{"response":[],"items":[],"data":[]}',
        '{"items":[],"data":{"rents":[]}}',
        "STRANGE",
        "STATUS_CANCEL",
    ],
)
async def test_nonsense_for_lists(wire: Wire, rent: GetSmsOnlineRent, name: str, body: str) -> None:
    """Nonsense is no empty list, and a word that nobody knows is no news."""
    wire.play(reply(body))
    assert type(await refused(rent, EVERY[name])) is Malformed


@pytest.mark.parametrize("dash", [" -", "", "-"])
@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        (prints.TOO_LOW, errors.LowBalance),
        (prints.NO_NUMBERS, errors.NoNumbers),
        (prints.TRY_AGAIN, OutcomeUnknown),
    ],
)
async def test_refusals_that_are_sentences(
    wire: Wire, rent: GetSmsOnlineRent, said: str, meaning: type[ProviderError], dash: str
) -> None:
    """With the printed dash and without it; who should "try again" may have bought all the same."""
    wire.play(reply(said.removesuffix(" -") + dash))
    error = await refused(rent, EVERY["rent"])
    assert type(error) is (OutcomeUnknown if dash == "-" else meaning)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("NO_KEY", errors.KeyRejected),
        ("NO_ACTION", errors.BadRequest),
        ("BAD_KEY", errors.KeyRejected),
        ("BAD_ACTION", errors.BadRequest),
        ("ERROR_SQL", errors.ProviderFault),
    ],
)
async def test_refusals_of_every_method(
    wire: Wire, rent: GetSmsOnlineRent, name: str, word: str, meaning: type[ProviderError]
) -> None:
    """Five words are printed under each method; a fault on their side leaves a purchase open."""
    wire.play(reply(word))
    unsure = name == "rent" and meaning is errors.ProviderFault
    assert type(await refused(rent, EVERY[name])) is (OutcomeUnknown if unsure else meaning)


@pytest.mark.parametrize("body", ["WRONG_NUMBER", '{"response":"1","description":"WRONG_NUMBER"}'])
async def test_a_number_that_is_not_rented(wire: Wire, rent: GetSmsOnlineRent, body: str) -> None:
    """``WRONG_NUMBER``: the provider does not know the rental."""
    wire.play(reply(body))
    error = await refused(rent, EVERY["sms"])
    assert (type(error), error.code) == (errors.OrderGone, "WRONG_NUMBER")


UGLY: dict[str, tuple[Move, type[ProviderError]]] = {
    "html": (reply("<html><body>Rent</body></html>"), Malformed),
    "empty": (reply(""), Malformed),
    "204": (reply("", 204), Malformed),
    "cut": (cut(prints.LIST), Unreachable),
    "half": (reply(prints.LIST[:60]), Malformed),
    "two halves": (reply(prints.SMS[:130]), Malformed),
    "502": (reply("<html>502 Bad Gateway</html>", 502), Unreachable),
    "429": (reply('{"message": "Too Many Attempts."}', 429), RateLimited),
    "cloudflare": (reply("error code: 1020", 403), RateLimited),
    "vanish": (vanish, Unreachable),
    "reset": (reset, Unreachable),
    "hang": (hang, Unreachable),
}


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize("ugly", UGLY)
async def test_free_calls_on_a_bad_day(
    wire: Wire, rent: GetSmsOnlineRent, clock: ManualClock, ugly: str, name: str
) -> None:
    """Whatever goes wrong has its name, and none of the names ends an order."""
    move, error = UGLY[ugly]
    wire.play(move)
    with pytest.raises(ProviderError) as told:
        await in_time(clock, FREE[name](rent))
    assert type(told.value) is error


READERS: dict[str, tuple[Kind, Method, Callable[[Reply], Any]]] = {
    "rented": (Kind.PAID, adapter.GET_ONE_DAY, adapter.read_rented),
    "listed": (Kind.POLL, adapter.GET_LIST, adapter.read_listed),
    "sms": (Kind.POLL, adapter.GET_SMS, adapter.read_sms),
}
WORDS = ["response", "description", "items", "data", "rents", "number", "time_end", "text", "date", "sender"]
ENVELOPE = '{"response":"0","items":[{"text":"1"}],"data":{"rents":[]}}'


@pytest.mark.parametrize("name", READERS)
@given(status=STATUSES, body=bodies([*prints.PRINTED, ENVELOPE], [*WORDS, "id_message", "message", "status"]))
def test_any_bytes(name: str, status: int, body: bytes) -> None:
    """No answer crashes a reader, all text that comes out can be stored, none is gone without the word."""
    kind, method, read = READERS[name]
    form: dict[str, str | Key] = {"number": HELD.phone, "api_key": KEY}
    call = Call(record("http://x"), name, "/", form, kind)

    def reading(call: Call, answer: Answer) -> Any:
        try:
            return read(Reply(call, answer, method))
        except errors.OrderGone:
            assert b"WRONG_NUMBER" in body
            raise

    judge(reading, call, Answer(status, body), "123456789")
