"""The bot as a process of its own against the stand-in Bot API server, so that it can be stopped and killed.

The server, the people and the files live in the test and survive the process. Time is real here.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest

from bot.rehearsal.groups import Group
from bot.rehearsal.messages import Message
from bot.rehearsal.people import Person
from bot.rehearsal.server import BotApiServer
from storage import calendars, founding, groups, people
from storage.engine import Database
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.kinds import ChatKind, Role, Standing
from storage.tables import Chat as ChatRow
from storage.tables import Membership, Room
from tests import prepared

TOKEN = "700001:" + "A" * 35
WEEK = "Mon-Fri 08:00-12:00 13:00-16:00"
ROOT = Path(__file__).parents[2]
PATIENCE = 40.0
"""Seconds for what takes two on a quiet computer."""


class Process:
    """One life of the bot, from its start to its end."""

    def __init__(self, arguments: list[str], folder: Path, number: int) -> None:
        self.told = folder / f"life-{number}.log"
        self._output: IO[bytes] = self.told.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith("FOCALPOINT_")},
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL: nothing of it runs any more."""
        self._process.kill()
        self._process.wait()
        self._output.close()

    async def told_to_stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code after a signal."""
        self._process.send_signal(how)
        return await self.ended()

    async def ended(self) -> int:
        """Its exit code, once it ends by itself."""
        code = await asyncio.to_thread(self._process.wait, PATIENCE)
        self._output.close()
        return code

    async def says(self, words: str) -> None:
        """Return once it has written these words."""
        async with asyncio.timeout(PATIENCE):
            while words not in self.output():
                assert self.runs, f"it ended without saying {words!r}:\n{self.output()}"
                await asyncio.to_thread(self._grown)

    def _grown(self) -> None:
        """A log file rings no bell: look again a little later."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(0.05)

    def interrupt(self) -> None:
        """Ctrl-C, once."""
        self._process.send_signal(signal.SIGINT)

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def output(self) -> str:
        """Everything it wrote."""
        return self.told.read_text(encoding="utf-8")


@dataclass
class Yard:
    """A server, a folder with configuration and database, and the lives of the bot in it."""

    server: BotApiServer
    folder: Path
    lives: list[Process] = field(default_factory=list)

    @property
    def database(self) -> Path:
        """The database file of the bot."""
        return self.folder / "data" / "focalpoint.sqlite3"

    @property
    def config(self) -> Path:
        """The configuration file of the bot."""
        return self.folder / "config.toml"

    def configure(self, token: str = TOKEN) -> None:
        """Write the configuration; each token has the same database."""
        lines = ["[telegram]", f'token = "{token}"', f'api_url = "{self.server.url}"']
        self.config.write_text("\n".join([*lines, "[database]", 'data_dir = "data"']) + "\n")
        self.config.chmod(0o600)

    def start(self) -> Process:
        """Start the bot; it is not up yet."""
        life = Process(["--config", str(self.config), "run"], self.folder, len(self.lives))
        self.lives.append(life)
        return life

    async def started(self) -> Process:
        """Start the bot and wait until it polls."""
        before = self.server.world.updates.polls
        life = self.start()
        await self.sees(lambda: self.server.world.updates.polls > before)
        return life

    async def sees(self, look):
        """What `look` sees once it is true."""
        return await self.server.wait_for(look, PATIENCE)

    async def answer_to(self, asked: Message) -> Message:
        """The bot's reply to a message."""
        return await self.sees(lambda: next(iter(self.answers_to(asked)), None))

    def answers_to(self, asked: Message) -> list[Message]:
        """Everything the bot said as a reply to a message."""
        return [said for said in self.server.world.from_bot(asked.chat) if said.reply_to is asked]

    def end(self) -> None:
        """Nothing is left running."""
        for life in self.lives:
            life.kill()


@dataclass
class Crowd:
    """People of both sides of one working group, all of them in every chat of it."""

    people: list[Person]
    chats: list[Group]

    def writes(self, rng: random.Random, number: int, text: str) -> Message:
        """Somebody writes; chats take turns, so that no chat's limit holds up the test."""
        return rng.choice(self.people).writes(self.chats[number % len(self.chats)], text)


@pytest.fixture
async def yard(tmp_path: Path) -> AsyncIterator[Yard]:
    async with BotApiServer(token=TOKEN, now=lambda: datetime.now(UTC)) as server:
        made = Yard(server, tmp_path)
        made.configure()
        try:
            yield made
        finally:
            made.end()


@pytest.fixture
def gather(yard: Yard):
    """A working group of both sides, bound to as many Telegram groups as are wanted."""

    async def gathered(chats: int) -> Crowd:
        world = yard.server.world
        members = [world.user(f"Trainer {number}", started=True) for number in range(1, 7)]
        rooms = [world.group(f"Room {number}", members=members, kind="supergroup") for number in range(1, chats + 1)]
        world.updates.drop_pending()
        await prepared.migrated(f"sqlite:///{yard.database}")
        database = Database(f"sqlite:///{yard.database}")
        await _populate(database, members, rooms)
        await database.close()
        return Crowd(members, rooms)

    return gathered


async def _populate(database: Database, members: list[Person], rooms: list[Group]) -> None:
    now = datetime.now(UTC)
    async with database.writing() as session:
        await calendars.load_shipped(session)
        made = await founding.found(session, _draft(), now)
        for room in rooms:
            bot_id = int(TOKEN.partition(":")[0])
            session.add(ChatRow(id=room.id, bot_id=bot_id, kind=ChatKind.SUPERGROUP, first_seen=now))
            await session.flush()
            session.add(Room(chat_id=room.id, group_id=made.id, bound_at=now))
        sides = await groups.sides(session, made.id)
        for number, member in enumerate(members):
            row = await people.meet(
                session, telegram_id=member.id, name=member.full_name, username=None, language="en", at=now
            )
            row.private_open = True
            session.add(
                Membership(
                    person_id=row.id,
                    group_id=made.id,
                    side_id=sides[number % 2].id,
                    role=Role.MEMBER,
                    standing=Standing.ACTIVE,
                    asked_at=now,
                )
            )


def _draft() -> GroupDraft:
    north = PlaceDraft("North", "College in the north", "LA", "Vientiane", "Asia/Vientiane", WEEK, "en")
    south = PlaceDraft("South", "College in the south", "CN", "Kunming", "Asia/Shanghai", WEEK, "en")
    rules = MechanismDraft("-5 -1 0 +1 person; +2 focal; +5 coordinator", 5, 0, "09:00", "20:00-07:00", 7)
    return GroupDraft("North and South", (north, south), None, (("Curriculum", "curriculum"),), rules)
