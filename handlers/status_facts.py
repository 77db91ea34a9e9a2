"""What a group's status shows, gathered in a handful of queries however many tasks there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers import task_counts, working
from handlers.calendar_facts import unconfirmed
from handlers.decision_cards import waiting
from handlers.decision_text_facts import awaited
from handlers.members import place_names
from handlers.request import Request
from handlers.rules.names import decision_name, support_name, task_name
from handlers.rules.nudging import WITH_THE_OTHERS
from handlers.task_counts import Key, TaskCounts, by_state, within
from handlers.views.status import HeldFacts, LateFacts, ShareFacts, StatusFacts
from handlers.views.tasks import DueFacts
from storage import groups, status, support, tasks
from storage.kinds import Role, SupportState, TaskState
from storage.tables import Area, Decision, Side, Task
from storage.task_parts import Part
from storage.tasks import Count, Past, Wanted

MOST_HELD = 8
"""Lines on what waits; the rest is counted."""


@dataclass(frozen=True)
class Narrowed:
    """The part of a group that is asked for: one area, one side, or all of it."""

    area: Area | None = None
    side: Side | None = None

    @property
    def name(self) -> str:
        """What the part is called; empty for all of it."""
        return self.area.name if self.area else self.side.name if self.side else ""

    def counts(self, count: Count | Part) -> bool:
        """Whether these tasks, or this part of one, belong to it."""
        return self._in_area(count.area_id) and (self.side is None or count.side_id == self.side.id)

    def waits(self, area_id: int | None, sides: Iterable[Side]) -> bool:
        """Whether a record of that area which waits for these sides belongs to it."""
        return self._in_area(area_id) and (self.side is None or self.side.id in {side.id for side in sides})

    def wanted(self, past: Past) -> Wanted:
        """Its overdue tasks."""
        return Wanted(
            area_id=self.area.id if self.area else None, side_id=self.side.id if self.side else None, past=past
        )

    def _in_area(self, area_id: int | None) -> bool:
        return self.area is None or area_id == self.area.id


def past(sides: Iterable[Side], now: datetime) -> Past:
    """What is overdue now, by the calendar of each of these sides."""
    return Past(now, {side.id: now.astimezone(ZoneInfo(side.zone)).date() for side in sides})


async def of_group(request: Request, part: Narrowed, *, from_overview: bool) -> StatusFacts:
    """Everything the status of the group at hand shows of that part."""
    session, group = request.session, request.here()
    sides, areas = await groups.sides(session, group.id), await groups.areas(session, group.id)
    passed = past(sides, request.now)
    counted, wanted = await task_counts.of_group(session, group.id, passed), part.wanted(passed)
    mine, held = counted.of(part.counts), await _held(request, part, sides)
    return StatusFacts(
        group=group.name,
        group_id=group.id,
        states=tuple(by_state(mine.items()).items()),
        sides=_shares(counted, part, [(side.id, side.name) for side in sides], lambda count: count.side_id),
        areas=_shares(
            counted, part, [*((area.id, area.name) for area in areas), (None, "")], lambda count: count.area_id
        ),
        late=await late(request, sides, await tasks.listed(session, group.id, wanted)),
        late_total=counted.late_parts(part.counts),
        late_tasks=sum(number for standing, number in mine.items() if standing.late),
        held=tuple(held[:MOST_HELD]),
        held_total=len(held),
        unreached=await _unreached(request),
        unconfirmed=tuple(await unconfirmed(session, sides, request.now)),
        cities=tuple(await working.cities(session, group.id)),
        narrowed=part.name,
        from_overview=from_overview,
    )


def _shares(
    counted: TaskCounts,
    part: Narrowed,
    named: Sequence[tuple[int | None, str]] | Sequence[tuple[int, str]],
    key: Key,
) -> tuple[ShareFacts, ...]:
    """Those of the named that have tasks, in their order. A task that both sides have counts at each of them."""
    shares = []
    for row_id, name in named:
        numbers = by_state(counted.of(within(part.counts, key, row_id)).items())
        total = numbers.total() - numbers[TaskState.CANCELLED]
        if total:
            shares.append(ShareFacts(name, numbers[TaskState.DONE], total))
    return tuple(shares)


async def late(request: Request, sides: Sequence[Side], found: Sequence[Task]) -> tuple[LateFacts, ...]:
    """Overdue tasks as they are shown: with the person responsible only in private."""
    names = {side.id: side.name for side in sides}
    persons = await _persons(request, found)
    return tuple(
        LateFacts(
            id=task.id,
            name=task_name(task.number, task.part),
            text=task.text,
            side=names[task.side_id],
            due=DueFacts(task.due, task.due_at),
            person=persons.get(task.assignee_id or 0, ""),
        )
        for task in found
    )


async def _persons(request: Request, found: Iterable[Task]) -> dict[int, str]:
    if not request.heard.private:
        return {}
    wanted = {task.assignee_id for task in found if task.assignee_id is not None}
    return await status.names(request.session, wanted)


async def _held(request: Request, part: Narrowed, sides: Sequence[Side]) -> list[HeldFacts]:
    """What waits for which side, the longest first."""
    session, group_id, now = request.session, request.here().id, request.now
    waits = await waiting(session, group_id)
    unworded = await awaited(session, group_id, [decision for decision, _ in waits])
    found = [
        _decision(decision, asked, sides[0], now, for_wording=decision.id in unworded)
        for decision, asked in waits
        if part.waits(decision.area_id, asked or sides)
    ]
    for task in await status.held_up(session, group_id):
        asked = _waits_for(task, sides)
        if part.waits(task.area_id, asked):
            found.append(_task(task, asked, now))
    if not part.name:  # the project is no side, and a request has no area of its own
        found += await _requests(request, sides)
    return sorted(found, key=lambda held: -held.days)


async def _requests(request: Request, sides: Sequence[Side]) -> list[HeldFacts]:
    """Requests for support, with the project or the side that was asked back."""
    names = await place_names(request.session, request.here().id)
    found = []
    for row in await support.open_ones(request.session, request.here().id):
        waits_for = names[row.side_id if row.state is SupportState.QUESTION else None]
        days = _days(row.asked_at, request.now, sides[0])
        found.append(HeldFacts(support_name(row.number), (waits_for,) if waits_for else (), days, of_project=True))
    return found


def _decision(decision: Decision, asked: Sequence[Side], first: Side, now: datetime, *, for_wording: bool) -> HeldFacts:
    days = _days(decision.proposed_at, now, asked[0] if asked else first)
    return HeldFacts(
        decision_name(decision.number),
        tuple(side.name for side in asked),
        days,
        is_decision=True,
        for_wording=for_wording,
    )


def _task(task: Task, asked: Sequence[Side], now: datetime) -> HeldFacts:
    return HeldFacts(
        task_name(task.number, task.part),
        tuple(side.name for side in asked),
        _days(task.state_since, now, asked[0]),
        to_accept=task.state not in WITH_THE_OTHERS,
    )


def _waits_for(task: Task, sides: Sequence[Side]) -> list[Side]:
    """The other side for which the task waits, or its own one, which has to accept it."""
    if task.state in WITH_THE_OTHERS:
        return [side for side in sides if side.id != task.side_id]
    return [side for side in sides if side.id == task.side_id]


def _days(since: datetime, now: datetime, side: Side) -> int:
    zone = ZoneInfo(side.zone)
    return (now.astimezone(zone).date() - since.astimezone(zone).date()).days


async def _unreached(request: Request) -> tuple[str, ...]:
    """For coordinators, in private: whom no private message reaches."""
    if not request.heard.private or request.mine().role is not Role.COORDINATOR:
        return ()
    return tuple(await status.unreached(request.session, request.here().id))
