"""The providers of the town, open for business: they sell numbers and rent them out."""

from datetime import timedelta

from bot.clock import Clock
from sandbox.getsms import GetSmsSimulator, demo_stock
from sandbox.goods import market
from sandbox.handler_api import GETSMS_ONLINE, SMS_ACTIVATE, HandlerApiSimulator
from sandbox.handler_api.house import House as Language
from sandbox.handler_api.rentals import WHOLE
from sandbox.smspva import SmspvaSimulator, Waking
from sandbox.smspva import demo_stock as smspva_stock
from tests.crash.books import House

_PLENTY = 5000
_WAKING = Waking(queue=timedelta(seconds=2), awake=timedelta(hours=1))  # lists are read twice a minute


def open_houses(clock: Clock) -> list[House]:
    """Return the houses; none forgets a request or a movement of money."""
    return [_getsms(clock), _sms_activate(clock), _getsms_online(clock), _smspva(clock)]


def _getsms(clock: Clock) -> GetSmsSimulator:
    house = GetSmsSimulator(clock)
    house.fill(demo_stock())
    for service, country, count, price in demo_stock():
        if count:
            house.stock_rent(service, country, _PLENTY, price * 2)
    return house


def _sms_activate(clock: Clock) -> HandlerApiSimulator:
    house = _speaking(SMS_ACTIVATE, clock)
    for service, country, _, price in market(SMS_ACTIVATE.places, SMS_ACTIVATE.services):
        house.stock_rent(service, country, _PLENTY, price)
        house.stock_rent(WHOLE, country, _PLENTY, "42.93")
    return house


def _getsms_online(clock: Clock) -> HandlerApiSimulator:
    house = _speaking(GETSMS_ONLINE, clock)
    house.stock_rent(WHOLE, "ru", _PLENTY, "15")
    return house


def _smspva(clock: Clock) -> SmspvaSimulator:
    house = SmspvaSimulator(clock)
    house.world.waking = _WAKING
    house.fill((service, country, _PLENTY, price) for service, country, _, price in smspva_stock())
    return house


def _speaking(language: Language, clock: Clock) -> HandlerApiSimulator:
    house = HandlerApiSimulator(language, clock)
    house.fill(market(language.places, language.services))
    return house
