"""The weekly digest of a group: once a week, at its hour, on the first day both sides work; silent, and never empty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import decision_cards
from handlers.decision_text_facts import awaited, others
from handlers.members import place_names
from handlers.nudge_facts import GroupFacts, gather_all
from handlers.reply import Effect, Post
from handlers.rules import digesting
from handlers.rules.digesting import DigestDecision, DigestTask, Sections
from handlers.rules.names import decision_name, support_name, task_name
from handlers.rules.nudging import due_day
from handlers.rules.working_time import MIDNIGHT, at_wall
from handlers.views import digests as views
from handlers.views.digests import DigestFacts, Entry
from storage import digests, support
from storage.kinds import Priority, SupportState
from storage.tables import Decision, Side, Task, WorkingGroup


@dataclass(frozen=True)
class Proposals:
    """The open decisions; by their ids the texts beside the original, and the sides whose wording alone is missing."""

    found: Sequence[Decision]
    texts: Mapping[int, Mapping[str, str]]
    unworded: Mapping[int, Sequence[Side]]


async def plan(session: AsyncSession, now: datetime) -> Sequence[Effect]:
    """The digests whose moment has come; a group that has nothing to say is noted down and left in peace."""
    effects: list[Effect] = []
    found = await digests.groups_to_look_at(session, now)
    known = await gather_all(session, [group.id for group in found], now)
    for group in found:
        effects += await _of_group(session, group, known[group.id], now)
    return effects


async def _of_group(session: AsyncSession, group: WorkingGroup, facts: GroupFacts, now: datetime) -> list[Effect]:
    """A digest is due, or the group notes when it wants to be looked at next."""
    zone = ZoneInfo(facts.sides[0].zone)
    today = now.astimezone(zone).date()
    week, moment = digesting.week_key(today), _moment(facts, today, zone)
    if moment is None or await digests.had(session, group.id, week):
        group.digest_at = at_wall(digesting.next_week(today), MIDNIGHT, zone)
        return []
    if now < moment:
        group.digest_at = moment
        return []
    return await _said_now(session, facts, now, zone, week) if _may_be_said(facts, now, zone) else []


async def _said_now(session: AsyncSession, facts: GroupFacts, now: datetime, zone: ZoneInfo, week: str) -> list[Effect]:
    group = facts.group
    said = await _facts(session, facts, now, zone)
    key = f"digest:{group.id}:{week}"
    await digests.write(session, group_id=group.id, week=week, outbox_key=key, said_nothing=said is None, at=now)
    if said is None:
        return []
    view = partial(views.digest, said)
    return [Post(group.id, view, key=key, silent=True, priority=Priority.DIGEST)]


def _moment(facts: GroupFacts, today: date, zone: ZoneInfo) -> datetime | None:
    """The group's hour on the first day of this week on which both sides work."""
    first, second = (facts.working[side.id] for side in facts.sides)
    hour = time.fromisoformat(facts.mechanism.digest_hour)
    return digesting.digest_moment(today, facts.mechanism.digest_weekday, hour, zone, first, second)


def _may_be_said(facts: GroupFacts, now: datetime, zone: ZoneInfo) -> bool:
    """On a day on which both sides work, outside quiet hours: after an outage the digest comes late, not at night."""
    first, second = (facts.working[side.id] for side in facts.sides)
    both_there = first.works_on(first.local_date(now)) and second.works_on(second.local_date(now))
    return both_there and now.astimezone(zone).time() not in facts.quiet


async def _facts(session: AsyncSession, facts: GroupFacts, now: datetime, zone: ZoneInfo) -> DigestFacts | None:
    rows = {task.id: task for task in await digests.live_tasks(session, facts.group.id)}
    waiting = await decision_cards.waiting(session, facts.group.id)
    sections = digesting.pick(
        [DigestTask(task.id, facts.task(task, ())) for task in rows.values()],
        [_asked(decision, sides, zone) for decision, sides in waiting],
        now,
        zone,
    )
    asked = await _requests(session, facts, zone)
    if sections.is_empty() and not asked:
        return None
    found = [decision for decision, _ in waiting]
    texts = await others(session, [decision.id for decision in found])
    proposals = Proposals(found, texts, await awaited(session, facts.group.id, found))
    return replace(_said(facts, rows, sections, proposals), support=asked)


async def _requests(session: AsyncSession, facts: GroupFacts, zone: ZoneInfo) -> tuple[Entry, ...]:
    """Requests for support that wait for the project, or for the side that was asked back."""
    names = await place_names(session, facts.group.id)
    return tuple(
        Entry(
            support_name(row.number),
            row.text,
            (names[row.side_id if row.state is SupportState.QUESTION else None],),
            row.asked_at.astimezone(zone).date(),
        )
        for row in await support.open_ones(session, facts.group.id)
    )


def _asked(decision: Decision, sides: list[Side], zone: ZoneInfo) -> DigestDecision:
    asked_on = decision.proposed_at.astimezone(zone).date()
    return DigestDecision(decision.id, tuple(side.id for side in sides), asked_on)


def _said(facts: GroupFacts, rows: dict[int, Task], sections: Sections, proposals: Proposals) -> DigestFacts:
    names = {side.id: side.name for side in facts.sides}

    def entries(ids: Sequence[int]) -> tuple[Entry, ...]:
        return tuple(_entry(facts, rows[task_id], names) for task_id in ids)

    return DigestFacts(
        due=entries(sections.due_this_week),
        overdue=entries(sections.overdue),
        undated=entries(sections.undated),
        waiting=tuple(_open(each, names, proposals) for each in sections.waiting),
    )


def _entry(facts: GroupFacts, task: Task, names: dict[int, str]) -> Entry:
    name, acting = task_name(task.number, task.part), facts.acting_side(task)
    return Entry(name, task.text, (names[acting],), due_day(facts.task(task, ())), waits=acting != task.side_id)


def _open(asked: DigestDecision, names: dict[int, str], proposals: Proposals) -> Entry:
    decision = next(each for each in proposals.found if each.id == asked.id)
    return Entry(
        decision_name(decision.number),
        decision.text,
        tuple(names[side_id] for side_id in asked.waits_for),
        asked.asked_on,
        proposals.texts[asked.id],
        for_wording=asked.id in proposals.unworded,
    )
