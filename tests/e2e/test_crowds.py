"""Hundreds of people at once, with a moved clock: nine o'clock, and the morning after an outage of three days.

FOCALPOINT_CROWD, the number of people, makes it as large as wanted: 10000 takes some minutes.
"""

import math
import os
import random
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, text

from bot.clock import StoryClock
from bot.program import Program, running
from bot.rehearsal.calls import Call
from bot.rehearsal.people import Person
from bot.rehearsal.server import BotApiServer
from bot.rehearsal.settling import rest
from bot.settings import DatabaseSection, Settings, Telegram
from tests.benchmarks import many
from tests.benchmarks.many import NOW, PEOPLE

TOKEN = "700001:" + "A" * 35
CROWD = int(os.environ.get("FOCALPOINT_CROWD", "200"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261127"))
TASKS_EACH = 10
"""Of a person; the last five of them are due."""
ALLOWED = 25
"""Calls a second."""
NEARLY = 0.95
SLOWEST = 1.0
"""Seconds that somebody waits for an answer, less than five in a hundred excepted."""
REMINDER = "friendly reminder"
AWAY = "I could not be reached"
PATIENCE = 60.0
"""Real seconds that a busy machine has for taking one update in."""
OUTAGE = timedelta(hours=72)
OVERDUE = 300


@dataclass
class Crowd:
    """Working groups of ten, everybody with tasks, each person with a private chat; the clock stands at `NOW`."""

    server: BotApiServer
    clock: StoryClock
    settings: Settings
    people: list[Person]
    rooms: list[int]

    @asynccontextmanager
    async def started(self) -> AsyncIterator[Program]:
        """The bot runs."""
        async with running(self.settings, self.clock) as program:
            await self.server.wait_for_confirmed(PATIENCE)
            await rest(program)
            yield program

    def private(self, words: str = "", without: str = "never said") -> list[Call]:
        """The messages that arrived in private with these words and not those."""
        return [call for call in self.server.log if _is_said(call, words, without) and (call.chat_id or 0) > 0]

    def posted(self) -> list[Call]:
        """What arrived in the groups."""
        return [call for call in self.server.log if _is_said(call, "", "never said") and (call.chat_id or 0) < 0]


def _is_said(call: Call, words: str, without: str) -> bool:
    said = str(call.params.get("text", ""))
    return call.ok and call.method == "sendMessage" and words in said and without not in said


@asynccontextmanager
async def crowd(folder: Path, tasks: int) -> AsyncIterator[Crowd]:
    """Made by plain SQL, as the benchmarks make theirs."""
    clock, file = StoryClock(NOW), folder / "crowd.sqlite3"
    await many.made(file, tasks)
    async with BotApiServer(token=TOKEN, now=clock.now, clock=lambda: clock.now().timestamp()) as server:
        numbers = range(many.groups_for(tasks))
        people = [server.world.user(f"Trainer {n + 1}", started=True) for n in range(len(numbers) * PEOPLE)]
        rooms = [
            server.world.group(f"Group {n + 1}", members=people[n * PEOPLE : (n + 1) * PEOPLE], kind="supergroup").id
            for n in numbers
        ]
        server.world.updates.drop_pending()
        _meet(file, people, rooms)
        settings = Settings(
            telegram=Telegram(token=TOKEN, api_url=server.url), database=DatabaseSection(url=f"sqlite:///{file}")
        )
        yield Crowd(server, clock, settings, people, rooms)


def _meet(file: Path, people: list[Person], rooms: list[int]) -> None:
    """Let the rows be these people and these chats."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        for number, person in enumerate(people, 1):
            connection.execute(
                text("UPDATE person SET telegram_id = :telegram, name = :name, username = NULL WHERE id = :id"),
                {"telegram": person.id, "name": person.first_name, "id": number},
            )
        for number, chat_id in enumerate(rooms, 1):
            known = {"old": -1000 - number, "new": chat_id}
            connection.execute(text("UPDATE chat SET id = :new WHERE id = :old"), known)
            connection.execute(text("UPDATE room SET chat_id = :new WHERE chat_id = :old"), known)
    engine.dispose()


async def test_at_nine_everybody_is_nudged_at_the_allowed_rate_and_an_answer_does_not_wait(tmp_path):
    chance = random.Random(SEED)
    async with crowd(tmp_path, CROWD * TASKS_EACH) as bed, bed.started() as program:
        await program.ticking.run_all()
        begun = bed.clock.now()
        waited: list[float] = []
        while len(bed.private(REMINDER)) < len(bed.people):
            moment = bed.clock.next_moment()
            assert moment is not None, "nudges stopped leaving"
            waited.append(await _ask(bed, program, chance, moment))
        said = [call for call in bed.server.log if call.ok and call.chat_id is not None]
        seconds = (max(call.at for call in said) - begun).total_seconds()
    assert set(Counter(call.chat_id for call in bed.private(REMINDER)).values()) == {1}
    assert len(said) / (seconds + 1) >= NEARLY * ALLOWED, f"{len(said)} calls took {seconds:.1f} s"
    assert (bed.server.limits.early_calls, bed.server.limits.refused) == (0, 0)
    assert sorted(waited)[math.ceil(NEARLY * len(waited)) - 1] < SLOWEST, sorted(waited)[-10:]


async def _ask(bed: Crowd, program: Program, chance: random.Random, moment: datetime) -> float:
    """Somebody asks at some instant before that moment; the seconds of the story until he has his answer."""
    person = chance.choice(bed.people)
    had = len(_answers(bed, person))
    bed.clock.move_to(bed.clock.now() + chance.random() * (moment - bed.clock.now()))
    asked_at = bed.clock.now()
    person.writes_private("/help")
    await bed.server.wait_for_confirmed(PATIENCE)
    await rest(program)
    bed.clock.move_to(max(moment, bed.clock.now()))
    await rest(program)
    while len(_answers(bed, person)) == had:
        bed.clock.move_to(bed.clock.next_moment() or bed.clock.now())
        await rest(program)
    return (_answers(bed, person)[-1].at - asked_at).total_seconds()


def _answers(bed: Crowd, person: Person) -> list[Call]:
    return [call for call in bed.private(without=REMINDER) if call.chat_id == person.id]


async def test_after_three_days_away_one_message_a_person_and_one_a_group_list_everything(tmp_path):
    async with crowd(tmp_path, 2 * OVERDUE) as bed:
        due = _let_them_fall_due_meanwhile(tmp_path / "crowd.sqlite3")
        bed.clock.move_to(NOW - OUTAGE)
        async with bed.started() as program:
            await program.ticking.run_all()
        assert bed.private() == []
        bed.clock.move_to(NOW)
        async with bed.started() as program:
            await program.ticking.run_all()
            await _said_everything(bed, program)
    assert set(Counter(call.chat_id for call in bed.private()).values()) == {1}
    listed = Counter(name for call in bed.private(REMINDER) for name in re.findall(r"T\d+", call.params["text"]))
    assert (len(due), listed) == (OVERDUE, Counter(due))
    reminders = [call for call in bed.posted() if AWAY not in call.params["text"]]
    assert Counter(call.chat_id for call in reminders) == dict.fromkeys(bed.rooms, 1)


def _let_them_fall_due_meanwhile(file: Path) -> list[str]:
    """Dates before, within and just after the outage, and a wish to be looked at within it; the tasks' names."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        due = "look_at < '2026-04-02'"
        days = "WHEN 0 THEN '2026-03-30' WHEN 1 THEN '2026-03-31' WHEN 2 THEN '2026-04-01' ELSE '2026-04-02'"
        dates = f"CASE id % 4 {days} END"
        wish = "CASE id % 3 WHEN 0 THEN '2026-03-30 02:00:00' WHEN 1 THEN '2026-03-31 02:00:00' ELSE look_at END"
        connection.execute(text(f"UPDATE task SET due = {dates}, look_at = {wish} WHERE {due}"))
        connection.execute(text(f"UPDATE task SET due = NULL, look_at = NULL WHERE NOT {due}"))  # not a word of these
        names = connection.execute(text(f"SELECT number FROM task WHERE {due}")).scalars().all()
    engine.dispose()
    return [f"T{number}" for number in names]


async def _said_everything(bed: Crowd, program: Program) -> None:
    """Let the clock run until nothing waits for its limits any more."""
    await rest(program)
    while (moment := bed.clock.next_moment()) is not None and moment < NOW + timedelta(minutes=10):
        bed.clock.move_to(moment)
        await rest(program)
