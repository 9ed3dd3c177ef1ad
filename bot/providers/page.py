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
from bot.providers.activations import Activations
from bot.providers.base import Capability, Limits, Record
from bot.providers.getsms_online_rent import GetSmsOnlineRent
from bot.providers.getsms_rent import GetSmsRent
from bot.providers.handler_api import HandlerApi
from bot.providers.handler_api_dialects import Dialect
from bot.providers.http import Http
from bot.providers.lease import Period, RentalCapability, Terms
from bot.providers.presets import build_presets
from bot.providers.registry import Providers, build_records
from bot.providers.rentals import Rentals
from bot.providers.sms_activate_rent import SmsActivateRent
from bot.providers.smspva import Smspva

_RENTALS: tuple[type[Rentals], ...] = (GetSmsRent, GetSmsOnlineRent, SmsActivateRent, Smspva)

_SECTIONS = ("Args:", "Returns:", "Raises:")

_HEAD = """\
# Providers

Printed by `python -m bot.providers.page` from the code; a test keeps this page equal to it.

A *provider* is a record (name, address, limits, quirks) given to a *protocol*, a class that speaks one wire
language. Where a provider speaks two, a setting chooses, and both stand here. The printed and the seen
answers that each protocol is held to are in `tests/providers`.
"""


def page(providers: Iterable[Activations], rentals: Iterable[type[Rentals]]) -> str:
    """Return the whole page as Markdown.

    Args:
        providers: those that sell activations, in the order of the page; the protocols follow in the order in
            which they first appear here.
        rentals: the protocols that rent numbers out.
    """
    adapters = tuple(providers)
    spoken = {type(adapter): adapter.record.protocol for adapter in adapters}
    parts = [_HEAD, _overview(adapters)]
    parts += [_provider(adapter) for adapter in adapters]
    parts += [_protocol(class_, f"Activations: `{name}`", Activations) for class_, name in spoken.items()]
    parts += [_protocol(class_, f"Rentals: `{_module(class_)}`", Rentals) for class_ in rentals]
    return "\n".join(parts)


def shipped() -> str:
    """Return the page of what ships with the bot."""
    records = (
        *build_records(),
        *build_records(getsms_api="compatible"),
        *build_presets(),
        *(record for record in build_presets(getsms_online_api="sms_reg") if record.protocol == "sms_reg"),
    )
    http = Http(SystemClock())  # never opened: nothing is sent
    # one at a time: two records of one provider share their short name
    return page((Providers([record], http).get(record.slug) for record in records), _RENTALS)


def _overview(adapters: Iterable[Activations]) -> str:
    rows = (
        (_link(one.record), _code(one.record.protocol), one.record.currency, _open(one.record))
        for one in adapters
    )
    return _table(("provider", "protocol", "currency", ""), rows)


def _provider(adapter: Activations) -> str:
    record = adapter.record
    rows = (
        ("short name", _code(record.slug)),
        ("address", record.url),
        ("prices in", record.currency),
        ("codes of services and countries", _code(record.codes)),
        ("limits", _limits(record.limits)),
        ("quirks", _quirks(adapter)),
        *_abilities(Capability, adapter.capabilities),
    )
    return f"## {record.title} ({_code(record.protocol)})\n\n{_table(('', ''), rows)}"


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


def _limits(limits: Limits) -> str:
    said = [
        f"one check of an order every {limits.check_every:g} s",
        f"after its first SMS every {limits.follow_up_every:g} s",
        f"an order lives for {_span(limits.lifetime)}",
    ]
    if limits.requests_per_second is not None:
        said.append(f"{limits.requests_per_second:g} requests a second")
    return "; ".join(said)


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


def _module(class_: type) -> str:
    return class_.__module__.rpartition(".")[2]


def _markdown(text: str) -> str:
    return text.replace("``", "`")


def _code(text: str) -> str:
    return f"`{text}`"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(shipped())
