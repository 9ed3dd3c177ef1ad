"""Whether Telegram knows the bot, how updates come, and whether the clock is right."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError

from bot.app import build_bot
from bot.check.findings import Findings
from bot.config import Settings

_SECONDS = aiohttp.ClientTimeout(total=10)
_CALL_SECONDS = 10
_NOTABLE_SECONDS = 5
_WRONG_SECONDS = 60


async def telegram(settings: Settings, findings: Findings) -> None:
    """Ask Telegram who the bot is, for its webhook, and for the time."""
    await _clock(settings, findings)
    if not settings.bot_token.get_secret_value():
        findings.note("BOT_TOKEN is empty: the sandbox is started instead of the bot.")
        return
    bot = build_bot(settings)
    try:
        me = await bot.get_me(request_timeout=_CALL_SECONDS)
        findings.fine(f"BOT_TOKEN: Telegram knows the bot as @{me.username}.")
        if not me.supports_inline_queries:
            findings.note("Inline mode is off: @BotFather switches it on by /setinline.")
        await _webhook(bot, settings.webhook_url, findings)
    except (TelegramUnauthorizedError, TelegramNotFound):
        findings.problem("BOT_TOKEN: Telegram does not accept it.")
    except AiogramError as error:
        findings.note(f"BOT_TOKEN: Telegram could not be asked about it ({type(error).__name__}).")
    finally:
        await bot.session.close()


async def _webhook(bot: Bot, wanted: str, findings: Findings) -> None:
    info = await bot.get_webhook_info(request_timeout=_CALL_SECONDS)
    waiting = f"{info.pending_update_count} updates are waiting"
    # Not the whole address: whoever has set it may have put a secret into its path.
    where = f"a webhook at {urlsplit(info.url).hostname}" if info.url else "no webhook"
    if (info.url or "") == wanted:
        findings.fine(f"Telegram has {where} for the bot, as it should; {waiting}.")
    else:
        findings.note(f"Telegram has {where} for the bot, which the next start changes; {waiting}.")
    if info.last_error_date is not None:
        when = info.last_error_date.astimezone(UTC)
        findings.note(f"Its last call there failed, at {when:%Y-%m-%d %H:%M:%S} UTC.")


async def _clock(settings: Settings, findings: Findings) -> None:
    """Compare the clock with the one that Telegram's answers carry (RFC 9110, Date: whole seconds)."""
    try:
        async with (
            aiohttp.ClientSession(timeout=_SECONDS) as session,
            session.head(settings.telegram_api_url, allow_redirects=False) as answer,
        ):
            theirs = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        findings.note("The clock could not be compared with Telegram's.")
        return
    ahead = (datetime.now(UTC) - theirs.astimezone(UTC)).total_seconds()
    told = f"The clock is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} Telegram's"
    if abs(ahead) > _WRONG_SECONDS:
        findings.problem(f"{told}: set it, by NTP best.")
    elif abs(ahead) > _NOTABLE_SECONDS:
        findings.note(f"{told}.")
    else:
        findings.fine("The clock agrees with Telegram's.")
