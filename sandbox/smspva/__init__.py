"""An SMSPVA to play with: the rent API of the provider's pages, over HTTP on loopback.

simulator = SmspvaSimulator(clock=clock)
simulator.add_key("demo-key", balance="50.00")
simulator.stock("opt29", "RU", count=5, price="0.60")
async with serve(simulator) as url:
    ...
"""

from sandbox.smspva.goods import demo_stock
from sandbox.smspva.rents import Presence
from sandbox.smspva.replies import Prints
from sandbox.smspva.simulator import SmspvaSimulator
from sandbox.smspva.world import Waking
from sandbox.wire import serve

__all__ = ["Presence", "Prints", "SmspvaSimulator", "Waking", "demo_stock", "serve"]
