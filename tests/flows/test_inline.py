"""The bot's name in any chat: links to share, and nothing of anybody's own."""

import json

import pytest

from bot.i18n import LANGUAGES
from tests.flows.stage import KEY, TEXTS, Stage


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_search_is_offered_for_sharing(stage: Stage, language: str) -> None:
    """A service and a country lead to a text with a link, which leads whoever follows it to the offers."""
    person = stage.telegram.person("Anna", language)
    anna = stage.actor_of(person)
    await anna.add_key()
    offered = await stage.time_for(person.inline("tg ru"))
    assert offered.titles[0].startswith("Telegram · 🇷🇺")
    assert (offered.is_personal, offered.cache_time) == (True, 300)
    assert offered.results[0]["description"] == TEXTS.get(language).plain("inline-description")
    told = json.dumps(offered.results)
    assert "start=buy_telegram_RU" in told
    assert KEY not in told
    assert "100" not in told
    said = await anna.say("/start buy_telegram_RU")
    await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)


@pytest.mark.parametrize(
    ("text", "first", "link"),
    [
        ("", "Telegram · any country", "buy_telegram"),
        ("телеграм", "Telegram · any country", "buy_telegram"),
        ("Türkiye", "Telegram · 🇹🇷 Türkiye", "buy_telegram_TR"),
    ],
)
async def test_half_a_search_is_completed(stage: Stage, text: str, first: str, link: str) -> None:
    """Without a country the link asks for it, without a service the most wanted ones are offered."""
    offered = await stage.time_for(stage.telegram.person().inline(text))
    assert offered.titles[0] == first
    assert f"start={link}" in str(offered.results[0])


async def test_nonsense_offers_nothing(stage: Stage) -> None:
    """Words that mean nothing are answered with an empty list, at once."""
    offered = await stage.time_for(stage.telegram.person().inline("qqqqqqqq"))
    assert offered.results == []


async def test_strangers_are_offered_nothing(empty_stage: Stage) -> None:
    """Where only some may use the bot, nobody else gets an answer, not even an empty one."""
    invited, stranger = empty_stage.telegram.person(), empty_stage.telegram.person("Boris")
    async with empty_stage.bot(allowed_users=frozenset({invited.id})):
        query = await stranger.type_inline("tg ru")
        offered = await empty_stage.time_for(invited.inline("tg ru"))
    assert offered.titles
    assert query.offered is None


async def test_a_flood_of_letters_holds_up_nothing(stage: Stage) -> None:
    """Whoever types too much is answered no more, and their messages are handled as ever."""
    person = stage.telegram.person()
    anna = stage.actor_of(person)
    queries = [await person.type_inline("tg") for _ in range(60)]
    said = await anna.say("/help")
    await anna.see("How it works", after=said)
    assert 0 < sum(query.offered is not None for query in queries) < 60


async def test_it_is_said_that_inline_mode_is_off(empty_stage: Stage) -> None:
    """A bot whose inline mode was never switched on says at its start who can do that."""
    empty_stage.telegram.world.inline = False
    async with empty_stage.bot():
        await empty_stage.until(lambda: any("/setinline" in entry["event"] for entry in empty_stage.logs))
