"""How long a host asks to be left alone."""

import pytest

from bot.providers.calls import Answer
from bot.providers.pauses import pause_asked, retry_after
from tests.support.clock import START


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("17", 17.0),
        (" 17 ", 17.0),
        ("0", 1.0),
        ("86400", 300.0),
        ("9" * 500, 300.0),
        ("Thu, 15 Jan 2026 12:00:30 GMT", 30.0),
        ("Thu, 15 Jan 2026 12:00:30 -0000", 30.0),
        ("Thu, 15 Jan 2026 11:00:00 GMT", 1.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 300.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("٣", None),
    ],
)
def test_retry_after(header: str, seconds: float | None) -> None:
    """Seconds or a date, never nothing and never for ever; nonsense is as good as no header."""
    assert retry_after(Answer(429, b"", {"retry-after": header}), START) == seconds


@pytest.mark.parametrize(
    ("status", "body", "seconds"),
    [
        (429, b"", 60.0),
        (403, b"<html>Cloudflare</html>", 60.0),
        (403, b"error code: 1020", 60.0),
        (200, b"  Error code: 1015\n", 60.0),
        (403, b"no", None),
        (200, b"our partner is Cloudflare", None),
        (502, b"error code: 502", None),
        (200, b'{"fullSms": "error code: 1020"}', None),
    ],
)
def test_who_asks_for_quiet(status: int, body: bytes, seconds: float | None) -> None:
    """A limit is told by status 429 or by Cloudflare itself, and by nothing that merely looks like it."""
    assert pause_asked(Answer(status, body), START) == seconds
