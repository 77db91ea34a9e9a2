"""Questions that wait for a typed answer, and the meaning of opaque button tokens."""

import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import ButtonToken, Dialogue

PATIENCE = timedelta(hours=24)
BEHIND = "date"
"""The argument that stands behind a token in plain sight, so that all days of a calendar share one row."""


async def ask(
    session: AsyncSession,
    *,
    person_id: int,
    chat_id: int,
    thread_id: int,
    kind: str,
    args: Mapping[str, Any],
    group_id: int | None,
    prompt_key: str,
    at: datetime,
) -> Dialogue:
    """Remember that a person was asked something here; an older question to him in this chat is dropped."""
    await end(session, person_id, chat_id)
    dialogue = Dialogue(
        person_id=person_id,
        chat_id=chat_id,
        thread_id=thread_id,
        kind=kind,
        args=dict(args),
        group_id=group_id,
        prompt_key=prompt_key,
        expires_at=at + PATIENCE,
    )
    session.add(dialogue)
    await session.flush()
    return dialogue


async def open_with(session: AsyncSession, person_id: int, chat_id: int, now: datetime) -> Dialogue | None:
    """The question this person still has to answer here."""
    query = select(Dialogue).where(
        Dialogue.person_id == person_id, Dialogue.chat_id == chat_id, col(Dialogue.expires_at) > now
    )
    return (await session.exec(query)).first()


async def end(session: AsyncSession, person_id: int, chat_id: int) -> bool:
    """Forget the question; True when there was one."""
    condition = (col(Dialogue.person_id) == person_id, col(Dialogue.chat_id) == chat_id)
    found = (await session.exec(select(Dialogue).where(*condition))).first()
    if found is not None:
        await session.delete(found)
        await session.flush()
    return found is not None


async def forget_expired(session: AsyncSession, now: datetime) -> None:
    """Drop the questions nobody answered in time."""
    await session.exec(delete(Dialogue).where(col(Dialogue.expires_at) <= now))


async def token(session: AsyncSession, *, chat_id: int, press: str, args: Mapping[str, Any], at: datetime) -> str:
    """The opaque token that means this press in this chat: the one already given out, or a new one.

    A `date` among the args, in ISO form, is written behind it and needs no row of its own.
    """
    day = args.get(BEHIND)
    kept = {name: value for name, value in args.items() if name != BEHIND}
    known = await _token(session, chat_id=chat_id, press=press, args=kept, at=at)
    return known if day is None else f"{known}.{day}"


async def _token(session: AsyncSession, *, chat_id: int, press: str, args: Mapping[str, Any], at: datetime) -> str:
    written = json.dumps(args, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    query = select(ButtonToken.token).where(
        ButtonToken.chat_id == chat_id, ButtonToken.press == press, ButtonToken.args == written
    )
    known = (await session.exec(query)).first()
    if known is not None:
        return known
    made = ButtonToken(token=secrets.token_urlsafe(12), chat_id=chat_id, press=press, args=written, made_at=at)
    session.add(made)
    await session.flush()
    return made.token


async def meaning(session: AsyncSession, written: str, chat_id: int | None) -> tuple[str, dict[str, Any]] | None:
    """What a token means in a chat (anywhere for None, as deep links do), or None for a stranger's invention."""
    token, dot, day = written.partition(".")
    found = await session.get(ButtonToken, token)
    if found is None or (chat_id is not None and found.chat_id != chat_id) or (dot and not _is_day(day)):
        return None
    args: dict[str, Any] = json.loads(found.args)
    return found.press, args | ({BEHIND: day} if dot else {})


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
