"""The whole bot over loopback HTTP: the stand-in Bot API server, a clock that is moved, a group with both sides.

`bed.group` is a Telegram group bound to a working group whose people are in `bed.cast`; `await bed.hears(person,
"/command …")` writes and waits until the bot has answered everything.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import StoryClock
from bot.program import Program, running
from bot.rehearsal.groups import Group
from bot.rehearsal.messages import Message
from bot.rehearsal.people import Person
from bot.rehearsal.presses import Press
from bot.rehearsal.records import Chat, User
from bot.rehearsal.server import BotApiServer
from bot.rehearsal.settling import settle
from bot.settings import DatabaseSection, Settings, Telegram
from storage import calendars, founding, groups, people
from storage.engine import Database
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.kinds import ChatKind, Role, Standing
from storage.tables import Chat as ChatRow
from storage.tables import Membership, Room
from tests import prepared

TOKEN = "700001:" + "A" * 35
START = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
"""Wednesday 1 April 2026, 09:00 in Vientiane and 10:00 in Kunming."""
NAME = "Vientiane and Kunming"
WEEK = "Mon-Fri 08:00-12:00 13:00-16:00"
CAST = {  # key: (name, username, side, role)
    "vte_focal": ("Focal point, Vientiane", "vte_focal", 0, Role.FOCAL_POINT),
    "vte_alternate": ("Alternate, Vientiane", "vte_alternate", 0, Role.ALTERNATE),
    "vte_trainer": ("Trainer, Vientiane", "vte_trainer", 0, Role.MEMBER),
    "kmg_focal": ("Focal point, Kunming", "kmg_focal", 1, Role.FOCAL_POINT),
    "kmg_alternate": ("Alternate, Kunming", "kmg_alternate", 1, Role.ALTERNATE),
    "kmg_trainer": ("Trainer, Kunming", None, 1, Role.MEMBER),
    "coordinator": ("Coordinator, project", "coordinator", None, Role.COORDINATOR),
    "observer": ("Observer, ministry", "observer", None, Role.OBSERVER),
}


@dataclass
class Bed:
    """A server, a program against it, a clock, a bound group and its cast."""

    server: BotApiServer
    clock: StoryClock
    settings: Settings
    group: Group
    cast: dict[str, Person] = field(default_factory=dict)
    program: Program | None = None

    async def settle(self) -> None:
        """Until the bot has taken in, answered and said everything."""
        await self.server.wait_for_confirmed()
        assert self.program is not None
        await settle(self.program, self.clock)

    async def hears(self, who: str, text: str, *, private: bool = False, **how: object) -> Message:
        """`who` writes in the group or in private; the bot's newest message there is returned."""
        person = self.cast[who]
        before = self.said(person if private else self.group)
        if private:
            person.writes_private(text, **how)
        else:
            person.writes(self.group, text, **how)
        await self.settle()
        after = self.said(person if private else self.group)
        return after[-1] if len(after) > len(before) else None

    async def presses(self, who: str, message: Message, button: str) -> str | None:
        """`who` presses a button; the toast it got."""
        press: Press = self.cast[who].presses(message, button)
        await self.settle()
        return press.toast

    def said(self, where: Chat | User) -> list[Message]:
        """Everything the bot said in a chat, or to a person in private."""
        return self.server.world.from_bot(where)

    def last(self, where: Chat | User | str, containing: str = "") -> Message | None:
        """The bot's newest message in a chat or to a person (also by the cast's key) that contains these words."""
        return self.server.world.last(self.cast[where] if isinstance(where, str) else where, containing)

    async def at(self, moment: datetime) -> None:
        """Time passes: the clock is moved, everything that ticks ticks, and the bot says what it has to."""
        self.clock.move_to(moment)
        assert self.program is not None
        await self.program.ticking.run_all()
        await self.settle()

    @asynccontextmanager
    async def started(self) -> AsyncIterator[Program]:
        """The bot runs; it can be started again on the same database."""
        async with running(self.settings, self.clock) as program:
            self.program = program
            yield program


def draft(name: str = NAME) -> GroupDraft:
    """The working group the tests use. Both sides read English; tests/e2e/test_languages.py gives each its own."""
    return GroupDraft(
        name=name,
        sides=(
            PlaceDraft("Vientiane", "Technical College, Vientiane", "LA", "Vientiane", "Asia/Vientiane", WEEK, "en"),
            PlaceDraft("Kunming", "Technical College, Yunnan", "CN", "Kunming", "Asia/Shanghai", WEEK, "en"),
        ),
        organisation=PlaceDraft("Project", "Project office", "LA", "Vientiane", "Asia/Vientiane", WEEK, "en"),
        areas=(("Curriculum development", "curriculum"), ("Training of trainers", "tot")),
        mechanism=MechanismDraft("-5 -1 0 +1 person; +2 focal; +5 coordinator", 5, 0, "09:00", "20:00-07:00", 7),
    )


Parts = Mapping[str, tuple[str, str | None, int | None, Role]]
"""Who plays what: name, username, the number of the side, role."""


async def populate(
    database: Database, group: Group, cast: Mapping[str, Person], parts: Parts = CAST, name: str = NAME
) -> None:
    """Bind the Telegram group and make everybody what the cast list says."""
    async with database.writing() as session:
        await calendars.load_shipped(session)
        made = await founding.found(session, draft(name), START)
        session.add(
            ChatRow(id=group.id, bot_id=int(TOKEN.partition(":")[0]), kind=ChatKind.SUPERGROUP, first_seen=START)
        )
        await session.flush()
        session.add(Room(chat_id=group.id, group_id=made.id, bound_at=START))
        sides = await groups.sides(session, made.id)
        for key, (full_name, username, side, role) in parts.items():
            row = await people.meet(
                session, telegram_id=cast[key].id, name=full_name, username=username, language="en", at=START
            )
            row.private_open = True
            side_id = None if side is None else sides[side].id
            member = Membership(
                person_id=row.id, group_id=made.id, side_id=side_id, role=role, standing=Standing.ACTIVE, asked_at=START
            )
            session.add(member)


@pytest.fixture
async def server() -> AsyncIterator[tuple[BotApiServer, StoryClock]]:
    clock = StoryClock(START)
    async with BotApiServer(token=TOKEN, now=clock.now, clock=lambda: clock.now().timestamp()) as opened:
        yield opened, clock


@pytest.fixture
def kept(database_url: str, tmp_path: Path) -> DatabaseSection:
    """Where the bot keeps its records; a module that wants another database says so by a fixture of this name."""
    return DatabaseSection(url=database_url, data_dir=str(tmp_path))


@pytest.fixture
async def resting_bed(server: tuple[BotApiServer, StoryClock], kept: DatabaseSection) -> Bed:
    """Everything in place, the bot not started yet."""
    opened, clock = server
    cast = {
        key: opened.world.user(name, username=username, started=True) for key, (name, username, _, _) in CAST.items()
    }
    cast["stranger"] = opened.world.user("Stranger", started=True)
    group = opened.world.group("Working group", members=list(cast.values()), kind="supergroup")
    opened.world.updates.drop_pending()
    settings = Settings(telegram=Telegram(token=TOKEN, api_url=opened.url), database=kept)
    await prepared.migrated(settings.database_url)
    database = Database(settings.database_url)
    await populate(database, group, cast)
    await database.close()
    return Bed(opened, clock, settings, group, cast)


@pytest.fixture
async def bed(resting_bed: Bed) -> AsyncIterator[Bed]:
    """Everything in place, the bot at work."""
    async with resting_bed.started():
        await resting_bed.settle()
        yield resting_bed
