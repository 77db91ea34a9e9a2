"""Questions that wait for a typed answer, and the meaning of opaque button tokens."""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, event, insert, tuple_
from sqlalchemy.orm import ORMExecuteState, Session
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import locks
from storage.sessions import run
from storage.tables import ButtonToken, Dialogue

_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
PATIENCE = timedelta(hours=24)
AT_ONCE = 5000
"""Meanings asked for in one statement: databases take some 32,000 values."""
EXPECTED = "who was asked something"
"""Under this name a transaction notes by chat who has a question open there."""
BEHIND = "date"
"""The argument that stands behind a token in plain sight, so that all days of a calendar share one row."""
BETWEEN = "|"
"""Between the presses of one row: a button says by its place which of them it is."""


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
    _may_differ(session.sync_session)
    return dialogue


async def open_with(session: AsyncSession, person_id: int, chat_id: int, now: datetime) -> Dialogue | None:
    """The question this person still has to answer here."""
    query = select(Dialogue).where(
        Dialogue.person_id == person_id, Dialogue.chat_id == chat_id, col(Dialogue.expires_at) > now
    )
    return (await session.exec(query)).first()


async def end(session: AsyncSession, person_id: int, chat_id: int) -> bool:
    """Forget the question; True when there was one."""
    expected: Mapping[int, set[int]] = session.info.get(EXPECTED, {})
    if chat_id in expected and person_id not in expected[chat_id]:
        return False
    condition = (col(Dialogue.person_id) == person_id, col(Dialogue.chat_id) == chat_id)
    found = (await run(session, select(col(Dialogue.id)).where(*condition))).first()
    if found is not None:
        await session.exec(delete(Dialogue).where(*condition))
    return found is not None


async def expect(session: AsyncSession, chat_ids: Collection[int]) -> None:
    """Much is about to be answered in these chats: look up at once who was asked something there."""
    if not locks.one_writer(session):
        return
    expected: dict[int, set[int]] = {chat_id: set() for chat_id in chat_ids}
    query = select(Dialogue.chat_id, Dialogue.person_id).where(col(Dialogue.chat_id).in_(chat_ids))
    for chat_id, person_id in await run(session, query):
        expected[chat_id].add(person_id)
    session.info[EXPECTED] = expected


@event.listens_for(Session, "do_orm_execute")
def _moved(state: ORMExecuteState) -> None:
    if not state.is_select and any(mapper.class_ is Dialogue for mapper in state.all_mappers):
        _may_differ(state.session)


@event.listens_for(Session, "after_soft_rollback")
@event.listens_for(Session, "after_commit")
def _may_differ(session: Session, *_: object) -> None:
    session.info.pop(EXPECTED, None)


async def forget_expired(session: AsyncSession, now: datetime) -> None:
    """Drop the questions nobody answered in time."""
    await session.exec(delete(Dialogue).where(col(Dialogue.expires_at) <= now))


Meaning = tuple[int, str, Mapping[str, Any]]
"""What a button says when it is pressed: its chat, the press, and its arguments."""
Named = tuple[int, str, str]
"""The same as a row: all presses that share it, and the arguments as they are kept."""


async def token(session: AsyncSession, *, chat_id: int, press: str, args: Mapping[str, Any], at: datetime) -> str:
    """The opaque token that means this press in this chat: the one already given out, or a new one."""
    return (await tokens(session, [(chat_id, press, args)], at))[0]


async def tokens(session: AsyncSession, meanings: Sequence[Meaning], at: datetime) -> list[str]:
    """One token for each meaning, in their order: many keyboards cost two statements.

    What differs by the press alone shares a row, and so does what differs by a `date` among the args, in ISO form:
    which of them is meant stands behind the token.
    """
    names = _names(meanings)
    wanted = list(dict.fromkeys(name for name, _ in names))
    known = await _known(session, wanted)
    missing = {name: secrets.token_urlsafe(12) for name in wanted if name not in known}
    if missing:
        await run(session, insert(ButtonToken), [_row(*each, made, at) for each, made in missing.items()])
    known |= missing
    return [known[name] + behind for name, behind in names]


def _names(meanings: Sequence[Meaning]) -> list[tuple[Named, str]]:
    """The row of each meaning and what stands behind its token."""
    written = [_written({name: value for name, value in args.items() if name != BEHIND}) for _, _, args in meanings]
    shared: dict[tuple[int, str], dict[str, int]] = {}
    for (chat, press, args), text in zip(meanings, written, strict=True):
        if BEHIND not in args:
            presses = shared.setdefault((chat, text), {})
            presses.setdefault(press, len(presses))
    found = []
    for (chat, press, args), text in zip(meanings, written, strict=True):
        presses = {press: 0} if BEHIND in args else shared[chat, text]
        behind = args.get(BEHIND) if len(presses) == 1 else presses[press]
        found.append(((chat, BETWEEN.join(presses), text), "" if behind is None else f".{behind}"))
    return found


def _row(chat_id: int, press: str, args: str, token: str, at: datetime) -> dict[str, Any]:
    return {"token": token, "chat_id": chat_id, "press": press, "args": args, "made_at": at}


async def _known(session: AsyncSession, wanted: Sequence[Named]) -> dict[Named, str]:
    """The tokens that were given out before."""
    names = (col(ButtonToken.chat_id), col(ButtonToken.press), col(ButtonToken.args))
    found: dict[Named, str] = {}
    for start in range(0, len(wanted), AT_ONCE):
        query = select(*names, col(ButtonToken.token)).where(tuple_(*names).in_(wanted[start : start + AT_ONCE]))
        found |= {(chat, press, args): token for chat, press, args, token in await run(session, query)}
    return found


MANY = select(ButtonToken).where(col(ButtonToken.token).in_(bindparam("tokens", expanding=True)))


async def known(session: AsyncSession, written: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    """The first press and the arguments of each row that one of these tokens belongs to, read at once."""
    tokens = sorted({token.partition(".")[0] for token in written})
    rows = (await session.exec(MANY, params={"tokens": tokens})).all() if tokens else []
    return [(row.press.partition(BETWEEN)[0], json.loads(row.args)) for row in rows]


async def meaning(session: AsyncSession, written: str, chat_id: int | None) -> tuple[str, dict[str, Any]] | None:
    """What a token means in a chat (anywhere for None, as deep links do), or None for a stranger's invention."""
    token, dot, behind = written.partition(".")
    found = await session.get(ButtonToken, token)
    if found is None or (chat_id is not None and found.chat_id != chat_id):
        return None
    args: dict[str, Any] = json.loads(found.args)
    presses = found.press.split(BETWEEN)
    if len(presses) > 1:
        places = {str(place): press for place, press in enumerate(presses)}
        return (places[behind], args) if behind in places else None
    if dot and not _is_day(behind):
        return None
    return found.press, args | ({BEHIND: behind} if dot else {})


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
