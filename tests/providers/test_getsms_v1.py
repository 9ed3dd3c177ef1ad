"""The Get-SMS adapter against the answers that its page prints, over sockets."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.domain import errors
from bot.domain.errors import OutcomeUnknown
from bot.domain.money import Money
from bot.domain.offers import Quote
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers.base import Capability
from bot.providers.getsms_v1 import GetSmsV1
from bot.providers.trade import Bought, Want, Watched
from tests.providers import getsms_prints as prints
from tests.support.wire import Move, Wire, reply

KEY = Key("testapikey")
FRESH = Watched("377253343")
READ_ONCE = Watched("377253343", "377253343")
RECEIVED = datetime(2023, 2, 23, 13, 18, 57, 373000, UTC)
PRINTED_SMS = Sms("753455", "753455", "377253343", None, RECEIVED)


def rub(amount: str) -> Money:
    """Return roubles."""
    return Money(Decimal(amount), "RUB")


def accepted(data: str, status: str = "200") -> Move:
    """Return the answer whose ``data`` is this JSON text."""
    return reply(f'{{"status": {status}, "data": {data}}}')


def asked(wire: Wire) -> dict[str, str]:
    """Return the form of the only request, without the key, after checking how it travelled."""
    (heard,) = wire.heard
    assert (heard.method, heard.target) == ("POST", "/api/v1/")
    form = heard.form
    assert form.pop("userkey") == "testapikey"
    return form


def test_capabilities(getsms: GetSmsV1) -> None:
    """Everything beyond buying and checking that the page knows is offered."""
    assert getsms.capabilities == {
        Capability.CANCEL,
        Capability.BAN,
        Capability.RETRY,
        Capability.FOLLOW_UP,
    }


async def test_balance_as_printed(wire: Wire, getsms: GetSmsV1) -> None:
    """``100,00`` without quotes is a hundred roubles, JSON or not."""
    wire.play(reply(prints.BALANCE))
    assert await getsms.balance(KEY) == rub("100.00")
    assert asked(wire) == {"method": "getbalance"}


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("100.00", "100.00"),
        ('"100.00"', "100.00"),
        ('"100,50"', "100.50"),
        ("100", "100"),
        ("0", "0"),
        ("-3,5", "-3.5"),
        ('" 7 "', "7"),
    ],
)
async def test_balance_in_other_spellings(wire: Wire, getsms: GetSmsV1, written: str, amount: str) -> None:
    """Numbers come with a point or a comma, in quotes or without."""
    wire.play(accepted(f'{{"balance": {written}}}', '"200"'))
    assert await getsms.balance(KEY) == rub(amount)


@pytest.mark.parametrize("written", ["null", '""', '"many"', "true", "[]", "{}", "1e5", '"1 000"', "NaN"])
async def test_a_balance_that_is_no_number_is_malformed(wire: Wire, getsms: GetSmsV1, written: str) -> None:
    """A key is not proved by an answer without a balance."""
    wire.play(accepted(f'{{"balance": {written}}}'))
    with pytest.raises(errors.Malformed):
        await getsms.balance(KEY)


async def test_country_as_printed(wire: Wire, getsms: GetSmsV1) -> None:
    """``getcount`` tells one country; ``ANY`` is no operator."""
    wire.play(reply(prints.COUNT))
    assert await getsms.quotes(KEY, country="indonesia") == (
        Quote("vk", "indonesia", rub("5"), 0),
        Quote("ok", "indonesia", rub("5"), 0),
        Quote("wapp", "indonesia", rub("2"), 1),
        Quote("vbr", "indonesia", rub("2"), 10),
    )
    assert asked(wire) == {"method": "getcount", "country": "indonesia"}


async def test_country_by_operator(wire: Wire, getsms: GetSmsV1) -> None:
    """Rows of operators keep their names, a service picks its own, and numbers may be in quotes or not."""
    wire.play(
        reply(
            '{"status": 200, "data": {"ANY": {"vk": {"count": "3", "price": 5.5}, "ok": {"count": 1}}'
            ', "TELE2": {"vk": {"count": 2, "price": "6,25"}}, "MTS": []}}'
        )
    )
    assert await getsms.quotes(KEY, country="ru", service="vk") == (
        Quote("vk", "ru", rub("5.5"), 3),
        Quote("vk", "ru", rub("6.25"), 2, operator="TELE2"),
    )


async def test_everything_as_printed(wire: Wire, getsms: GetSmsV1) -> None:
    """``getallcount`` without a service tells all countries and services, with their names."""
    wire.play(reply(prints.ALL_COUNT))
    assert await getsms.quotes(KEY) == (
        Quote("vk", "ru", rub("62.3"), 3712, name="VK"),
        Quote("wa", "ru", rub("195"), 3740, name="Whatsapp"),
        Quote("vi", "ru", rub("6.55"), 3876, name="Viber"),
        Quote("tg", "ru", rub("209.49"), 3861, name="Telegram"),
        Quote("ask", "ru", rub("8.98"), 3525, name="SVOE"),
        Quote("vk", "england", rub("2.28"), 3909, name="VK"),
        Quote("ok", "england", rub("38.2"), 4026, name="Ok.ru"),
        Quote("atp", "england", rub("2.13"), 3979, name="Vonage"),
    )
    assert asked(wire) == {"method": "getallcount"}


async def test_one_service_as_printed(wire: Wire, getsms: GetSmsV1) -> None:
    """``getallcount`` with a service tells its price in every country."""
    wire.play(reply(prints.ALL_COUNT_OF_SERVICE))
    assert await getsms.quotes(KEY, service="tg") == (
        Quote("tg", "ru", rub("214.15"), 4036),
        Quote("tg", "england", rub("98.67"), 3654),
        Quote("tg", "canada", rub("28.57"), 3970),
        Quote("tg", "germany", rub("295.73"), 1499),
        Quote("tg", "ssha", rub("41.03"), 4459),
        Quote("tg", "brazil", rub("178.28"), 4157),
    )
    assert asked(wire) == {"method": "getallcount", "service": "tg"}


@pytest.mark.parametrize(
    "body",
    [
        prints.ALL_COUNT,
        '{"ru": {"tg": {"name": "Telegram", "price": 209.49, "count_all": 3861}}, "england": []}',
        '{"status": 200, "data": {"ru": [{"tg": {"price":"209,49","count_all":3861,"name":"Telegram"}}]}}',
    ],
)
async def test_one_service_in_other_shapes(wire: Wire, getsms: GetSmsV1, body: str) -> None:
    """A full list where one service was asked for is searched; lists may be objects, envelopes may appear."""
    wire.play(reply(body))
    assert await getsms.quotes(KEY, service="tg") == (
        Quote("tg", "ru", rub("209.49"), 3861, name="Telegram"),
    )


@pytest.mark.parametrize("body", ["{}", "[]", '{"ru": []}'])
async def test_nothing_on_offer(wire: Wire, getsms: GetSmsV1, body: str) -> None:
    """Empty lists are an answer: there is nothing."""
    wire.play(reply(body))
    assert await getsms.quotes(KEY, service="tg") == ()


async def test_rows_that_cannot_be_read_are_left_out(wire: Wire, getsms: GetSmsV1) -> None:
    """One broken row does not hide the others, an unreadable count is an unknown stock."""
    wire.play(
        reply(
            '{"ru": {"price": "5", "count_all": null}, "england": {"price": "free"}, '
            '"canada": {"price": -1}, "x": 7}'
        )
    )
    assert await getsms.quotes(KEY, service="tg") == (Quote("tg", "ru", rub("5"), None),)


@pytest.mark.parametrize(
    "body",
    ['{"ru": {"price": "free"}}', '{"ru": {"price": null}, "usa": {"price": []}}', "[1, 2]", '"ru"', "7"],
)
async def test_prices_without_any_price_are_malformed(wire: Wire, getsms: GetSmsV1, body: str) -> None:
    """An answer that says nothing is not an empty shop."""
    wire.play(reply(body))
    with pytest.raises(errors.Malformed):
        await getsms.quotes(KEY, service="tg")


async def test_bare_prices_without_a_service_are_malformed(wire: Wire, getsms: GetSmsV1) -> None:
    """A price of nothing in particular cannot be sold."""
    wire.play(reply(prints.ALL_COUNT_OF_SERVICE))
    with pytest.raises(errors.Malformed):
        await getsms.quotes(KEY)


async def test_purchase_as_printed(wire: Wire, getsms: GetSmsV1) -> None:
    """A purchase tells order, phone and, with a zone, when it began."""
    wire.play(reply(prints.NUMBER))
    bought = await getsms.buy(KEY, Want("vk", "ru"))
    assert bought == Bought("377253343", "79969817867", datetime(2023, 2, 23, 13, 11, 57, 373000, UTC))
    assert asked(wire) == {"method": "getnumber", "service": "vk", "country": "ru"}


async def test_purchase_of_an_operator(wire: Wire, getsms: GetSmsV1) -> None:
    """The operator travels along; numbers without quotes, a plus and a time without a zone are fine."""
    wire.play(
        reply(
            '{"status": "200", "data": {"order_id": 377253343, "phone": "+7 996 981-78-67", '
            '"start_time": "2023-02-23 13:11:57"}}'
        )
    )
    bought = await getsms.buy(KEY, Want("vk", "ru", "TELE2"))
    assert bought == Bought("377253343", "79969817867", None)
    assert asked(wire)["operator"] == "TELE2"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ('{"order_id": "377253343"}', "order_id 377253343"),
        ('{"order_id": 377253343, "phone": null}', "order_id 377253343"),
        ('{"order_id": 377253343, "phone": "soon"}', "order_id 377253343"),
        ('{"phone": "79969817867"}', None),
        ('{"order_id": "", "phone": "79969817867"}', None),
        ('{"order_id": true, "phone": "79969817867"}', None),
        ("{}", None),
        ("[]", None),
    ],
)
async def test_an_incomplete_purchase_is_an_unknown_outcome(
    wire: Wire, getsms: GetSmsV1, data: str, text: str | None
) -> None:
    """Something was bought; what is known of it travels with the error."""
    wire.play(accepted(data))
    with pytest.raises(OutcomeUnknown) as told:
        await getsms.buy(KEY, Want("vk", "ru"))
    assert told.value.text == text
    assert len(wire.heard) == 1


async def test_first_sms_as_printed(wire: Wire, getsms: GetSmsV1) -> None:
    """Before any SMS is known, ``getcode`` is asked."""
    wire.play(reply(prints.CODE))
    assert await getsms.check(KEY, FRESH) == PRINTED_SMS
    assert asked(wire) == {"method": "getcode", "order_id": "377253343"}


@pytest.mark.parametrize("operation", ["check", "retry"])
async def test_further_sms_as_printed(wire: Wire, getsms: GetSmsV1, operation: str) -> None:
    """Once an SMS is known, ``wrongcode`` is asked for the one after it."""
    wire.play(reply(prints.CODE))
    assert await getattr(getsms, operation)(KEY, Watched("377253343", "378")) == PRINTED_SMS
    assert asked(wire) == {"method": "wrongcode", "order_id": "377253343", "last_id": "378"}


@pytest.mark.parametrize("http_status", [200, 400])
@pytest.mark.parametrize("order", [FRESH, READ_ONCE])
async def test_not_yet_as_printed(wire: Wire, getsms: GetSmsV1, order: Watched, http_status: int) -> None:
    """Status 400 is patience, not an error, whatever HTTP says."""
    wire.play(reply(prints.NOT_YET, http_status))
    assert await getsms.check(KEY, order) is None


async def test_retry_before_any_sms_takes_the_first(wire: Wire, getsms: GetSmsV1) -> None:
    """Without a last SMS ``wrongcode`` cannot be asked; the first may be there already."""
    wire.play(reply(prints.CODE))
    assert await getsms.retry(KEY, FRESH) == PRINTED_SMS
    assert asked(wire) == {"method": "getcode", "order_id": "377253343"}


async def test_retry_before_any_sms_says_so(wire: Wire, getsms: GetSmsV1) -> None:
    """Another SMS cannot be asked for before the first."""
    wire.play(reply(prints.NOT_YET))
    with pytest.raises(errors.NoSmsYet):
        await getsms.retry(KEY, FRESH)


async def test_retry_after_an_sms_may_have_to_wait(wire: Wire, getsms: GetSmsV1) -> None:
    """After the first SMS, "not yet" means that the request stands."""
    wire.play(reply(prints.NOT_YET))
    assert await getsms.retry(KEY, READ_ONCE) is None


@pytest.mark.parametrize(
    ("data", "sms"),
    [
        ('"code": null, "fullSms": "Your word is swordfish"', Sms("Your word is swordfish")),
        ('"code": "", "fullSms": "Your code: 1 2 3"', Sms("Your code: 1 2 3")),
        ('"code": 753455, "fullSms": null', Sms("753455", "753455")),
        ('"code": "753455"', Sms("753455", "753455")),
        ('"code": "1", "fullSms": "<b>1</b> & \\"x\\"", "id": 7', Sms('<b>1</b> & "x"', "1", "7")),
        ('"code": "1", "fullSms": "1", "receivedDate": "2023-02-23 13:18:57"', Sms("1", "1")),
        (
            '"code": "1", "fullSms": "1", "receivedDate": "yesterday", "sender": " VK "',
            Sms("1", "1", sender="VK"),
        ),
        (
            '"code": "1", "fullSms": "1", "receivedDate": "2023-02-23T16:18:57.373+03:00"',
            Sms("1", "1", received_at=RECEIVED),
        ),
        ('"code": "1", "fullSms": "a\\u0000b\\ud83d\\ude00\\ud83d"', Sms("ab😀?", "1")),
        ('"code": "1", "fullSms": "Код: 1\\nБанк"', Sms("Код: 1\nБанк", "1")),
        ('"code": "1", "fullSms": "\\"balance\\": 100,00}"', Sms('"balance": 100,00}', "1")),
    ],
)
async def test_sms_in_other_shapes(wire: Wire, getsms: GetSmsV1, data: str, sms: Sms) -> None:
    """Whatever of an SMS can be read is delivered, in a form that can be stored and shown."""
    wire.play(accepted(f"{{{data}}}"))
    assert await getsms.check(KEY, FRESH) == sms


async def test_bytes_that_are_no_utf8_do_not_hide_a_code(wire: Wire, getsms: GetSmsV1) -> None:
    """An SMS in a wrong encoding still shows its digits."""
    wire.play(reply(b'{"status": 200, "data": {"code": null, "fullSms": "\xea\xee\xe4 753455"}}'))
    sms = await getsms.check(KEY, FRESH)
    assert sms is not None
    assert sms.text.endswith("753455")


@pytest.mark.parametrize(
    "data", ["{}", "[]", "null", '"753455"', '{"code": null}', '{"code": {}, "fullSms": [1]}']
)
async def test_an_sms_without_text_is_no_information(wire: Wire, getsms: GetSmsV1, data: str) -> None:
    """Status 200 without code and text is neither an SMS nor "not yet"."""
    wire.play(accepted(data))
    with pytest.raises(errors.Malformed):
        await getsms.check(KEY, FRESH)


async def test_cancel_as_printed(wire: Wire, getsms: GetSmsV1) -> None:
    """Giving a number back is ``refusenumber``."""
    wire.play(reply(prints.CANCELED))
    await getsms.cancel(KEY, READ_ONCE)
    assert asked(wire) == {"method": "refusenumber", "order_id": "377253343"}


async def test_ban_as_printed(wire: Wire, getsms: GetSmsV1) -> None:
    """A number that does not do is told by ``bannumber``."""
    wire.play(reply(prints.BANNED))
    await getsms.ban(KEY, FRESH)
    assert asked(wire) == {"method": "bannumber", "order_id": "377253343"}


@pytest.mark.parametrize("operation", ["cancel", "ban"])
async def test_done_without_a_word(wire: Wire, getsms: GetSmsV1, operation: str) -> None:
    """HTTP 204 says that it is done."""
    wire.play(reply("", 204))
    await getattr(getsms, operation)(KEY, FRESH)
