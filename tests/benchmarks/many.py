"""A database with many groups and tasks, written by plain SQL and kept in a file between runs.

Ten people in each group; the first group is large. `DUE` tasks want a nudge at `NOW`, each of another person as far as
there are persons; all others want to be looked at three weeks later. One coordinator belongs to every group.
"""

import asyncio
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, insert

from storage import calendars, migrating
from storage.engine import Database
from storage.kinds import Acceptance, ChatKind, Role, Standing, TaskState
from storage.tables import Area, Chat, Mechanism, Membership, Person, Room, Side, Task, WorkingGroup

BOT_ID = 700001
FOLDER = Path("build/benchmarks")
NOW = datetime(2026, 4, 1, 2, 30, tzinfo=UTC)
"""A Wednesday, half past nine in Vientiane: everybody is at work."""
TODAY = date(2026, 4, 1)
PEOPLE = 10
LARGE = 10_000
"""Tasks of the first group, as far as there are so many."""
DUE = 10_000
COORDINATOR = 900_000
VERSION = 2
"""Grows whenever the content of the file changes."""
STEP = 20_000
Row = dict[str, Any]


def file(tasks: int) -> Path:
    """The kept file of that many tasks; made when there is none."""
    kept = FOLDER / f"many-{tasks}-{migrating.newest()}-{VERSION}.sqlite3"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        begun = kept.with_suffix(".begun")
        begun.unlink(missing_ok=True)
        asyncio.run(made(begun, tasks))
        begun.rename(kept)
    return kept


def copy(tasks: int, folder: Path) -> str:
    """The address of a copy that a benchmark may change."""
    copied = folder / "many.sqlite3"
    shutil.copy(file(tasks), copied)
    return f"sqlite:///{copied}"


def groups_for(tasks: int) -> int:
    """A thousand tasks a group, and a thousand groups at most."""
    return max(1, min(1000, tasks // 100))


async def made(path: Path, tasks: int) -> None:
    """A new file of that many tasks."""
    await _prepared(path)
    _fill(path, tasks)


async def _prepared(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    await migrating.upgrade(database)
    async with database.writing() as session:
        await calendars.load_shipped(session)
    await database.close()


def _fill(path: Path, tasks: int) -> None:
    engine = create_engine(f"sqlite:///{path}")
    groups = groups_for(tasks)
    with engine.begin() as connection:
        _write(connection, WorkingGroup, (_group(number) for number in range(1, groups + 1)))
        _write(connection, Mechanism, (_rules(number) for number in range(1, groups + 1)))
        _write(connection, Side, (side for number in range(1, groups + 1) for side in _sides(number)))
        _write(connection, Area, (_area(number) for number in range(1, groups + 1)))
        _write(connection, Chat, (_chat(number) for number in range(1, groups + 1)))
        _write(connection, Room, (_room(number) for number in range(1, groups + 1)))
        _write(connection, Person, (_person(number) for number in range(1, groups * PEOPLE + 1)))
        _write(connection, Person, [_person(COORDINATOR)])
        _write(connection, Membership, _memberships(groups))
        _write(connection, Task, _tasks(tasks, groups))
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _write(connection: Connection, table: Any, rows: Any) -> None:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == STEP:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _group(number: int) -> Row:
    return {"id": number, "name": f"Group {number}", "created_at": NOW, "last_task": 0}


def _rules(number: int) -> Row:
    return {
        "group_id": number,
        "ladder": "-5 -1 0 +1 person; +2 focal; +5 coordinator",
        "answer_days": 5,
        "digest_weekday": 0,
        "digest_hour": "09:00",
        "quiet": "20:00-07:00",
        "catch_up_days": 7,
        "languages": ["en", "lo"],
    }


def _sides(group: int) -> Iterator[Row]:
    week = "Mon-Fri 08:00-12:00 13:00-16:00"
    places = (("North", "LA", "Vientiane", "Asia/Vientiane", "lo"), ("South", "CN", "Kunming", "Asia/Shanghai", "zh"))
    for position, (name, country, city, zone, language) in enumerate(places):
        yield {
            "id": 2 * group + position - 1,
            "group_id": group,
            "position": position,
            "name": name,
            "institution": f"College {name}",
            "country": country,
            "city": city,
            "zone": zone,
            "week": week,
            "language": language,
        }


def _area(group: int) -> Row:
    return {"id": group, "group_id": group, "position": 0, "name": "Curriculum", "tag": "curriculum"}


def _chat(group: int) -> Row:
    return {"id": -1000 - group, "bot_id": BOT_ID, "kind": ChatKind.SUPERGROUP, "first_seen": NOW}


def _room(group: int) -> Row:
    return {"chat_id": -1000 - group, "group_id": group, "bound_at": NOW}


def _person(number: int) -> Row:
    return {
        "id": number,
        "telegram_id": 5000 + number,
        "name": f"Trainer {number}",
        "username": f"trainer{number}",
        "language": "en",
        "private_open": True,
        "created_at": NOW,
    }


def _memberships(groups: int) -> Iterator[Row]:
    for group in range(1, groups + 1):
        for place in range(PEOPLE):
            role = Role.FOCAL_POINT if place < 2 else Role.MEMBER
            yield _membership(1 + (group - 1) * PEOPLE + place, group, 2 * group - 1 + place % 2, role)
        yield _membership(COORDINATOR, group, None, Role.COORDINATOR)


def _membership(person: int, group: int, side: int | None, role: Role) -> Row:
    return {
        "person_id": person,
        "group_id": group,
        "side_id": side,
        "role": role,
        "standing": Standing.ACTIVE,
        "asked_at": NOW,
    }


def _tasks(tasks: int, groups: int) -> Iterator[Row]:
    large = min(LARGE, tasks // 2)
    due = min(DUE, tasks // 2)
    for number in range(1, tasks + 1):
        group = 1 if number <= large else 1 + number % groups
        # The last ones are due: they walk through all groups, and within a group through all its people.
        last = tasks - number
        place = last // groups % PEOPLE if last < due else number // groups % PEOPLE
        yield _task(number, group, place, is_due=last < due)


def _task(number: int, group: int, place: int, *, is_due: bool) -> Row:
    late = not is_due and number % 20 == 0
    day = TODAY if is_due else TODAY + timedelta(days=-30 if late else 40 + number % 200)
    return {
        "id": number,
        "bot_id": BOT_ID,
        "update_id": -number,
        "group_id": group,
        "number": number,
        "part": 0,
        "text": f"Send the list of participants number {number}",
        "language": "en",
        "search_text": f"send the list of participants number {number}",
        "area_id": group if number % 3 else None,
        "side_id": 2 * group - 1 + place % 2,
        "assignee_id": 1 + (group - 1) * PEOPLE + place,
        "acceptance": Acceptance.ACCEPTED,
        "created_by": 1 + (group - 1) * PEOPLE,
        "created_at": NOW - timedelta(days=60),
        "due": day,
        "given_on": TODAY - timedelta(days=60),
        "state": TaskState.BLOCKED if number % 50 == 7 and not is_due else TaskState.OPEN,
        "state_since": NOW - timedelta(days=60),
        "look_at": NOW if is_due else NOW + timedelta(days=21),
    }
