"""How a group stands, and its plan, as pictures that are drawn when they leave."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import task_counts, working
from handlers.activity_states import progress, states, today
from handlers.drawing import png, status, timeline
from handlers.drawing.status import Line, Part, StatusPicture
from handlers.drawing.timeline import ActivityBar, Strip, Timeline
from handlers.files import MadeFile, Make
from handlers.permission import may
from handlers.reply import File, Reply, says
from handlers.request import Request
from handlers.rules.names import activity_name
from handlers.rules.periods import shown_days
from handlers.rules.rights import Act
from handlers.rules.wordings import read_in
from handlers.status_facts import past
from handlers.task_counts import Key, TaskCounts, everything, within
from handlers.views import pictures as views
from handlers.voices import read_here, voices
from storage import activities, groups
from storage.kinds import TaskState
from storage.tables import Activity

MOST = 14
"""Activities on one picture: more would not be read on a phone."""
PARTS = {
    TaskState.DONE: Part.DONE,
    TaskState.IN_PROGRESS: Part.DOING,
    TaskState.WAITING: Part.WAITING,
    TaskState.BLOCKED: Part.WAITING,
    TaskState.REPORTED: Part.WAITING,
    TaskState.OPEN: Part.OPEN,
}


async def of_status(request: Request) -> Reply:
    """[As a picture] under a group's status."""
    request.here()
    await may(request, Act.READ_STATUS)
    return says(File("status_picture", await _args(request), views.standing, photo=True))


async def of_plan(request: Request) -> Reply:
    """[As a picture] under the plan."""
    request.here()
    await may(request, Act.SEE)
    return says(File("plan_picture", await _args(request), views.plan, photo=True))


async def _args(request: Request) -> dict[str, Any]:
    return {"group": request.here().id, "languages": await read_here(request)}


async def status_picture(session: AsyncSession, args: Mapping[str, Any], now: datetime) -> Make:
    """Reads what the picture of a group's status shows; `args` are "group" and "languages"."""
    group = await groups.get(session, args["group"])
    sides, areas = await groups.sides(session, group.id), await groups.areas(session, group.id)
    counted = await task_counts.of_group(session, group.id, past(sides, now))
    spoken = await voices(session, args["languages"], group.id)
    facts = StatusPicture(
        group=group.name,
        areas=_lines(
            counted,
            [*((area.id, views.area_name(spoken, area.name)) for area in areas), (None, views.no_area(spoken))],
            lambda count: count.area_id,
        ),
        sides=_lines(counted, [(side.id, side.name) for side in sides], lambda count: count.side_id),
    )
    day = next(iter((await today(session, group.id, now)).values()))
    words = views.status_words(spoken, day)
    return lambda: MadeFile("status_picture", png.png(status.draw(facts, words)))


def _lines(counted: TaskCounts, named: Sequence[tuple[int | None, str]], key: Key) -> tuple[Line, ...]:
    """Those of the named that have tasks: how many count as what; one that is late as that alone."""
    lines = []
    for row_id, name in named:
        numbers: Counter[Part] = Counter()
        for standing, number in counted.of(within(everything, key, row_id)).items():
            if standing.state in PARTS:
                numbers[Part.LATE if standing.late else PARTS[standing.state]] += number
        lines += [Line(name, numbers)] if numbers else []
    return tuple(lines)


async def plan_picture(session: AsyncSession, args: Mapping[str, Any], now: datetime) -> Make:
    """Reads what the picture of a group's plan shows; `args` are "group" and "languages"."""
    group = await groups.get(session, args["group"])
    rows = await activities.all_of(session, group.id)
    day = next(iter((await today(session, group.id, now)).values()))
    first, last = shown_days([(row.first_day, row.last_day) for row in rows], day)
    shown = [row for row in rows if _falls_between(row, first, last)][:MOST]
    bars = await _bars(session, group.id, shown, args["languages"][0], now)
    facts = Timeline(
        group=group.name,
        first=first,
        last=last,
        today=day,
        bars=tuple(bars),
        strips=await _strips(session, group.id, first, last),
        more=len(rows) - len(bars),
    )
    words = views.plan_words(await voices(session, args["languages"], group.id), facts)
    return lambda: MadeFile("plan_picture", png.png(timeline.draw(facts, words)))


def _falls_between(row: Activity, first: date, last: date) -> bool:
    return row.first_day is not None and row.last_day is not None and row.first_day <= last and row.last_day >= first


async def _bars(
    session: AsyncSession, group_id: int, rows: Sequence[Activity], language: str, now: datetime
) -> list[ActivityBar]:
    standing = await states(session, group_id, rows, now)
    ids = [row.id for row in rows]
    outlines, texts = await activities.outlines(session, ids), await activities.texts(session, ids)
    return [
        ActivityBar(
            activity_name(row.number),
            read_in(language, row.title, texts[row.id]),
            row.first_day,
            row.last_day,
            standing[row.id],
            *progress(outlines[row.id]),
        )
        for row in rows
        if row.first_day is not None and row.last_day is not None
    ]


async def _strips(session: AsyncSession, group_id: int, first: date, last: date) -> tuple[Strip, ...]:
    found = []
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    for side in await groups.sides(session, group_id):
        works = (await working.of_place(session, side)).works_on
        found.append(Strip(side.name, frozenset(day for day in days if not works(day))))
    return tuple(found)
