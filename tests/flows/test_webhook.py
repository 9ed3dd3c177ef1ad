"""The bot with updates that Telegram brings: everything as with those that it fetches."""

import io
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.app import App
from bot.i18n import LANGUAGES
from bot.telegram.webhook import secret_from
from sandbox.telegram.people import Person
from tests.flows.stage import TOKEN, Actor, Stage

SECRET = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/telegram"


class Hooked:
    """A stage whose bot has a webhook, and a way to call it.

    Attributes:
        stage: with the simulators.
        settings: what such a bot is given.
    """

    def __init__(self, stage: Stage, http: aiohttp.ClientSession) -> None:
        self.stage = stage
        self._http = http
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{port}{PATH}"
        self.settings: dict[str, Any] = {"http_port": port, "webhook_url": self.url}

    async def bring(self, body: bytes, secret: str | None = secret_from(TOKEN)) -> int:
        """Call the webhook; return the status of the answer."""
        headers = {} if secret is None else {SECRET: secret}

        async def post() -> int:
            async with self._http.post(self.url, data=io.BytesIO(body), headers=headers) as response:
                return response.status

        return await self.stage.time_for(post())

    @property
    def pending(self) -> int:
        """How many updates Telegram has to bring yet."""
        return len(self.stage.telegram.world.updates)

    async def until_set(self) -> None:
        """Let time pass until Telegram knows of the webhook."""
        await self.stage.until(lambda: bool(self.stage.telegram.calls.of("setWebhook")))


@pytest.fixture
async def hooked(empty_stage: Stage) -> AsyncIterator[Hooked]:
    """A stage without a bot."""
    async with aiohttp.ClientSession() as http:
        yield Hooked(empty_stage, http)


@pytest.fixture
async def app(hooked: Hooked) -> AsyncIterator[App]:
    """A running bot with a webhook, which must not have logged an error by the end of the test."""
    async with hooked.stage.bot(**hooked.settings) as app:
        await hooked.until_set()
        yield app
    assert hooked.stage.faults == []


def said(update_id: int, person: Person, text: str) -> dict[str, Any]:
    """Return an update as Telegram brings it."""
    who = {"id": person.id, "is_bot": False, "first_name": "Anna", "language_code": "en"}
    chat = {"id": person.id, "type": "private", "first_name": "Anna"}
    message = {"message_id": 900 + update_id, "date": 1, "chat": chat, "from": who, "text": text}
    return {"update_id": update_id, "message": message}


def bot_s(anna: Actor) -> list[str]:
    """Return what the bot has said."""
    return [one.text for one in anna.chat.messages if one.from_bot]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("app")
async def test_a_purchase_by_webhook(hooked: Hooked, language: str) -> None:
    """From the key to the code, every message and every tap comes over the webhook."""
    anna = hooked.stage.actor(language)
    await anna.add_key()
    card = await anna.buy()
    hooked.stage.getsms.deliver(hooked.stage.getsms.orders[-1].id, "code 12345", "12345")
    await anna.until(lambda: "12345" in card.text, "the code")
    await hooked.stage.until(lambda: hooked.pending == 0)
    assert hooked.stage.telegram.calls.of("getUpdates") == []
    (call,) = hooked.stage.telegram.calls.of("setWebhook")
    assert call.params["max_connections"] == 100
    assert {"message", "callback_query"} <= set(call.params["allowed_updates"])


@pytest.mark.parametrize("secret", [None, "", "wrong", secret_from(TOKEN)[:-1], "ключ"])
@pytest.mark.usefixtures("app")
async def test_without_the_secret_nobody_is_heard(hooked: Hooked, secret: str | None) -> None:
    """A call with no secret, or with another one, is refused; what it says is not looked at."""
    person = hooked.stage.telegram.person("Anna", "en")
    await person.start()
    anna = hooked.stage.actor_of(person)
    await anna.see("Codebell")
    body = json.dumps(said(7, person, "/help")).encode()
    assert await hooked.bring(body, secret) == 403
    assert len(bot_s(anna)) == 1
    assert await hooked.bring(body) == 200
    await anna.see("How it works")


@pytest.mark.usefixtures("app")
async def test_the_same_update_twice_acts_once(hooked: Hooked) -> None:
    """What Telegram brings again, since an answer was lost on the way, is answered 200 and nothing else."""
    person = hooked.stage.telegram.person("Anna", "en")
    await person.start()
    anna = hooked.stage.actor_of(person)
    await anna.see("Codebell")
    body = json.dumps(said(7, person, "/help")).encode()
    assert [await hooked.bring(body) for _ in range(3)] == [200, 200, 200]
    assert len(bot_s(anna)) == 2


@pytest.mark.parametrize(
    "body", [b"", b"no json", b"[]", b'{"update_id": "x"}', b'{"update_id": 5, "message": 1}']
)
async def test_what_nobody_can_read_stops_nothing(hooked: Hooked, body: bytes) -> None:
    """It is answered 200, since it would be no better the next time; the next update is handled."""
    async with hooked.stage.bot(**hooked.settings):
        await hooked.until_set()
        assert await hooked.bring(body) == 200
        anna = hooked.stage.actor()
        await anna.say("/start")
        await anna.see("Codebell")


@pytest.mark.usefixtures("app")
async def test_a_body_that_never_ends_is_not_read_to_its_end(hooked: Hooked) -> None:
    """More than any update has is refused, even with the secret."""
    assert await hooked.bring(b" " * (4 * 1024 * 1024 + 1)) == 400


@pytest.mark.usefixtures("app")
async def test_an_update_is_kept_by_telegram_until_it_was_handled(hooked: Hooked) -> None:
    """While a message is at work for up to five seconds nothing is confirmed, and others are not held up."""
    stage = hooked.stage
    anna, boris = stage.actor(), stage.actor(name="Boris")
    await anna.say("/start")
    await anna.see("Codebell")
    await stage.until(lambda: hooked.pending == 0)
    hold = stage.telegram.faults.hold("sendMessage")
    await anna.say("/help")
    await hold.arrival()
    await stage.time_for(stage.clock.sleep(4))
    assert hooked.pending == 1
    await boris.say("/start")
    await boris.see("Codebell")
    await stage.until(lambda: hooked.pending == 1)
    await stage.time_for(stage.clock.sleep(2))
    await stage.until(lambda: hooked.pending == 0)
    hold.release()
    await anna.see("/balance")


async def test_a_bot_that_was_away_gets_what_came_meanwhile(hooked: Hooked) -> None:
    """The webhook stays set while nobody answers at it; what was said then is answered once."""
    stage, anna = hooked.stage, hooked.stage.actor()
    async with stage.bot(**hooked.settings):
        await hooked.until_set()
        await anna.say("/start")
        await anna.see("Codebell")
    assert stage.telegram.calls.of("deleteWebhook") == []
    asked = await anna.say("/help")
    await stage.time_for(stage.clock.sleep(30))
    assert hooked.pending == 1
    async with stage.bot(**hooked.settings):
        await anna.see("How it works", after=asked)
        await stage.until(lambda: hooked.pending == 0)
    assert len([one for one in anna.chat.messages if "How it works" in one.text]) == 1
    assert stage.faults == []


async def test_what_a_stop_interrupts_comes_again(hooked: Hooked) -> None:
    """A bot that is stopped in the middle of an update does not confirm it; the next start handles it."""
    stage, anna = hooked.stage, hooked.stage.actor()
    async with stage.bot(**hooked.settings):
        await hooked.until_set()
        await anna.say("/start")
        await anna.see("Codebell")
        hold = stage.telegram.faults.hold("sendMessage")
        asked = await anna.say("/help")
        await hold.arrival()
        stage.step = 0.0001  # the bot stops before the five seconds are over after which nobody waits
    assert hooked.pending == 1
    stage.step = 0.02
    hold.release()
    async with stage.bot(**hooked.settings):
        await anna.see("How it works", after=asked)
        await stage.until(lambda: hooked.pending == 0)


async def test_going_back_to_polling_takes_the_webhook_away(hooked: Hooked) -> None:
    """Without WEBHOOK_URL the next start deletes the webhook, keeps what waits, and fetches it."""
    stage, anna = hooked.stage, hooked.stage.actor()
    async with stage.bot(**hooked.settings):
        await hooked.until_set()
    await anna.say("/start")
    async with stage.bot():
        await anna.see("Codebell")
    (call,) = stage.telegram.calls.of("deleteWebhook")
    assert call.params.get("drop_pending_updates") is not True


async def test_a_webhook_that_was_taken_away_is_set_again(hooked: Hooked, app: App) -> None:
    """The bot looks now and then whether Telegram still knows where to bring updates."""
    await app.bot.delete_webhook()
    anna = hooked.stage.actor()
    await anna.say("/start")
    await hooked.stage.time_for(hooked.stage.clock.sleep(31))
    await anna.see("Codebell")


async def test_rubbish_for_an_answer_ends_no_webhook(hooked: Hooked) -> None:
    """HTML where Telegram was to say that the webhook is set, or is still there, is asked for again."""
    faults = hooked.stage.telegram.faults
    faulty = [faults.garble(method, times=2) for method in ("setWebhook", "getWebhookInfo")]
    async with hooked.stage.bot(**hooked.settings):
        await hooked.stage.until(lambda: all(one.hits == 2 for one in faulty))
        anna = hooked.stage.actor()
        await anna.say("/start")
        await anna.see("Codebell")
    assert hooked.stage.faults == []


async def test_polling_takes_a_webhook_away_that_stays_in_the_way(hooked: Hooked) -> None:
    """One that another program has set keeps all updates away, for half a minute; rubbish is asked again."""
    async with hooked.stage.bot() as app:
        anna = hooked.stage.actor()
        await anna.say("/start")
        await anna.see("Codebell")
        hooked.stage.telegram.faults.garble("deleteWebhook")
        await app.bot.set_webhook(hooked.url)
        await anna.say("/help")
        await anna.see("How it works")
    assert hooked.stage.faults == []
