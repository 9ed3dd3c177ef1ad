"""One outbox row told: drawn in its reader's language, sent, and the reason noted where it cannot be."""

from collections.abc import Callable
from functools import partial

from bot.domain.faults import Source
from bot.domain.outbox import Kind, Message, Notice
from bot.domain.sms import Sms
from bot.i18n import Translator
from bot.logs import get_logger
from bot.telegram.desk import Desk
from bot.telegram.group_telling import GroupTeller
from bot.telegram.outcomes import ChatGone, MessageGone, Unacceptable
from bot.telegram.pace import Priority
from bot.telegram.rental_telling import rental_subject
from bot.telegram.screens.alerts import balance_is_low, in_stock
from bot.telegram.screens.card import card
from bot.telegram.screens.code import bare_code, code_message
from bot.telegram.screens.notices import account_notice, order_notice
from bot.telegram.screens.screen import Screen
from bot.telegram.screens.words import goods
from bot.telegram.sender import May
from bot.telegram.subjects import Subject

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
        self._groups = GroupTeller(desk)

    async def tell(self, row: Message) -> str:
        """Tell a row; return how it ended: ``sent``, or why it never will be.

        Raises:
            Unsent: Telegram could not be reached; the same row is to be told later.
            Overtaken: the chat is not ours any more; whoever has it now tells the row.
        """
        ending = await self._tell(row)
        waited = (self._desk.clock.now() - row.created_at).total_seconds()
        self._desk.metrics.delivered(row.kind.value, waited, told=ending == SENT)
        return ending

    async def _tell(self, row: Message) -> str:
        manners = self._desk.engine.manners
        manner = await manners.of(row.user_id)
        t, silent = self._desk.translations.get(manner.language), manners.is_silent(manner)
        try:
            if row.kind is Kind.CODE:
                return await self._code(row, t, silent=silent)
            if row.kind is Kind.CARD:
                return await self._card(row, t)
            return await self._notice(row, t, silent=silent)
        except ChatGone as gone:
            return await self._gone(row, gone)
        except Unacceptable as refused:
            _log.warning("message refused", row=row.id, kind=row.kind.value, reason=refused.reason)
            return f"refused: {refused.reason}"
        except _Broken as broken:
            await self._note(row, broken)
            return f"cannot be drawn: {broken}"

    async def _code(self, row: Message, t: Translator, *, silent: bool) -> str:
        sms, subject = await self._sms(row), await self._subject(row, t)
        if sms is None or subject is None:
            return _NOTHING_TO_TELL
        if row.group_id is not None:
            return await self._groups.code(row, sms, subject, t) or SENT
        reply_to = subject.card_in(row.chat_id)
        try:
            screen = self._draw(lambda: subject.code(sms))
            await self._ring(row, screen, reply_to, silent=silent)
        except (_Broken, Unacceptable) as error:
            # Whatever is wrong with our message: the code itself must arrive.
            _log.warning("code told without its frame", row=row.id, reason=str(error))
            if isinstance(error, _Broken):
                await self._note(row, error)
            await self._ring(row, bare_code(sms), reply_to, silent=silent)
        return SENT

    async def _ring(self, row: Message, screen: Screen, reply_to: int | None, *, silent: bool) -> None:
        await self._desk.sender.send(
            row.chat_id,
            screen,
            reply_to=reply_to,
            silent=silent,
            priority=Priority.CODE,
            may=self._may(row),
            topic_id=row.topic_id,
        )

    def _may(self, row: Message) -> May:
        """Return what says whether the row's chat is still ours."""
        return partial(self._desk.engine.outbox.holds, row.chat_id)

    async def _card(self, row: Message, t: Translator) -> str:
        subject = await self._subject(row, t)
        if subject is None:
            return _NOTHING_TO_TELL
        screen = self._draw(subject.card)
        if subject.card_message_id is not None:
            try:
                await self._desk.sender.edit(
                    row.chat_id,
                    subject.card_message_id,
                    screen,
                    priority=Priority.CARD,
                    may=self._may(row),
                )
            except MessageGone:
                _log.info("card sent anew", subject=subject.name)
            else:
                return SENT
        message_id = await self._desk.sender.send(
            row.chat_id,
            screen,
            silent=True,
            priority=Priority.CARD,
            may=self._may(row),
            topic_id=row.topic_id,
        )
        await subject.keep_card(message_id)
        return SENT

    async def _notice(self, row: Message, t: Translator, *, silent: bool) -> str:
        subject = await self._subject(row, t)
        screen = await self._notice_screen(row, subject, t)
        if screen is None:
            return _NOTHING_TO_TELL
        reply_to = None if subject is None else subject.card_in(row.chat_id)
        topic_id = None if subject is None else subject.topic_in(row.chat_id)
        try:
            await self._desk.sender.send(
                row.chat_id, screen, reply_to=reply_to, silent=silent, may=self._may(row), topic_id=topic_id
            )
        except ChatGone:
            if row.chat_id == row.user_id:
                raise
            await self._desk.sender.send(
                row.user_id, screen, silent=silent, may=self._may(row)
            )  # the group is gone, its person is not
        return SENT

    async def _notice_screen(self, row: Message, subject: Subject | None, t: Translator) -> Screen | None:
        notice = row.notice
        if notice is None:
            return None
        if row.group_id is not None:
            return await self._groups.notice(notice, row, t)
        if subject is not None:
            return self._draw(lambda: subject.notice(notice))
        if row.alert_id is not None:
            return await self._news(row.user_id, row.alert_id, t)
        if row.account_id is not None and notice is Notice.LOW_BALANCE:
            low = await self._desk.engine.low_balances.find(row.account_id)
            return self._draw(lambda: balance_is_low(low, t)) if low else None
        account = None
        if row.account_id is not None:
            account = await self._desk.engine.accounts.find(row.account_id)
        return self._draw(lambda: account_notice(notice, account, t)) if account else None

    async def _news(self, user_id: int, alert_id: int, t: Translator) -> Screen | None:
        alert = await self._desk.engine.alerts.find(alert_id)
        if alert is None or alert.alert.user_id != user_id:  # it ended, and its id was given to another
            return None
        return self._draw(lambda: in_stock(alert, t, self._desk.catalog))

    async def _sms(self, row: Message) -> Sms | None:
        if row.rental_sms_id is not None:
            return await self._desk.engine.rent_book.sms(row.rental_sms_id)
        return None if row.sms_id is None else await self._desk.engine.outbox.sms(row.sms_id)

    async def _subject(self, row: Message, t: Translator) -> Subject | None:
        """Return the order or the rental that a row is about, as it stands now; None where there is none."""
        if row.rental_id is not None:
            return await rental_subject(self._desk, row.rental_id, t)
        engine, catalog = self._desk.engine, self._desk.catalog
        view = None if row.order_id is None else await engine.orders.find(row.order_id)
        if view is None:
            return None
        return Subject(
            name=f"order {view.order.id}",
            card_chat_id=view.order.card_chat_id,
            card_message_id=view.order.card_message_id,
            code=lambda sms: code_message(sms, view, t, catalog),
            card=lambda: card(view, t, catalog),
            notice=lambda notice: order_notice(notice, view, t, catalog),
            keep_card=partial(engine.outbox.set_card, view.order.id),
            title=goods(catalog, view.order.service, view.order.country, t),
            phone=view.order.phone,
            topic_id=view.order.card_topic_id or 0,
        )

    def _draw(self, draw: Callable[[], Screen]) -> Screen:
        try:
            return draw()
        except Exception as error:
            raise _Broken(type(error).__name__) from error

    async def _note(self, row: Message, broken: _Broken) -> None:
        cause = broken.__cause__
        fault = cause if isinstance(cause, Exception) else broken
        await self._desk.engine.faults.note(Source.MESSAGE, str(row.id), fault)

    async def _gone(self, row: Message, gone: ChatGone) -> str:
        if row.chat_id == row.user_id:
            await self._desk.engine.people.unreachable(row.user_id)
        _log.info("chat is gone", chat=row.chat_id, reason=gone.reason)
        return f"chat gone: {gone.reason}"
