"""Logs: structlog over the standard library's logging, with a net that keys do not pass.

No code logs a key on purpose. This is the last net, for what libraries and exceptions say: every text of a
record, its traceback included, is searched for secrets before it is written. Local variables are never
printed.
"""

import logging
import re
import sys
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, TextIO, cast
from urllib.parse import unquote, urlsplit

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.config import Settings

HIDDEN = "[hidden]"

# httpx names whole URLs at INFO, aiosqlite the parameters of each statement at DEBUG.
_NOISY = ("httpx", "httpcore", "aiohttp.access", "aiogram.event", "aiosqlite", "alembic")

_NAME = r"[\w-]*(?:key|token|secret|password|passwd)"
_PATTERNS = (
    # A Telegram bot token, alone or in /bot<token>/getMe; its colon may be percent-encoded.
    (re.compile(r"(?<![0-9])[0-9]{3,}(?::|%3[Aa])[\w-]{30,}"), HIDDEN),
    # A Fernet key: 32 bytes in URL-safe base64.
    (re.compile(r"(?<![\w-])[\w-]{43}="), HIDDEN),
    # name=value, as in queries and forms.
    (re.compile(rf"(?i)((?<![\w-]){_NAME}=)[^\s&<>,;)\"'\\]+"), rf"\1{HIDDEN}"),
    # name='value', "name": "value" and ("name", "value"), as in reprs, JSON and lists of pairs.
    (
        re.compile(
            rf"(?i)((?<![\w-]){_NAME}\s*=\s*b?|\\?[\"']{_NAME}\\?[\"']\s*:\s*b?|[\[(]b?\\?[\"']{_NAME}\\?[\"'],\s*b?)"
            r"(\\?[\"'])(?:(?!\2).)*\2"
        ),
        rf"\1\2{HIDDEN}\2",
    ),
)
_FIELD = re.compile(rf"(?i){_NAME}")


class Redactor:
    """Takes secrets out of texts.

    Args:
        secrets: exact values to hide wherever they appear; those below six characters are left alone,
            because hiding them would garble ordinary words.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({value for value in secrets if len(value) >= 6}, key=len, reverse=True)  # noqa: PLR2004 - see above
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def text(self, text: str) -> str:
        """Return the text with every secret replaced."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text

    def value(self, value: Any) -> Any:
        """Return the value with its texts redacted, through mappings and sequences; numbers stay numbers."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Mapping):
            return {self.text(str(name)): self._field(str(name), item) for name, item in value.items()}
        if isinstance(value, list | tuple) and len(value) == 2 and isinstance(value[0], str):  # noqa: PLR2004 - a pair
            return [self.text(value[0]), self._field(*value)]
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(item) for item in value]
        return self.text(value if isinstance(value, str) else repr(value))

    def processor(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        """Redact the fields of a log record (a structlog processor)."""
        return cast("EventDict", self.value(event))

    def _field(self, name: str, item: Any) -> Any:
        return HIDDEN if _FIELD.fullmatch(name) and item is not None else self.value(item)


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """Renders a record, then searches the finished line once more: what a renderer joins may be a key."""

    def __init__(self, redactor: Redactor, renderer: Processor) -> None:
        super().__init__(
            foreign_pre_chain=_shared(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.StackInfoRenderer(),
                structlog.processors.format_exc_info,
                redactor.processor,
                renderer,
            ],
        )
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.text(super().format(record))


class _Handler(logging.StreamHandler[TextIO]):
    """Writes lines; a record that cannot be formatted is named, but not quoted as the base class would.

    Where nothing can be written, as on a full disk, work goes on: it must not fail for want of a log.
    """

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        with suppress(OSError):
            self.stream.write(f"a log record from {record.pathname}:{record.lineno} cannot be written\n")


def configure_logging(settings: Settings, stream: TextIO | None = None) -> None:
    """Set up logging for the whole process: level, format, redaction, and the last words of a crash.

    Args:
        settings: ``log_level``, ``log_format``, and the secrets that must never be written.
        stream: where lines go; standard error by default.
    """
    token = settings.bot_token.get_secret_value()
    sealing = settings.secret_key.get_secret_value().split(",")
    redis = settings.redis_url.get_secret_value()
    passwords = [*_passwords(redis), *_passwords(settings.database_url)]
    redactor = Redactor(
        [
            token,
            token.partition(":")[2],
            *sealing,
            redis,
            *passwords,
            settings.webhook_secret.get_secret_value(),
        ]
    )
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(_Formatter(redactor, _renderer(settings.log_format, handler.stream)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    # Python's own hooks would print a crash past the redaction.
    sys.excepthook = _log_crash
    threading.excepthook = _log_thread_crash


def _passwords(url: str) -> list[str]:
    """Return the password of a URL, as it is written there and as it is meant."""
    password = urlsplit(url).password or ""
    return [password, unquote(password)]


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return a logger that takes an event and fields: ``log.info("order placed", order=7)``."""
    return structlog.stdlib.get_logger(name)


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _renderer(log_format: str, stream: TextIO) -> Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=stream.isatty(),
        # Where rich is installed, the default would print local variables.
        exception_formatter=structlog.dev.plain_traceback,
    )


def _log_crash(kind: type[BaseException], error: BaseException, traceback: Any) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
        return
    logging.getLogger("bot").critical("crashed", exc_info=(kind, error, traceback))


def _log_thread_crash(crash: threading.ExceptHookArgs) -> None:
    if crash.exc_value is not None:
        logging.getLogger("bot").critical("a thread crashed", exc_info=crash.exc_value)
