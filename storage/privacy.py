"""Everything stored about one person: handed out, and taken away again where no joint record needs it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import health, leases
from storage.columns import plain
from storage.kinds import ChatKind, InboxState, OutboxState, Standing
from storage.tables import (
    Activity,
    ActivityText,
    AgendaItem,
    Answer,
    Attendance,
    BindingCode,
    Bundle,
    ButtonToken,
    CalendarDraft,
    CalendarYear,
    Card,
    Chat,
    Decision,
    DecisionText,
    Dialogue,
    Evidence,
    GroupPlaybook,
    GroupTerm,
    Inbox,
    InstitutionDay,
    JournalEntry,
    Leave,
    MatrixImport,
    Meeting,
    Membership,
    MinutesAnswer,
    Note,
    Notice,
    Nudge,
    Outbox,
    Person,
    PlanDraft,
    Recurrence,
    Room,
    ShelfFile,
    SlotVote,
    SupportRequest,
    Task,
    TaskStep,
    TextConfirmation,
    Travel,
)

FORMER = "former member"
"""The name of everybody who was forgotten; readers see it in their own language."""
FORGOTTEN = "forgotten:"
"""How the names of marks begin that keep the number of an account until its last answer is sent: see `sweep`."""

# Every table with columns that point to a person, but for the person's own row. Code hashes open doors: left out.
ABOUT: Mapping[str, tuple[type[SQLModel], Sequence[str]]] = {
    "memberships": (Membership, ("person_id",)),
    "leave": (Leave, ("person_id",)),
    "travel": (Travel, ("person_id",)),
    "decisions": (Decision, ("proposed_by",)),
    "answers": (Answer, ("person_id", "recorded_by")),
    "wordings": (DecisionText, ("written_by",)),
    "confirmed_wordings": (TextConfirmation, ("person_id", "recorded_by")),
    "tasks": (Task, ("assignee_id", "created_by")),
    "rules_for_repeating": (Recurrence, ("made_by",)),
    "task_steps": (TaskStep, ("added_by", "done_by")),
    "shared_files": (ShelfFile, ("shared_by",)),
    "support_requests": (SupportRequest, ("asked_by",)),
    "evidence": (Evidence, ("added_by",)),
    "activities": (Activity, ("created_by",)),
    "titles_of_activities": (ActivityText, ("written_by",)),
    "playbooks": (GroupPlaybook, ("added_by",)),
    "imports": (MatrixImport, ("person_id",)),
    "drafts_of_plans": (PlanDraft, ("person_id",)),
    "meetings": (Meeting, ("created_by", "moderator_id", "minute_taker_id", "interpreter_id", "photo_by")),
    "votes_for_times": (SlotVote, ("person_id",)),
    "invitations": (Attendance, ("person_id", "written_by")),
    "agenda_items": (AgendaItem, ("speaker_id", "added_by")),
    "notes": (Note, ("person_id", "written_by")),
    "answers_to_minutes": (MinutesAnswer, ("person_id", "recorded_by")),
    "nudges": (Nudge, ("person_id",)),
    "notices": (Notice, ("person_id",)),
    "calendars_confirmed": (CalendarYear, ("confirmed_by",)),
    "institution_days": (InstitutionDay, ("written_by",)),
    "calendars_sent": (CalendarDraft, ("person_id",)),
    "daily_messages": (Bundle, ("person_id",)),
    "open_questions": (Dialogue, ("person_id",)),
    "codes": (BindingCode, ("made_by", "used_by")),
    "bound_chats": (Room, ("bound_by",)),
    "words_of_groups": (GroupTerm, ("set_by",)),
    "calls_to_telegram": (Outbox, ("person_id",)),
    "journal": (JournalEntry, ("actor_id",)),
}
OWED = (OutboxState.PENDING, OutboxState.CLAIMED)
_WITHHELD = {"code_hash"}


async def own_data(session: AsyncSession, person: Person) -> dict[str, Any]:
    """Every row about a person, by kind, as JSON can keep it. Other people appear by number only."""
    found: dict[str, Any] = {"person": _written(person)}
    for name, (table, columns) in ABOUT.items():
        mine = or_(*(getattr(table, column) == person.id for column in columns))
        rows = (await session.exec(select(table).where(mine))).all()
        found[name] = [_written(row) for row in rows]
    return found


def _written(row: SQLModel) -> dict[str, Any]:
    return {name: plain(value) for name, value in row.model_dump(exclude=_WITHHELD).items()}


async def forget(session: AsyncSession, person: Person, at: datetime) -> list[Membership]:
    """Take a person's name, account, leave and private chat away; the memberships that ended with it.

    Joint records keep the number of the person, whose name is FORMER from here on.
    """
    await _forget_by_name(session, person)
    ended = await _end_memberships(session, person, at)
    for table in (Leave, Travel, Dialogue, CalendarDraft, PlanDraft, Notice):
        await session.exec(delete(table).where(col(table.person_id) == person.id))
    mine = or_(col(BindingCode.used_by) == person.id, col(BindingCode.made_by) == person.id)
    await session.exec(update(BindingCode).where(mine).values(name=""))
    mine_and_live = (col(Task.assignee_id) == person.id, col(Task.look_at).is_not(None))
    await session.exec(update(Task).where(*mine_and_live).values(look_at=at))
    if person.telegram_id is not None:
        await _forget_chat(session, person.telegram_id)
        await leases.mark(session, f"{FORGOTTEN}{person.telegram_id}", at)
    person.name, person.username, person.telegram_id = FORMER, None, None
    person.language, person.chosen_language = None, None
    person.private_open, person.closed_since, person.current_group_id = False, None, None
    person.forgotten_at = at
    session.add(person)
    await session.flush()
    return ended


async def _end_memberships(session: AsyncSession, person: Person, at: datetime) -> list[Membership]:
    rows = list((await session.exec(select(Membership).where(Membership.person_id == person.id))).all())
    ended = [row for row in rows if row.standing is Standing.ACTIVE]
    for row in rows:
        row.standing, row.until, row.title, row.asked_role = Standing.LEFT, row.until or at, "", None
        row.version += 1
        session.add(row)
    await session.flush()
    return ended


async def _forget_by_name(session: AsyncSession, person: Person) -> None:
    """Where somebody of that very name was written down without an account, in a meeting of his groups, it was he."""
    groups = select(Membership.group_id).where(Membership.person_id == person.id)
    held = (await session.exec(select(Meeting).where(col(Meeting.group_id).in_(groups)))).all()
    for meeting in held:
        if _same(meeting.interpreter, person.name):
            meeting.interpreter = FORMER
    session.add_all(held)
    guests = select(Attendance).where(col(Attendance.name).is_not(None))
    for row in (await session.exec(guests.where(col(Attendance.meeting_id).in_([each.id for each in held])))).all():
        if _same(row.name, person.name):
            # Without an institution, several who were forgotten can stand beside each other.
            row.name, row.title, row.institution = FORMER, "", None
            session.add(row)
    await session.flush()


def _same(written: str | None, name: str) -> bool:
    return bool(written) and " ".join(str(written).split()).casefold() == " ".join(name.split()).casefold()


async def _forget_chat(session: AsyncSession, chat_id: int) -> None:
    """The private chat has the same number as the account: what waits for it is not said any more."""
    here = (col(Outbox.chat_id) == chat_id, col(Outbox.state).in_((*OWED, OutboxState.HELD)))
    free: dict[str, Any] = {"state": OutboxState.WITHDRAWN, "lease_owner": None, "lease_until": None}
    await session.exec(update(Outbox).where(*here).values(**free))
    await _clean_chat(session, chat_id)
    await session.exec(delete(Chat).where(col(Chat.id) == chat_id, col(Chat.kind) == ChatKind.PRIVATE))


async def _clean_chat(session: AsyncSession, chat_id: int) -> None:
    """The number of a private chat goes from everything that was said there and is settled."""
    cards = select(Card.id).where(Card.chat_id == chat_id)
    here = or_(col(Outbox.chat_id) == chat_id, col(Outbox.card_id).in_(cards))
    blank: dict[str, Any] = {"payload": {}, "fallback": None, "chat_id": None, "card_id": None, "message_id": None}
    await session.exec(update(Outbox).where(here, col(Outbox.state).not_in(OWED)).values(**blank))
    await session.exec(delete(Card).where(col(Card.chat_id) == chat_id))
    await session.exec(delete(ButtonToken).where(col(ButtonToken.chat_id) == chat_id))
    answered = (col(Inbox.lane) == chat_id, col(Inbox.state) != InboxState.NEW)
    await session.exec(update(Inbox).where(*answered).values(raw="", lane=0))


async def sweep(session: AsyncSession) -> None:
    """Whoever was forgotten got a last answer; once it is sent, the number it was sent to goes as well.

    Somebody who wrote again meanwhile is new and keeps what he did since.
    """
    for written in await health.marks(session, FORGOTTEN):
        chat_id = int(written)
        if await _something_waits(session, chat_id):
            continue
        if (await session.exec(select(Person.id).where(Person.telegram_id == chat_id))).first() is None:
            await _clean_chat(session, chat_id)
            await session.exec(delete(Chat).where(col(Chat.id) == chat_id, col(Chat.kind) == ChatKind.PRIVATE))
        await leases.unmark(session, f"{FORGOTTEN}{written}")


async def _something_waits(session: AsyncSession, chat_id: int) -> bool:
    call = select(Outbox.id).where(Outbox.chat_id == chat_id, col(Outbox.state).in_(OWED))
    update_ = select(Inbox.id).where(Inbox.lane == chat_id, Inbox.state == InboxState.NEW)
    return any([(await session.exec(query.limit(1))).first() is not None for query in (call, update_)])
