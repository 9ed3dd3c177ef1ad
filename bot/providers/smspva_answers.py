"""What SMSPVA's rent API answers, method by method.

Sources: the provider's page "Rent", in an older English and a newer Turkish state (the newer one knows
operators and several services at once); shapes that only the servers know are marked *as served*.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.errors import OutcomeUnknown, Refused
from bot.domain.money import Money
from bot.domain.periods import Period
from bot.domain.sms import Sms
from bot.providers import values
from bot.providers.calls import Answer, Call
from bot.providers.lease import (
    Archived,
    LeaseState,
    Listed,
    RentCountry,
    Rented,
    RentQuote,
    RentStock,
    RestoreQuote,
)
from bot.providers.smspva_envelope import RENTING, RESTORING, data_of, readable, rows_of

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_DIALLING_CODE = re.compile(r"\+?\d{1,5}", re.ASCII)

_STATES = {
    "0": LeaseState.SLEEPING,
    "1": LeaseState.ACTIVE,
    "2": LeaseState.WAKING,
    "-1": LeaseState.MISSING,
}


def read_countries(call: Call, answer: Answer) -> tuple[RentCountry, ...]:
    """Return the countries of a ``getcountries`` answer."""
    rows = rows_of(call, answer, data_of(call, answer), "code")
    return readable(
        call,
        answer,
        rows,
        [
            RentCountry(code, values.sentence(row.get("name")))
            for row in rows
            if (code := values.identifier(row.get("code")))
        ],
    )


def read_quotes(
    call: Call, answer: Answer, country: str, period: Period, operator: str | None = None
) -> tuple[RentQuote, ...]:
    """Return the quotes of a ``getdata`` or ``getdataWithProviders`` answer.

    The list is ``data`` itself or, as served, ``data.services``; ``count`` is a number or counts by operator.

    Args:
        call: what was asked.
        answer: what came.
        country: the country that was asked for.
        period: what prices are for; they are told per day.
        operator: leaves only what this operator has; None: everything, stock of all together.
    """
    rows = _services(call, answer)
    quotes = []
    for row in rows:
        service = values.identifier(row.get("service"))
        per_day = values.number(row.get("price_day"))
        if service is None or per_day is None or per_day < 0:
            continue
        if operator is not None and _counts_without(row, operator):
            continue
        quotes.append(
            RentQuote(
                service=service,
                country=country,
                period=period,
                price=Money(per_day * period.length.days, call.record.currency),
                stock=_stock(row, operator),
                operator=operator,
                name=values.sentence(row.get("name")),
                estimated=True,
            )
        )
    elsewhere = operator is not None and bool(rows)  # no quote may mean: nothing at this operator
    return tuple(quotes) if elsewhere else readable(call, answer, rows, quotes)


def read_operators(call: Call, answer: Answer) -> tuple[str, ...]:
    """Return the operators of a ``getdataWithProviders`` answer."""
    data = data_of(call, answer)
    named = data.get("allOperators") if isinstance(data, dict) else None
    if isinstance(named, dict):  # PHP writes a list with gaps as an object
        named = list(named.values())
    if not isinstance(named, list):
        raise call.unreadable(answer)
    operators = [operator for name in named if (operator := values.sentence(name))]
    return readable(call, answer, named, operators)


def read_stock(call: Call, answer: Answer) -> tuple[RentStock, ...]:
    """Return the counts of a ``getCountWithProviders`` answer, by operator and all together."""
    data = data_of(call, answer)
    if data == []:  # PHP writes an empty object as an empty list
        return ()
    if not isinstance(data, dict):
        raise call.unreadable(answer)
    stocks = []
    for service, row in data.items():
        code = values.identifier(service)
        amounts = row.get("Amount") if isinstance(row, dict) else None
        if code is None or not isinstance(row, dict):
            continue
        by_operator = amounts.items() if isinstance(amounts, dict) else ()
        for name, written in (*by_operator, ("", row.get("Total"))):
            count = values.count(written)
            if count is not None:
                stocks.append(RentStock(code, values.sentence(name), count))
    return readable(call, answer, list(data), stocks)


def read_rented(call: Call, answer: Answer) -> tuple[Rented, ...]:
    """Return the rentals of a ``create`` (an object, or as served a list of one) or ``create_multi`` answer.

    Raises:
        OutcomeUnknown: it is not complete; the rentals' ids are in the text where they are told.
    """
    rented, ids = [], []
    for row in rows_of(call, answer, data_of(call, answer, RENTING), "id"):
        remote_id, phone = values.identifier(row.get("id")), _phone(row)
        ids += [remote_id] if remote_id else []
        if remote_id and phone:
            service = values.identifier(row.get("service"))
            rented.append(Rented(remote_id, phone, values.unix(row.get("until")), service))
    if not rented or len(rented) < len(ids):
        raise call.error(OutcomeUnknown, None, f"id {', '.join(ids)}" if ids else None)
    return tuple(rented)


def read_listed(call: Call, answer: Answer) -> tuple[Listed, ...]:
    """Return the rentals of an ``orders`` answer."""
    rows = rows_of(call, answer, data_of(call, answer), "id")
    listed = [
        Listed(
            remote_id=remote_id,
            phone=phone,
            state=_state(row),
            service=values.identifier(row.get("scode")),
            country=values.identifier(row.get("cname")),
            until=values.unix(row.get("until")),
            has_news=values.flag(row.get("hasnewsms")),
            can_prolong=values.flag(row.get("canprolong")),
            prolong_until=values.unix(row.get("canprolonguntil")),
            name=values.sentence(row.get("sname")),
        )
        for row in rows
        if (remote_id := values.identifier(row.get("id"))) and (phone := _phone(row))
    ]
    return readable(call, answer, rows, listed)


def read_sms(call: Call, answer: Answer) -> tuple[Sms, ...]:
    """Return the SMS of an ``sms`` answer, oldest first.

    As served, ``data`` is an object: ``SmsList`` has the rented service's, ``OtherSms`` what else came to the
    number. Nothing that reached the number is kept from its tenant.
    """
    data = data_of(call, answer)
    if isinstance(data, dict) and ("SmsList" in data or "OtherSms" in data):
        lists = [data[name] for name in ("SmsList", "OtherSms") if data.get(name) is not None]
    else:
        lists = [data]
    rows = [row for part in lists for row in rows_of(call, answer, part, "text")]
    found = [_sms(row, text) for row in rows if (text := values.sentence(row.get("text")))]
    found.reverse()  # the newest come first, and sorting keeps the order of those of one second
    found.sort(key=lambda sms: sms.received_at or _EARLIEST)
    return readable(call, answer, rows, found)


def read_done(call: Call, answer: Answer) -> None:
    """Return if an ``activate``, ``delete`` or ``add_service_to_order`` answer says that it is done."""
    data_of(call, answer, needed=False)


def read_prolonged(call: Call, answer: Answer) -> str | None:
    """Return the id in a ``prolong`` answer, None where it tells none."""
    data = data_of(call, answer, needed=False)
    row = data[0] if isinstance(data, list) and data else data
    return values.identifier(row.get("id")) if isinstance(row, dict) else None


def read_archive(call: Call, answer: Answer) -> tuple[Archived, ...]:
    """Return the rentals of a ``get_rent_history`` answer."""
    rows = rows_of(call, answer, data_of(call, answer), "orderId")
    archived = [
        Archived(
            remote_id=remote_id,
            phone=phone,
            service=values.identifier(row.get("resourceCode")) or "",
            country=values.identifier(row.get("country")),
            days=values.count(row.get("days")),
            has_sms=values.flag(row.get("haveSms")),
            began=values.unix(row.get("begin")),
            ended=values.unix(row.get("end")),
            closed=values.unix(row.get("closed")),
        )
        for row in rows
        if (remote_id := values.identifier(row.get("orderId"))) and (phone := values.phone(row.get("number")))
    ]
    return readable(call, answer, rows, archived)


def read_restore_price(call: Call, answer: Answer) -> RestoreQuote:
    """Return the offer of a ``restore_user_precalc`` answer; its ``ccode`` is a country."""
    data = data_of(call, answer, RESTORING)
    row = data if isinstance(data, dict) else {}
    price, phone = values.number(row.get("price")), values.phone(row.get("pnumber"))
    if price is None or price < 0 or phone is None:
        raise call.unreadable(answer)
    return RestoreQuote(
        remote_id=values.identifier(row.get("orderid")) or str(call.form["id"]),
        phone=phone,
        service=values.identifier(row.get("scode")),
        price=Money(price, call.record.currency),
        overdue_days=values.count(row.get("outdays")),
        days=values.count(row.get("prolongTo")),
        country=values.identifier(row.get("ccode")),
        name=values.sentence(row.get("sname")),
    )


def read_restored(call: Call, answer: Answer) -> None:
    """Return if a ``restore_user`` answer says that the number is back: both values must be positive."""
    restored = values.flag(data_of(call, answer, RESTORING))
    if restored is None:
        raise call.unreadable(answer)
    if not restored:
        raise call.error(Refused)


def _services(call: Call, answer: Answer) -> list[Mapping[str, Any]]:
    data = data_of(call, answer)
    if isinstance(data, dict) and "services" in data:
        data = data["services"]
    return rows_of(call, answer, data, "service")


def _counts_without(row: Mapping[str, Any], operator: str) -> bool:
    counts = row.get("count")
    return counts == [] or (
        isinstance(counts, dict) and operator not in counts
    )  # PHP's empty object is a list


def _stock(row: Mapping[str, Any], operator: str | None) -> int | None:
    counts = row.get("count")
    if not isinstance(counts, dict):
        return values.count(counts) if operator is None else None
    if operator is not None:
        return values.count(counts.get(operator))
    return values.count(row.get("totalCount"))


def _phone(row: Mapping[str, Any]) -> str | None:
    """Return ``ccode`` and ``pnumber`` as one number; without a dialling code there is none."""
    code, rest = row.get("ccode"), row.get("pnumber")
    if not isinstance(code, str) or not isinstance(rest, str) or not _DIALLING_CODE.fullmatch(code.strip()):
        return None
    return values.phone(code + rest)


def _state(row: Mapping[str, Any]) -> LeaseState:
    written = row.get("state")
    return _STATES.get(written, LeaseState.UNKNOWN) if isinstance(written, str) else LeaseState.UNKNOWN


def _sms(row: Mapping[str, Any], text: str) -> Sms:
    received = values.unix(row.get("date"))
    return Sms(
        text=text,
        remote_id=None if received else values.sentence(row.get("date")),
        sender=values.sentence(row.get("sender")),
        received_at=received,
    )
