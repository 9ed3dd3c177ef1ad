"""The page of providers, ``docs/providers.md``, from what the code declares.

``python -m bot.providers.page`` prints it. What is sent for an operation comes from the adapters' own
docstrings, which name the words on the wire; limits, quirks and capabilities come from records and classes. A
test keeps the written page equal to what is printed.
"""

import inspect
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import timedelta
from enum import StrEnum
from itertools import takewhile

from bot.clock import SystemClock
from bot.domain.money import Money
from bot.domain.periods import Period
from bot.providers.activations import Activations
from bot.providers.base import Capability, Record
from bot.providers.handler_api import HandlerApi
from bot.providers.handler_api_dialects import Dialect
from bot.providers.http import Http
from bot.providers.lease import RentalCapability, Terms
from bot.providers.presets import build_presets
from bot.providers.registry import Providers, build_records
from bot.providers.rentals import Rentals

_SECTIONS = ("Args:", "Returns:", "Raises:")

_HEAD = """\
# Providers

Printed by `python -m bot.providers.page` from the code; a test keeps this page equal to it.

A *provider* is a record (name, address, limits, quirks) given to a *protocol*, a class that speaks one wire
language. Where a provider speaks two, a setting chooses, and both stand here. The printed and the seen
answers that each protocol is held to are in `tests/providers`.
"""


def page(records: Iterable[Record], http: Http) -> str:
    """Return the whole page as Markdown.

    Args:
        records: the providers, in the order of the page; the protocols follow in the order in which they
            first appear here.
        http: for the adapters; it need not be open, because nothing is sent.
    """
    shown = tuple(records)
    # one at a time: two records of one provider share their short name
    alone = [(record, Providers([record], http)) for record in shown]
    sellers = {type(one): one.record.protocol or "" for _, house in alone for one in house.all()}
    lessors = {type(one): record.rentals or "" for record, house in alone if (one := _lessor(record, house))}
    parts = [_HEAD, _overview(shown)]
    parts += [_provider(record, house.find(record.slug)) for record, house in alone]
    parts += [_protocol(class_, f"Activations: `{name}`", Activations) for class_, name in sellers.items()]
    parts += [_protocol(class_, f"Rentals: `{name}`", Rentals) for class_, name in lessors.items()]
    return "\n".join(parts)


def shipped() -> str:
    """Return the page of what ships with the bot."""
    records = (
        *build_records(),
        *build_records(getsms_api="compatible"),
        *build_presets(),
        *(record for record in build_presets(getsms_online_api="sms_reg") if record.protocol == "sms_reg"),
    )
    return page(records, Http(SystemClock()))


def _lessor(record: Record, house: Providers) -> Rentals | None:
    return house.find_rentals(record.slug)


def _overview(records: Iterable[Record]) -> str:
    rows = (
        (_link(one), _name(one.protocol), _name(one.rentals), one.currency, _open(one)) for one in records
    )
    return _table(("provider", "activations", "rentals", "currency", ""), rows)


def _provider(record: Record, seller: Activations | None) -> str:
    rows = [
        ("short name", _code(record.slug)),
        ("address", record.url),
        ("prices in", record.currency),
        ("codes of services and countries", _code(record.codes)),
        ("rents numbers out by", _name(record.rentals)),
        ("limits", _limits(record)),
    ]
    if seller is not None:
        rows += [("quirks", _quirks(seller)), *_abilities(Capability, seller.capabilities)]
    return f"## {record.title} ({_code(record.protocol or record.rentals or '')})\n\n{_table(('', ''), rows)}"


def _protocol(class_: type[Activations] | type[Rentals], title: str, base: type) -> str:
    module = inspect.getmodule(class_)
    about = _markdown(inspect.cleandoc((module and module.__doc__) or ""))
    said = ""
    if issubclass(class_, Rentals):
        facts = (("limits", _terms(class_.terms)), *_abilities(RentalCapability, class_.capabilities))
        said = f"{_table(('', ''), facts)}\n"
    operations = [
        (_code(name), _summary(method))
        for name, method in vars(class_).items()
        if name in vars(base) and not name.startswith("_") and inspect.isfunction(method)
    ]
    methods = _table(("operation", "what it does, and what is sent"), operations)
    return f"## {title}\n\n{about}\n\n{said}{methods}"


def _abilities(kinds: type[StrEnum], can: Iterable[StrEnum]) -> tuple[tuple[str, str], ...]:
    held = frozenset(can)
    return (
        ("can", _words(kind for kind in kinds if kind in held)),
        ("cannot", _words(kind for kind in kinds if kind not in held)),
    )


def _limits(record: Record) -> str:
    """Return the limits of a house and of its activations; those of its rentals stand with their protocol."""
    limits, said = record.limits, []
    if record.protocol is not None:
        said += [
            f"one check of an order every {limits.check_every:g} s",
            f"after its first SMS every {limits.follow_up_every:g} s",
            f"an order lives for {_span(limits.lifetime)}",
        ]
    if limits.requests_per_second is not None:
        said.append(f"{limits.requests_per_second:g} requests a second")
    return "; ".join(said) or "none named"


def _terms(terms: Terms) -> str:
    said = [f"for {', '.join(map(_period, terms.periods))}"]
    said.append(f"one check every {terms.check_every:g} s")
    if terms.cancel_within is not None:
        said.append(f"can be given back within {_span(terms.cancel_within)}")
    if terms.prolong_within is not None:
        said.append(f"can be prolonged in the last {_span(terms.prolong_within)}")
    if terms.longest is not None:
        said.append(f"lasts for {_span(terms.longest)} at most")
    return "; ".join(said)


def _period(period: Period) -> str:
    return f"{period.count} {period.unit}" if period.count == 1 else f"{period.count} {period.unit}s"


def _span(span: timedelta) -> str:
    if span.days:
        return f"{span.days} days"
    return f"{span // timedelta(minutes=1)} min"


def _quirks(adapter: Activations) -> str:
    """Return what the record declares, and what of the dialect it chose is special."""
    said = [f"{name}: {_code(value)}" for name, value in adapter.record.quirks.items()]
    if isinstance(adapter, HandlerApi):
        usual, own = Dialect(capabilities=adapter.capabilities), adapter.dialect
        special = [one.name for one in fields(Dialect) if getattr(own, one.name) != getattr(usual, one.name)]
        said += [f"{name.replace('_', ' ')}: {_code(_plain(getattr(own, name)))}" for name in special]
    return ", ".join(said) or "none"


def _plain(value: object) -> str:
    """Return a field of a dialect in words."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {_plain(one)}" for name, one in value.items())
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    return "yes" if value is True else str(value)


def _words(names: Iterable[StrEnum]) -> str:
    return ", ".join(name.value.replace("_", " ") for name in names) or "nothing more"


def _summary(method: object) -> str:
    """Return a docstring in one line, without its sections."""
    text = inspect.cleandoc(getattr(method, "__doc__", None) or "")
    said = takewhile(lambda paragraph: not paragraph.startswith(_SECTIONS), text.split("\n\n"))
    return _markdown(" ".join(" ".join(said).split())).replace("|", "\\|")


def _open(record: Record) -> str:
    return "closed: accounts can only be moved to another host" if record.closed else ""


def _link(record: Record) -> str:
    return f"[{record.title}]({record.site})"


def _markdown(text: str) -> str:
    return text.replace("``", "`")


def _name(protocol: str | None) -> str:
    return _code(protocol) if protocol else "none"


def _code(text: str) -> str:
    return f"`{text}`"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(shipped())
