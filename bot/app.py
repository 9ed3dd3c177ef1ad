"""The composition root: every part is made here, opened in order and closed in reverse."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.telegram.lazily import build_used

# before aiogram, which see there
# isort: split
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.catalog import OwnNames, load_catalog
from bot.clock import Clock
from bot.cluster.cluster import Cluster, open_cluster
from bot.condition import Condition
from bot.config import Settings
from bot.engine.engine import Engine, build_engine, tidy
from bot.i18n import Translations
from bot.logs import get_logger
from bot.metrics import Metrics
from bot.providers.addresses import Addresses
from bot.providers.directory import build_directory
from bot.providers.http import Http
from bot.providers.registry import Providers
from bot.storage import scrubbing, sealing
from bot.storage.database import Database
from bot.storage.keyfile import KEY_FILE, load_secrets
from bot.storage.lock import sole_owner
from bot.storage.mishaps import count_errors
from bot.storage.schema import migrate
from bot.storage.vault import Vault, VaultError
from bot.telegram.courier import Courier
from bot.telegram.desk import Desk
from bot.telegram.dispatcher import announce, build_dispatcher
from bot.telegram.doors import Doors
from bot.telegram.intake import Intake
from bot.telegram.pace import Pace
from bot.telegram.polling import Polling
from bot.telegram.pulse import Pulse
from bot.telegram.sender import Sender
from bot.telegram.turns import MESSAGE_SECONDS, TAP_SECONDS
from bot.telegram.webhook import Webhook, secret_from
from bot.web import serving

LOCALES = Path(__file__).resolve().parent.parent / "locales"

_PASSES = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter, ClientDecodeError)
_CONNECT_AGAIN = (1.0, 2.0, 5.0, 10.0, 30.0)
_PATIENCE_SECONDS = 4.0
_LAST_WORDS_SECONDS = 2.0
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs."""

    settings: Settings
    clock: Clock
    engine: Engine
    bot: Bot
    courier: Courier
    dispatcher: Dispatcher
    intake: Intake
    desk: Desk
    condition: Condition
    webhook: Webhook | None

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set, then finish what is under way (within 10 seconds).

        Raises:
            Exception: a part that must run has died; the others were stopped.
        """
        parts: list[asyncio.Task[None]] = []
        build_used()
        async with (
            self.engine.running() as watching,
            self._serving(parts),
        ):
            courier = asyncio.create_task(self.courier.run(), name="courier")
            chat = asyncio.create_task(self._chat(), name="chat")
            parts += [watching, courier, chat]
            gc.collect()
            gc.freeze()  # aiogram's type graph is large and lives for ever: the collector need not walk it
            stopping = asyncio.create_task(stop.wait())
            done, _ = await asyncio.wait({stopping, *parts}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            self.condition.draining = True
            chat.cancel()
            await asyncio.gather(chat, return_exceptions=True)
            await self.intake.finish(_LAST_WORDS_SECONDS)
            await self.engine.polling.drop()  # not sooner: the next one is to find noted what was handled
            await asyncio.gather(
                self.engine.purchase.finish(_PATIENCE_SECONDS), self.engine.leasing.finish(_PATIENCE_SECONDS)
            )
            await self.courier.stop(_LAST_WORDS_SECONDS)
            await asyncio.gather(courier, return_exceptions=True)
            for part in done & set(parts):
                part.result()  # raises what the part died of

    @asynccontextmanager
    async def _serving(self, parts: list[asyncio.Task[None]]) -> AsyncIterator[None]:
        if not self.settings.http_port:
            yield
            return

        def alive() -> bool:
            is_whole = bool(parts) and not any(part.done() for part in parts)
            return is_whole and not self.condition.draining

        at = (self.settings.http_host, self.settings.http_port)
        async with (
            self.condition.watching_the_loop(),
            serving(*at, alive=alive, hooks=self.engine.hooks, condition=self.condition, ear=self.webhook),
        ):
            yield

    async def _chat(self) -> None:
        """Take updates, brought or fetched; those that came while the bot was away are answered."""
        await self._connect()
        await announce(self.bot, self.desk)
        kinds = self.dispatcher.resolve_used_update_types()
        if self.webhook is not None:
            await self.webhook.run(kinds)
            return
        duty = self.engine.polling
        await duty.carry(Polling(self.bot, self.clock, self.intake, kinds, duty.held).run)

    async def _connect(self) -> None:
        attempt = 0
        while True:
            try:
                me = await self.bot.me()
                if self.webhook is None:
                    await self.bot.delete_webhook(drop_pending_updates=False)
            except _PASSES as error:
                pause = _CONNECT_AGAIN[min(attempt, len(_CONNECT_AGAIN) - 1)]
                if not attempt:
                    _log.warning("telegram does not answer; trying on", reason=type(error).__name__)
                attempt += 1
                await self.clock.sleep(pause)
            else:
                _log.info("telegram answers", bot=me.username)
                if not me.supports_inline_queries:
                    _log.info("inline mode is off; @BotFather switches it on by /setinline")
                return


@asynccontextmanager
async def build_app(
    settings: Settings,
    clock: Clock,
    addresses: Addresses | None = None,
    *,
    secret_is_lost: bool = False,
) -> AsyncIterator[App]:
    """Make and open every part; close them when the context ends.

    Args:
        settings: where everything is. A bot token is needed.
        clock: whose time counts.
        addresses: where hosts that users add may be; the public internet where None.
        secret_is_lost: start even where none of the stored keys opens.

    Raises:
        ConfigError: a configured provider cannot be used.
        VaultError: the secret is missing, or opens none of the stored keys.
        AlreadyRunning: another process works on this database.
    """
    catalog = replace(load_catalog(), own=OwnNames())
    records = build_directory(settings, catalog.tables)
    async with AsyncExitStack() as stack:
        metrics = Metrics()
        database = Database(settings.database_url)
        count_errors(database, metrics.database_failed)
        stack.push_async_callback(database.close)
        database.make_folder()
        stack.enter_context(sole_owner(database.folder))
        await migrate(database)
        await scrubbing.resume(database)
        await tidy(database, clock)
        vault = await open_vault(settings, database, secret_is_lost=secret_is_lost)
        cluster = await stack.enter_async_context(_cluster(settings, clock))
        http = await stack.enter_async_context(
            Http(clock, addresses=addresses, share=cluster.hosts.share if cluster else None)
        )
        providers = Providers(records, http)
        engine = build_engine(
            database=database,
            clock=clock,
            catalog=catalog,
            providers=providers,
            vault=vault,
            public_url=settings.public_url,
            bus=cluster.bus if cluster else None,
            metrics=metrics,
        )
        bot = build_bot(settings)
        stack.push_async_callback(bot.session.close)
        pulse = Pulse(bot, clock)
        stack.push_async_callback(pulse.close)
        sender = Sender(bot, clock, Pace(clock, shared=cluster.chats if cluster else None))
        stack.push_async_callback(sender.close)
        sender.on_move = engine.groups.chat_moved
        desk = Desk(
            engine=engine,
            sender=sender,
            translations=Translations.load(LOCALES),
            catalog=catalog,
            clock=clock,
            admins=settings.admin_ids,
            metrics=metrics,
        )
        dispatcher = build_dispatcher(desk, Doors(settings.allowed_users, settings.admin_ids))
        intake = Intake(desk, bot, dispatcher, cluster.lines if cluster else None)
        yield App(
            settings=settings,
            clock=clock,
            engine=engine,
            bot=bot,
            courier=Courier(desk),
            dispatcher=dispatcher,
            intake=intake,
            desk=desk,
            condition=Condition(clock, engine.readings, pulse, metrics),
            webhook=_webhook(settings, clock, bot, intake),
        )


@asynccontextmanager
async def _cluster(settings: Settings, clock: Clock) -> AsyncIterator[Cluster | None]:
    """Meet the other replicas, where there can be any."""
    url, token = settings.redis_url.get_secret_value(), settings.bot_token.get_secret_value()
    if not url:
        yield None
        return
    prefix = f"{settings.redis_prefix}:{token.partition(':')[0]}"
    async with open_cluster(url, prefix, clock, settings.egress, (MESSAGE_SECONDS, TAP_SECONDS)) as cluster:
        yield cluster


def _webhook(settings: Settings, clock: Clock, bot: Bot, intake: Intake) -> Webhook | None:
    if not settings.webhook_url:
        return None
    secret = settings.webhook_secret.get_secret_value() or secret_from(settings.bot_token.get_secret_value())
    return Webhook(bot, clock, intake, settings.webhook_url, secret)


def build_bot(settings: Settings) -> Bot:
    """Return the client of the Bot API."""
    return Bot(
        settings.bot_token.get_secret_value(),
        session=AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram_api_url)),
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )


async def open_vault(
    settings: Settings, database: Database, *, secret_is_lost: bool = False, only_look: bool = False
) -> Vault:
    """Return the vault, after it has opened one of the keys that are stored.

    Args:
        settings: where the secrets are.
        database: migrated.
        secret_is_lost: whether the person knows that none of them will open, and wants to go on.
        only_look: make no key file, and leave the rights of one that is there as they are.

    Raises:
        VaultError: the secret is missing, or opens none of the stored keys.
    """
    async with database.read() as tx:
        stored = await sealing.count(tx)
    configured, folder = settings.secret_key.get_secret_value(), database.folder
    make = not only_look and (secret_is_lost or not stored)
    vault = Vault(load_secrets(configured, folder, make=make, protect=not only_look))
    if not stored or secret_is_lost or await sealing.opens_any(database, vault):
        return vault
    told = f"none of the {stored} stored keys opens with this SECRET_KEY"
    if folder is not None and (folder / KEY_FILE).exists():
        path = folder / KEY_FILE
        told += f" ({path} is not read while it is set)" if configured else f", that of the key file {path}"
    raise VaultError(told)
