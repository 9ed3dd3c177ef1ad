"""Who must be reached over the network: Redis and the hosts of the providers."""

import asyncio
from collections.abc import Iterable

import aiohttp

from bot.check.findings import Findings
from bot.clock import SystemClock
from bot.cluster.link import Away, Link
from bot.config import Settings
from bot.providers.base import Record

_SECONDS = aiohttp.ClientTimeout(total=10)


async def redis(settings: Settings, findings: Findings) -> None:
    """Try whether Redis answers, where there is one."""
    url = settings.redis_url.get_secret_value()
    if not url:
        findings.note("REDIS_URL is empty: the bot runs alone.")
        return
    link = Link(url, settings.redis_prefix, SystemClock())
    try:
        await link.ask(lambda client: client.get(link.key("check")))
    except Away:
        findings.problem("REDIS_URL: Redis does not answer, or does not accept the password.")
    else:
        findings.fine("REDIS_URL: Redis answers.")
    finally:
        await link.close()


async def providers(records: Iterable[Record], findings: Findings) -> None:
    """Try whether the hosts of providers answer anything at all; no key is sent.

    One that does not may be down or closed: it stops nothing. Where none does, the network is to blame.
    """
    titles: dict[str, str] = {}
    for record in records:
        titles.setdefault(record.url, record.title)
    if not titles:
        return
    async with aiohttp.ClientSession(timeout=_SECONDS) as session:
        answers = await asyncio.gather(*(_answers(session, url) for url in titles))
    silent = [title for title, answered in zip(titles.values(), answers, strict=True) if not answered]
    if len(silent) == len(titles):
        findings.problem("No provider can be reached from here: is there a way to the internet?")
        return
    findings.fine(f"{len(titles) - len(silent)} of {len(titles)} providers' hosts answer.")
    for title in silent:
        findings.note(f"{title} does not answer.")


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.head(url, allow_redirects=False):
            return True
    except (aiohttp.ClientError, TimeoutError):
        return False
