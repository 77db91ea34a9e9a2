"""A working group's weeks against the real bot in its own process, which dies where it is told to, again and again.

The server, the people and the clock live in the test. What the bot was asked for and what the server's log shows is
the truth; the database is held against it at the end.
"""

import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlmodel import func, select

from bot.clock import StoryClock
from bot.rehearsal.groups import Group
from bot.rehearsal.people import Person
from bot.rehearsal.process import BotEnded
from bot.rehearsal.server import BotApiServer
from storage import invariants, journal
from storage.backup import COMPANIONS
from storage.engine import Database, is_sqlite
from storage.kinds import InboxState, OutboxState
from storage.tables import Bundle, Inbox, Outbox, Task
from tests import prepared
from tests.e2e.conftest import CAST, TOKEN, populate
from tests.faults.cards import cards, sent
from tests.faults.lives import Nursery
from tests.faults.mortal import Mortal

BEGIN = datetime(2026, 6, 2, 3, 0, tzinfo=UTC)
"""Tuesday 2 June 2026, 10:00 in Vientiane and 11:00 in Kunming."""
MONDAY, WEDNESDAY, THURSDAY = 0, 2, 3
DAY = timedelta(days=1)
PATIENCE = timedelta(seconds=70)
STEP = timedelta(seconds=10)
"""A worker that shares its database looks every second what others put there: a story need not be asked as often."""
CODE = re.compile(r"<i>([0-9A-F]{4})</i>")


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
    unmarked: dict[str, int] = field(default_factory=dict)
    """Calls that were made and not marked, by the deaths that came between."""
    _born: int = 0
    """How long the server's log was when this life began."""

    async def life(self, crash: str = "", *, weeks: int = 3, plant: str = "") -> bool:
        """Start the bot and let weeks pass until it dies at the point; False when it lived through all of them.

        `plant` is a bug of this life (`tests/faults/plants.py`).
        """
        self._born = len(self.server.log)
        try:
            await self.bot.begin(self.clock.now(), crash, plant)
            for _ in range(weeks):
                await self._week()
            await self.bot.leave()
        except (BotEnded, ConnectionError):
            assert await self.bot.died(), f"it did not die of {crash}: {self.bot.last_words()}"
            self.deaths += 1
            await self._look(crash)
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
            self.clock.move_to(max(rest.waits, self.clock.now() + STEP))
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

    async def _look(self, crash: str) -> None:
        """At a death: what was answered by then is in the database, which nobody has mended yet."""
        database = Database(self._as_it_lies())
        try:
            async with database.reading() as session:
                kept = set((await session.exec(select(Task.text))).all())
                claimed = (await session.exec(_claimed())).all()
        finally:
            await database.close()
        assert {point for _, point, _ in cards(self.server)} <= kept, "nothing is acknowledged that is not recorded"
        made = {_named(call.method, call.params) for call in self.server.log[self._born :] if call.ok}
        self.unmarked[crash] = sum(_named(method, payload) in made for method, payload in claimed)

    def _as_it_lies(self) -> str:
        """The address of the database; of a file a copy, since whoever opens one after a death mends it."""
        file = make_url(self.url).database
        if not is_sqlite(make_url(self.url)):
            return self.url
        copy = self.bot.log.with_name("found.sqlite3")
        for end in (*COMPANIONS, ""):
            copy.with_name(copy.name + end).unlink(missing_ok=True)
        for end in ("-wal", ""):
            if Path(f"{file}{end}").exists():
                shutil.copyfile(f"{file}{end}", f"{copy}{end}")
        return f"sqlite:///{copy}"

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
        assert TOKEN.partition(":")[2].encode() not in self.bot.log.read_bytes(), "no secret is logged"


def _claimed():
    return select(Outbox.method, Outbox.payload).where(Outbox.state == OutboxState.CLAIMED)


def _named(method, said):
    """A call by what it says, and where: the same in the outbox and in the server's log."""
    return method, int(said.get("chat_id") or 0), said.get("text"), said.get("message_id")


def _owed():
    return select(Outbox.key, Outbox.state, Outbox.error).where(
        Outbox.state.not_in((OutboxState.SENT, OutboxState.WITHDRAWN))
    )


async def begun(folder: Path, url: str, server: BotApiServer, clock: StoryClock, cradle: Nursery) -> Story:
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
    return Story(server, clock, url, Mortal(config, folder, cradle), group, cast)
