"""One process a database file: two would watch every order twice and tell every code twice."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage.database import DatabaseUnusable


class AlreadyRunning(Exception):
    """Another process works on this database."""


@contextmanager
def sole_owner(folder: Path | None) -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it even when the process is killed.

    Args:
        folder: where the SQLite file lies; None (a database server) locks nothing.

    Raises:
        AlreadyRunning: somebody else holds it.
        DatabaseUnusable: nothing can be written to the folder.
    """
    if folder is None:
        yield
        return
    try:
        lock = (folder / "codebell.lock").open("w")
    except OSError as error:
        raise DatabaseUnusable(f"{folder} cannot be written to: {error.strerror}") from None
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(str(folder)) from None
        yield
