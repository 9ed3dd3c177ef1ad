"""What a button for a service to rent shows on a narrow phone: as much as there is room for."""

from dataclasses import replace

from bot.catalog import Catalog
from bot.domain.periods import Period, Unit
from bot.i18n import Translator
from bot.telegram.screens import rent_services
from bot.telegram.screens.screen import WIDEST_ALONE
from tests.screens import rent_samples
from tests.screens.samples import LONG, UGLY


def test_a_label_of_a_service_is_not_cut_off(t: Translator, catalog: Catalog) -> None:
    """Name, price and stock fit the row of a narrow phone, however long each of them is."""
    month = Period(Unit.MONTH, 1)
    for name, price, stock in ((LONG, "98765.4321", 12345), (LONG, "1", 0), (UGLY * 9, "12", None)):
        choice = replace(rent_samples.service("smspva:opt999", price, stock), name=name, estimated=True)
        for period in (month, choice.period):
            label = rent_services.choice_label(replace(choice, period=period), t, catalog)
            assert len(label) <= WIDEST_ALONE, label
            assert choice.price is not None
            assert t.money(choice.price) in label


def test_the_name_of_a_service_goes_before_its_stock(en: Translator, catalog: Catalog) -> None:
    """What a number is for is written out where there is room; the stock gets shorter, then leaves."""
    choice = replace(rent_samples.service("smspva:opt999", "50", 3), name="Nineteen characters")
    wide = replace(choice, period=Period(Unit.MONTH, 1), estimated=True)
    assert [
        rent_services.choice_label(choice, en, catalog, with_period=False),
        rent_services.choice_label(replace(choice, estimated=True), en, catalog, with_period=False),
        rent_services.choice_label(wide, en, catalog),
    ] == [
        "Nineteen characters · ₽50 · 3 numbers",
        "Nineteen characters · ≈ ₽50 · 3 pcs",
        "Nineteen characters · ≈ ₽50 / 1 month",
    ]
