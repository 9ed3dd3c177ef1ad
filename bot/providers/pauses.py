"""How hosts say that they were asked too often."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.providers.calls import Answer

_TOO_MANY = 429
_FORBIDDEN = 403
_EDGE_CODE = re.compile(rb"\s*error code: 1\d{3}\s*")
_PAGE_HEAD = 4096  # bytes of a refusal in which Cloudflare names itself
_USUAL_PAUSE = 60.0
_PAUSES = (1.0, 300.0)  # never nothing, never so long that an order lives and dies unasked


def pause_asked(answer: Answer, now: datetime) -> float | None:
    """Return for how many seconds the host asks to be left alone, or None where it does not.

    Status 429 says so by definition. Cloudflare says it with 403 and a page of its own, or with the bare text
    ``error code: 1015`` or ``1020``: codes from 1000 on are its own refusals, lower ones repeat a status.
    """
    if answer.status == _TOO_MANY:
        asked = retry_after(answer, now)
        return _USUAL_PAUSE if asked is None else asked
    start = answer.body[:_PAGE_HEAD].lower()
    is_page = answer.status == _FORBIDDEN and (b"cloudflare" in start or "cf-mitigated" in answer.headers)
    return _USUAL_PAUSE if is_page or _EDGE_CODE.fullmatch(start) else None


def retry_after(answer: Answer, now: datetime) -> float | None:
    """Return ``Retry-After`` (RFC 9110, section 10.2.3) in seconds, within sane limits, or None."""
    value = answer.headers.get("retry-after", "").strip()
    shortest, longest = _PAUSES
    if value.isascii() and value.isdigit():
        seconds = float(value[:9])
    else:
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return None
        if moment.tzinfo is None:  # "-0000": universal time, place unknown
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - now).total_seconds()
    return min(max(seconds, shortest), longest)
