"""The sms-reg adapter against the answers that the page prints and clients have met, over sockets."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain import errors
from bot.domain.errors import Malformed, ProviderError
from bot.domain.money import Money
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers.base import Capability
from bot.providers.http import Http
from bot.providers.registry import PROTOCOLS
from bot.providers.sms_reg import SmsReg
from bot.providers.trade import Bought, Want, Watched
from tests.providers import sms_reg_prints as prints
from tests.support.wire import Wire, reply

KEY = Key("testapikey")
ORDER = Watched("1234567")


@pytest.fixture
def online(wire: Wire, http: Http) -> SmsReg:
    """The adapter, pointed at the server."""
    return SmsReg(replace(prints.RECORD, url=wire.url), http)


def asked(wire: Wire, *methods: str) -> dict[str, str]:
    """Return the form of the last request, without the key, after checking how all of them travelled."""
    assert [(heard.method, heard.target) for heard in wire.heard] == [("POST", f"/{m}.php") for m in methods]
    forms = [heard.form for heard in wire.heard]
    assert {form.pop("apikey") for form in forms} == {"testapikey"}
    return forms[-1]


def test_capabilities(online: SmsReg) -> None:
    """What the page knows is offered; a number cannot be given back, and prices are not told."""
    assert PROTOCOLS["sms_reg"] is SmsReg
    assert online.capabilities == {
        Capability.BAN,
        Capability.RETRY,
        Capability.READY,
        Capability.READY_FIRST,
        Capability.FINISH,
        Capability.LATE_NUMBER,
        Capability.REPEAT,
        Capability.OPERATORS,
        Capability.UNPRICED,
    }


@pytest.mark.parametrize(
    ("written", "amount"), [('"100.00"', "100.00"), ("100.5", "100.5"), ('"7,25"', "7.25"), ("0", "0")]
)
async def test_balance(wire: Wire, online: SmsReg, written: str, amount: str) -> None:
    """The balance is a number, in quotes or without."""
    wire.play(reply(prints.BALANCE.replace('"SUM"', written)))
    assert await online.balance(KEY) == Money(Decimal(amount), "RUB")
    assert asked(wire, "getBalance") == {}


@pytest.mark.parametrize("written", ['"SUM"', "null", "[]", "true", '""'])
async def test_a_balance_that_is_no_number_is_malformed(wire: Wire, online: SmsReg, written: str) -> None:
    """A key is not proved by an answer without a balance, not even by the page's own placeholder."""
    wire.play(reply(prints.BALANCE.replace('"SUM"', written)))
    with pytest.raises(Malformed):
        await online.balance(KEY)


async def test_there_are_no_prices(wire: Wire, online: SmsReg) -> None:
    """Nobody is asked for prices, because no method tells them."""
    assert await online.quotes(KEY, service="telegram", country="ru") == ()
    assert wire.heard == []


async def test_operators_are_the_pages(wire: Wire, online: SmsReg) -> None:
    """The page lists operators for three countries and none elsewhere."""
    assert await online.operators(KEY, "ru") == ("beeline", "mts", "megafon", "tele2")
    assert await online.operators(KEY, "ua") == ("beeline", "kyivstar", "djuice", "mts", "jeans", "life")
    assert await online.operators(KEY, "kz") == ("beeline", "aktiv", "tele2")
    assert await online.operators(KEY, "all") == ()
    assert wire.heard == []


@pytest.mark.parametrize(("operator", "country"), [(None, "ru"), ("mts", "ru_mts")])
async def test_purchase_as_printed(wire: Wire, online: SmsReg, operator: str | None, country: str) -> None:
    """An order comes without its number; the operator is a part of the country's word."""
    wire.play(reply(prints.ORDER))
    assert await online.buy(KEY, Want("telegram", "ru", operator)) == Bought("TZID", None)
    assert asked(wire, "getNum") == {"country": country, "service": "telegram"}


async def test_an_order_id_may_be_a_number(wire: Wire, online: SmsReg) -> None:
    """Ids come in quotes or without, and keep their digits."""
    wire.play(reply('{"response":1,"tzid":83301928}'))
    assert (await online.buy(KEY, Want("vk", "all"))).remote_id == "83301928"


@pytest.mark.parametrize(
    ("body", "phone"),
    [
        ('{"response":"TZ_INPOOL"}', None),
        ('{"response":"TZ_INPOOL","number":""}', None),
        (prints.state("TZ_NUM_PREPARE"), "79251234567"),
        (prints.state("TZ_NUM_WAIT", "+7 925 123-45-67"), "79251234567"),
        (prints.state("TZ_NUM_ANSWER", msg="1"), "79251234567"),
        (prints.state("TZ_OVER_OK", msg="1"), "79251234567"),
        (prints.COUSIN_STATE, "79000000000"),
    ],
)
async def test_the_number_comes_later(wire: Wire, online: SmsReg, body: str, phone: str | None) -> None:
    """While the order is in the pool it has no number; afterwards every state tells it."""
    wire.play(reply(body))
    assert await online.number(KEY, Watched("83301928")) == phone
    assert asked(wire, "getState") == {"tzid": "83301928"}


@pytest.mark.parametrize("number", ["", "NUMBER", "123", "9" * 16])
async def test_a_state_without_its_number_is_malformed(wire: Wire, online: SmsReg, number: str) -> None:
    """A number that should be there and cannot be read is no information."""
    wire.play(reply(prints.state("TZ_NUM_WAIT", number)))
    with pytest.raises(Malformed):
        await online.number(KEY, ORDER)


NOTHING_YET = {
    "pool": '{"response":"TZ_INPOOL"}',
    "prepare": prints.state("TZ_NUM_PREPARE"),
    "wait": prints.state("TZ_NUM_WAIT"),
    "wait-without-msg": prints.state("TZ_NUM_WAIT", msg=None),
    "wait-with-words": prints.state("TZ_NUM_WAIT", msg="waiting for sms"),
    "wait-again": prints.state("TZ_NUM_WAIT2"),
}


@pytest.mark.parametrize("body", NOTHING_YET.values(), ids=NOTHING_YET)
async def test_no_sms_yet(wire: Wire, online: SmsReg, body: str) -> None:
    """Before an SMS nothing in the answer is taken for one."""
    wire.play(reply(body))
    assert await online.check(KEY, ORDER) is None
    assert asked(wire, "getState") == {"tzid": "1234567"}


@pytest.mark.parametrize(
    "word",
    ["TZ_NUM_ANSWER", "TZ_NUM_ANSWER2", "TZ_NUM_WAIT2", "TZ_OVER_OK", "TZ_OVER2_OK", "TZ_OVER2_EMPTY"],
)
async def test_an_sms_is_read_in_every_state_that_has_one(wire: Wire, online: SmsReg, word: str) -> None:
    """Whoever was away when the SMS came still gets it while the order waits again, and after its end."""
    wire.play(reply(prints.state(word, msg="671094")))
    assert await online.check(KEY, ORDER) == Sms("671094", "671094")


@pytest.mark.parametrize(
    ("msg", "code"),
    [
        ("0042", "0042"),
        ("671 094", "671 094"),
        ("12-34-56", "12-34-56"),
        ("G-123456", "G-123456"),
        ("Your code: 1", None),
        ("Код 12 34", None),
        ("7" * 33, None),
    ],
)
async def test_a_code_is_told_from_a_text(wire: Wire, online: SmsReg, msg: str, code: str | None) -> None:
    """One word or groups of digits are a code; a sentence is a text whose code nobody has marked."""
    wire.play(reply(prints.state("TZ_NUM_ANSWER", msg=msg)))
    assert await online.check(KEY, ORDER) == Sms(msg, code)


async def test_a_code_may_be_a_number(wire: Wire, online: SmsReg) -> None:
    """A code without quotes keeps its digits."""
    wire.play(reply(prints.state("TZ_NUM_ANSWER").replace('"msg":""', '"msg":671094')))
    assert await online.check(KEY, ORDER) == Sms("671094", "671094")


@pytest.mark.parametrize("msg", ["", " ", None])
async def test_an_answer_without_its_sms_is_no_information(
    wire: Wire, online: SmsReg, msg: str | None
) -> None:
    """An SMS that is announced and missing is neither an SMS nor none: the question is asked again."""
    wire.play(reply(prints.state("TZ_NUM_ANSWER", msg=msg)))
    with pytest.raises(Malformed):
        await online.check(KEY, ORDER)


ENDS: dict[str, type[ProviderError]] = {
    prints.state("TZ_OVER_OK"): errors.OrderClosed,
    prints.state("TZ_OVER_EMPTY"): errors.OrderExpired,
    prints.NEVER_READY: errors.OrderExpired,
    prints.NOT_REVISED: errors.OrderExpired,
    '{"response":"TZ_OVER_GR"}': errors.OrderClosed,
    '{"response":"TZ_OVER2_OK"}': errors.OrderClosed,
    '{"response":"TZ_DELETED"}': errors.OrderClosed,
    '{"response":"WARNING_NO_NUMS"}': errors.NoNumbers,
    prints.error("WARNING_NO_NUMS"): errors.NoNumbers,
}


@pytest.mark.parametrize(("body", "error"), ENDS.items())
async def test_ends(wire: Wire, online: SmsReg, body: str, error: type[ProviderError]) -> None:
    """An order that is over without an SMS says how, whether its number or its SMS is asked for."""
    wire.play(reply(body))
    for ask in (online.check, online.number):
        with pytest.raises(ProviderError) as told:
            await ask(KEY, ORDER)
        assert type(told.value) is error
        assert told.value.code is not None
        assert told.value.code.startswith(("TZ_", "WARNING_"))


async def test_somebody_elses_state_is_no_information(wire: Wire, online: SmsReg) -> None:
    """A state that names another order brings no code and no end."""
    wire.play(reply('{"response":"TZ_NUM_ANSWER","tzid":"7","number":"79251234567","msg":"1"}'))
    for ask in (online.check, online.number):
        with pytest.raises(Malformed):
            await ask(KEY, ORDER)


@pytest.mark.parametrize(
    "body", [prints.DONE, prints.ORDER, prints.error("setReady to this TZID not applicable")]
)
async def test_ready(wire: Wire, online: SmsReg, body: str) -> None:
    """To say that the SMS was requested does no harm where the order does not take it."""
    wire.play(reply(body))
    await online.ready(KEY, ORDER)
    assert asked(wire, "setReady") == {"tzid": "1234567"}


@pytest.mark.parametrize(
    ("name", "method"),
    [("retry", "setOperationRevise"), ("ban", "setOperationUsed"), ("finish", "setOperationOk")],
)
@pytest.mark.parametrize("answer", [reply(prints.ORDER), reply("", 204)], ids=["printed", "204"])
async def test_actions_as_printed(wire: Wire, online: SmsReg, name: str, method: str, answer: object) -> None:
    """What the provider has done is done, with or without a body."""
    wire.play(answer)  # type: ignore[arg-type]  # a Move, which parametrize does not know
    assert await getattr(online, name)(KEY, ORDER) is None
    assert asked(wire, method) == {"tzid": "1234567"}


_SMS = Sms("1", "1")
NOT_APPLICABLE: list[tuple[str, str, Sms | type[ProviderError] | None]] = [
    ("retry", prints.state("TZ_NUM_WAIT2"), None),
    ("retry", prints.state("TZ_NUM_WAIT2", msg="1"), _SMS),
    ("retry", prints.state("TZ_NUM_ANSWER", msg="1"), _SMS),
    ("retry", prints.state("TZ_NUM_WAIT"), errors.NoSmsYet),
    ("retry", prints.state("TZ_OVER_EMPTY"), errors.OrderExpired),
    ("ban", prints.state("TZ_NUM_ANSWER", msg="1"), _SMS),
    ("ban", prints.state("TZ_NUM_WAIT"), errors.TooLateToCancel),
    ("ban", prints.state("TZ_OVER_GR"), errors.OrderClosed),
    ("finish", prints.state("TZ_OVER_OK", msg="1"), None),
    ("finish", prints.state("TZ_OVER_OK"), None),
    ("finish", prints.state("TZ_OVER_EMPTY"), None),
    ("finish", prints.state("TZ_NUM_PREPARE"), errors.NoSmsYet),
    ("finish", prints.state("TZ_NUM_WAIT2", msg="1"), errors.BadRequest),
    ("finish", prints.error("There is no TZID value"), errors.OrderGone),
]
METHODS = {"retry": "setOperationRevise", "ban": "setOperationUsed", "finish": "setOperationOk"}


@pytest.mark.parametrize(("name", "state", "outcome"), NOT_APPLICABLE)
async def test_an_action_that_is_not_applicable(
    wire: Wire, online: SmsReg, name: str, state: str, outcome: Sms | type[ProviderError] | None
) -> None:
    """The order's state tells why: an SMS that is there is returned, what was done before is done."""
    method = METHODS[name]
    wire.play(reply(prints.error(f"{method} to this TZID not applicable")), reply(state))
    if isinstance(outcome, type):
        with pytest.raises(ProviderError) as told:
            await getattr(online, name)(KEY, ORDER)
        assert type(told.value) is outcome
    else:
        assert await getattr(online, name)(KEY, ORDER) == outcome
    assert asked(wire, method, "getState") == {"tzid": "1234567"}


async def test_repeat(wire: Wire, online: SmsReg) -> None:
    """The same number again is a new order, whose number is asked for like any other's."""
    wire.play(reply(prints.REPEAT.replace("RESPONSE", "1")))
    again = await online.repeat(KEY, ORDER, phone="79251234567", service="telegram")
    assert again == Bought("NEWTZID", None)
    assert asked(wire, "getNumRepeat") == {"tzid": "1234567"}


@pytest.mark.parametrize(
    ("body", "error", "code"),
    [
        (prints.REPEAT.replace("RESPONSE", "0"), errors.NotRepeatable, "0"),
        ('{"response":0}', errors.NotRepeatable, "0"),
        (prints.REPEAT.replace("RESPONSE", "3"), errors.NumberBusy, "3"),
        (prints.error("getNumRepeat to this TZID not applicable"), errors.NotRepeatable, None),
        (prints.REPEAT, errors.OutcomeUnknown, "RESPONSE"),
        (prints.REPEAT.replace("RESPONSE", "2"), errors.OutcomeUnknown, "2"),
    ],
)
async def test_no_repeat(
    wire: Wire, online: SmsReg, body: str, error: type[ProviderError], code: str | None
) -> None:
    """The page tells two numbers for no; any other leaves open what was ordered."""
    wire.play(reply(body))
    with pytest.raises(ProviderError) as told:
        await online.repeat(KEY, ORDER, phone="79251234567", service="telegram")
    assert type(told.value) is error
    assert told.value.code == code
    assert len(wire.heard) == 1
