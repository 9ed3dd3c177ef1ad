"""Every commit of the bot has a name, and the process can be killed just before or just after one.

Nothing of this is in the product: ``watch`` puts itself around ``Database.write`` and ``Database.alter`` in a
process that was started for that.
"""

import ast
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from bot.storage.database import Database, Transaction

_BETWEEN = ("Database.alter", "Outbox.telling")  # they open a transaction on behalf of whoever calls them
_OPENERS = frozenset({"write", "telling", "alter"})
_WITHIN, _BEHIND = "before", "after"


@dataclass(frozen=True, slots=True)
class Point:
    """A moment at which the process can be killed.

    Attributes:
        operation: the function of the bot that commits, as ``Purchase._settle``.
        side: ``before``: the changes are made and not committed; ``after``: committed, and nothing else done.
    """

    operation: str
    side: str

    def __str__(self) -> str:
        return f"{self.side} {self.operation}"

    @classmethod
    def parse(cls, text: str) -> "Point":
        """Read what ``str`` wrote."""
        side, _, operation = text.partition(" ")
        return cls(operation, side)


def every_point(product: Path) -> tuple[Point, ...]:
    """Return all points that the source of the bot has, in alphabetical order."""
    operations = {name for path in product.rglob("*.py") for name in _operations(ast.parse(path.read_text()))}
    sides = (_WITHIN, _BEHIND)
    return tuple(Point(name, side) for name in sorted(operations - set(_BETWEEN)) for side in sides)


def watch(log: Path, kill_at: Point | None, times: int) -> None:
    """Write the name of every point that this process passes, and die at one of them.

    Args:
        log: one line a point is added to it.
        kill_at: where to die; None: nowhere.
        times: at which passing of it, from 1.
    """
    written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    left = times

    def passing(point: Point) -> None:
        nonlocal left
        with suppress(OSError):  # the disk of a test that fills it
            os.write(written, f"{point}\n".encode())
        if point == kill_at:
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    for opener in ("write", "alter"):
        setattr(Database, opener, _named(getattr(Database, opener), passing))


def _named(
    opener: Callable[[Database], AbstractAsyncContextManager[Transaction]], passing: Callable[[Point], None]
) -> Callable[[Database], AbstractAsyncContextManager[Transaction]]:
    def opened(database: Database) -> AbstractAsyncContextManager[Transaction]:
        return around(database, _caller(sys._getframe(1)))

    @asynccontextmanager
    async def around(database: Database, operation: str) -> AsyncIterator[Transaction]:
        async with opener(database) as tx:
            yield tx
            passing(Point(operation, _WITHIN))
        passing(Point(operation, _BEHIND))

    return opened


def _caller(frame: FrameType | None) -> str:
    """Return the name of the function that asked for a transaction, through those that stand between."""
    while frame is not None:
        module, name = str(frame.f_globals.get("__name__")), frame.f_code.co_qualname
        if module.startswith("bot.") and name not in _BETWEEN:
            return name
        frame = frame.f_back
    return "nobody"


def _operations(tree: ast.AST, prefix: str = "") -> Iterator[str]:
    """Return the qualified names of the functions that open a writing transaction."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _operations(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if any(
                _opens(item)
                for inner in _own(node)
                if isinstance(inner, ast.AsyncWith)
                for item in inner.items
            ):
                yield f"{prefix}{node.name}"
            yield from _operations(node, f"{prefix}{node.name}.<locals>.")
        else:
            yield from _operations(node, prefix)


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """Return the nodes of a function, without those of functions within it."""
    for node in ast.iter_child_nodes(function):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node
            yield from _own(node)


def _opens(item: ast.withitem) -> bool:
    call = item.context_expr
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in _OPENERS
