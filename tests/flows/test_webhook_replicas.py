"""Two replicas on one PostgreSQL and one Redis: Telegram's updates reach either of them."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

import aiohttp
import pytest
import redis.asyncio
from cryptography.fernet import Fernet

from bot.telegram.webhook import secret_from
from sandbox.telegram.people import Person
from tests.flows.stage import KEY, TOKEN, Actor, Stage
from tests.support.servers import RedisRoom

SECRET = {"X-Telegram-Bot-Api-Secret-Token": secret_from(TOKEN)}


class Pair:
    """Two replicas, and updates that the test brings to the one that it chooses.

    Attributes:
        stage: with the simulators.
        person: who writes.
        anna: the same, as an actor.
    """

    def __init__(self, stage: Stage, postgres: str, room: RedisRoom, http: aiohttp.ClientSession) -> None:
        self.stage = stage
        self._http = http
        self.ports = [_free_port() for _ in range(2)]
        self._settings: dict[str, Any] = {
            "database_url": postgres,
            "secret_key": Fernet.generate_key().decode(),
            "redis_url": room.url,
            "redis_prefix": room.prefix.rstrip(":"),
            # Telegram itself brings everything to the first one, unless the test is quicker.
            "webhook_url": f"http://127.0.0.1:{self.ports[0]}/telegram",
        }
        self.person: Person = stage.telegram.person("Anna", "en")
        self.anna: Actor = stage.actor_of(self.person)

    def settings(self, replica: int) -> dict[str, Any]:
        """Return what a replica is given."""
        return {**self._settings, "http_port": self.ports[replica]}

    def say(self, text: str) -> dict[str, Any]:
        """Have the person write; return the update, which Telegram will not bring itself."""
        world = self.stage.telegram.world
        world.say(self.person._user, self.person.chat, text)
        update = world.updates.waiting()[-1]
        world.updates.taken(update["update_id"])
        return update

    def bring(self, update: dict[str, Any], replica: int) -> "asyncio.Task[int]":
        """Bring an update to a replica; the task's result is the last status of the answers.

        It is brought again while the replica asks for that: the stage's clock may run through its patience.
        """

        async def post() -> int:
            url = f"http://127.0.0.1:{self.ports[replica]}/telegram"
            while True:
                async with self._http.post(url, data=json.dumps(update), headers=SECRET) as response:
                    if response.status != HTTPStatus.SERVICE_UNAVAILABLE:
                        return response.status

        return asyncio.create_task(post())


@pytest.fixture
async def pair(empty_stage: Stage, postgres: str, redis_room: RedisRoom) -> AsyncIterator[Pair]:
    """Two running replicas, which must not have logged an error by the end of the test."""
    async with aiohttp.ClientSession() as http:
        pair = Pair(empty_stage, postgres, redis_room, http)
        stage = pair.stage
        async with stage.bot(**pair.settings(0)), stage.bot(**pair.settings(1)):
            await stage.until(lambda: len(stage.telegram.calls.of("setWebhook")) == 2)
            yield pair
    assert empty_stage.faults == []


async def test_a_key_and_a_command_that_reach_different_replicas(pair: Pair, redis_room: RedisRoom) -> None:
    """The command waits until the other replica has dealt with the key, which never stands in Redis."""
    stage, anna = pair.stage, pair.anna
    await anna.say("/keys")
    listed = await anna.see(lambda message: message.button(anna.label("button-add-key")) is not None)
    await anna.ask_for_key(listed)
    await anna.see(lambda message: message.forces_reply)
    hold = stage.telegram.faults.hold("deleteMessage")
    key = pair.bring(pair.say(KEY), 0)
    await stage.time_for(hold.arrival())
    command = pair.bring(pair.say("/help"), 1)
    await stage.time_for(stage.clock.sleep(2))
    assert not any("How it works" in message.text for message in anna.chat.messages)
    assert KEY not in await _all_of(redis_room)
    hold.release()
    assert [await stage.time_for(key), await stage.time_for(command)] == [200, 200]
    helped = await anna.see("How it works")
    added = await anna.see(lambda message: message.button(anna.label("button-buy")) is not None)
    assert added.id < helped.id


async def test_the_same_update_at_both_replicas_acts_once(pair: Pair) -> None:
    """Telegram brings an update again whose answer it has not got: the other replica finds it done."""
    await pair.anna.say("/start")
    await pair.anna.see("Codebell")
    update = pair.say("/help")
    statuses = [pair.bring(update, replica) for replica in (0, 1)]
    assert [await pair.stage.time_for(status) for status in statuses] == [200, 200]
    assert len([one for one in pair.anna.chat.messages if "How it works" in one.text]) == 1


async def test_a_purchase_whose_taps_reach_both_replicas(pair: Pair) -> None:
    """One replica shows the offer, both get the tap on it: one number is bought, and its code arrives."""
    stage, anna = pair.stage, pair.anna
    await anna.add_key()
    await anna.say("/buy tg ru")
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None)
    world = stage.telegram.world
    await anna.chat.tap(offer, anna.confirm_of(offer))
    tap = world.updates.waiting()[-1]
    assert "callback_query" in tap
    other = pair.bring(tap, 1)
    card = await anna.see(lambda message: message.id == offer.id and anna.has_number(message))
    assert await stage.time_for(other) == 200
    assert stage.getsms.ledger.count("getnumber") == 1
    stage.getsms.deliver(stage.getsms.orders[-1].id, "code 12345", "12345")
    await anna.until(lambda: "12345" in card.text, "the code")
    assert len([one for one in anna.chat.messages if one.text.startswith("12345")]) == 1


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _all_of(room: RedisRoom) -> str:
    """Return everything that stands under a prefix."""
    found = []
    async with redis.asyncio.from_url(room.url) as server:
        async for key in server.scan_iter(match=f"{room.prefix}*"):
            found += [repr(key), repr(await server.dump(key))]
    assert any(":line:" in one for one in found)
    return "".join(found)
