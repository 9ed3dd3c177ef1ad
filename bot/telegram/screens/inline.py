"""What is offered in any chat behind the bot's name: links to goods, and nothing of anybody's own."""

from collections.abc import Mapping, Sequence

from aiogram.enums import ParseMode
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.catalog import Catalog
from bot.domain.finding import Goods
from bot.i18n import Translator
from bot.telegram.screens.screen import lines
from bot.telegram.screens.words import bold, country_name, service_name


def shares(
    found: Sequence[Goods], links: Mapping[Goods, str], t: Translator, catalog: Catalog
) -> list[InlineQueryResultArticle]:
    """Return what can be sent: for each of the goods a text with a link that opens the bot there.

    Args:
        found: canonical ids, best first, each once.
        links: where each of them leads.
        t: the language of whoever sends it.
        catalog: names.
    """
    return [_share(goods, links[goods], t, catalog) for goods in found]


def _share(goods: Goods, link: str, t: Translator, catalog: Catalog) -> InlineQueryResultArticle:
    service = service_name(catalog, goods.service, t)
    place = country_name(catalog, goods.country, t) if goods.country else t.plain("inline-anywhere")
    content = InputTextMessageContent(
        message_text=lines(bold(service) + " · " + place, t.t("inline-text", link=link)),
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        disable_web_page_preview=None,  # its old name, which aiogram fills in
    )
    return InlineQueryResultArticle(
        id="_".join(part for part in (goods.service, goods.country) if part),
        title=f"{service} · {place}",
        description=t.plain("inline-description"),
        input_message_content=content,
        reply_markup=InlineKeyboardMarkup(
            inline_keyboard=[[InlineKeyboardButton(text=t.plain("inline-open"), url=link)]]
        ),
    )
