"""/history and /stats in the chat: lists, filters, files and a picture of what was bought."""

import csv
import io
import json
from decimal import Decimal

from bot.domain.money import Money
from bot.i18n import Translator
from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor, Stage

_PNG = b"\x89PNG\r\n\x1a\n"


def plain(t: Translator, key: str, **values: str | int) -> str:
    """Return a text of the bot as it looks in the chat, without its markup."""
    return t.plain(key, **values).replace("<b>", "").replace("</b>", "")


async def two_numbers(stage: Stage, actor: Actor) -> None:
    """Buy two numbers: one gets its SMS, the other goes back."""
    await actor.add_key()
    card = await actor.buy("tg ru")
    stage.getsms.deliver(stage.getsms.orders[-1].id, "code 71234", "71234")
    await actor.until(lambda: card.button(actor.label("button-copy-code")) is not None, "the code")
    card = await actor.buy("wa ru")
    await actor.press(actor.label("button-cancel"), card)
    await actor.until(lambda: actor.label("state-canceled") in card.text, "the end")


async def history(actor: Actor) -> Seen:
    """Ask for what was bought."""
    said = await actor.say("/history")
    title = plain(actor.t, "purchases-title")
    return await actor.see(lambda message: message.text.startswith(title), after=said)


def content(stage: Stage, message: Seen, kind: str) -> bytes:
    """Return the bytes of a file that the bot sent."""
    shown = message.json[kind]
    file = stage.telegram.world.files.find((shown[-1] if kind == "photo" else shown)["file_id"])
    assert file is not None
    return file.content


async def test_what_was_bought_is_listed_filtered_and_exported(stage: Stage, anna: Actor) -> None:
    """Both numbers are listed with their ends; the filter leaves one, and the files hold what is listed."""
    await two_numbers(stage, anna)
    screen = await history(anna)
    t = anna.t
    assert t.plain("purchases-returned") in screen.text
    assert t.plain("purchases-total", count=2) in screen.text

    await anna.press(t.plain("button-filter"), screen)
    service = t.plain("facet-service", value=t.plain("filter-any"))
    await anna.until(lambda: screen.button(service) is not None, "the filters")
    await anna.press(service, screen)
    await anna.until(lambda: screen.button("Telegram") is not None, "the services")
    await anna.press("Telegram", screen)
    show = t.plain("button-filter-show", many="1")
    await anna.until(lambda: screen.button(show) is not None, "one left")
    await anna.press(show, screen)
    await anna.until(lambda: t.plain("purchases-total", count=1) in screen.text, "the list")
    assert t.plain("purchases-returned") not in screen.text

    await anna.press("CSV", screen)
    sent = await anna.see(lambda message: "document" in message.json, after=screen)
    assert sent.json["document"]["file_name"].endswith(".csv")
    assert sent.json["caption"] == t.plain("export-caption", count=1)
    (row,) = csv.DictReader(io.StringIO(content(stage, sent, "document").decode("utf-8-sig")))
    assert (row["service"], row["price"], row["state"]) == ("telegram", "12.5", "received")
    await anna.press("JSON", screen)
    sent = await anna.see(lambda message: "document" in message.json, after=sent)
    (found,) = json.loads(content(stage, sent, "document"))
    assert found["phone"] == row["phone"] == stage.getsms.orders[0].phone.lstrip("+")
    actions = [call.params["action"] for call in stage.telegram.calls.of("sendChatAction")]
    assert actions.count("upload_document") == 2


async def test_a_picture_sums_up_the_days(stage: Stage, anna: Actor) -> None:
    """/stats sends a photo with its sums in words; its buttons lead to other days and to the list."""
    await two_numbers(stage, anna)
    said = await anna.say("/stats")
    photo = await anna.see(lambda message: "photo" in message.json, after=said)
    assert content(stage, photo, "photo").startswith(_PNG)
    assert photo.json["photo"][-1]["width"] == 1080
    spent = anna.t.money(Money(Decimal("12.50"), "RUB"))
    assert plain(anna.t, "stats-spent", spent=spent) in photo.json["caption"]
    await anna.press(anna.t.plain("button-days", count=7), photo)
    week = await anna.see(lambda message: "photo" in message.json, after=photo)
    assert plain(anna.t, "stats-title", count=7) in week.json["caption"]
    await anna.press(anna.t.plain("button-purchases"), week)
    title = plain(anna.t, "purchases-title")
    await anna.see(lambda message: message.text.startswith(title), after=week)


async def test_nothing_bought_is_said(stage: Stage, anna: Actor) -> None:
    """Without a purchase there is neither a picture nor a file, but a way to buy."""
    await anna.add_key()
    screen = await history(anna)
    assert anna.t.plain("purchases-none") in screen.text
    assert screen.button("CSV") is None
    said = await anna.say("/stats")
    await anna.see(anna.t.plain("stats-none"), after=said)
    assert stage.telegram.calls.of("sendPhoto") == []
