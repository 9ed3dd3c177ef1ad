"""The bot's name in any chat, with words behind it: links to share. No provider is asked, nothing bought."""

from aiogram import Router
from aiogram.types import InlineQuery

from bot.catalog import Catalog
from bot.domain.finding import Goods
from bot.i18n import language_of
from bot.telegram.desk import Desk
from bot.telegram.links import BUY, payload
from bot.telegram.screens.inline import shares

_MOST = 8
_LONGEST_SEARCH = 100


def router() -> Router:
    """Return the handler of this topic."""
    here = Router(name="inline")
    here.inline_query.register(offer_shares)
    return here


async def offer_shares(query: InlineQuery, desk: Desk) -> None:
    """Offer links to what the words mean, in the language of the person's app."""
    t = desk.translations.get(language_of(query.from_user.language_code))
    words = " ".join(query.query.split())[:_LONGEST_SEARCH]
    found = [goods for goods in meant(words, desk.catalog) if payload(BUY, goods)]
    links = {goods: await desk.sender.link(payload(BUY, goods) or "") for goods in found}
    await desk.sender.offer(query.id, shares(found, links, t, desk.catalog))


def meant(words: str, catalog: Catalog) -> list[Goods]:
    """Return what words may mean, best first; without any, what is wanted most."""
    if not words:
        return [Goods(service.id) for service in catalog.services.popular(_MOST)]
    asked = catalog.parse(words)
    country = asked.country.id if asked.country else ""
    services = ([asked.service] if asked.service else []) + list(asked.choices)
    if not services:
        services = catalog.services.popular(_MOST) if country else []
    return list(dict.fromkeys(Goods(service.id, country) for service in services))[:_MOST]
