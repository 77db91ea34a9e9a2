"""A working group's weeks against the real bot in its own process, which dies where it is told to, again and again.

The server, the people and the clock live in the test. What the bot was asked for and what the server's log shows is
the truth; the database is held against it at the end.
"""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import func, select

from bot.clock import StoryClock
from bot.rehearsal.groups import Group
from bot.rehearsal.people import Person
from bot.rehearsal.process import BotEnded, BotProcess
from bot.rehearsal.server import BotApiServer
from storage import invariants, journal
from storage.engine import Database
from storage.kinds import InboxState, OutboxState
from storage.tables import Bundle, Inbox, Outbox, Task
from tests import prepared
from tests.e2e.conftest import CAST, TOKEN, populate
from tests.faults.cards import cards, sent

BEGIN = datetime(2026, 6, 2, 3, 0, tzinfo=UTC)
"""Tuesday 2 June 2026, 10:00 in Vientiane and 11:00 in Kunming."""
MONDAY, WEDNESDAY, THURSDAY = 0, 2, 3
DAY = timedelta(days=1)
PATIENCE = timedelta(seconds=70)
CODE = re.compile(r"<i>([0-9A-F]{4})</i>")


class Mortal(BotProcess):
    """The bot's process, which kills itself at the n-th hit of a named point."""

    async def begin(self, at: datetime, crash: str) -> None:
        """Begin a life; returns when the bot listens. Raises BotEnded when it died before."""
        command = (sys.executable, "-m", "bot.rehearsal.child", str(self._config), at.isoformat())
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=log, env=os.environ | {"CRASH_AT": crash}
            )
        await self._answer()

    async def leave(self) -> None:
        """End in order; raises BotEnded when it dies meanwhile."""
        process = self._alive()
        assert process.stdin is not None
        process.stdin.close()
        async with asyncio.timeout(PATIENCE.seconds):
            if await process.wait():
                raise BotEnded("It died while it stopped.")
        self._process = None

    async def died(self) -> bool:
        """Whether this life, which ended, ended by SIGKILL."""
        process, self._process = self._alive(), None
        return await process.wait() == -signal.SIGKILL


@dataclass
class Story:
    """One group over weeks: three points a week are asked for, those of the week before are reported done."""

    server: BotApiServer
    clock: StoryClock
    url: str
    bot: Mortal
    group: Group
    cast: dict[str, Person]
    asked: list[str] = field(default_factory=list)
    deaths: int = 0

    async def life(self, crash: str = "", *, weeks: int = 3) -> bool:
        """Start the bot and let weeks pass until it dies at the point; False when it lived through all of them."""
        try:
            await self.bot.begin(self.clock.now(), crash)
            for _ in range(weeks):
                await self._week()
            await self.bot.leave()
        except (BotEnded, ConnectionError):
            assert await self.bot.died(), f"it did not die of {crash}: {self.bot.last_words()}"
            self.deaths += 1
            return True
        return False

    async def _week(self) -> None:
        self._move(WEDNESDAY)
        self._ask()
        await self._settle()
        await self._at(THURSDAY)  # the day on which they are due
        await self._at(MONDAY)  # when the digest comes
        self._report()
        await self._settle()

    async def _at(self, weekday: int) -> None:
        self._move(weekday)
        await self._settle()

    def _move(self, weekday: int) -> None:
        """The clock goes on to the next such day, ten in the morning in Vientiane."""
        today = self.clock.now().replace(hour=3, minute=0, second=0, microsecond=0)
        self.clock.move_to(today + DAY * ((weekday - today.weekday() - 1) % 7 + 1))

    async def _settle(self) -> None:
        """The bot does all that is due; its limits are waited out."""
        end = self.clock.now() + PATIENCE
        rest = await self.bot.settle(self.clock.now())
        while rest.waits is not None and rest.waits <= end:
            self.clock.move_to(max(rest.waits, self.clock.now()))
            rest = await self.bot.settle(self.clock.now())

    def _ask(self) -> None:
        due = (self.clock.now() + DAY).date()
        for who, private in (("vte_focal", True), ("kmg_focal", True), ("vte_trainer", False)):
            self.asked.append(f"Point {len(self.asked) + 1}")
            words = f"/task {self.asked[-1]} @{CAST[who][1]} by {due.isoformat()}"
            person = self.cast[who]
            person.writes_private(words) if private else person.writes(self.group, words)

    def _report(self) -> None:
        done = sorted({number for number, _, _ in cards(self.server)})
        for number in done[-3:]:
            self.cast["vte_focal"].writes_private(f"/done T{number}")

    # -- the truth -------------------------------------------------------------------------------------------

    def codes(self) -> Counter[str]:
        """How often the log shows each bundle of reminders."""
        return Counter(code[1] for text, _ in sent(self.server) if (code := CODE.search(text)))

    async def reckon(self) -> None:
        """After the last life: what people were told and what is recorded are the same, each once."""
        assert not self.server.world.updates.pending, "every update was taken in"
        assert self.server.limits.early_calls == 0, "nothing was sent before its time"
        database = Database(self.url)
        try:
            async with database.reading() as session:
                kept = Counter((await session.exec(select(Task.text))).all())
                bundles = set((await session.exec(select(Bundle.code))).all())
                left = (await session.exec(select(Inbox.id).where(Inbox.state != InboxState.DONE))).all()
                owed = (await session.exec(_owed())).all()
                in_flight = (await session.exec(select(func.coalesce(func.sum(Outbox.ambiguous), 0)))).one()
                broken, fault = await invariants.violations(session), await journal.first_fault(session)
        finally:
            await database.close()
        assert kept == Counter(self.asked), "every command has exactly one record"
        assert {point for _, point, _ in cards(self.server)} == set(self.asked), "every command was answered"
        assert bundles <= set(self.codes()), "every reminder was said"
        assert (list(left), list(owed)) == ([], []), "nothing is left to answer or to say"
        assert (broken, fault) == ([], None), "the records agree with each other"
        said = [cards(self.server), self.codes()]
        repeats = sum(sum(counts.values()) - len(counts) for counts in said)
        assert repeats <= in_flight, "what came twice was in flight at a death"


def _owed():
    return select(Outbox.key, Outbox.state, Outbox.error).where(
        Outbox.state.not_in((OutboxState.SENT, OutboxState.WITHDRAWN))
    )


async def begun(folder: Path, url: str, server: BotApiServer, clock: StoryClock) -> Story:
    """A migrated database with both sides' people, and a bot that has not started yet."""
    cast = {key: server.world.user(name, username=user, started=True) for key, (name, user, _, _) in CAST.items()}
    group = server.world.group("Working group", members=list(cast.values()), kind="supergroup")
    server.world.updates.drop_pending()
    await prepared.migrated(url)
    database = Database(url)
    await populate(database, group, cast)
    await database.close()
    config = folder / "config.toml"
    lines = ["[telegram]", f'token = "{TOKEN}"', f'api_url = "{server.url}"', "[database]", f'url = "{url}"']
    config.write_text("\n".join(lines) + f'\ndata_dir = "{folder}"\n')
    config.chmod(0o600)
    return Story(server, clock, url, Mortal(config, folder), group, cast)
