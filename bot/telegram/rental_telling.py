"""Rentals as rows of the outbox tell them."""

from functools import partial

from bot.i18n import Translator
from bot.telegram.desk import Desk
from bot.telegram.screens.rent_words import rental_goods
from bot.telegram.screens.rental import card
from bot.telegram.screens.rental_notices import rental_notice
from bot.telegram.screens.rental_sms import rental_sms
from bot.telegram.subjects import Subject


async def rental_subject(desk: Desk, rental_id: int, t: Translator) -> Subject | None:
    """Return what there is to tell of a rental as it stands now; None where it is gone.

    Args:
        desk: what there is to work with.
        rental_id: ours.
        t: the reader's language.
    """
    book, catalog = desk.engine.rent_book, desk.catalog
    view = await book.find(rental_id)
    if view is None:
        return None
    return Subject(
        name=f"rental {rental_id}",
        card_chat_id=view.rental.card_chat_id,
        card_message_id=view.rental.card_message_id,
        code=lambda sms: rental_sms(sms, view, t, catalog),
        card=lambda: card(view, t, catalog),
        notice=lambda notice: rental_notice(notice, view, t, catalog),
        keep_card=partial(book.set_card, rental_id),
        title=rental_goods(view.rental, t, catalog),
        phone=view.rental.phone,
    )
