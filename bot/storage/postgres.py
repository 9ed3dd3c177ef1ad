"""What PostgreSQL is told when a connection opens, and which of its errors say nothing about a row."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

POOL = 10
POOL_MORE = 10
_POOL_SECONDS = 15.0
_RENEW_SECONDS = 1800
_CONNECT_SECONDS = 10.0
_STATEMENT_SECONDS = 60.0
_LOCK_MS = 10_000
_IDLE_MS = 4_000  # within a transaction: a frozen replica's locks would outlast the others' leases

_AWAY = (
    "08",  # connection
    "25006",  # a server that only reads: it was demoted
    "25P03",  # it ended our transaction, which was idle for too long
    "28",  # it lets us in no more
    "3D",  # it does not know the database (yet)
    "40",  # a deadlock or a conflict: the same again succeeds
    "53",  # out of memory, disk or connections
    "55",  # a lock was not to be had in time
    "57",  # it is stopped, starts, or was told to cancel
    "58",  # its system fails
)
"""SQLSTATE classes and codes (PostgreSQL's documentation, appendix A) for which no row is to blame."""

_MIGRATING = 0x636F6465  # "code", as the key of an advisory lock
LOCK_MIGRATIONS = f"SELECT pg_advisory_xact_lock({_MIGRATING})"
"""Waits until no other process migrates this database; let go of at the transaction's end."""


def open_engine(url: URL) -> AsyncEngine:
    """Return an engine with a pool whose connections are tried before they are used."""
    engine = create_async_engine(
        url,
        hide_parameters=True,
        isolation_level="READ COMMITTED",  # whatever the server's default is: row locks are written for this
        pool_size=POOL,
        max_overflow=POOL_MORE,
        pool_timeout=_POOL_SECONDS,
        pool_recycle=_RENEW_SECONDS,
        pool_pre_ping=True,
        connect_args=_arguments(command_timeout=_STATEMENT_SECONDS, lock_ms=_LOCK_MS, idle_ms=_IDLE_MS),
    )
    event.listen(engine.sync_engine, "handle_error", _judge)
    return engine


def open_patient_engine(url: URL) -> AsyncEngine:
    """Return an engine without time limits and without a pool: for migrations and copies."""
    engine = create_async_engine(
        url,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        poolclass=NullPool,
        connect_args=_arguments(command_timeout=None, lock_ms=0, idle_ms=0),
    )
    event.listen(engine.sync_engine, "handle_error", _judge)
    return engine


def _arguments(*, command_timeout: float | None, lock_ms: int, idle_ms: int) -> dict[str, Any]:
    return {
        "async_creator_fn": _connect,
        "timeout": _CONNECT_SECONDS,
        "command_timeout": command_timeout,
        "server_settings": {
            "application_name": "codebell",
            "timezone": "UTC",  # what the database calls a day is a day in UTC,
            "datestyle": "ISO, YMD",  # and is spelt as SQLite spells it
            "lock_timeout": str(lock_ms),
            "idle_in_transaction_session_timeout": str(idle_ms),
        },
    }


async def _connect(*arguments: Any, **options: Any) -> Any:
    """Connect; where nobody answers, say so by an error of the driver: SQLAlchemy knows no other."""
    import asyncpg  # noqa: PLC0415 - whoever stays with SQLite need not load it

    try:
        return await asyncpg.connect(*arguments, **options)
    except OSError as error:  # refused, unreachable, unknown, too slow, no TLS
        reason = error.strerror or type(error).__name__
        raise asyncpg.exceptions.ClientCannotConnectError(
            f"the server at {options.get('host')} does not answer: {reason}"
        ) from None


def _judge(context: ExceptionContext) -> Exception | None:
    """Make one kind of error of all that are the server's, and take the values of rows out of the others."""
    error = context.original_exception
    for one in (error, error.__cause__):
        if one is not None and hasattr(
            one, "detail"
        ):  # PostgreSQL quotes the row there, whatever SQLAlchemy hides
            one.detail = None
    if not _is_away(error, context.dialect.dbapi):
        return None
    if isinstance(error, OSError):  # the connection broke, or was silent for too long
        context.is_disconnect = True
    words = error if str(error) else type(error).__name__
    away = OperationalError(None, None, words if isinstance(words, Exception) else OSError(words))
    away.connection_invalidated = context.is_disconnect
    return away


def _is_away(error: BaseException, driver: Any) -> bool:
    if isinstance(error, OSError):
        return True
    if isinstance(error, (driver.InterfaceError, driver.InternalClientError)):
        return True
    if isinstance(error, driver.InvalidCachedStatementError):  # another process has migrated meanwhile
        return True
    return str(getattr(error, "sqlstate", None)).startswith(_AWAY)
