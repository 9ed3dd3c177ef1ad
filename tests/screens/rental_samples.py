"""Rentals as the engine shows them: ordinary ones, and the ugliest that can come."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.periods import Period, Unit
from bot.domain.rental_views import RentalView
from bot.domain.rentals import Act, Bill, BillState, RentalAction, RentalState
from bot.domain.sms import Sms
from tests.screens import rent_samples, samples
from tests.screens.samples import LONG, NOW, UGLY, roubles

MONTHS = tuple(Period(Unit.MONTH, count) for count in range(1, 10))
SMS = Sms("Your code: 48213", sender="Telegram", received_at=NOW)


def rental_view(**changes: object) -> RentalView:
    """Return a rental that runs for a week; changes are of its row, unless the view has such an attribute."""
    of_view = {name: changes.pop(name) for name in tuple(changes) if name in RentalView.__dataclass_fields__}
    view = RentalView(
        rental=rent_samples.rental(**changes),
        account=samples.account(),
        sms_count=0,
        newest=None,
        actions=(),
        can_prolong=False,
        can_add_service=False,
        cancel_until=None,
        silent_since=None,
        made_by=rent_samples.bill(state=BillState.PAID, rental_id=9),
    )
    return replace(view, **of_view)  # type: ignore[arg-type]  # attributes by name


def paid(act: Act = Act.PROLONG, state: BillState = BillState.PAID, **changes: object) -> Bill:
    """Return an act that was tried an hour after the rental began."""
    later = NOW + timedelta(hours=1)
    return rent_samples.bill(act, state=state, placed_at=later, **changes)


def ugliest(state: RentalState = RentalState.ACTIVE) -> RentalView:
    """Return a rental whose every part is as long and as ugly as it can be, with every button."""
    long = samples.account(2**53, LONG, rejected=True)
    lost: dict[str, Any] = {
        "price": roubles("123456789.123456"),
        "estimated": True,
        "balance_before": roubles("123456789.123456"),
        "balance_after": roubles("0.000001"),
        "error": "outcome-unknown",
        "error_text": UGLY * 90,
    }
    return rental_view(
        id=2**53,
        account_id=2**53,
        remote_id="r" * 30,
        service=rent_samples.FOREIGN_SERVICE,
        country=rent_samples.FOREIGN_COUNTRY,
        name=UGLY * 9,
        operator=LONG,
        state=state,
        price=roubles("123456789.123456"),
        awake_until=NOW,
        auto_prolong=Period(Unit.MONTH, 12),
        auto_most=roubles("123456789.123456"),
        error="key-rejected",
        error_text=UGLY * 90,
        account=long,
        sms_count=1_000_000,
        newest=Sms(UGLY * 90, "X" * 64, sender=UGLY * 9, received_at=NOW),
        actions=(RentalAction.ACTIVATE, RentalAction.FINISH, RentalAction.DELETE),
        can_prolong=True,
        can_add_service=True,
        cancel_until=NOW,
        silent_since=NOW,
        bills=tuple(paid(state=state, **lost) for state in (BillState.UNCERTAIN, BillState.PLACING)),
        made_by=rent_samples.bill(state=BillState.UNCERTAIN, **lost),
        can_restore=True,
        auto_periods=MONTHS,
    )
