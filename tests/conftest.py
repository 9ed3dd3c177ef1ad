"""How the tests are dealt out where several processes run them (pytest-xdist, ``--dist loadgroup``).

The long ones go first, so that no process is left with one at the end. A file stays with one process, in its
order; end-to-end tests, of which one takes as long as a file of others, go wherever there is room.
"""

from pathlib import Path

import pytest

pytest_plugins = ("tests.support.servers",)

_TESTS = Path(__file__).parent
_TOGETHER = ("crash", "browser")  # one town and one browser at a time are enough for a machine
_ONE_BY_ONE = ("e2e",)
_LONG = ("cluster", *_TOGETHER, *_ONE_BY_ONE)


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks afterwards
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long tests in front, and say which must stay together."""
    items.sort(key=lambda item: _LONG.index(_room(item)) if _room(item) in _LONG else len(_LONG))
    for item in items:
        room = _room(item)
        if room not in _ONE_BY_ONE:
            item.add_marker(pytest.mark.xdist_group(room if room in _TOGETHER else _file(item)))


def _file(item: pytest.Item) -> str:
    return item.path.relative_to(_TESTS).as_posix()


def _room(item: pytest.Item) -> str:
    return _file(item).split("/")[0]
