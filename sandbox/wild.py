"""Bodies that clients of such services have really met, each playable as a fault of its own."""

import json
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.faults import Kind

_FILE = Path(__file__).with_name("wild.json")


@cache
def bodies() -> tuple[dict[str, Any], ...]:
    """Return every body: ``id``, ``protocol``, ``method`` (``*``: any), ``status``, ``body``, ``meaning``."""
    return tuple(json.loads(_FILE.read_text(encoding="utf-8")))


def wild(protocol: str, methods: Collection[str]) -> tuple[Kind, ...]:
    """Return the bodies of a protocol as faults, named by their ids.

    A body that belongs to one of ``methods`` is met by that method alone, any other by every method.
    """
    return tuple(
        Kind(
            name=one["id"],
            title=f"{one['id']}: {one['meaning']}",
            body=one["body"],
            status=one["status"],
            methods=frozenset({one["method"]}) if one["method"] in methods else None,
        )
        for one in bodies()
        if one["protocol"] == protocol
    )
