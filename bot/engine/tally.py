"""Paid calls, counted by how they ended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.domain.errors import CodebellError, OutcomeUnknown


class Tally:
    """Counts paid calls.

    Args:
        count: hears, for each, the provider and its outcome: ``done``, or the slug of an error.
    """

    def __init__(self, count: Callable[[str, str], None] = lambda _, __: None) -> None:
        self._count = count

    @contextmanager
    def call(self, provider: str) -> Iterator[None]:
        """Count a paid call that is made within the context."""
        try:
            yield
        except CodebellError as error:
            self._count(provider, error.slug)
            raise
        except Exception:
            self._count(provider, OutcomeUnknown.slug)  # it may have gone out
            raise
        self._count(provider, "done")
