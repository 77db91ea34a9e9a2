"""How many tasks of a group are in which state, by side and by area: a task of several persons counts once."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.rules.task_parts import together
from storage import task_parts, tasks
from storage.kinds import TaskState
from storage.task_parts import Part
from storage.tasks import Count, Past

Wanted = Callable[[Count | Part], bool]
"""Whether tasks of this side and area are asked for."""
Key = Callable[[Count | Part], int | None]
"""The side or the area of tasks, by id."""


@dataclass(frozen=True)
class Standing:
    """What a task counts as: its state, and whether it is late."""

    state: TaskState
    late: bool


@dataclass(frozen=True)
class TaskCounts:
    """The tasks of one group: those of one person counted, those of several part by part; what is overdue of both."""

    single: Sequence[tuple[Count, Standing]]
    several: Sequence[Sequence[Part]]
    overdue: Sequence[Count]

    def of(self, wanted: Wanted) -> Counter[Standing]:
        """How many stand how. Of a task with parts at both sides, only the parts that are wanted are asked."""
        numbers: Counter[Standing] = Counter()
        for count, standing in self.single:
            if wanted(count):
                numbers[standing] += count.number
        for parts in self.several:
            mine = [part for part in parts if wanted(part)]
            if mine:
                numbers[Standing(together([each.state for each in mine]), any(each.late for each in mine))] += 1
        return numbers

    def late_parts(self, wanted: Wanted) -> int:
        """How many are overdue, each part counted."""
        return sum(count.number for count in self.overdue if wanted(count))


async def of_group(session: AsyncSession, group_id: int, past: Past) -> TaskCounts:
    """Everything a group has, counted by the database."""
    several = await task_parts.of_groups(session, [group_id], past)
    numbers: Counter[tuple[int, int | None, Standing]] = Counter()
    for each in await tasks.counts(session, group_id):
        numbers[each.side_id, each.area_id, Standing(each.state, late=False)] += each.number
    overdue = await tasks.overdue_counts(session, group_id, past)
    for each in overdue:
        numbers[each.side_id, each.area_id, Standing(each.state, late=True)] += each.number
        numbers[each.side_id, each.area_id, Standing(each.state, late=False)] -= each.number
    for part in (part for parts in several for part in parts):
        numbers[part.side_id, part.area_id, Standing(part.state, part.late)] -= 1
    single = [(Count(side, area, how.state, n), how) for (side, area, how), n in numbers.items() if n]
    return TaskCounts(single, several, overdue)


def everything(_each: Count | Part) -> bool:
    """The whole group is asked for."""
    return True


def within(wanted: Wanted, key: Key, row_id: int | None) -> Wanted:
    """Of what is asked for that of one side or area alone."""
    return lambda each: wanted(each) and key(each) == row_id


def by_state(numbers: Iterable[tuple[Standing, int]]) -> Counter[TaskState]:
    """The same by state alone."""
    found: Counter[TaskState] = Counter()
    for standing, number in numbers:
        found[standing.state] += number
    return found
