"""A bare aiogram bot: a press is answered, after an edit of its message where the button is no mere label."""

import asyncio
import gc
import json
import sys
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

STILL = "-"


async def echo(query: CallbackQuery) -> None:
    """Show what the button carries, and answer."""
    if query.data != STILL and isinstance(query.message, Message):
        await query.message.edit_text(f"{query.data} {query.id}")
    await query.answer()


async def main(job: dict[str, Any]) -> None:
    """Take updates until told to end."""
    bot = Bot(job["token"], session=AiohttpSession(api=TelegramAPIServer.from_base(job["api"])))
    dispatcher = Dispatcher()
    dispatcher.callback_query.register(echo)
    gc.collect()
    gc.freeze()
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
