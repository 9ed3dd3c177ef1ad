"""A past for somebody who is new: purchases of the last weeks, written behind the bot's back."""

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

_DAYS = 21
_NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)
_ORDER = (
    "INSERT INTO orders (token, user_id, account_id, provider, service, country, state, amount, currency,"
    " created_at, card_chat_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SMS = "INSERT INTO sms (order_id, identity, text, code, recorded_at) VALUES (?, ?, ?, ?, ?)"
_HABITS = (  # provider, country, price in its currency, share that gets its code, seconds to it
    ("getsms", "RU", "12.50", "RUB", 0.9, 18),
    ("getsms", "PH", "38.12", "RUB", 0.6, 55),
    ("sms-activate", "IN", "22.00", "RUB", 0.75, 35),
)


def write(database: Path, user: int) -> None:
    """Give a person who has one account some sixty purchases."""
    dice = random.Random(11)  # noqa: S311 - a picture that is the same each time, no secret
    with closing(sqlite3.connect(database, timeout=10)) as connection, connection:
        (account,) = connection.execute("SELECT id FROM accounts WHERE user_id = ?", (user,)).fetchone()
        for day in range(_DAYS):
            for provider, country, amount, currency, success, seconds in _HABITS:
                for number in range(dice.choice((0, 1, 1, 2))):
                    at = _NOON - timedelta(days=day, minutes=7 * number)
                    is_told = dice.random() < success
                    order = connection.execute(
                        _ORDER,
                        (
                            f"past-{day}-{provider}-{country}-{number}",
                            *(user, account, provider, "telegram", country),
                            "finished" if is_told else "expired",
                            *(amount, currency, _written(at), user),
                        ),
                    ).lastrowid
                    if is_told:
                        told = at + timedelta(seconds=seconds * dice.uniform(0.5, 2))
                        connection.execute(
                            _SMS,
                            (order, f"past-{order}", "code 10000", "10000", _written(told)),
                        )


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
