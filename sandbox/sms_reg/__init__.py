"""A GetSMS.ONLINE to play with: API #2 of the provider's document (the sms-reg dialect), on loopback.

simulator = SmsRegSimulator(clock=clock)
simulator.add_key("demo-key", balance="500.00")
simulator.stock("whatsapp", "ru", count=5, price="2")
async with serve(simulator) as url:
    ...
"""

from sandbox.sms_reg.goods import demo_stock
from sandbox.sms_reg.replies import Prints
from sandbox.sms_reg.shop import State
from sandbox.sms_reg.simulator import SmsRegSimulator
from sandbox.wire import serve

__all__ = ["Prints", "SmsRegSimulator", "State", "demo_stock", "serve"]
