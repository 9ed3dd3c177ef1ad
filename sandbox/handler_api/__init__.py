"""Providers to play with that speak ``handler_api.php``: SMS-Activate, and GetSMS.ONLINE with its API #1.

simulator = HandlerApiSimulator(SMS_ACTIVATE, clock)
simulator.add_key("demo-key", balance="500.00")
simulator.stock("wa", "0", count=5, price="2")
async with serve(simulator) as url:
    ...
"""

from sandbox.handler_api.getsms_online import GETSMS_ONLINE
from sandbox.handler_api.records import Lease, Stage, Variant
from sandbox.handler_api.replies import Prints
from sandbox.handler_api.simulator import HandlerApiSimulator
from sandbox.handler_api.sms_activate import SMS_ACTIVATE
from sandbox.wire import serve

__all__ = [
    "GETSMS_ONLINE",
    "SMS_ACTIVATE",
    "HandlerApiSimulator",
    "Lease",
    "Prints",
    "Stage",
    "Variant",
    "serve",
]
