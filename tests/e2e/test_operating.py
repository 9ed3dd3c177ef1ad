"""What an operator asks a running bot over HTTP: is it ready, and what does it count."""

import json
import re
from dataclasses import dataclass

import aiohttp
from cryptography.fernet import Fernet

from bot import __version__
from sandbox import demo
from tests.e2e.shopper import Shopper
from tests.e2e.world import KEY, Port, World

SECRET = Fernet.generate_key().decode()
LABELS = {"kind", "outcome", "error", "provider", "what", "version", "python", "le"}
WORD = re.compile(r"[a-zA-Z0-9_+.-]{1,40}")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer over HTTP."""

    status: int
    text: str


async def asked(port: Port, path: str) -> Said:
    """Ask the bot's own server."""
    url = f"http://127.0.0.1:{port.number}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return Said(answer.status, await answer.text())


async def test_the_numbers_name_nobody(world: World, anna: Shopper) -> None:
    """After a purchase and its code, ``/metrics`` counts both; no key, token, person or phone is in it."""
    port = Port()
    bot = await world.start_bot(SECRET_KEY=SECRET, HTTP_PORT=str(port.number), fresh=True)
    await anna.add_key()
    card, order = await anna.buy()
    world.getsms.deliver(order.id, "Telegram code: 246803", "246803")
    await anna.code("246803", card)
    ready = await asked(port, "/readyz")
    assert (ready.status, json.loads(ready.text)) == (200, {"ready": True, "not_ready": {}})
    scraped = await asked(port, "/metrics")
    assert scraped.status == 200
    assert f'version="{__version__}"' in scraped.text
    assert 'codebell_paid_calls_total{outcome="done",provider="getsms"} 1.0' in scraped.text
    assert 'codebell_delivery_seconds_count{kind="code"} 1.0' in scraped.text
    assert re.search(r"^codebell_event_loop_lag_seconds_count [1-9]", scraped.text, re.MULTILINE)

    numbers = re.sub(r" [0-9.e+-]+$", "", scraped.text, flags=re.MULTILINE)  # counts are nobody's
    token = demo.TOKEN.partition(":")[2]
    for secret in (KEY, SECRET, token):
        assert [part for part in _parts(secret) if part in numbers] == []
    for told in (str(anna.person.id), order.phone, "246803", "Anna", str(order.id)):
        assert told not in numbers
    labels = re.findall(r'(\w+)="([^"]*)"', numbers)
    assert {name for name, _ in labels} <= LABELS
    assert [value for _, value in labels if not WORD.fullmatch(value)] == []
    assert "/metrics" not in bot.said
    port.close()


def _parts(secret: str) -> list[str]:
    """Return every ten characters of a secret that follow each other."""
    return [secret[at : at + 10] for at in range(len(secret) - 9)]


async def test_before_telegram_answers_it_is_alive_and_not_ready(closed_world: World) -> None:
    """``/readyz`` says which part is missing, as JSON, while ``/healthz`` is content; then it is ready."""
    port = Port()
    bot = await closed_world.start_bot(polls=False, HTTP_PORT=str(port.number))
    await closed_world.until(lambda: "telegram does not answer" in bot.said, "a complaint about Telegram")
    said = await asked(port, "/readyz")
    assert said.status == 503
    assert json.loads(said.text) == {"ready": False, "not_ready": {"telegram": "has not answered yet"}}
    assert (await asked(port, "/healthz")).status == 200
    await closed_world.open()
    await Shopper(closed_world).gets_help()
    assert (await asked(port, "/readyz")).status == 200
    port.close()
