"""Links that open the bot at a service, or a service in a country: what ``/start`` gets, made and read."""

import re
from urllib.parse import urlencode

from bot.catalog import Catalog
from bot.domain.finding import Goods

BUY, RENT, WATCH = "buy", "rent", "watch"
_LONGEST = 64  # Bot API, "Deep linking"
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]+")


def payload(topic: str, goods: Goods) -> str | None:
    """Return what leads to these goods, such as ``buy_telegram_RU``; None for a provider's own codes."""
    made = "_".join(part for part in (topic, goods.service, goods.country) if part)
    return made if len(made) <= _LONGEST and _PAYLOAD.fullmatch(made) else None


def goods_in(rest: str, catalog: Catalog) -> Goods | None:
    """Return the goods that a payload names by their exact ids; None where it is to be read as words.

    Args:
        rest: the payload behind its topic, ``telegram_RU``.
        catalog: what there is.
    """
    service, _, country = rest.partition("_")
    if catalog.services.get(service) is None or (country and catalog.countries.get(country) is None):
        return None
    return Goods(service, country)


def sharing(link: str, text: str) -> str:
    """Return Telegram's address that asks to which chat a link is to be sent, with words beside it."""
    return "https://t.me/share/url?" + urlencode({"url": link, "text": text})
