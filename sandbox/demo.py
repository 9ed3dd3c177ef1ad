"""What a newcomer finds in the sandbox: people, a group, two keys, full shops, SMS that come unasked."""

from datetime import timedelta
from decimal import Decimal

from bot.clock import Clock
from sandbox.getsms import GetSmsSimulator, demo_stock
from sandbox.goods import market
from sandbox.handler_api import GETSMS_ONLINE, SMS_ACTIVATE, HandlerApiSimulator, Variant
from sandbox.handler_api.house import House
from sandbox.handler_api.rentals import WHOLE
from sandbox.simulator import Simulator
from sandbox.sms_reg import SmsRegSimulator
from sandbox.sms_reg import demo_stock as sms_reg_stock
from sandbox.smspva import SmspvaSimulator, Waking
from sandbox.smspva import demo_stock as smspva_stock
from sandbox.telegram.demo import furnish
from sandbox.telegram.limits import Rates
from sandbox.telegram.server import TelegramServer

# Of the shape of a real one, so that the bot takes it; it opens nothing anywhere.
TOKEN = "4200000042:sandbox-token-for-the-simulated-Telegram"  # noqa: S105 - made up, see above  # pragma: allowlist secret
KEY = "demo-key"
POOR_KEY = "demo-key-without-money"
SECONDS_TO_SMS = 8
SECONDS_TO_NUMBER = 3
_REMEMBERED = 10_000
_CENT = Decimal("0.01")
_DIME = Decimal("0.1")


def providers(clock: Clock) -> list[Simulator]:
    """Return every provider of the sandbox, open for business; each takes the same two keys."""
    return [
        getsms(clock),
        getsms(clock, GetSmsCompatible(clock, memory=_REMEMBERED)),
        sms_activate(clock),
        getsms_online(clock),
        sms_reg(clock),
        smspva(clock),
    ]


class GetSmsCompatible(GetSmsSimulator):
    """A second Get-SMS, for the bot's account that speaks its compatible API: each has a panel of its own."""

    slug = "getsms-compatible"
    title = "Get-SMS (compatible)"


def getsms(clock: Clock, simulator: GetSmsSimulator | None = None) -> GetSmsSimulator:
    """Open a Get-SMS for business; a new one unless one is given."""
    simulator = simulator or GetSmsSimulator(clock, memory=_REMEMBERED)
    simulator.fill(demo_stock())
    for service, country, count, price in demo_stock():
        if count:
            simulator.stock_rent(service, country, 3 + count // 10, (price * 2).quantize(_DIME))
    _open(simulator)
    return simulator


def sms_activate(clock: Clock) -> HandlerApiSimulator:
    """Return an SMS-Activate open for business: with dearer tiers, calls, forwarding and rentals."""
    simulator = _house(SMS_ACTIVATE, clock)
    for (service, country, variant), shelf in list(simulator.world.shelves.items()):
        if variant is not Variant.SMS:
            continue  # numbers that forward stand on a shelf of their own, at a price of their own
        for factor, count in ((Decimal("1.2"), 60), (Decimal("1.6"), 25)):
            simulator.stock_dearer(service, country, count, (shelf.price * factor).quantize(_CENT))
        if service in SMS_ACTIVATE.voiced:
            simulator.stock(service, country, 12, shelf.price * 2, Variant.VOICE)
        if country in SMS_ACTIVATE.several:
            simulator.stock_rent(service, country, 20, shelf.price / 2)
    for country in SMS_ACTIVATE.several:
        simulator.stock_rent(WHOLE, country, 20, "42.93")
    _open(simulator)
    return simulator


def getsms_online(clock: Clock) -> HandlerApiSimulator:
    """Return a GetSMS.ONLINE open for business."""
    simulator = _house(GETSMS_ONLINE, clock)
    simulator.stock_rent(WHOLE, "ru", 20, "15")
    _open(simulator)
    return simulator


def sms_reg(clock: Clock) -> SmsRegSimulator:
    """Return a GetSMS.ONLINE that listens to its API #2, too; its numbers come while a person looks on."""
    simulator = SmsRegSimulator(clock, memory=_REMEMBERED, number_after=SECONDS_TO_NUMBER)
    simulator.fill(sms_reg_stock())
    _open(simulator)
    return simulator


def smspva(clock: Clock) -> SmspvaSimulator:
    """Return an SMSPVA open for business, whose numbers wake while a person is still looking."""
    simulator = SmspvaSimulator(clock, memory=_REMEMBERED)
    simulator.world.waking = Waking(queue=timedelta(seconds=20), awake=timedelta(minutes=10))
    simulator.fill(smspva_stock())
    _open(simulator)
    return simulator


def telegram(clock: Clock) -> TelegramServer:
    """Return a Telegram with people and a group in it, under Telegram's limits."""
    server = TelegramServer(token=TOKEN, clock=clock, rates=Rates())
    furnish(server)
    return server


def _house(house: House, clock: Clock) -> HandlerApiSimulator:
    simulator = HandlerApiSimulator(house, clock, memory=_REMEMBERED)
    simulator.fill(market(house.places, house.services))
    for service in house.forwarded:
        simulator.stock(service, next(iter(house.places)), 15, "95", Variant.FORWARD)
    return simulator


def _open(simulator: Simulator) -> None:
    simulator.add_key(KEY, balance="5000.00")
    simulator.add_key(POOR_KEY, balance="3.50")
    simulator.set_automatic(enabled=True, after=SECONDS_TO_SMS)
