"""The providers that everybody sees: those of the documents, then the presets, then the configured ones."""

import re
from collections.abc import Collection, Iterator
from datetime import timedelta

from bot.config import ConfigError, ExtraProvider, Settings
from bot.providers.base import Limits, Record
from bot.providers.handler_api_dialects import dialect_of
from bot.providers.presets import build_presets
from bot.providers.registry import PROTOCOLS, RENTALS, build_records

_WITH_DIALECTS = "handler_api"
_USUAL_CODES = {"getsms_v1": "getsms", "handler_api": "sms_activate", "sms_reg": "sms_reg"}
_CODES_OF_DIALECTS = {"getsms": "getsms_compatible", "getsms_online": "getsms_online"}
# A configured host names neither rate nor lifetime; the family's numbers live for 20 minutes.
_LIMITS = Limits(lifetime=timedelta(minutes=20))
# What ``hosts`` calls the hosts that users add.
_RESERVED = re.compile(r"host-\d+")


def build_directory(settings: Settings, tables: Collection[str]) -> tuple[Record, ...]:
    """Return the records of all providers, in the order to show them.

    A configured provider with the slug of a preset takes its place: so a preset is put right without code.

    Args:
        settings: addresses, languages, and the configured providers.
        tables: the code tables that the catalogue has.

    Raises:
        ConfigError: ``EXTRA_PROVIDERS`` cannot be used; says which entry and why.
    """
    documented = (
        *build_records(settings.getsms_url, settings.getsms_api),
        *build_presets(
            settings.getsms_online_url,
            settings.sms_activate_url,
            settings.getsms_online_api,
            settings.smspva_url,
            settings.smspva_requests_per_second,
        ),
    )
    fixed = {"getsms", "getsms-online", "sms-activate", "smspva"}  # these have variables of their own
    problems: list[str] = []
    extras: dict[str, Record] = {}
    for number, entry in enumerate(settings.extra_providers, 1):
        found = list(_problems(entry, fixed, tables))
        problems += (f"EXTRA_PROVIDERS entry {number} {said}" for said in found)
        if not found:
            extras[entry.slug] = _record(entry)
    if problems:
        raise ConfigError(tuple(problems))
    known = tuple(extras.pop(record.slug, record) for record in documented)
    return (*known, *extras.values())


def _problems(entry: ExtraProvider, fixed: Collection[str], tables: Collection[str]) -> Iterator[str]:
    if entry.slug in fixed:
        yield f"slug {entry.slug} belongs to a provider with settings of its own"
    if _RESERVED.fullmatch(entry.slug):
        yield f"slug {entry.slug} is kept for hosts that users add"
    if entry.codes is not None and entry.codes not in tables:
        yield f"codes must be one of {', '.join(sorted(tables))}"
    if entry.rentals is not None and entry.rentals not in RENTALS:
        yield f"rentals must be one of {', '.join(RENTALS)}"
    if entry.protocol not in PROTOCOLS:
        yield f"protocol must be one of {', '.join(PROTOCOLS)}"
    elif entry.protocol != _WITH_DIALECTS:
        if entry.quirks:
            yield f"quirks: {entry.protocol} has none"
    else:
        try:
            dialect_of(_record(entry))
        except ValueError as error:
            yield f"quirks: {error}"


def _record(entry: ExtraProvider) -> Record:
    usual = _CODES_OF_DIALECTS.get(entry.quirks.get("dialect", ""), _USUAL_CODES[entry.protocol])
    return Record(
        slug=entry.slug,
        title=entry.title,
        url=entry.url,
        protocol=entry.protocol,
        currency=entry.currency,
        codes=entry.codes or usual,
        site=entry.site or entry.url,
        limits=_LIMITS,
        quirks=entry.quirks,
        rentals=entry.rentals,
    )
