"""Telling the client of an SMS: a POST to its address, again while that does not answer 200."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.clock import Clock

ATTEMPTS = 8
SECONDS_BETWEEN = 2 * 3600 / ATTEMPTS
_PATIENCE = aiohttp.ClientTimeout(total=10)


async def post(clock: Clock, url: str, body: Mapping[str, Any]) -> None:
    """Post this as JSON until 200 is answered, eight times within two hours at most."""
    for attempt in range(ATTEMPTS):
        if attempt:
            await clock.sleep(SECONDS_BETWEEN)
        try:
            async with (
                aiohttp.ClientSession(timeout=_PATIENCE) as session,
                session.post(url, json=body) as answer,
            ):
                if answer.status == HTTPStatus.OK:
                    return
        except (aiohttp.ClientError, TimeoutError):
            continue
