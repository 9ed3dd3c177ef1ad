"""Statistics as a chart in the reader's words, and its picture, drawn by another process."""

import asyncio
import json
import os
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from bot.catalog import Catalog
from bot.domain.history import Result, Stats
from bot.i18n import Translator
from bot.telegram.screens.history import duration
from bot.telegram.screens.words import cut

_PROGRAM = Path(__file__).with_name("drawing.py")
_PATIENCE_SECONDS = 60.0  # the first picture on a machine lists its fonts, which takes long
_MOST_PANELS = 3
_MOST_SERIES = 6
_MOST_ROWS = 8
_LONGEST_NAME = 36
_LONGEST_SERIES = 14
_NEEDED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
"""What the program sees of the environment: neither the bot's token nor its secret is there."""


class NotDrawn(Exception):
    """The picture was not drawn; the log of the cause is its text."""


@dataclass(frozen=True, slots=True)
class Series:
    """What one provider took, day by day."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The spending in one currency."""

    title: str
    days: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """How numbers of a provider in a country ended: a share of one, and the words beside it."""

    name: str
    share: float
    told: str
    detail: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn, in words of the reader's language.

    Attributes:
        panels: one for each currency, as these cannot be added.
        rows: the most used first.
        rows_title: stands above them.
        note: the small print.
        decimal: the decimal sign of the axis.
    """

    panels: tuple[Panel, ...]
    rows: tuple[Row, ...]
    rows_title: str
    note: str
    decimal: str


def chart(stats: Stats, t: Translator, catalog: Catalog) -> Chart | None:
    """Return what there is to draw: at most 3 currencies, 7 providers in each, 8 bars; None without any."""
    used: defaultdict[str, int] = defaultdict(int)
    for one in stats.spend:
        used[one.paid.currency] += 1
    currencies = sorted(used, key=lambda currency: (-used[currency], currency))[:_MOST_PANELS]
    panels = tuple(_panel(stats, currency, t) for currency in currencies)
    rows = tuple(_row(one, t, catalog) for one in stats.results[:_MOST_ROWS])
    if not panels and not rows:
        return None
    decimal = "." if t.language == "en" else ","
    return Chart(panels, rows, t.plain("picture-success"), t.plain("picture-zone"), decimal)


class Draftsman:
    """Draws one picture at a time."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def draw(self, wanted: Chart) -> bytes:
        """Return the picture as PNG, 1080 pixels wide.

        Raises:
            NotDrawn: the program failed, or took too long.
        """
        async with self._turn:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-I",
                str(_PROGRAM),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            )
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    picture, said = await process.communicate(json.dumps(asdict(wanted)).encode())
            except TimeoutError:
                raise NotDrawn("it took too long") from None
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode:
            raise NotDrawn(said.decode(errors="replace").strip().rpartition("\n")[2])
        return picture


def _panel(stats: Stats, currency: str, t: Translator) -> Panel:
    many = (stats.last - stats.first).days + 1
    taken: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * many)
    for one in stats.spend:
        if one.paid.currency == currency:
            taken[one.provider][(one.day - stats.first).days] += float(one.paid.amount)
    ranked = sorted(taken, key=lambda provider: -sum(taken[provider]))
    series = [Series(cut(name, _LONGEST_SERIES), tuple(taken[name])) for name in ranked[:_MOST_SERIES]]
    if others := ranked[_MOST_SERIES:]:
        series.append(Series("…", tuple(map(sum, zip(*(taken[name] for name in others), strict=True)))))
    days = tuple(t.day(stats.first + timedelta(days=number)) for number in range(many))
    return Panel(t.plain("picture-spend", currency=currency), days, tuple(series))


def _row(one: Result, t: Translator, catalog: Catalog) -> Row:
    own = catalog.own.get(one.country, t.language)
    country = catalog.countries.title(one.country, t.language, own)
    told = [t.plain("picture-result", brought=t.number(one.brought), ended=t.number(one.ended))]
    if one.seconds is not None:
        told.append(t.plain("picture-wait", after=duration(one.seconds)))
    share = one.brought / one.ended
    return Row(cut(f"{one.provider} · {country}", _LONGEST_NAME), share, t.percent(share), " · ".join(told))
