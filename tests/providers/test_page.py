"""The page of providers: equal to the code, and complete."""

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import bot.providers
from bot.clock import SystemClock
from bot.providers.activations import Activations
from bot.providers.base import Record
from bot.providers.getsms_v1 import GetSmsV1
from bot.providers.http import Http
from bot.providers.page import page, shipped
from bot.providers.presets import build_presets
from bot.providers.registry import build_records
from bot.providers.rentals import Rentals

PAGE = Path(__file__).parents[2] / "docs" / "providers.md"


def section(text: str, title: str) -> str:
    """Return one part of a page, without its heading."""
    return text.partition(f"## {title}\n")[2].partition("\n## ")[0]


def shown(*slugs: str) -> str:
    """Return the page of some of the shipped providers."""
    records = {record.slug: record for record in (*build_records(), *build_presets())}
    return page([records[slug] for slug in slugs], Http(SystemClock()))


def test_the_written_page_is_the_printed_one() -> None:
    """docs/providers.md says what the code says: print it anew after a change of the code."""
    assert PAGE.read_text(encoding="utf-8") == shipped(), (
        "run: python -m bot.providers.page > docs/providers.md"
    )


def adapters() -> list[type[Activations | Rentals]]:
    """Return every adapter that the package holds."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.iter_modules(bot.providers.__path__, "bot.providers.")
    ]
    return [
        class_
        for module in modules
        for class_ in vars(module).values()
        if inspect.isclass(class_)
        and issubclass(class_, Activations | Rentals)
        and class_.__module__ == module.__name__
        and not inspect.isabstract(class_)
    ]


def test_every_protocol_is_on_the_page() -> None:
    """No adapter of the package is missing."""
    text = shipped()
    known = {class_.__module__.rpartition(".")[2] for class_ in adapters()}
    assert len(known) >= 5
    assert {name for name in known if f": `{name}`" not in text} == set()


def test_every_operation_is_on_the_page() -> None:
    """Whatever an adapter overrides is told in its part."""
    text = shipped()
    for class_ in adapters():
        name = class_.__module__.rpartition(".")[2]
        kind = "Activations" if issubclass(class_, Activations) else "Rentals"
        told = section(text, f"{kind}: `{name}`")
        operations = {
            name for name in vars(class_) if name in vars(class_.__base__) and not name.startswith("_")
        }
        operations -= {"record", "capabilities", "terms"}
        assert {name for name in operations if f"| `{name}` |" not in told} == set()


@pytest.mark.parametrize("record", [*build_records(), *build_presets()], ids=lambda record: record.slug)
def test_every_provider_is_on_the_page(record: Record) -> None:
    """Each record that ships has a part of its own with its address and its abilities."""
    assert f"## {record.title} (`{record.protocol or record.rentals}`)" in shipped()


def test_abilities_are_told_both_ways() -> None:
    """What a provider can do and what it cannot do are each told, and nothing is told twice."""
    part = section(shown("getsms"), "Get-SMS (`getsms_v1`)")
    assert "| can | cancel, ban, retry, follow up |" in part
    cannot = next(line for line in part.splitlines() if line.startswith("| cannot |"))
    assert "cancel" not in cannot
    assert "max price" in cannot


def test_quirks_are_spelled_out() -> None:
    """A reader sees what is special about a house without looking into the code."""
    part = section(shown("getsms-online"), "GetSMS.ONLINE (`handler_api`)")
    quirks = next(line for line in part.splitlines() if line.startswith("| quirks |"))
    for quirk in ("dialect: `getsms_online`", "cancel: `-1`", "ban: `10`", "ru beeline mts megafon"):
        assert quirk in quirks
    assert "buy:" not in quirks  # as everywhere else


def test_a_closed_house_is_called_closed() -> None:
    """Nobody is sent to a house that has shut."""
    first = shown("sms-activate", "hero-sms")
    lines = {line.split("]")[0]: line for line in first.splitlines() if line.startswith("| [")}
    assert "closed" in lines["| [SMS-Activate"]
    assert "closed" not in lines["| [HeroSMS"]


def test_a_house_without_activations_has_no_limits_of_them() -> None:
    """Where numbers are only rented out, nothing is said of how long an order lives."""
    part = section(shown("smspva"), "SMSPVA (`smspva`)")
    assert "| limits | 0.25 requests a second |" in part
    assert "order" not in part


def test_sections_of_docstrings_stay_in_the_code() -> None:
    """An operation is told in prose, with the words that go over the wire, without its errors."""
    part = section(shown("getsms"), "Activations: `getsms_v1`")
    assert GetSmsV1.retry.__doc__ is not None
    assert "Raises" in GetSmsV1.retry.__doc__
    assert "Raises" not in part
    assert "`getallcount`" in part
