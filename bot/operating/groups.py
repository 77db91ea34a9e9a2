"""Working groups from the operator's side: made from a template, listed, opened with one-time codes."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import SystemClock
from bot.exits import Refused
from bot.operating.preparing import ready
from bot.operating.templates import draft_of
from bot.settings import Settings
from handlers.rules import text
from storage import founding, groups, journal, people
from storage.journal import Cause
from storage.kinds import CodeKind, Subject
from storage.tables import WorkingGroup

LONGEST_NAME = 100


@dataclass(frozen=True)
class LinkCode:
    """A code that binds a chat to the group of that name, and until when."""

    group: str
    code: str
    until: datetime


async def add(settings: Settings, *, name: str | None, template: str | None) -> LinkCode:
    """Make a working group and its first code. Raises Refused."""
    draft = draft_of(settings, template, None if name is None else kept_name(name))
    now = SystemClock().now()
    async with ready(settings) as database, database.writing() as session:
        if await groups.named(session, draft.name) is not None:
            raise Refused(f'There is a working group called "{draft.name}" already. Give another name.')
        return await _link_code(session, await founding.found(session, draft, now), now)


async def code(settings: Settings, name: str) -> LinkCode:
    """A new code for the group of that name or number. Raises Refused."""
    async with ready(settings) as database, database.writing() as session:
        return await _link_code(session, await named(session, name), SystemClock().now())


async def listed(settings: Settings) -> list[str]:
    """One line for each working group."""
    async with ready(settings) as database, database.reading() as session:
        return [await _line(session, group) for group in await groups.all_of(session)]


async def named(session: AsyncSession, name: str) -> WorkingGroup:
    """The working group of that name or number. Raises Refused with the names there are."""
    found = await groups.named(session, name)
    if found is None:
        names = ", ".join(f'"{group.name}"' for group in await groups.all_of(session))
        raise Refused(f'There is no working group called "{name}". There are: {names or "none"}.')
    return found


def kept_name(name: str) -> str:
    """A name as it is kept: one line with something to see. Raises Refused."""
    kept = " ".join(text.clean(name).split())
    if text.visibly_empty(kept) or len(kept) > LONGEST_NAME:
        raise Refused(f"A name has 1 to {LONGEST_NAME} letters.")
    return kept


async def _link_code(session: AsyncSession, group: WorkingGroup, now: datetime) -> LinkCode:
    made = await founding.make_code(session, kind=CodeKind.GROUP, group_id=group.id, at=now)
    await journal.append(
        session, Cause(now), subject=Subject.GROUP, subject_id=group.id, group_id=group.id, change="link code made"
    )
    return LinkCode(group.name, made, now + founding.CODE_LIFETIME)


async def _line(session: AsyncSession, group: WorkingGroup) -> str:
    sides = " and ".join(side.name for side in await groups.sides(session, group.id))
    rooms, coordinators = await groups.rooms(session, group.id), await people.coordinators(session, group.id)
    return f"{group.id}  {group.name}  ({sides}; chats: {len(rooms)}, coordinators: {len(coordinators)})"
