"""What the nudging rule needs to know of a group, gathered once a tick."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import working
from handlers.rules.ladder import Ladder, Stage
from handlers.rules.moments import Quiet
from handlers.rules.nudging import WITH_THE_OTHERS, TaskFacts, Told
from handlers.rules.recipients import PersonFacts, SideFacts, is_gone
from handlers.rules.rights import Act, Actor, NotAllowed, Target, permit
from handlers.rules.working_time import ONE_DAY, WorkingTime
from storage import many_groups
from storage.due_tasks import DueTask
from storage.kinds import Role
from storage.many_groups import InGroup, Rows
from storage.tables import Mechanism, Nudge, Organisation, Side, Task, WorkingGroup


@dataclass
class GroupFacts:
    """One group as the nudging rule sees it: its rules, its sides at work, and its members."""

    group: WorkingGroup
    mechanism: Mechanism
    sides: list[Side]
    working: dict[int, WorkingTime]
    members: dict[int, InGroup]
    own_time: dict[int, WorkingTime] = field(default_factory=dict)
    at: datetime = field(kw_only=True)
    beside: WorkingTime = field(kw_only=True)
    gone: dict[tuple[int, int], bool] = field(default_factory=dict, kw_only=True, repr=False)
    """Who is gone, by the working times of him and of his side: who works alike, in all these groups, is gone alike."""
    _persons: dict[int, PersonFacts] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def ladder(self) -> Ladder:
        """The group's ladder."""
        return Ladder.parse(self.mechanism.ladder, self.mechanism.catch_up_days)

    @cached_property
    def quiet(self) -> Quiet:
        """The hours in which nobody of the group is written to unasked."""
        return Quiet.parse(self.mechanism.quiet)

    def person(self, person_id: int | None) -> PersonFacts | None:
        """A member with his leave; None for nobody and for who is no member any more."""
        if person_id is None or person_id not in self.members:
            return None
        if person_id not in self._persons:
            self._persons[person_id] = PersonFacts(person_id, self.own_time[person_id].leave, self._is_gone(person_id))
        return self._persons[person_id]

    def _is_gone(self, person_id: int) -> bool:
        own, place = self.own_time[person_id], self.place_of(person_id)
        alike = id(own), id(place)
        if alike not in self.gone:
            self.gone[alike] = is_gone(own, place, self.at)
        return self.gone[alike]

    def today(self, person_id: int) -> date:
        """The date where that member is."""
        return self.own_time[person_id].local_date(self.at)

    def back_on(self, person_id: int) -> date | None:
        """The day a member is at work next; None when that is not in sight."""
        begins = self.own_time[person_id].next_moment(self.at)
        return None if begins is None else self.own_time[person_id].local_date(begins)

    def absent_since(self, person_id: int) -> date | None:
        """The first day of the leave that keeps a member away or is about to: what tells one absence from another."""
        today = self.today(person_id)
        return min((first for first, last in self.own_time[person_id].leave if last >= today), default=None)

    def place_of(self, person_id: int) -> WorkingTime:
        """When a member's side, or the supporting organisation, works."""
        side_id = self.members[person_id].side_id
        return self.beside if side_id is None else self.working[side_id]

    def side(self, side_id: int) -> SideFacts:
        """Who speaks for a side."""
        return self._speakers[side_id]

    @cached_property
    def _speakers(self) -> dict[int, SideFacts]:
        ids = [side.id for side in self.sides]
        holders = [(self._holder(each, Role.FOCAL_POINT), self._holder(each, Role.ALTERNATE)) for each in ids]
        return {each: SideFacts(*pair) for each, pair in zip(ids, holders, strict=True)}

    def other_than(self, side_id: int) -> Side:
        """The side across the border."""
        return next(side for side in self.sides if side.id != side_id)

    @cached_property
    def coordinators(self) -> tuple[PersonFacts, ...]:
        """The group's coordinators with their leave."""
        found = [member.person_id for member in self.members.values() if member.role is Role.COORDINATOR]
        return tuple(facts for person_id in found if (facts := self.person(person_id)) is not None)

    @cached_property
    def cities(self) -> tuple[tuple[str, ZoneInfo], ...]:
        """The city of each side with its zone."""
        return tuple((side.city, self.working[side.id].zone) for side in self.sides)

    def acting_side(self, task: Task | DueTask) -> int:
        """The side that has to act: the responsible one, or the other one while the task waits for it or its OK."""
        return self.other_than(task.side_id).id if task.state in WITH_THE_OTHERS else task.side_id

    def may_report(self, person_id: int, task: Task | DueTask, on: date) -> bool:
        """Whether a member may say how a task stands, as matters are on that day."""
        member = self.members[person_id]
        acting = member.role is Role.ALTERNATE and self._stands_in(member, on)
        actor = Actor(person_id, member.role, member.side_id, acting, group_id=self.group.id)
        owner = task.created_by if task.assignee_id is None else task.assignee_id
        try:
            permit(Act.REPORT_TASK, actor, Target(frozenset({owner}), task.side_id, self.group.id))
        except NotAllowed:
            return False
        return True

    def task(self, task: Task | DueTask, told: Iterable[Nudge]) -> TaskFacts:
        """A task as the rule wants it."""
        return TaskFacts(
            state=task.state,
            working=self.working[self.acting_side(task)],
            due=task.due,
            due_at=task.due_at,
            told=frozenset(Told(Stage(row.stage), row.local_date, row.due) for row in told),
            answered_on=task.answered_on,
            given_on=task.given_on,
            snoozed_until=task.snoozed_until,
            state_since=task.state_since,
        )

    def _stands_in(self, member: InGroup, on: date) -> bool:
        focal = None if member.side_id is None else self.side(member.side_id).focal_point
        return focal is None or focal.away_on(on)

    def _holder(self, side_id: int, role: Role) -> PersonFacts | None:
        found = self._in_roles.get((side_id, role))
        return self.person(found[0]) if found else None

    @cached_property
    def _in_roles(self) -> dict[tuple[int | None, Role], list[int]]:
        """Who is what on which side, oldest first."""
        found: dict[tuple[int | None, Role], list[int]] = {}
        for member in self.members.values():
            found.setdefault((member.side_id, member.role), []).append(member.person_id)
        return found


async def gather(session: AsyncSession, group_id: int, now: datetime) -> GroupFacts:
    """Read everything the rule asks of one group."""
    return (await gather_all(session, [group_id], now))[group_id]


async def gather_all(session: AsyncSession, group_ids: Collection[int], now: datetime) -> dict[int, GroupFacts]:
    """The same of many groups by their ids, with as many queries as for one."""
    rows = await many_groups.read(session, group_ids, now.date() - ONE_DAY)
    places = _Places(rows)
    gone: dict[tuple[int, int], bool] = {}
    return {group_id: _of_rows(rows, places, gone, group_id, now) for group_id in group_ids}


class _Places:
    """The working times of places; those that work alike share one, and with it what it has worked out."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._alike: dict[tuple[str, str, str], WorkingTime] = {}

    def of(self, place: Side | Organisation) -> WorkingTime:
        """When this place works."""
        listed = self._rows.country_days[place.country]
        own = self._rows.own_days.get(place.id, []) if isinstance(place, Side) else []
        if own:
            return working.put_together(place, listed, own)
        alike = (place.country, place.zone, place.week)
        if alike not in self._alike:
            self._alike[alike] = working.put_together(place, listed, ())
        return self._alike[alike]


def _of_rows(
    rows: Rows, places: _Places, gone: dict[tuple[int, int], bool], group_id: int, now: datetime
) -> GroupFacts:
    sides = rows.sides.get(group_id, [])
    facts = GroupFacts(
        group=rows.groups[group_id],
        mechanism=rows.mechanisms[group_id],
        sides=sides,
        working={side.id: places.of(side) for side in sides},
        members={member.person_id: member for member in rows.members.get(group_id, [])},
        at=now,
        beside=places.of(rows.organisations.get(group_id) or sides[0]),
        gone=gone,
    )
    for person_id in facts.members:
        leaves, journeys = rows.leaves.get(person_id, ()), rows.journeys.get(person_id, ())
        facts.own_time[person_id] = working.of_person(facts.place_of(person_id), leaves, journeys)
    return facts
