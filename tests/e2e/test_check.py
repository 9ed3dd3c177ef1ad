"""``python -m bot check``: each thing is tried out for real, and said in a sentence with a sign in front."""

import json
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from bot.providers.presets import build_presets
from sandbox import demo
from sandbox.app import serve
from tests.e2e.process import run
from tests.e2e.world import Port, World

OWN = {
    "getsms": "GETSMS_URL",
    "getsms-online": "GETSMS_ONLINE_URL",
    "sms-activate": "SMS_ACTIVATE_URL",
    "smspva": "SMSPVA_URL",
}


def _at(url: str, *, but: dict[str, str]) -> dict[str, str]:
    """Return the settings that lead every provider to an address; some to another one, by slug."""
    entries = [
        {
            "slug": record.slug,
            "title": record.title,
            "url": but.get(record.slug, f"{url}/{record.slug}"),
            "protocol": "handler_api",
            "currency": "USD",
        }
        for record in build_presets()
        if record.slug not in OWN
    ]
    own = {name: but.get(slug, f"{url}/{slug}") for slug, name in OWN.items()}
    return {**own, "EXTRA_PROVIDERS": json.dumps(entries)}


async def test_hosts_of_providers_are_asked_without_a_key(world: World) -> None:
    """Those that answer are counted; one that does not is named, and is no reason to fail."""
    nobody = Port()
    elsewhere = _at(world.url, but={"hero-sms": f"http://127.0.0.1:{nobody.number}"})
    code, said = await run({**world.variables, **elsewhere}, world.folder, "check")
    assert code == 0
    assert "✓ 10 of 11 providers' hosts answer." in said
    assert "– HeroSMS does not answer." in said
    asked = [head for head in world.heads if head.startswith("HEAD /getsms")]
    assert asked
    assert not [head for head in asked if "key" in head.lower()]
    nobody.close()


async def test_a_machine_without_a_way_out(world: World) -> None:
    """Where no provider at all answers, that must be mended; with --offline nobody is asked."""
    nobody = Port()
    elsewhere = _at(f"http://127.0.0.1:{nobody.number}", but={})
    code, said = await run({**world.variables, **elsewhere}, world.folder, "check")
    assert code == 1
    assert "✗ No provider can be reached" in said
    code, said = await run({**world.variables, **elsewhere}, world.folder, "check", "--offline")
    assert code == 0
    assert "– The providers were not asked" in said
    nobody.close()


async def test_the_port_must_be_free_or_a_bots(world: World) -> None:
    """A port that somebody else has is a problem, one at which a bot answers is not."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = {"HTTP_PORT": str(taken.getsockname()[1])}
        code, said = await run({**world.variables, **port}, world.folder, "check", "--offline")
        assert code == 1
        assert "✗ HTTP_PORT: nothing can listen at 127.0.0.1" in said
    free = Port()
    port = {"HTTP_PORT": str(free.number)}
    free.close()
    code, said = await run({**world.variables, **port}, world.folder, "check", "--offline")
    assert (code, "✓ HTTP_PORT" in said) == (0, True)
    await world.start_bot(HTTP_PORT=port["HTTP_PORT"])
    code, said = await run({**world.variables, **port}, world.folder, "check", "--offline")
    assert code == 0
    assert "– HTTP_PORT: a bot answers" in said


@pytest.mark.parametrize(("ahead", "sign"), [(-3600, "✗ The clock is 3"), (20, "– The clock is 2")])
async def test_a_clock_that_is_wrong(world: World, ahead: int, sign: str) -> None:
    """The clock is held against the time that Telegram's answers carry; a minute off must be mended."""

    async def answer(_: web.Request) -> web.Response:
        then = datetime.now(UTC) - timedelta(seconds=ahead)
        return web.Response(headers={"Date": format_datetime(then, usegmt=True)})

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", answer)
    async with serve(app, "127.0.0.1", 0) as url:
        code, said = await run(
            {**world.variables, "TELEGRAM_API_URL": url}, world.folder, "check", "--offline"
        )
    assert sign in said
    assert code == int(sign.startswith("✗"))


async def test_telegram_redis_and_the_disk(world: World) -> None:
    """Telegram and the disk are fine; a Redis that does not answer is named, its password is not."""
    nobody = Port()
    redis = f"redis://:pass-word@127.0.0.1:{nobody.number}/0"  # pragma: allowlist secret
    code, said = await run({**world.variables, "REDIS_URL": redis}, world.folder, "check", "--offline")
    assert code == 1
    assert "✗ REDIS_URL: Redis does not answer" in said
    assert "pass-word" not in said
    assert demo.TOKEN.partition(":")[2] not in said
    for told in (
        "✓ BOT_TOKEN: Telegram knows the bot as @codebell_bot.",
        "✓ Telegram has no webhook for the bot, as it should; 0 updates are waiting.",
        "✓ The clock agrees",
        "MB are free on the disk",
        "– There is no database yet",
    ):
        assert told in said
    nobody.close()
