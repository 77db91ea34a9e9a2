"""What one tick of nudging has found so far: who is told what, and when each record wants to be looked at again."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.nudge_facts import GroupFacts
from handlers.rules import nudging
from handlers.rules.moments import is_spread_over, next_allowed, spread
from handlers.rules.nudging import Stage, TaskFacts
from handlers.rules.recipients import PersonFacts
from handlers.rules.working_time import WorkingTime
from storage.kinds import Subject
from storage.nudges import Day, Item, Look, Record, Row
from storage.tables import Task

ONE_DAY = timedelta(days=1)
Decided = tuple[Stage | None, datetime | None]


@dataclass
class Plan:
    """One tick: what is told to whom by now, each with the person's local date, and when to look again."""

    session: AsyncSession
    now: datetime
    groups: dict[int, GroupFacts] = field(default_factory=dict)
    told: set[Day] = field(default_factory=set)
    bundles: dict[Day, list[Item]] = field(default_factory=dict)
    looks: dict[Record, Look] = field(default_factory=dict)
    records: dict[Record, Row] = field(default_factory=dict)
    before: dict[int, list[Task]] = field(default_factory=dict)
    """The parts of the tasks that others come after, by the first part's id."""
    at_work: set[object] = field(default_factory=set)
    """The hours of those who may be told now, each with the group's quiet hours and the spread of the day."""
    spread_over: dict[object, bool] = field(default_factory=dict)
    """Whether all may be told now who have the same hours and quiet hours: then nobody's own moment is asked for."""
    decided: dict[object, Decided] = field(default_factory=dict)
    """What the rule says, by what it was asked: a group's tasks of one day get one answer."""

    def note(self, subject: Subject, record: Row, following: datetime | None) -> None:
        """When to look at a record again, given how it stood."""
        look = Look(subject, record.id, record.version, record.look_at, following)
        self.looks[look.record] = look
        self.records[look.record] = record

    def decide(self, group: GroupFacts, facts: TaskFacts) -> Decided:
        """The stage a task has reached that nobody was told of, and when to look again after it."""
        asked = (group.mechanism.ladder, group.mechanism.catch_up_days, *facts.question)
        if asked not in self.decided:
            stage = nudging.stage_due(facts, self.now, group.ladder)
            self.decided[asked] = stage, nudging.next_look(facts, self.now, group.ladder)
        return self.decided[asked]


def tell(tick: Plan, group: GroupFacts, person: PersonFacts | None, item: Item) -> datetime | None:
    """Put the item into the person's bundle of today, or say when to try again."""
    if person is None:
        return tick.now + ONE_DAY  # nobody who may be told is there today
    own = group.own_time[person.id]
    day = own.local_date(tick.now)
    later = _later(tick, person.id, day, group)
    if later is not None:
        return later
    if (person.id, day) in tick.told:
        tomorrow = own.day_begins(day + ONE_DAY)
        return next_allowed(tomorrow, own, group.quiet) or tick.now + ONE_DAY
    tick.bundles.setdefault((person.id, day), []).append(item)
    return None


def _later(tick: Plan, person_id: int, day: date, group: GroupFacts) -> datetime | None:
    """When to try again to tell a person; None for now. Who works alike and is spread alike is told alike."""
    own = group.own_time[person_id]
    if _all_may_be_told(tick, own, group):
        return None
    alike = (id(own), group.quiet, spread(person_id, day))
    if alike in tick.at_work:
        return None
    moment = nudging.moment(person_id, own, tick.now, group.quiet)
    if moment is None or moment > tick.now:
        return moment or tick.now + ONE_DAY
    tick.at_work.add(alike)
    return None


def _all_may_be_told(tick: Plan, own: WorkingTime, group: GroupFacts) -> bool:
    alike = (id(own), group.mechanism.quiet)
    if alike not in tick.spread_over:
        tick.spread_over[alike] = is_spread_over(own, tick.now, group.quiet)
    return tick.spread_over[alike]
