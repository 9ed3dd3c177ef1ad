"""Rows of the outbox that are told in groups, by the rules of their owners; and notices about those."""

from functools import partial

from bot.domain.groups import Group, GroupState, Pause
from bot.domain.outbox import Message, Notice
from bot.domain.sms import Sms
from bot.i18n import Translator
from bot.telegram.desk import Desk
from bot.telegram.outcomes import ChatGone, Muted, TopicGone
from bot.telegram.pace import Priority
from bot.telegram.screens.group_chat import group_code, hidden_code
from bot.telegram.screens.groups import group_notice
from bot.telegram.screens.screen import Screen
from bot.telegram.subjects import Subject

OFF = "the group is off"
_LOOK_AGAIN = 3600.0
"""Seconds for which an owner is taken to run the group still: to a bot that is no admin nobody says so."""


class GroupTeller:
    """Tells codes in groups. A group where that cannot go on is paused, and its owner told.

    Args:
        desk: where rows come from, and how they are sent.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._looked: dict[int, float] = {}

    async def code(self, row: Message, sms: Sms, subject: Subject, t: Translator) -> str | None:
        """Tell a code; return why it is not told, or None.

        Raises:
            Unsent: Telegram could not be reached; the same row is to be told later.
            Unacceptable: Telegram does not take it. It is told in no other form: the rules would be lost.
        """
        group = await self._desk.engine.groups.find(row.group_id or 0)
        if group is None or group.state is not GroupState.ACTIVE:
            return OFF
        if (group.owner_id, group.chat_id) != (row.user_id, row.chat_id):  # another one got its id
            return OFF
        try:
            if not await self._is_run_by_owner(group):
                await self._desk.engine.groups.pause(group.id, Pause.LEFT)
                return OFF
            await self._desk.sender.send(
                group.chat_id,
                _drawn(row, sms, subject, group, t),
                reply_to=subject.card_in(group.chat_id) if subject.topic_id == group.topic_id else None,
                priority=Priority.CODE,
                topic_id=group.topic_id or None,
                may=partial(self._desk.engine.outbox.holds, row.chat_id),
            )
        except ChatGone as gone:
            await self._desk.engine.groups.pause(group.id, _why(gone))
            return f"group gone: {gone.reason}"
        return None

    async def notice(self, notice: Notice, row: Message, t: Translator) -> Screen | None:
        """Return what its owner is told of a group; None where it was forgotten."""
        groups = self._desk.engine.groups
        group = await groups.find(row.group_id or 0)
        if group is None or group.owner_id != row.user_id:  # forgotten, and its id given to another
            return None
        view = await groups.view(group.owner_id, group.id)
        return group_notice(notice, view, t, self._desk.catalog)

    async def _is_run_by_owner(self, group: Group) -> bool:
        now = self._desk.clock.monotonic()
        looked = self._looked.get(group.id)
        if looked is None or now - looked > _LOOK_AGAIN:
            if group.owner_id not in await self._desk.sender.admins(group.chat_id):
                return False
            self._looked[group.id] = now
        return True


def _drawn(row: Message, sms: Sms, subject: Subject, group: Group, t: Translator) -> Screen:
    if not group.named_only:
        return group_code(sms, subject.title, subject.phone, group, t)
    of_rental = row.rental_sms_id is not None
    sms_id = row.rental_sms_id or row.sms_id or 0
    return hidden_code(subject.title, subject.phone, group, t, sms_id=sms_id, of_rental=of_rental)


def _why(gone: ChatGone) -> Pause:
    if isinstance(gone, TopicGone):
        return Pause.TOPIC
    return Pause.MUTED if isinstance(gone, Muted) else Pause.REMOVED
