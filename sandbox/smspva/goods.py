"""What the simulated SMSPVA rents out: countries and services by its own codes.

Countries are two letters, ``UK`` among them, and each number is told without its dialling code. Services are
``opt`` and a number; those that the documents print are all here.
"""

from dataclasses import dataclass
from decimal import Decimal

from sandbox.goods import PLACES, Place, market

_ROUBLES_PER_DOLLAR_DAY = 240  # what a rented day costs, measured by one activation elsewhere


@dataclass(frozen=True, slots=True)
class Country:
    """A country as the provider knows it.

    Attributes:
        place: how its numbers look.
        dial: its dialling code, without the plus sign.
        operators: its mobile networks, which the documents call providers.
        always_on: whether its numbers are online all the time and need no waking.
    """

    place: Place
    dial: str
    operators: tuple[str, ...]
    always_on: bool = False

    @property
    def name(self) -> str:
        """The name that ``getcountries`` prints, which is Russian."""
        return self.place.names[1]


_AUSTRIA = Place(("Austria", "Австрия", "奥地利"), "436641", 12, "1.3")

COUNTRIES = {
    "RU": Country(PLACES["0"], "7", ("MTS", "Megafon", "Tele2")),
    "AT": Country(_AUSTRIA, "43", ("Limbo_AT", "Tele2_AT", "yesss_AT")),
    "UA": Country(PLACES["1"], "380", ("Kyivstar", "Lifecell")),
    "KZ": Country(PLACES["2"], "7", ("Beeline_KZ", "Tele2_KZ")),
    "UK": Country(PLACES["16"], "44", ("Lycamobile", "O2_UK"), always_on=True),
    "DE": Country(PLACES["43"], "49", ("Lebara_DE", "O2_DE"), always_on=True),
    "US": Country(PLACES["187"], "1", ("TMobile_US",), always_on=True),
    "FR": Country(PLACES["78"], "33", ("Orange_FR", "SFR")),
    "PL": Country(PLACES["15"], "48", ("Orange_PL", "Play")),
    "NL": Country(PLACES["48"], "31", ("Lycamobile_NL", "KPN")),
    "ES": Country(PLACES["56"], "34", ("Lycamobile_ES",)),
    "PT": Country(PLACES["117"], "351", ("Vodafone_PT",)),
    "RO": Country(PLACES["32"], "40", ("Orange_RO", "Digi")),
    "EE": Country(PLACES["34"], "372", ("Tele2_EE",)),
    "SE": Country(PLACES["46"], "46", ("Telia",)),
    "TR": Country(PLACES["62"], "90", ("Turkcell",)),
    "KG": Country(PLACES["11"], "996", ("Beeline_KG",)),
    "ID": Country(PLACES["6"], "62", ("Telkomsel",)),
}

# code: (name, price in roubles that the market of all providers starts from)
SERVICES = {
    "opt29": ("Telegram", "149.50"),
    "opt20": ("WhatsApp", "98"),
    "opt16": ("Instagram", "9.80"),
    "opt2": ("Facebook", "8.50"),
    "opt1": ("Google (YouTube, Gmail)", "12"),
    "opt11": ("Viber", "14.20"),
    "opt69": ("VK", "44.50"),
    "opt5": ("OK.ru", "27.30"),
    "opt6": ("Fiverr", "21"),
    "opt7": ("Linkedin mobile", "8.10"),
    "opt46": ("Airbnb", "9.90"),
    "opt48": ("1cupis & okcupid & winline", "12.60"),
    "opt59": ("Avito", "62"),
    "opt89": ("Careem", "7.40"),
    "opt45": ("Discord", "7.10"),
    "opt19": ("OTHER", "19"),
}


def demo_stock() -> list[tuple[str, str, int, Decimal]]:
    """Return a believable market as rows of service, country, count and dollars per day."""
    places = {code: country.place for code, country in COUNTRIES.items()}
    return [
        (service, country, count, _per_day(roubles))
        for service, country, count, roubles in market(places, SERVICES, ("opt29", "opt20", "opt1", "opt19"))
    ]


def _per_day(roubles: Decimal) -> Decimal:
    return max(Decimal("0.05"), (roubles / _ROUBLES_PER_DOLLAR_DAY).quantize(Decimal("0.01")))
