"""Questions that wait for a typed answer, and the meaning of opaque button tokens."""

import json
import secrets
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
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


Meaning = tuple[str, Mapping[str, Any]]
"""What a button says when it is pressed: the press, and its arguments."""


async def token(session: AsyncSession, *, chat_id: int, press: str, args: Mapping[str, Any], at: datetime) -> str:
    """The opaque token that means this press in this chat: the one already given out, or a new one."""
    return (await tokens(session, chat_id=chat_id, meanings=[(press, args)], at=at))[0]


async def tokens(session: AsyncSession, *, chat_id: int, meanings: Sequence[Meaning], at: datetime) -> list[str]:
    """One token for each meaning, in their order: a whole keyboard costs two statements.

    A `date` among the args, in ISO form, is written behind it and needs no row of its own.
    """
    wanted = [(press, _written({name: v for name, v in args.items() if name != BEHIND})) for press, args in meanings]
    known = await _known(session, chat_id, set(wanted))
    missing = {meaning: secrets.token_urlsafe(12) for meaning in dict.fromkeys(wanted) if meaning not in known}
    if missing:
        rows = [
            {"token": made, "chat_id": chat_id, "press": press, "args": args, "made_at": at}
            for (press, args), made in missing.items()
        ]
        await session.exec(insert(ButtonToken), params=rows)
    known |= missing
    days = [args.get(BEHIND) for _, args in meanings]
    return [
        known[meaning] if day is None else f"{known[meaning]}.{day}" for meaning, day in zip(wanted, days, strict=True)
    ]


async def _known(session: AsyncSession, chat_id: int, wanted: Set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The tokens given out before; the index is asked for every press with all arguments, and Python sorts them out."""
    if not wanted:
        return {}
    query = select(ButtonToken.press, ButtonToken.args, ButtonToken.token).where(
        ButtonToken.chat_id == chat_id,
        col(ButtonToken.press).in_({press for press, _ in wanted}),
        col(ButtonToken.args).in_({args for _, args in wanted}),
    )
    return {(press, args): found for press, args, found in (await session.exec(query)).all()}


def _written(args: Mapping[str, Any]) -> str:
    return json.dumps(args, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


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
