"""How activities stand at this moment, each by the calendar of its sides."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.rules.activities import ActivityState, TaskFacts, state_of
from storage import activities, groups
from storage.activities import Outline
from storage.kinds import TaskState
from storage.tables import Activity, Task


async def states(
    session: AsyncSession, group_id: int, rows: Sequence[Activity], now: datetime
) -> dict[int, ActivityState]:
    """The state of each of these activities of one group, by id."""
    days = await today(session, group_id, now)
    outlines = await activities.outlines(session, [row.id for row in rows])
    return {row.id: _state(row, outlines[row.id], days) for row in rows}


async def today(session: AsyncSession, group_id: int, now: datetime) -> dict[int, date]:
    """Today's date at each side, in the order of the sides."""
    sides = await groups.sides(session, group_id)
    return {side.id: now.astimezone(ZoneInfo(side.zone)).date() for side in sides}


def _state(row: Activity, outlines: Sequence[Outline], days: Mapping[int, date]) -> ActivityState:
    first_side = next(iter(days.values()))
    return state_of(
        [TaskFacts(each.state, days[each.side_id], each.due) for each in outlines],
        today=days[row.lead_id] if row.lead_id is not None else first_side,
        first_day=row.first_day,
        last_day=row.last_day,
        dropped=row.dropped_at is not None,
    )


def progress(parts: Sequence[Outline | Task]) -> tuple[int, int]:
    """How many tasks are done, and how many there are: a task of several persons is one, done when all of them are."""
    left: dict[int, bool] = {}
    for part in parts:
        if part.state is not TaskState.CANCELLED:
            left[part.number] = left.get(part.number, False) or part.state is not TaskState.DONE
    return len(left) - sum(left.values()), len(left)
