"""A Get-SMS to play with: API v1 of the provider's document, over HTTP on loopback.

simulator = GetSmsSimulator(clock=clock)
simulator.add_key("demo-key", balance="500.00")
simulator.stock("wa", "ru", count=5, price="2")
async with serve(simulator) as url:
    ...
"""

from sandbox.getsms.goods import demo_stock
from sandbox.getsms.replies import Prints
from sandbox.getsms.shop import State
from sandbox.getsms.simulator import GetSmsSimulator
from sandbox.wire import serve

__all__ = ["GetSmsSimulator", "Prints", "State", "demo_stock", "serve"]
