"""Prompts: questions that wait for a person's answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from bot.storage import settings
from bot.storage.database import Transaction
from bot.storage.tables import PromptRow


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question.

    Attributes:
        chat_id: where it was asked.
        message_id: the message that asks.
        user_id: who is to answer.
        kind: what for (the router's word).
        argument: about what (a provider's slug, an account's id …).
    """

    chat_id: int
    message_id: int
    user_id: int
    kind: str
    argument: str


async def add(tx: Transaction, prompt: Prompt, now: datetime) -> None:
    """Insert a prompt; an older one of the same person in the same chat is dropped."""
    await settings.lock(tx, prompt.user_id)  # of two questions asked at once, one stays
    await drop(tx, prompt.chat_id, prompt.user_id)
    await tx.execute(
        insert(PromptRow).values(
            chat_id=prompt.chat_id,
            message_id=prompt.message_id,
            user_id=prompt.user_id,
            kind=prompt.kind,
            argument=prompt.argument,
            created_at=now,
        )
    )


async def find(tx: Transaction, chat_id: int, user_id: int) -> Prompt | None:
    """Return what this person was asked last in this chat, or None."""
    row = (
        await tx.execute(
            select(PromptRow)
            .where(PromptRow.chat_id == chat_id, PromptRow.user_id == user_id)
            .order_by(PromptRow.created_at.desc())
            .limit(1)
        )
    ).one_or_none()
    return Prompt(row.chat_id, row.message_id, row.user_id, row.kind, row.argument) if row else None


async def shown(tx: Transaction, asked: Prompt, message_id: int) -> None:
    """Note by which message a question was asked that was kept before it was sent."""
    await tx.execute(
        update(PromptRow)
        .where(PromptRow.chat_id == asked.chat_id, PromptRow.message_id == asked.message_id)
        .values(message_id=message_id)
    )


async def drop(tx: Transaction, chat_id: int, user_id: int) -> None:
    """Forget what this person was asked in this chat."""
    await tx.execute(delete(PromptRow).where(PromptRow.chat_id == chat_id, PromptRow.user_id == user_id))
