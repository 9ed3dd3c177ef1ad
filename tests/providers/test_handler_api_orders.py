"""Orders at the houses that speak ``handler_api.php``: their status, every status that is set, calls."""

from datetime import UTC, datetime

import pytest

from bot.domain import errors
from bot.domain.errors import Malformed, ProviderError
from bot.domain.sms import Sms
from bot.providers.handler_api import HandlerApi
from bot.providers.http import Http
from bot.providers.trade import Outgoing
from tests.providers import handler_api_prints as prints
from tests.providers.handler_api_house import KEY, ORDER, asked, house
from tests.support.wire import Move, Wire, reply

SEEN_SMS = Sms(
    "Telegram code 123456",
    "123456",
    remote_id="3416693217",
    sender="Telegram",
    received_at=datetime(2026, 2, 16, 9, 36, 59, tzinfo=UTC),
)


@pytest.fixture
def adapter(wire: Wire, http: Http) -> HandlerApi:
    """SMS-Activate on loopback."""
    return house(wire, http)


@pytest.mark.parametrize(
    "printed",
    [
        "STATUS_WAIT_CODE",
        "STATUS_WAIT_READY",
        "STATUS_WAIT_RESEND",
        "STATUS_WAIT_RETRY",
        "STATUS_WAIT_RETRY:",
        "STATUS_WAIT_RETRY:''",
        "STATUS_WAIT_RESEND:100001",  # seen: a tail that means nothing
        "STATUS_WAIT_CODE\n",
        prints.HERO_NOTHING_YET,
        '{"data": []}',
        '{"verificationType": 0, "sms": null, "call": null}',
    ],
)
async def test_waiting(wire: Wire, adapter: HandlerApi, printed: str) -> None:
    """While there is nothing there is nothing."""
    wire.play(reply(printed))
    assert await adapter.check(KEY, ORDER) is None
    assert asked(wire) == {"action": "getStatus", "id": "635468021"}


@pytest.mark.parametrize(
    ("printed", "sms"),
    [
        ("STATUS_OK:12345", Sms("12345", "12345")),
        ("STATUS_OK: 'activation code'", Sms("activation code")),  # the template
        ("STATUS_OK: '12345'", Sms("12345", "12345")),
        ('STATUS_OK:"12345"', Sms("12345", "12345")),
        ("STATUS_OK:КОД_ИЗ_SMS", Sms("КОД_ИЗ_SMS", "КОД_ИЗ_SMS")),  # GetSMS.ONLINE's template
        ("STATUS_ACCESS:КОД_ИЗ_SMS", Sms("КОД_ИЗ_SMS", "КОД_ИЗ_SMS")),  # finished, the code once more
        ("STATUS_OK:AB-12", Sms("AB-12", "AB-12")),
        ("STATUS_OK:Your OpenAI code is 246810", Sms("Your OpenAI code is 246810", "246810")),
        ("STATUS_OK:WhatsApp: 123-456, tell nobody", Sms("WhatsApp: 123-456, tell nobody", "123-456")),
        ("STATUS_OK:4321. Call 88005553535: 4321", Sms("4321. Call 88005553535: 4321", "4321")),
        ("STATUS_OK:From 2024 on: 1111", Sms("From 2024 on: 1111")),  # which of the two?
        ("STATUS_OK:it's 'quoted'", Sms("it's 'quoted'")),
        ("STATUS_OK:Код:\n753455", Sms("Код:\n753455", "753455")),
        ('{"verificationType":0,"sms":{"dateTime":"x","code":"1","text":"is 1"}}', Sms("is 1", "1")),
        (prints.HERO_ALL_SMS, Sms(SEEN_SMS.text, "123456", "1", "Telegram", SEEN_SMS.received_at)),
    ],
)
async def test_an_sms(wire: Wire, adapter: HandlerApi, printed: str, sms: Sms) -> None:
    """A code or a whole text comes as it is, and the code in a text is found where there is just one."""
    wire.play(reply(printed))
    assert await adapter.check(KEY, ORDER) == sms


@pytest.mark.parametrize(
    "printed", ["STATUS_WAIT_RETRY:482917", "STATUS_WAIT_RETRY: '482917'", "STATUS_WAIT_RETRY:'482917'"]
)
async def test_the_previous_code(wire: Wire, adapter: HandlerApi, printed: str) -> None:
    """The code of the round before comes marked as such: it may have been missed."""
    wire.play(reply(printed))
    assert await adapter.check(KEY, ORDER) == Sms("482917", "482917", earlier=True)


@pytest.mark.parametrize(
    ("printed", "error"),
    [
        ("STATUS_CANCEL", errors.OrderClosed),
        ("ACCESS_CANCEL", errors.OrderClosed),  # GetSMS.ONLINE says it here, too
        ("STATUS_ERROR_NUMBER", errors.NumberTrouble),
        ("STATUS_ERROR", errors.ProviderFault),
        ("EARLY_CANCEL_DENIED", Malformed),  # seen: it answers another question
        ("STATUS_OK:", Malformed),  # seen: nothing is not a code
        ("STATUS_OK", Malformed),
        ("STATUS_ACCESS: ''", Malformed),
        ("STATUS_SOMETHING_NEW:1", Malformed),
        ("STATUS_OKAY:123456", Malformed),
        ("123456", Malformed),
        ('{"sms": {"code": ""}}', Malformed),
        ('{"data": "1"}', Malformed),
        ('{"code": "1"}', Malformed),
    ],
)
async def test_what_is_no_status(
    wire: Wire, adapter: HandlerApi, printed: str, error: type[ProviderError]
) -> None:
    """The end of an order has its words; a word that nobody knows ends nothing."""
    wire.play(reply(printed))
    with pytest.raises(ProviderError) as told:
        await adapter.check(KEY, ORDER)
    assert type(told.value) is error


async def test_a_code_in_an_unknown_sentence_is_not_repeated(wire: Wire, adapter: HandlerApi) -> None:
    """What answers a check may be a code, and errors are logged."""
    wire.play(reply("Your code: 987654"), reply("NEW_WORD:987654"))
    for _ in range(2):
        with pytest.raises(Malformed) as told:
            await adapter.check(KEY, ORDER)
        assert "987654" not in str(told.value)


STATUSES = [
    ("getsms", "ready", "1"),
    ("getsms", "retry", "3"),
    ("getsms", "finish", "6"),
    ("getsms", "cancel", "8"),
    ("getsms", "ban", "8"),
    ("getsms_online", "ready", "1"),
    ("getsms_online", "retry", "3"),
    ("getsms_online", "finish", "6"),
    ("getsms_online", "cancel", "-1"),
    ("getsms_online", "ban", "10"),
    ("sms_activate", "ready", "1"),
    ("sms_activate", "retry", "3"),
    ("sms_activate", "finish", "6"),
    ("sms_activate", "cancel", "8"),
    ("sms_activate", "ban", "8"),
]
ANSWERS = {
    "ready": "ACCESS_READY",
    "retry": "ACCESS_RETRY_GET",
    "finish": "ACCESS_ACTIVATION",
    "cancel": "ACCESS_CANCEL",
    "ban": "ACCESS_CANCEL",
}


@pytest.mark.parametrize(("dialect", "operation", "status"), STATUSES)
async def test_every_status(wire: Wire, http: Http, dialect: str, operation: str, status: str) -> None:
    """Every action is a status, by the house's own number, and is done when its word is said."""
    wire.play(reply(ANSWERS[operation]))
    assert await getattr(house(wire, http, dialect), operation)(KEY, ORDER) is None
    assert asked(wire) == {"action": "setStatus", "id": "635468021", "status": status}
    assert len(wire.heard) == 1


@pytest.mark.parametrize("operation", ANSWERS)
@pytest.mark.parametrize("body", ["ACCESS_NOTHING", "STATUS_OK:12345", "[]", "{}", '{"status":"4"}', "OK"])
async def test_a_status_that_is_not_confirmed(
    wire: Wire, adapter: HandlerApi, operation: str, body: str
) -> None:
    """Nothing is done unless the right word says so."""
    wire.play(reply(body))
    with pytest.raises(Malformed):
        await getattr(adapter, operation)(KEY, ORDER)


@pytest.mark.parametrize(("said", "done"), [("ready", "retry"), ("retry", "ready"), ("cancel", "retry")])
async def test_the_word_of_another_status(wire: Wire, adapter: HandlerApi, said: str, done: str) -> None:
    """The word of one action does not confirm another."""
    wire.play(reply(ANSWERS[said]))
    with pytest.raises(Malformed):
        await getattr(adapter, done)(KEY, ORDER)


@pytest.mark.parametrize("operation", ANSWERS)
@pytest.mark.parametrize("move", [reply("", 204), reply('{"status":"success"}')])
async def test_done_without_a_word(wire: Wire, adapter: HandlerApi, operation: str, move: Move) -> None:
    """HTTP 204, and success in JSON, confirm whatever was asked."""
    wire.play(move)
    assert await getattr(adapter, operation)(KEY, ORDER) is None


@pytest.mark.parametrize("said", ["ACCESS_RETRY_GET", "ACCESS_READY", "ACCESS_ACTIVATION"])
async def test_an_sms_sent_once_more(wire: Wire, adapter: HandlerApi, said: str) -> None:
    """An order that waits for the SMS to be sent again is told so by the status that its page names."""
    wire.play(reply("BAD_STATUS"), reply("STATUS_WAIT_RESEND"), reply(said))
    await adapter.ready(KEY, ORDER)
    assert asked(wire) == {"action": "setStatus", "id": "635468021", "status": "6"}


async def test_an_sms_that_need_not_be_sent_once_more(wire: Wire, adapter: HandlerApi) -> None:
    """Nothing else is ever set in its place: the same number would complete another order."""
    wire.play(reply("BAD_STATUS"), reply("STATUS_OK:1"))
    with pytest.raises(errors.BadRequest):
        await adapter.ready(KEY, ORDER)
    assert [heard.form["action"] for heard in wire.heard] == ["setStatus", "getStatus"]


async def test_forwarding_names_where_to(wire: Wire, adapter: HandlerApi) -> None:
    """A forwarded number is made ready with the phone that it forwards to."""
    wire.play(reply("ACCESS_READY"))
    await adapter.ready(KEY, ORDER, forward_to="79261234567")
    assert asked(wire)["forward"] == "79261234567"


@pytest.mark.parametrize("operation", ["cancel", "ban"])
@pytest.mark.parametrize(
    "said",
    [
        "ACCESS_CANCEL",
        "ACCESS_ERROR_NUMBER_GET",
        "ACCESS_CANCEL_ALREADY",
        "ALREADY_CANCELED",
        "ACCESS_CANCEL: refunded",
    ],
)
async def test_given_back_in_other_words(wire: Wire, adapter: HandlerApi, operation: str, said: str) -> None:
    """Giving a number back that is given back already is done, too."""
    wire.play(reply(said))
    assert await getattr(adapter, operation)(KEY, ORDER) is None


async def test_completed_instead_of_given_back(wire: Wire, adapter: HandlerApi) -> None:
    """An order that was completed was not given back."""
    wire.play(reply("ACCESS_ACTIVATION"))
    with pytest.raises(errors.OrderClosed):
        await adapter.cancel(KEY, ORDER)


@pytest.mark.parametrize("move", [reply("EARLY_CANCEL_DENIED", 400), reply(prints.HERO_EARLY_CANCEL, 409)])
async def test_too_early(wire: Wire, adapter: HandlerApi, move: Move) -> None:
    """In its first minutes a number cannot be given back; both styles say so."""
    wire.play(move)
    with pytest.raises(errors.TooEarlyToCancel):
        await adapter.cancel(KEY, ORDER)


async def test_an_sms_is_in_the_way(wire: Wire, adapter: HandlerApi) -> None:
    """A refusal because of an SMS says so, or brings the SMS itself."""
    wire.play(reply(prints.HERO_OTP, 409), reply(prints.HERO_NEW_OTP, 409))
    with pytest.raises(errors.SmsIsThere):
        await adapter.cancel(KEY, ORDER)
    assert await adapter.cancel(KEY, ORDER) == SEEN_SMS


@pytest.mark.parametrize(
    "body",
    [
        '{"title":"NEW_OTP_RECEIVED"}',
        '{"title":"NEW_OTP_RECEIVED","info":{"data":[{"type":"call","code":"1"}]}}',
        '{"title":"NEW_OTP_RECEIVED","info":{"data":"1"}}',
        "NEW_OTP_RECEIVED",
    ],
)
async def test_an_sms_that_is_not_told(wire: Wire, adapter: HandlerApi, body: str) -> None:
    """Where the refusal brings none, the SMS is left to the next check."""
    wire.play(reply(body, 409))
    with pytest.raises(errors.SmsIsThere):
        await adapter.ban(KEY, ORDER)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("STATUS_WAIT_CODE", errors.TooLateToCancel),
        ("STATUS_WAIT_RETRY:12345", errors.TooLateToCancel),
        ("STATUS_CANCEL", errors.OrderClosed),
        ("NO_ACTIVATION", errors.OrderGone),
        ("STATUS_OK:", Malformed),
    ],
)
async def test_a_wrong_status_is_looked_into(
    wire: Wire, adapter: HandlerApi, status: str, error: type[ProviderError]
) -> None:
    """When a number cannot be given back in its state, the state is asked for."""
    wire.play(reply("BAD_STATUS"), reply(status))
    with pytest.raises(ProviderError) as told:
        await adapter.cancel(KEY, ORDER)
    assert type(told.value) is error
    assert asked(wire) == {"action": "getStatus", "id": "635468021"}


async def test_a_wrong_status_because_of_an_sms(wire: Wire, adapter: HandlerApi) -> None:
    """A code that kept a number from being given back is delivered."""
    wire.play(reply("BAD_STATUS"), reply("STATUS_OK:12345"))
    assert await adapter.cancel(KEY, ORDER) == Sms("12345", "12345")


async def test_finishing_one_of_several_sms(wire: Wire, http: Http) -> None:
    """The printed answer that names a next order says that this one is finished, too."""
    wire.play(reply("ACCESS_NUMBER:124:79501231234"))
    await house(wire, http, "getsms_online").finish(KEY, ORDER)
    assert asked(wire) == {"action": "setStatus", "id": "635468021", "status": "6"}


@pytest.mark.parametrize(
    ("body", "caller"),
    [
        (prints.INCOMING_CALL, None),
        ('{"status":"2","phone":"79991234567"}', "79991234567"),
        ('{"status":3,"phone":79991234567}', "79991234567"),
        ('{"status":2,"phone":""}', None),
    ],
)
async def test_an_incoming_call(wire: Wire, adapter: HandlerApi, body: str, caller: str | None) -> None:
    """Who called is told once somebody has."""
    wire.play(reply(body))
    assert await adapter.call_status(KEY, ORDER) == caller
    assert asked(wire) == {"action": "getIncomingCallStatus", "activationId": "635468021"}


@pytest.mark.parametrize("status", ["3", "4", "5"])
async def test_nobody_called(wire: Wire, adapter: HandlerApi, status: str) -> None:
    """An order that ended without a call is closed."""
    wire.play(reply(f'{{"status":{status},"phone":false}}'))
    with pytest.raises(errors.OrderClosed):
        await adapter.call_status(KEY, ORDER)


@pytest.mark.parametrize("body", ["{}", "[]", '{"phone":"1"}', '{"status":"2"}', "OK"])
async def test_no_status_of_a_call(wire: Wire, adapter: HandlerApi, body: str) -> None:
    """Half an answer is no information."""
    wire.play(reply(body))
    with pytest.raises(Malformed):
        await adapter.call_status(KEY, ORDER)


async def test_an_outgoing_call(wire: Wire, adapter: HandlerApi) -> None:
    """A call is ordered, and is in the list of calls afterwards; both answers as printed."""
    wire.play(reply(prints.CALL_TASK), reply(prints.OUTGOING_CALLS), reply("[]"))
    await adapter.call_out(KEY, ORDER, "78006007664")
    assert asked(wire) == {
        "action": "createTaskForCall",
        "activationId": "635468021",
        "phone": "78006007664",
    }
    call = Outgoing("958874106", "2022-07-29 16:03:23", "79912556393", "IN_PROCESS")
    assert await adapter.outgoing(KEY, ORDER) == (call,)
    assert asked(wire) == {"action": "getOutgoingCalls", "activationId": "635468021"}
    assert await adapter.outgoing(KEY, ORDER) == ()


@pytest.mark.parametrize("body", ["[1]", '{"1": 2}', '{"1": {"date": "x"}}', '"x"'])
async def test_no_list_of_calls(wire: Wire, adapter: HandlerApi, body: str) -> None:
    """A list without anything readable in it is no list."""
    wire.play(reply(body))
    with pytest.raises(Malformed):
        await adapter.outgoing(KEY, ORDER)
