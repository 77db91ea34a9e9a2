"""Questions that wait for a typed answer, and the meaning of opaque button tokens."""

import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, event, insert, tuple_
from sqlalchemy.orm import ORMExecuteState, Session
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import locks
from storage.for_many import ForMany
from storage.sessions import run, run_for_many
from storage.tables import ButtonToken, Dialogue

_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
PATIENCE = timedelta(hours=24)
AT_ONCE = 5000
"""Meanings asked for in one statement: databases take some 32,000 values."""
EXPECTED = "who was asked something"
"""Under this name a transaction notes by chat who has a question open there."""
BEHIND = "date"
"""The argument that stands behind a token in plain sight, so that all days of a calendar share one row."""
BYTES = 12
"""Of a token: three bytes are four letters."""
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


async def all_open(
    session: AsyncSession, person_id: int, now: datetime, *, within: timedelta = PATIENCE
) -> Sequence[Dialogue]:
    """The questions of so short a time ago that this person still has to answer, wherever they were asked."""
    asked_since = col(Dialogue.expires_at) > now + PATIENCE - within
    query = select(Dialogue).where(Dialogue.person_id == person_id, asked_since)
    return (await session.exec(query.order_by(col(Dialogue.id)))).all()


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


ADDING = ForMany(
    insert(ButtonToken).inline().prefix_with("OR IGNORE", dialect="sqlite"),
    ("token", "chat_id", "press", "args", "made_at"),
)
Meaning = tuple[int, str, Mapping[str, Any]]
"""What a button says when it is pressed: its chat, the press, and its arguments."""
Named = tuple[int, str, str]
"""The same as a row: all presses that share it, and the arguments as they are kept."""


async def token(session: AsyncSession, *, chat_id: int, press: str, args: Mapping[str, Any], at: datetime) -> str:
    """The opaque token that means this press in this chat: the one already given out, or a new one."""
    return (await tokens(session, [(chat_id, press, args)], at))[0]


async def tokens(session: AsyncSession, meanings: Sequence[Meaning], at: datetime) -> list[str]:
    """One token for each meaning, in their order: many keyboards cost two statements at most.

    What differs by the press alone shares a row, and so does what differs by a `date` among the args, in ISO form:
    which of them is meant stands behind the token.
    """
    names = _names(meanings)
    wanted = list(dict.fromkeys(name for name, _ in names))
    # In a file it costs less to try and write those that are there already than to ask for those that are not.
    known = {} if locks.one_writer(session) else await _known(session, wanted)
    missing = [name for name in wanted if name not in known]
    known |= await _made(session, missing, at)
    return [known[name] + behind for name, behind in names]


async def _made(session: AsyncSession, missing: Sequence[Named], at: datetime) -> dict[Named, str]:
    """Their tokens: new ones, or those that turn out to be there."""
    drawn = dict(zip(missing, _unguessable(len(missing)), strict=True))
    new = await run_for_many(session, ADDING, [_row(*name, token, at) for name, token in drawn.items()])
    return await _known(session, missing) if 0 <= new < len(drawn) else drawn


def _unguessable(count: int) -> list[str]:
    """So many tokens, drawn at once."""
    drawn = secrets.token_bytes(count * BYTES)
    return [urlsafe_b64encode(drawn[start : start + BYTES]).decode() for start in range(0, len(drawn), BYTES)]


def _names(meanings: Sequence[Meaning]) -> list[tuple[Named, str]]:
    """The row of each meaning and what stands behind its token."""
    alike = {id(args): args for _, _, args in meanings}  # many buttons below one message share theirs
    texts = {each: _without_behind(args) for each, args in alike.items()}
    shared: dict[tuple[int, str], dict[str, int]] = {}
    for chat, press, args in meanings:
        if BEHIND not in args:
            presses = shared.setdefault((chat, texts[id(args)]), {})
            presses.setdefault(press, len(presses))
    rows = {(chat, text): (chat, BETWEEN.join(presses), text) for (chat, text), presses in shared.items()}
    found = []
    for chat, press, args in meanings:
        this = chat, texts[id(args)]
        if BEHIND in args:
            found.append(((chat, press, this[1]), "" if args[BEHIND] is None else f".{args[BEHIND]}"))
        else:
            found.append((rows[this], f".{shared[this][press]}" if len(shared[this]) > 1 else ""))
    return found


def _without_behind(args: Mapping[str, Any]) -> str:
    return _written({name: value for name, value in args.items() if name != BEHIND} if BEHIND in args else args)


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
