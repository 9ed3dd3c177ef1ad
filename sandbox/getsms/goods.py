"""What the simulated Get-SMS sells: countries and services by the document's codes.

The codes are those of the document's *List of countries* and *List of services*.
"""

from decimal import Decimal

from sandbox.goods import PLACES, SERVICES, market

# The operators that the document prints under "getcount"; it names none outside Russia.
OPERATORS = {"ru": ("TELE2", "BEELINE", "MEGAFON", "MTS")}
UNNAMED = ("",)

# The columns "Value" and "Compatible API value" of the list of countries.
COMPATIBLE = {
    "ru": "0",
    "ukr": "1",
    "kazakhstan": "2",
    "england": "16",
    "canada": "36",
    "germany": "43",
    "usavirt": "12",
    "ssha": "187",
    "brazil": "73",
    "estonia": "34",
    "france": "78",
    "indonesia": "6",
    "kyrgyzstan": "11",
    "netherlands": "48",
    "poland": "15",
    "romania": "32",
    "sweden": "46",
    "indiia": "22",
    "malaiziia": "7",
    "vetnam": "10",
    "filippiny": "4",
    "turtsiia": "62",
    "moldova": "85",
    "uzbekistan": "40",
    "gruziia": "128",
    "ispaniia": "56",
    "portugaliia": "117",
    "meksika": "54",
    "italiia": "86",
    "gonkong": "14",
}

COUNTRIES = {code: PLACES[number] for code, number in COMPATIBLE.items()}


def demo_stock() -> list[tuple[str, str, int, Decimal]]:
    """Return a believable market as rows of service, country, count and price in roubles."""
    return market(COUNTRIES, SERVICES)
