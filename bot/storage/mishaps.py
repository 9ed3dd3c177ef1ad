"""What the database did not do, told to whoever counts it."""

from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import IntegrityError

from bot.storage.database import Database


def count_errors(database: Database, hear: Callable[[str], None]) -> None:
    """Have every statement and connection that fails told, by the class of its error and nothing else.

    A broken constraint is no failure: that is how the second of two equal taps loses.
    """

    def failed(context: ExceptionContext) -> None:
        error = context.sqlalchemy_exception or context.original_exception
        if not isinstance(error, IntegrityError):
            hear(type(error).__name__)

    event.listen(database.engine.sync_engine, "handle_error", failed)
