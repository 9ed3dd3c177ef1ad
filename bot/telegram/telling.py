"""One outbox row told: drawn in its reader's language, sent, and the reason noted where it cannot be."""

from collections.abc import Callable

from bot.domain.outbox import Kind, Message
from bot.domain.sms import Sms
from bot.domain.views import OrderView
from bot.i18n import Translator
from bot.logs import get_logger
from bot.telegram.desk import Desk
from bot.telegram.outcomes import ChatGone, MessageGone, Unacceptable
from bot.telegram.pace import Priority
from bot.telegram.screens.card import card
from bot.telegram.screens.code import bare_code, code_message
from bot.telegram.screens.notices import account_notice, order_notice
from bot.telegram.screens.screen import Screen

SENT = "sent"
_NOTHING_TO_TELL = "what it is about is gone"
_log = get_logger(__name__)


class _Broken(Exception):
    """A screen cannot be drawn: a fault of ours, which trying again does not mend."""


class Teller:
    """Tells rows of the outbox.

    Args:
        desk: where rows come from, and how they are sent.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def tell(self, row: Message) -> str:
        """Tell a row; return how it ended: ``sent``, or why it never will be.

        Raises:
            Unsent: Telegram could not be reached; the same row is to be told later.
        """
        t = self._desk.translations.get(await self._desk.engine.people.language(row.user_id))
        try:
            if row.kind is Kind.CODE:
                return await self._code(row, t)
            if row.kind is Kind.CARD:
                return await self._card(row, t)
            return await self._notice(row, t)
        except ChatGone as gone:
            return await self._gone(row, gone)
        except Unacceptable as refused:
            _log.warning("message refused", row=row.id, kind=row.kind.value, reason=refused.reason)
            return f"refused: {refused.reason}"
        except _Broken as broken:
            return f"cannot be drawn: {broken}"

    async def _code(self, row: Message, t: Translator) -> str:
        sms = None if row.sms_id is None else await self._desk.engine.outbox.sms(row.sms_id)
        view = await self._order(row)
        if sms is None or view is None:
            return _NOTHING_TO_TELL
        order = view.order
        reply_to = order.card_message_id if order.card_chat_id == row.chat_id else None
        try:
            screen = self._draw(row, lambda: code_message(sms, view, t, self._desk.catalog))
            await self._desk.sender.send(row.chat_id, screen, reply_to=reply_to, priority=Priority.CODE)
        except (_Broken, Unacceptable) as error:
            # Whatever is wrong with our message: the code itself must arrive.
            _log.warning("code told without its frame", row=row.id, reason=str(error))
            await self._bare(row, sms, reply_to)
        return SENT

    async def _bare(self, row: Message, sms: Sms, reply_to: int | None) -> None:
        await self._desk.sender.send(row.chat_id, bare_code(sms), reply_to=reply_to, priority=Priority.CODE)

    async def _card(self, row: Message, t: Translator) -> str:
        view = await self._order(row)
        if view is None:
            return _NOTHING_TO_TELL
        screen = self._draw(row, lambda: card(view, t, self._desk.catalog))
        order = view.order
        if order.card_message_id is not None:
            try:
                await self._desk.sender.edit(
                    row.chat_id, order.card_message_id, screen, priority=Priority.CARD
                )
            except MessageGone:
                _log.info("card sent anew", order=order.id)
            else:
                return SENT
        message_id = await self._desk.sender.send(row.chat_id, screen, silent=True, priority=Priority.CARD)
        await self._desk.engine.outbox.set_card(order.id, message_id)
        return SENT

    async def _notice(self, row: Message, t: Translator) -> str:
        screen = await self._notice_screen(row, t)
        if screen is None:
            return _NOTHING_TO_TELL
        view = await self._order(row)
        is_there = view is not None and view.order.card_chat_id == row.chat_id
        reply_to = view.order.card_message_id if view is not None and is_there else None
        try:
            await self._desk.sender.send(row.chat_id, screen, reply_to=reply_to)
        except ChatGone:
            if row.chat_id == row.user_id:
                raise
            await self._desk.sender.send(row.user_id, screen)  # the group is gone, its person is not
        return SENT

    async def _notice_screen(self, row: Message, t: Translator) -> Screen | None:
        notice = row.notice
        if notice is None:
            return None
        view = await self._order(row)
        if view is not None:
            return self._draw(row, lambda: order_notice(notice, view, t, self._desk.catalog))
        account = None
        if row.account_id is not None:
            account = await self._desk.engine.accounts.find(row.account_id)
        return self._draw(row, lambda: account_notice(account, t)) if account else None

    async def _order(self, row: Message) -> OrderView | None:
        return None if row.order_id is None else await self._desk.engine.orders.find(row.order_id)

    def _draw(self, row: Message, draw: Callable[[], Screen]) -> Screen:
        try:
            return draw()
        except Exception as error:
            _log.exception("message cannot be drawn", row=row.id, kind=row.kind.value)
            raise _Broken(type(error).__name__) from error

    async def _gone(self, row: Message, gone: ChatGone) -> str:
        if row.chat_id == row.user_id:
            await self._desk.engine.people.unreachable(row.user_id)
        _log.info("chat is gone", chat=row.chat_id, reason=gone.reason)
        return f"chat gone: {gone.reason}"
