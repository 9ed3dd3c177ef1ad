"""What is wrong with a configuration: tried out, not only read, and without changing anything."""

from bot.catalog import load_catalog
from bot.check.findings import Findings
from bot.check.machine import free_port, free_space
from bot.check.network import providers, redis
from bot.check.storage import database
from bot.check.telegram import telegram
from bot.config import ConfigError, Settings
from bot.providers.base import Record
from bot.providers.directory import build_directory

__all__ = ["Findings", "examine"]


async def examine(settings: Settings, *, offline: bool = False) -> Findings:
    """Try the configuration out, from the files on this machine to the hosts of the providers.

    Args:
        settings: what to try.
        offline: whether the hosts of the providers are left alone.
    """
    findings = Findings()
    records = _records(settings, findings)
    await database(settings, findings)
    free_space(settings, findings)
    await redis(settings, findings)
    await telegram(settings, findings)
    await free_port(settings, findings)
    _public_url(settings, findings)
    if offline:
        findings.note("The providers were not asked, because of --offline.")
    else:
        await providers(records, findings)
    return findings


def _records(settings: Settings, findings: Findings) -> tuple[Record, ...]:
    try:
        found = build_directory(settings, load_catalog().tables)
    except ConfigError as error:
        for problem in error.problems:
            findings.problem(f"{problem}.")
        return ()
    findings.fine(f"The settings can be read; they name {len(found)} providers.")
    return found


def _public_url(settings: Settings, findings: Findings) -> None:
    if not settings.public_url:
        return
    if not settings.http_port:
        findings.problem("PUBLIC_URL is set, but HTTP_PORT is 0: nobody answers there.")
    if not settings.public_url.startswith("https:"):
        findings.note("PUBLIC_URL is not https: others can read the addresses of webhooks.")
