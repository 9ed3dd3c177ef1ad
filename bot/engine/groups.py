"""Groups that get somebody's codes: bound by an admin, agreed to by the owner, paused where need be."""

from typing import Any

from bot.clock import Clock
from bot.domain.errors import NotLetIn, NotYours, OutOfDate
from bot.domain.groups import (
    LONGEST_TITLE,
    MOST_SERVICES,
    Group,
    GroupState,
    GroupView,
    Option,
    Pause,
)
from bot.domain.outbox import Notice
from bot.domain.sms import Sms
from bot.engine.outbox import Outbox
from bot.storage import accounts, group_outbox, groups, orders, people, rentals, settings
from bot.storage.database import Database, Transaction

_MOST_GROUPS = 50
_COLUMNS = {Option.WHOLE_PHONE: "whole_phone", Option.SPOILER: "spoiler", Option.NAMED_ONLY: "named_only"}
_GOING_ON = (GroupState.ACTIVE,)


class Groups:
    """Bindings of groups to the people whose codes go there. Telegram's side of it is not known here."""

    def __init__(self, database: Database, clock: Clock, tell: Outbox) -> None:
        self._database = database
        self._clock = clock
        self._outbox = tell

    async def propose(self, owner_id: int, place: tuple[int, int], title: str, by: int) -> Group | None:
        """Note that a group shall get somebody's codes; nothing is told there before that person agrees.

        Whom another person proposes is asked in the private chat, and only once, whatever came of it.

        Args:
            owner_id: whose codes.
            place: chat and topic (0 for the group as such).
            title: what the group is called.
            by: who proposes it, an admin of the group.

        Returns:
            The binding as it stands; None for somebody without accounts, or with groups enough.
        """
        async with self._outbox.telling() as tx:
            if await people.find(tx, owner_id) is None or not await accounts.of_user(tx, owner_id):
                return None
            await settings.lock(tx, owner_id)
            known = await groups.at(tx, place, owner_id)
            if known is not None:
                again = {GroupState.REFUSED} if by == owner_id else ()
                proposed = await groups.change(tx, known.id, of=again, state=GroupState.PROPOSED.value)
                return proposed or known
            if len(await groups.of_owner(tx, owner_id)) >= _MOST_GROUPS:
                return None
            group = await groups.add(
                tx,
                owner_id=owner_id,
                place=place,
                title=title[:LONGEST_TITLE],
                state=GroupState.PROPOSED,
                now=self._clock.now(),
            )
            if by != owner_id:
                await group_outbox.add_notice(tx, Notice.GROUP_ASKED, group, self._clock.now())
        return group

    async def of(self, owner_id: int) -> tuple[Group, ...]:
        """Return a person's bindings, oldest first."""
        async with self._database.read() as tx:
            return await groups.of_owner(tx, owner_id)

    async def at(self, place: tuple[int, int], owner_id: int) -> Group | None:
        """Return the binding of a person in a chat and topic, or None."""
        async with self._database.read() as tx:
            return await groups.at(tx, place, owner_id)

    async def find(self, group_id: int) -> Group | None:
        """Return any binding, or None; for messages about it."""
        async with self._database.read() as tx:
            return await groups.find(tx, group_id)

    async def view(self, owner_id: int, group_id: int) -> GroupView:
        """Return a binding of a person with the people that were named in it.

        Raises:
            OutOfDate: there is no such binding any more.
            NotYours: it is somebody else's.
        """
        async with self._database.read() as tx:
            group = await own(tx, owner_id, group_id)
            return GroupView(group, await groups.members(tx, group_id))

    async def start(self, owner_id: int, group_id: int) -> None:
        """Have codes told in a group from now on: its owner agrees. Raises as ``view``."""
        async with self._database.write() as tx:
            await own(tx, owner_id, group_id)
            await groups.change(tx, group_id, state=GroupState.ACTIVE.value, pause=None)

    async def stop(self, owner_id: int, group_id: int) -> None:
        """Tell nothing in a group any more; a proposal is refused for good. Raises as ``view``."""
        async with self._database.write() as tx:
            group = await own(tx, owner_id, group_id)
            is_new = group.state in {GroupState.PROPOSED, GroupState.REFUSED}
            state = GroupState.REFUSED if is_new else GroupState.PAUSED
            await groups.change(tx, group_id, state=state.value, pause=None if is_new else Pause.OWNER.value)

    async def remove(self, owner_id: int, group_id: int) -> None:
        """Forget a group, with what was set for it and who was named. Raises as ``view``."""
        async with self._database.write() as tx:
            await own(tx, owner_id, group_id)
            await groups.remove(tx, group_id)

    async def set(self, owner_id: int, group_id: int, option: Option, *, wanted: bool) -> None:
        """Switch an option of a group. Raises as ``view``."""
        async with self._database.write() as tx:
            await own(tx, owner_id, group_id)
            column: dict[str, Any] = {_COLUMNS[option]: wanted}
            await groups.change(tx, group_id, **column)

    async def toggle(self, owner_id: int, group_id: int, service: str) -> None:
        """Choose a service to be told, or choose it no more; ``""`` for all services. Raises as ``view``."""
        async with self._database.write() as tx:
            await settings.lock(tx, owner_id)  # so that of two taps none undoes the other
            group = await own(tx, owner_id, group_id)
            chosen = sorted(group.services ^ {service}) if service else []
            await groups.change(tx, group_id, services=chosen[:MOST_SERVICES])

    async def reveal(self, group_id: int, chat_id: int, user_id: int, sms_id: int, *, of_rental: bool) -> Sms:
        """Return an SMS that was told in a group, for somebody who may see it.

        Raises:
            OutOfDate: the group gets no codes any more, or this one was not told there.
            NotLetIn: this person is not named.
        """
        async with self._database.read() as tx:
            group = await groups.find(tx, group_id)
            if group is None or group.state is not GroupState.ACTIVE or group.chat_id != chat_id:
                raise OutOfDate
            if not await group_outbox.was_told(tx, group, sms_id=sms_id, of_rental=of_rental):
                raise OutOfDate
            member = await groups.member_of(tx, group_id, user_id)
            is_buyer = not of_rental and await group_outbox.buyer_of_sms(tx, sms_id) == user_id
            is_free = not group.named_only or user_id == group.owner_id or is_buyer
            if not is_free and (member is None or not member.sees):
                raise NotLetIn
            sms = await (rentals.find_sms(tx, sms_id) if of_rental else orders.find_sms(tx, sms_id))
        if sms is None:
            raise OutOfDate
        return sms

    async def pause(self, group_id: int, why: Pause) -> None:
        """Tell nothing in a group any more, and its owner so, once."""
        async with self._outbox.telling() as tx:
            await self._pause(tx, group_id, why)

    async def pause_chat(self, chat_id: int, why: Pause, *, owner_id: int | None = None) -> None:
        """Pause all bindings of a chat, or those of one person, and tell their owners, once."""
        async with self._database.read() as tx:
            if not await groups.in_chat(tx, chat_id):
                return
        async with self._outbox.telling() as tx:
            for group in await groups.in_chat(tx, chat_id):
                if owner_id in {None, group.owner_id}:
                    await self._pause(tx, group.id, why)

    async def pause_topic(self, place: tuple[int, int]) -> None:
        """Pause the bindings of a topic that was closed, and tell their owners, once."""
        async with self._outbox.telling() as tx:
            for group in await groups.in_chat(tx, place[0]):
                if group.topic_id == place[1]:
                    await self._pause(tx, group.id, Pause.TOPIC)

    async def chat_moved(self, old: int, new: int) -> None:
        """Have bindings, cards and messages follow a group that has got a new id."""
        async with self._outbox.telling() as tx:
            if not await groups.in_chat(tx, new):  # else it was heard before: Telegram says it twice
                await groups.move_chat(tx, old, new)
            await group_outbox.move_chat(tx, old, new)

    async def _pause(self, tx: Transaction, group_id: int, why: Pause) -> None:
        paused = await groups.change(
            tx, group_id, of=_GOING_ON, state=GroupState.PAUSED.value, pause=why.value
        )
        if paused is not None:
            await group_outbox.add_notice(tx, Notice.GROUP_PAUSED, paused, self._clock.now())


async def own(tx: Transaction, owner_id: int, group_id: int) -> Group:
    """Return a binding of a person.

    Raises:
        OutOfDate: there is no such binding any more.
        NotYours: it is somebody else's.
    """
    group = await groups.find(tx, group_id)
    if group is None:
        raise OutOfDate
    if group.owner_id != owner_id:
        raise NotYours
    return group
