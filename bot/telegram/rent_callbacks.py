"""What the buttons of rentals carry; as in ``callbacks``, one class an action and at most 64 bytes.

The prefixes begin with ``R``. Fields that hold a service or a country are empty while none is chosen.
"""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.periods import Unit
from bot.domain.rentals import RentalAction
from bot.telegram.callbacks import Page, RowId

WHOLE = "*"
"""In the field of a service: the number for all services at once."""

Count = Annotated[int, Field(ge=0, le=9999)]


class RentAccounts(CallbackData, prefix="Ra", sep="|"):
    """List the accounts that rent numbers out; what was named already goes on to the next screens.

    Where there is one account alone, the list is passed over, unless it is wanted.
    """

    service: str = ""
    country: str = ""
    page: Page = 0
    wanted: bool = False


class RentCountries(CallbackData, prefix="Rc", sep="|"):
    """List the countries in which an account rents numbers out; one that was named is gone on with."""

    account_id: RowId
    service: str = ""
    country: str = ""
    page: Page = 0


class RentServices(CallbackData, prefix="Rs", sep="|"):
    """List what a number can be rented for in a country."""

    account_id: RowId
    country: str
    operator: str = ""
    page: Page = 0


class SeekRentService(CallbackData, prefix="Rk", sep="|"):
    """Ask for the name of the service."""

    account_id: RowId
    country: str
    operator: str = ""


class RentPeriods(CallbackData, prefix="Rp", sep="|"):
    """List for how long a number can be rented, and for how much."""

    account_id: RowId
    country: str = ""
    service: str = ""
    operator: str = ""
    page: Page = 0


class RentOperators(CallbackData, prefix="Ro", sep="|"):
    """List the operators of a country; with a service, they lead on to its periods."""

    account_id: RowId
    country: str
    service: str = ""
    page: Page = 0


class AddRentService(CallbackData, prefix="Rm", sep="|"):
    """Rent the same number for one more service from the start; without one, ask which."""

    token: str
    service: str = ""
    page: Page = 0


class ShowBill(CallbackData, prefix="Rb", sep="|"):
    """Show what would be paid for, with the button that pays."""

    token: str


class PayBill(CallbackData, prefix="Ry", sep="|"):
    """Pay, once."""

    token: str


class ShowProlongs(CallbackData, prefix="Rl", sep="|"):
    """List by how much a rental can be prolonged, and for how much."""

    rental_id: RowId
    page: Page = 0


class ShowExtra(CallbackData, prefix="Rx", sep="|"):
    """List the services that the number of a rental can be rented for, too."""

    rental_id: RowId
    page: Page = 0


class AddExtra(CallbackData, prefix="Re", sep="|"):
    """Ask what one more service on the number of a rental would cost."""

    rental_id: RowId
    service: str


class RestoreRental(CallbackData, prefix="Rz", sep="|"):
    """Ask what it would cost to bring a rental back from the provider's archive."""

    account_id: RowId
    remote_id: str


class ShowRental(CallbackData, prefix="Rv", sep="|"):
    """Show one rental, in place of the screen that was pressed."""

    rental_id: RowId


class ShowRentals(CallbackData, prefix="Rq", sep="|"):
    """List the rentals that run, or those of the past."""

    is_open: bool = True
    page: Page = 0


class ShowInbox(CallbackData, prefix="Ri", sep="|"):
    """Show the SMS of a rental, newest first."""

    rental_id: RowId
    page: Page = 0


class ActRental(CallbackData, prefix="Rt", sep="|"):
    """Do something with a rental for nothing; not sure yet, say what that means."""

    rental_id: RowId
    action: RentalAction
    sure: bool = False


class SetAuto(CallbackData, prefix="Ru", sep="|"):
    """Prolong by this period before the end without asking; without a period, ask by which."""

    rental_id: RowId
    unit: Unit | None = None
    count: Count = 0
    off: bool = False


class ShowArchives(CallbackData, prefix="Rw", sep="|"):
    """List the accounts whose provider keeps an archive; one alone is shown at once."""

    page: Page = 0


class ShowArchive(CallbackData, prefix="Rh", sep="|"):
    """List the rentals of the past that the provider keeps."""

    account_id: RowId
    page: Page = 0


class ShowRentImports(CallbackData, prefix="Rf", sep="|"):
    """List what was rented elsewhere."""

    page: Page = 0


class AdoptRental(CallbackData, prefix="Rg", sep="|"):
    """Watch a number that was rented elsewhere."""

    account_id: RowId
    remote_id: str
