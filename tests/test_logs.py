import asyncio
import errno
import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
import structlog
from cryptography.fernet import Fernet

from bot.config import Settings
from bot.logs import HIDDEN, Redactor, configure_logging, get_logger

TOKEN = "987654321:AAtopsecretTOKENtopsecretTOKENtops1"  # pragma: allowlist secret
OTHER_TOKEN = "111222333:BBsomebodyELSEStokenSOMEBODYelses22"  # pragma: allowlist secret
FERNET = Fernet.generate_key().decode()
API_KEY = "d41d8cd98f00b204e9800998ecf8427e"  # pragma: allowlist secret
SECRETS = (TOKEN, TOKEN.split(":")[1], OTHER_TOKEN, FERNET, API_KEY)

Start = Callable[..., io.StringIO]


@pytest.fixture(params=["console", "json"])
def log_format(request: pytest.FixtureRequest) -> str:
    """Every rule holds in both formats."""
    return str(request.param)


@pytest.fixture
def start(log_format: str) -> Iterator[Start]:
    """Configure the real logging machinery on a buffer, and put everything back afterwards."""
    root = logging.getLogger()
    handlers, level, hooks = root.handlers[:], root.level, (sys.excepthook, threading.excepthook)

    def start(level: str = "INFO") -> io.StringIO:
        stream = io.StringIO()
        settings = Settings.model_validate(
            {"bot_token": TOKEN, "secret_key": FERNET, "log_level": level, "log_format": log_format}
        )
        configure_logging(settings, stream)
        return stream

    yield start
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def leaks(stream: io.StringIO) -> list[str]:
    """Return the secrets that were written."""
    written = stream.getvalue()
    assert written, "nothing was logged, so nothing was tested"
    return [secret for secret in SECRETS if secret in written]


def test_secrets_in_messages_arguments_and_fields_are_hidden(start: Start) -> None:
    """Whatever way a text comes into a record, stdlib or structlog, its secrets do not come out."""
    stream = start()
    stdlib, ours = logging.getLogger("somebody.elses"), get_logger("bot.test")
    stdlib.info("GET https://api.telegram.org/bot%s/getMe", OTHER_TOKEN)
    stdlib.info("POST body userkey=%s&method=getbalance", API_KEY)
    stdlib.info("request %r", {"api_key": API_KEY, "data": [("userkey", API_KEY)]})
    stdlib.info('answer {"key": "%s"}', API_KEY)
    stdlib.info("body %s", f"apikey={API_KEY}".encode())
    stdlib.info("sealed with %s by %s", FERNET, TOKEN)
    ours.info("asked", url=f"http://host/?key={API_KEY}", form={"userkey": API_KEY}, api_key=API_KEY)
    ours.info("asked %s", f"userkey={API_KEY}")
    ours.info("form", pairs=[("userkey", API_KEY), ("method", "getbalance")])
    ours.info("nested", deep=[{"a": (f"bot{TOKEN}",)}], odd=ValueError(f"userkey={API_KEY}"))
    assert leaks(stream) == []
    assert stream.getvalue().count(HIDDEN) >= 9


def test_a_secret_with_quotes_is_hidden_to_its_end(start: Start) -> None:
    """A value is hidden as a whole, whatever quoting the format would add to it."""
    stream = start()
    get_logger("bot.test").info("asked", api_key="begin'middle\"rest", form={"userkey": 'begin"rest'})
    assert "rest" not in stream.getvalue()
    assert "asked" in stream.getvalue()


def test_secrets_in_exceptions_and_tracebacks_are_hidden(start: Start) -> None:
    """Exception texts, their causes and the traceback itself are searched as well."""
    stream = start()

    def parse(key: str) -> None:
        raise ValueError(f"cannot parse userkey={key}")

    def fail(key: str) -> None:
        try:
            parse(key)
        except ValueError as error:
            raise RuntimeError(f"https://host/bot{OTHER_TOKEN}/getMe") from error

    for report in (logging.getLogger("somebody.elses").exception, get_logger("bot.test").exception):
        try:
            fail(API_KEY)
        except RuntimeError:
            report("failed")
    assert leaks(stream) == []
    assert stream.getvalue().count("RuntimeError") >= 2
    assert stream.getvalue().count("cannot parse") >= 2


def test_local_variables_are_never_printed(start: Start) -> None:
    """A traceback shows lines of code, not what the variables held."""
    stream = start("DEBUG")

    def fail(*words: str) -> None:
        joined = "".join(words)
        raise RuntimeError(str(len(joined)))

    try:
        fail("plain", "words", "of", "the", "user")
    except RuntimeError:
        get_logger("bot.test").exception("failed")
    assert "RuntimeError" in stream.getvalue()
    assert "plainwordsoftheuser" not in stream.getvalue()


def test_crashes_pass_the_net(start: Start) -> None:
    """An exception that nobody caught, here, in a thread or in a task, is logged without its secrets."""
    stream = start()
    error = RuntimeError(f"userkey={API_KEY}")
    sys.excepthook(RuntimeError, error, None)
    thread = threading.Thread(target=lambda: (_ for _ in ()).throw(error))
    thread.start()
    thread.join()
    loop = asyncio.new_event_loop()
    loop.call_exception_handler({"message": f"task of {TOKEN}", "exception": error})
    loop.close()
    assert leaks(stream) == []
    assert stream.getvalue().count("RuntimeError") >= 3


def test_a_broken_record_is_named_but_not_quoted(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """A call with the wrong number of arguments does not print its arguments to standard error."""
    stream = start()
    logging.getLogger("somebody.elses").info("one %s two %s", *[API_KEY])
    assert leaks(stream) == []
    assert "cannot be written" in stream.getvalue()
    assert API_KEY not in capsys.readouterr().err


def test_a_log_that_cannot_be_written_stops_nothing(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk without room the record is lost, and whoever wrote it goes on."""

    def full(_: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    stream = start()
    monkeypatch.setattr(stream, "write", full)
    get_logger("bot.test").error("told, and not ticked off yet")
    monkeypatch.undo()
    get_logger("bot.test").error("room again")
    assert "room again" in stream.getvalue()


def test_chatty_libraries_are_quiet_even_when_debugging(start: Start) -> None:
    """Transports would name every URL at INFO: they speak from WARNING on."""
    stream = start("DEBUG")
    for name in ("httpx", "httpcore.http11", "aiohttp.access", "aiogram.event", "aiosqlite"):
        logging.getLogger(name).info("chatter of %s", name)
        logging.getLogger(name).warning("alarm of %s", name)
    assert "chatter" not in stream.getvalue()
    assert stream.getvalue().count("alarm of") == 5


def test_the_level_holds_for_libraries_too(start: Start) -> None:
    """LOG_LEVEL=ERROR silences warnings of every logger."""
    stream = start("ERROR")
    logging.getLogger("httpx").warning("murmur")
    get_logger("bot.test").warning("murmur")
    get_logger("bot.test").error("shout")
    assert "murmur" not in stream.getvalue()
    assert "shout" in stream.getvalue()


def test_ordinary_words_and_numbers_stay_readable(start: Start) -> None:
    """The net lets through what a log is for, Cyrillic included, and JSON lines stay JSON."""
    stream = start()
    get_logger("bot.test").info("order placed", order=7, service="tg", text="ключ принят", expires=None)
    logging.getLogger("x").info('userkey=%s, then "quoted"', API_KEY)
    written = stream.getvalue()
    for expected in ("order placed", "7", "tg", "ключ принят", "bot.test"):
        assert expected in written
    for line in written.splitlines():
        if line.startswith("{"):
            assert json.loads(line)["level"] == "info"
    if written.startswith("{"):
        assert json.loads(written.splitlines()[0])["order"] == 7


@pytest.mark.parametrize(
    "text",
    [
        "missing key: error-no-numbers",
        "12:30:45 token of the card",
        "https://get-sms.com/api/v1/getcount?country=ru",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ],
)
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    """Words that merely talk of keys are not garbled."""
    assert Redactor([TOKEN]).text(text) == text
