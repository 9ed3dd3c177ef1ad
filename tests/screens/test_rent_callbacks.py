"""What the buttons of rentals carry fits, and cannot be mistaken for anything else."""

import inspect
from types import ModuleType

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.catalog import Catalog
from bot.domain.periods import Unit
from bot.domain.rentals import RentalAction
from bot.telegram import callbacks, rent_callbacks
from bot.telegram.callbacks import LAST_PAGE, LONGEST

_ROW = 2**63 - 1
_ACCOUNT = 10**9


def prefixes(module: ModuleType) -> list[str]:
    """Return the prefixes of the buttons that a module declares."""
    kinds = (kind for kind in vars(module).values() if inspect.isclass(kind))
    own = (kind for kind in kinds if kind.__module__ == module.__name__ and issubclass(kind, CallbackData))
    return [kind.__prefix__ for kind in own]


def test_prefixes_differ() -> None:
    """No two actions share a prefix, those of activations included; those of rentals begin with R."""
    ours = prefixes(rent_callbacks)
    assert len(ours) > 15
    assert len(ours) == len(set(ours))
    assert all(prefix.startswith("R") for prefix in ours)
    assert not set(ours) & set(prefixes(callbacks))


def test_the_longest_of_each_fits(catalog: Catalog) -> None:
    """Every action with the longest that the catalogue has, and ids of a billion, is at most 64 bytes."""
    service = max((service.id for service in catalog.services), key=len)
    country = max((country.id for country in catalog.countries), key=len)
    longest: list[CallbackData] = [
        rent_callbacks.RentAccounts(service=service, country=country, page=LAST_PAGE, wanted=True),
        rent_callbacks.RentCountries(account_id=_ACCOUNT, service=service, country=country, page=LAST_PAGE),
        rent_callbacks.RentServices(account_id=_ACCOUNT, country=country, operator="o" * 16, page=LAST_PAGE),
        rent_callbacks.RentPeriods(
            account_id=_ACCOUNT, country=country, service=service, operator="o" * 10, page=LAST_PAGE
        ),
        rent_callbacks.RentOperators(account_id=_ACCOUNT, country=country, service=service, page=LAST_PAGE),
        rent_callbacks.AddRentService(token="A" * 22, service=service, page=LAST_PAGE),
        rent_callbacks.ShowBill(token="A" * 22),
        rent_callbacks.PayBill(token="A" * 22),
        rent_callbacks.ShowProlongs(rental_id=_ROW, page=LAST_PAGE),
        rent_callbacks.ShowExtra(rental_id=_ROW, page=LAST_PAGE),
        rent_callbacks.AddExtra(rental_id=_ROW, service=service),
        rent_callbacks.RestoreRental(account_id=_ACCOUNT, remote_id="9" * 32),
        rent_callbacks.ShowInbox(rental_id=_ROW, page=LAST_PAGE),
        rent_callbacks.ActRental(rental_id=_ROW, action=RentalAction.ACTIVATE, sure=True),
        rent_callbacks.SetAuto(rental_id=_ROW, unit=Unit.MONTH, count=9999, off=True),
        rent_callbacks.AdoptRental(account_id=_ACCOUNT, remote_id="9" * 32),
    ]
    sizes = {type(data).__name__: len(data.pack().encode()) for data in longest}
    assert max(sizes.values()) <= LONGEST, sizes


@pytest.mark.parametrize("packed", ["Rl|0|0", "Rl|99999999999999999999|0", "Rl|x|0", "Rl|1|-1", "Rl|1"])
def test_ids_made_by_hand_are_not_taken(packed: str) -> None:
    """An id or page that no button of ours could carry is refused before it reaches the database."""
    with pytest.raises((ValueError, TypeError)):
        rent_callbacks.ShowProlongs.unpack(packed)
