"""The sandbox as one application: everything answers on one port, and the page hears of the provider."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.catalog import load_catalog
from bot.clock import SystemClock
from bot.config import load_settings
from bot.domain.secrets import Key
from bot.providers.directory import build_directory
from bot.providers.http import Http
from bot.providers.registry import RENTALS, Providers
from sandbox import demo
from sandbox.app import build_app, serve
from sandbox.bot_process import environment
from sandbox.handler_api import Variant
from tests.support.clock import ManualClock


@pytest.fixture
async def site() -> AsyncIterator[aiohttp.ClientSession]:
    """A session whose paths lead to a furnished sandbox."""
    clock = ManualClock()
    app = build_app(demo.telegram(clock), demo.providers(clock))
    async with serve(app, "127.0.0.1", 0) as url, aiohttp.ClientSession(url) as session:
        yield session


@pytest.mark.parametrize(
    ("path", "fragment"),
    [
        ("/", "<!doctype html>"),
        ("/static/main.js", "import"),
        (f"/bot{demo.TOKEN}/getMe", '"is_bot": true'),
        ("/provider", '"slug": "getsms"'),
        (f"/getsms/api/v1/?method=getbalance&userkey={demo.KEY}", "5000,00"),
        (f"/getsms/stubs/handler_api.php?action=getBalance&api_key={demo.KEY}", "ACCESS_BALANCE:5000"),
        (f"/sms-activate/stubs/handler_api.php?action=getBalance&api_key={demo.KEY}", "ACCESS_BALANCE:5000"),
        (f"/getsms-online/stubs/handler_api.php?action=getPrices&api_key={demo.KEY}", '"ru": {'),
        (f"/getsms-online/getBalance.php?apikey={demo.KEY}", '"balance": "5000.00"'),
    ],
)
async def test_everything_is_on_one_port(site: aiohttp.ClientSession, path: str, fragment: str) -> None:
    """Page, Telegram, panel and provider have their places side by side."""
    async with site.get(path) as response:
        assert response.status == 200
        assert fragment in await response.text()


async def test_the_page_hears_of_the_provider(site: aiohttp.ClientSession) -> None:
    """A purchase reaches open chat pages as an event, so that the panel can be read anew."""
    async with site.get(f"/bot{demo.TOKEN}/getMe") as response:
        await response.read()
    async with site.get("/provider") as response:
        key = (await response.json())["providers"][0]["keys"][0]["key"]
    async with site.get("/chat/events", params={"user": "700000001"}) as events:
        form = {"method": "getnumber", "service": "tg", "country": "ru", "userkey": key}
        async with site.post("/getsms/api/v1/", data=form) as bought:
            assert (await bought.json())["status"] == 200
        async for line in events.content:
            if line.startswith(b"data:"):
                break
        assert json.loads(line.removeprefix(b"data:")) == {"type": "provider"}


async def test_the_demo_has_people_a_group_and_money(site: aiohttp.ClientSession) -> None:
    """A newcomer finds somebody to be, a group, a key that can pay and one that can pay for nothing."""
    async with site.get("/chat/state", params={"user": "700000001"}) as response:
        state = await response.json()
    assert {user["language_code"] for user in state["users"]} == {"en", "ru", "tr"}
    assert sorted(chat["type"] for chat in state["chats"]) == ["private", "supergroup"]
    async with site.get("/provider") as response:
        providers = (await response.json())["providers"]
    assert {"getsms", "getsms-compatible", "sms-activate", "getsms-online", "sms-reg", "smspva"} == {
        provider["slug"] for provider in providers
    }
    for provider in providers:
        assert {key["key"]: key["balance"] for key in provider["keys"]} == {
            demo.KEY: "5000.00",
            demo.POOR_KEY: "3.50",
        }
        assert provider["automatic"] == {"enabled": True, "after": demo.SECONDS_TO_SMS}


async def test_the_bot_can_have_an_account_at_every_house_of_the_panel(
    site: aiohttp.ClientSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the sandbox's environment the bot knows each simulated house by its slug; the key opens it."""
    url = str(site._base_url).rstrip("/")
    for name, value in environment(token=demo.TOKEN, url=url, data=tmp_path).items():
        monkeypatch.setenv(name, value)
    records = build_directory(load_settings(None), load_catalog().tables)
    async with site.get("/provider") as response:
        houses = [provider["slug"] for provider in (await response.json())["providers"]]
    async with Http(SystemClock()) as http:
        providers = Providers(records, http)
        for house in houses:
            await providers.prove(house, Key(demo.KEY))
    open_houses = {record.url for record in records if not record.closed}
    assert {f"{url}/{path}" for path in ("getsms", "getsms-online", "sms-activate", "smspva")} <= open_houses
    assert {record.rentals for record in records if not record.closed} == {None, *RENTALS}


async def test_a_bot_asks_smspva_without_its_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten calls a second: nobody who tries a rental out waits four seconds for each screen."""
    for name, value in environment(token=demo.TOKEN, url="http://127.0.0.1:1", data=tmp_path).items():
        monkeypatch.setenv(name, value)
    records = {record.slug: record for record in build_directory(load_settings(None), load_catalog().tables)}
    assert records["smspva"].limits.requests_per_second == 10


def test_dearer_tiers_stand_on_the_shelves_that_receive_sms_alone() -> None:
    """Each plain shelf has two dearer tiers; what numbers that forward cost adds none to it."""
    shelves = demo.sms_activate(ManualClock()).world.shelves
    tiers = {
        variant: {len(s.tiers) for (_, _, v), s in shelves.items() if v is variant} for variant in Variant
    }
    assert tiers == {Variant.SMS: {3}, Variant.FORWARD: {1}, Variant.VOICE: {1}}


async def test_a_second_sandbox_takes_a_free_port() -> None:
    """Without a port of choice the preferred one may be busy; with one it may not."""
    clock = ManualClock()
    first, second, third = (build_app(demo.telegram(clock), []) for _ in range(3))
    async with serve(first, "127.0.0.1", None) as one, serve(second, "127.0.0.1", None) as other:
        assert one != other
        with pytest.raises(OSError, match="in use"):
            async with serve(third, "127.0.0.1", int(other.rpartition(":")[2])):
                pass
