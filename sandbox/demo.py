"""What a newcomer finds in the sandbox: people, a group, two keys, a full shop, SMS that come unasked."""

from bot.clock import Clock
from sandbox.getsms import GetSmsSimulator, demo_stock
from sandbox.telegram.demo import furnish
from sandbox.telegram.limits import Rates
from sandbox.telegram.server import TelegramServer

# Of the shape of a real one, so that the bot takes it; it opens nothing anywhere.
TOKEN = "4200000042:sandbox-token-for-the-simulated-Telegram"  # noqa: S105 - made up, see above
KEY = "demo-key"
POOR_KEY = "demo-key-without-money"
SECONDS_TO_SMS = 8
_REMEMBERED = 10_000


def getsms(clock: Clock) -> GetSmsSimulator:
    """Return a Get-SMS open for business."""
    simulator = GetSmsSimulator(clock, memory=_REMEMBERED)
    simulator.add_key(KEY, balance="5000.00")
    simulator.add_key(POOR_KEY, balance="3.50")
    simulator.fill(demo_stock())
    simulator.set_automatic(enabled=True, after=SECONDS_TO_SMS)
    return simulator


def telegram(clock: Clock) -> TelegramServer:
    """Return a Telegram with people and a group in it, under Telegram's limits."""
    server = TelegramServer(token=TOKEN, clock=clock, rates=Rates())
    furnish(server)
    return server
