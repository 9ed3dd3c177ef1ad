"""No secret gets out: not into logs, the database, the chat or an address, on good days and on bad ones."""

import base64
import json
from urllib.parse import quote

import pytest
from cryptography.fernet import Fernet

from sandbox import demo
from sandbox.bot_process import database
from tests.e2e.process import run
from tests.e2e.shopper import DOUBT, Shopper
from tests.e2e.world import KEY, World

WRONG_KEY = "e2e-wrong-Key_55Zq81mWx"
SECRET = Fernet.generate_key().decode()
TOKEN = demo.TOKEN.partition(":")[2]
OURS = "Something went wrong on our side"
FAULTS = ("html-200", "reset-before", "http-502")


def _found(text: str, *secrets: str) -> list[str]:
    """Return the secrets that a text holds, plain or in a guise that anybody can undo."""
    return [secret for secret in secrets if any(guise in text for guise in _guises(secret))]


def _guises(secret: str) -> set[str]:
    encoded = base64.b64encode(secret.encode()).decode().rstrip("=")
    return {secret, quote(secret, safe=""), secret[:-1], encoded, secret.encode().hex()}


async def _live(world: World, anna: Shopper) -> None:
    """Add keys, buy and be told a code, with everything going wrong in between."""
    start = await anna.person.start()
    message, label = await anna.sees("Add a key", after=start), "Add a key"
    for fault, key in (("", WRONG_KEY), *((fault, KEY) for fault in FAULTS)):
        if fault:
            world.getsms.fault(fault, "getbalance", times=None)
        sent = await anna.offer_key(message, key, label)
        refused = await anna.sees("Try again", after=sent)
        world.getsms.faults.clear()
        message, label = refused, "Try again"
    stumble = world.telegram.faults.add(
        "sendMessage", when=lambda call: "Checking the key" in call["text"], description="Bad Request: EVIL"
    )
    await anna.offer_key(message, KEY, label)
    await world.until(lambda: stumble.hits > 0, "Telegram to refuse a message")
    sent = await anna.offer_key(message, KEY, label)
    await anna.sees("Buy a number", after=sent)

    card, order = await anna.buy()
    world.getsms.fault("cut-off", "getcode")
    world.getsms.deliver(order.id, "Telegram code: 48213", "48213")
    await anna.code("48213", card)

    world.getsms.fault("reset-after", "getnumber")
    doubtful = await anna.look_up("wa ru")
    await anna.confirm(doubtful)
    await anna.reads(DOUBT, after=doubtful)
    asked = await anna.person.send("/balance")
    await anna.reads("₽", after=asked)
    await anna.gets_help()


def _files(world: World) -> str:
    """Return every byte that lies in the bot's folder, its log and whatever a crash may leave included."""
    return b"".join(path.read_bytes() for path in world.folder.rglob("*") if path.is_file()).decode("latin-1")


@pytest.mark.parametrize("log_format", ["console", "json"])
async def test_nothing_gets_out(world: World, anna: Shopper, log_format: str) -> None:
    """With the log at its most talkative, no place outside memory and the provider's forms shows a secret."""
    bot = await world.start_bot(LOG_LEVEL="DEBUG", LOG_FORMAT=log_format, SECRET_KEY=SECRET)
    await _live(world, anna)
    stored = _files(world)
    assert {"sandbox.db", "sandbox.db-wal", "sandbox.db-shm"} <= {
        path.name for path in world.folder.iterdir()
    }
    await bot.stop()
    stored += _files(world)

    forms = [asked.form.get("userkey") for asked in world.getsms.ledger.requests]
    assert {KEY, WRONG_KEY} <= set(forms), "the keys never went the way that they should go"
    everything = (KEY, WRONG_KEY, demo.TOKEN, TOKEN, SECRET)
    assert "debug" in bot.said, "the log was not talkative"
    assert _found(bot.said, *everything) == []
    assert _found(stored, *everything) == []
    assert _found(json.dumps([message.json for message in anna.person.messages]), *everything) == []
    assert _found(repr([call.params for call in world.telegram.calls]), *everything) == []
    heads = [head.replace(f"/bot{demo.TOKEN}/", "/bot/", 1) for head in world.heads]
    assert _found("\n".join(heads), *everything) == []


@pytest.mark.parametrize("sabotage", ["handlers", "adapters"])
async def test_nothing_gets_out_of_a_broken_bot(world: World, anna: Shopper, sabotage: str) -> None:
    """Faults of ours that hold a key in their hands are told and logged by their place, without the key."""
    bot = await world.start_bot(LOG_LEVEL="DEBUG", SECRET_KEY=SECRET, SABOTAGE=sabotage)
    start = await anna.person.start()
    welcome = await anna.sees("Add a key", after=start)
    sent = await anna.offer_key(welcome, KEY)
    await anna.reads(OURS, after=sent)
    await world.until(lambda: "RuntimeError at" in bot.said, "the fault in the log")
    await anna.gets_help()
    await bot.stop()
    everything = (KEY, demo.TOKEN, TOKEN, SECRET)
    assert KEY in [asked.form.get("userkey") for asked in world.getsms.ledger.requests]
    assert _found(_files(world), *everything) == []
    assert _found(json.dumps([message.json for message in anna.person.messages]), *everything) == []
    assert _found(repr([call.params for call in world.telegram.calls]), *everything) == []


async def test_a_copied_database_is_useless_without_the_secret(world: World, anna: Shopper) -> None:
    """On another machine the same files open nothing, and no byte of a key lies in them."""
    bot = await world.start_bot(SECRET_KEY=SECRET)
    await anna.add_key()
    await anna.buy()
    elsewhere = world.folder / "elsewhere"
    elsewhere.mkdir()
    for suffix in ("", "-wal", "-shm"):  # as a thief finds them: while the bot runs
        name = f"{database(world.folder).name}{suffix}"
        (elsewhere / name).write_bytes((world.folder / name).read_bytes())
    await bot.stop()
    assert _found(_files(world), KEY, demo.TOKEN, TOKEN, SECRET) == []
    variables = {**world.variables, "DATABASE_URL": f"sqlite+aiosqlite:///{database(elsewhere)}"}
    for secret in ("", Fernet.generate_key().decode()):
        code, said = await run({**variables, "SECRET_KEY": secret}, elsewhere)
        assert code == 1
        assert "The keys cannot be opened" in said
