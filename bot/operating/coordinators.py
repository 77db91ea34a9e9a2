"""Who coordinates a working group: invited, made and removed by the operator alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import SystemClock
from bot.exits import Refused
from bot.operating.connection import username
from bot.operating.groups import kept_name, named
from bot.operating.preparing import ready
from bot.settings import Settings
from storage import founding, groups, journal, memberships, people
from storage.journal import Cause
from storage.kinds import CodeKind, Role, Subject
from storage.people import Member
from storage.tables import Membership, WorkingGroup


@dataclass(frozen=True)
class Invitation:
    """A code that makes whoever uses it a coordinator; `bot` is the bot's username, None when it is not known."""

    group: str
    code: str
    until: datetime
    bot: str | None


@dataclass(frozen=True)
class Removed:
    """Who coordinates which group no more, and how many still do."""

    person: str
    group: str
    left: int


async def invite(settings: Settings, group_name: str, whom: str) -> Invitation:
    """A new invitation; Telegram is asked for the bot's name afterwards. Raises Refused."""
    now = SystemClock().now()
    async with ready(settings) as database, database.writing() as session:
        group = await named(session, group_name)
        code = await founding.make_code(session, kind=CodeKind.COORDINATOR, group_id=group.id, name=whom, at=now)
        await journal.append(
            session,
            Cause(now),
            subject=Subject.GROUP,
            subject_id=group.id,
            group_id=group.id,
            change="coordinator invited",
        )
    return Invitation(group.name, code, now + founding.CODE_LIFETIME, await username(settings))


async def make(settings: Settings, group_name: str, *, telegram_id: int, name: str) -> str:
    """Make an account a coordinator at once; the group's name. Raises Refused."""
    now, called = SystemClock().now(), kept_name(name)
    async with ready(settings) as database, database.writing() as session:
        group = await named(session, group_name)
        # Somebody known keeps the name he goes by on Telegram.
        person = await people.by_telegram(session, telegram_id) or await people.meet(
            session, telegram_id=telegram_id, name=called, username=None, language=None, at=now
        )
        before = await people.active(session, person.id, group.id)
        was = before.role if before else None
        member = await memberships.admit(
            session, person_id=person.id, group_id=group.id, side_id=None, role=Role.COORDINATOR, at=now
        )
        person.current_group_id = person.current_group_id or group.id
        session.add(person)
        await _note(session, member, "made coordinator", was, now)
    return group.name


async def listed(settings: Settings, group_name: str | None) -> list[str]:
    """One line for each coordinator of a group, or of all. Raises Refused."""
    async with ready(settings) as database, database.reading() as session:
        wanted = await groups.all_of(session) if group_name is None else [await named(session, group_name)]
        return [_line(group, member) for group in wanted for member in await people.coordinators(session, group.id)]


async def remove(settings: Settings, group_name: str, who: str) -> Removed:
    """End the membership of the coordinator with that number or @username. Raises Refused."""
    now = SystemClock().now()
    async with ready(settings) as database, database.writing() as session:
        group = await named(session, group_name)
        holders = await people.coordinators(session, group.id)
        found = [holder for holder in holders if _is_meant(who, holder)]
        if not found:
            raise Refused(f'No coordinator of "{group.name}" is {who}. Look: focalpoint coordinator list')
        member, person = found[0]
        memberships.leave(member, now)
        session.add(member)
        await _note(session, member, "coordinator removed", Role.COORDINATOR, now)
    return Removed(person.name, group.name, len(holders) - 1)


def _is_meant(who: str, holder: Member) -> bool:
    person = holder[1]
    return who == str(person.id) or who.removeprefix("@").casefold() == (person.username or "").casefold()


def _line(group: WorkingGroup, holder: Member) -> str:
    person = holder[1]
    username = f"  @{person.username}" if person.username else ""
    reach = "" if person.private_open else "  (has not sent /start to the bot)"
    return f"{person.id}  {person.name}{username}  {group.name}{reach}"


async def _note(session: AsyncSession, member: Membership, change: str, was: Role | None, now: datetime) -> None:
    await journal.append(
        session,
        Cause(now),
        subject=Subject.MEMBERSHIP,
        subject_id=member.id,
        group_id=member.group_id,
        change=change,
        before={"role": was},
        after={"role": member.role, "standing": member.standing},
    )
