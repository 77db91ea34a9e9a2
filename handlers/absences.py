"""Somebody who is not at work for long: the alternate is asked in his place, and the coordinators hear of it once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.nudge_facts import GroupFacts, gather_all
from handlers.reply import Effect, Private
from handlers.rules.absences import may_be_gone
from handlers.rules.moments import next_allowed
from handlers.rules.recipients import PersonFacts, stand_in
from handlers.rules.working_time import ONE_DAY
from handlers.views import absences as views
from storage import digests, leave, notices
from storage.kinds import Priority, Role
from storage.people import last_day


async def plan(session: AsyncSession, now: datetime) -> Sequence[Effect]:
    """What coordinators who are at work have not heard yet of people who will be away for long."""
    due = await leave.to_look_at(session, now)
    known = await gather_all(session, await leave.groups_of(session, {row.person_id for row in due}), now)
    effects: list[Effect] = []
    looks: dict[int, list[datetime]] = {}
    for facts in known.values():
        for person in await _asked(session, facts, {row.person_id for row in due}):
            said, following = await _look(session, facts, person, now)
            effects += said
            looks.setdefault(person.id, []).append(following)
    for row in due:
        over = last_day(row) < now.date() - ONE_DAY
        row.look_at = None if over else min(looks.get(row.person_id, [now + ONE_DAY]))
        session.add(row)
    return effects


async def _asked(session: AsyncSession, facts: GroupFacts, ids: Collection[int]) -> list[PersonFacts]:
    """Those of them whom somebody of the group would ask: they have open tasks, or speak for their side."""
    busy = {task.assignee_id for task in await digests.live_tasks(session, facts.group.id)}
    speaking = {person_id for person_id, member in facts.members.items() if member.role is Role.FOCAL_POINT}
    people = [facts.person(person_id) for person_id in sorted(ids) if person_id in busy | speaking]
    return [person for person in people if person is not None]


async def _look(
    session: AsyncSession, facts: GroupFacts, person: PersonFacts, now: datetime
) -> tuple[list[Effect], datetime]:
    """What is said about one person now, and when to look at him again."""
    if not person.gone:
        place = facts.place_of(person.id)
        return [], may_be_gone(facts.own_time[person.id], place, now) or now + ONE_DAY
    effects, looks = [], [now + ONE_DAY]
    for coordinator in facts.coordinators:
        moment = next_allowed(now, facts.own_time[coordinator.id], facts.quiet)
        if moment == now:
            effects += await _told(session, facts, coordinator, person, now)
        elif moment is not None:
            looks.append(moment)
    return effects, min(looks)


async def _told(
    session: AsyncSession, facts: GroupFacts, coordinator: PersonFacts, person: PersonFacts, now: datetime
) -> list[Effect]:
    matter = f"absent:{facts.group.id}:{person.id}:{facts.absent_since(person.id)}"
    if person.id == coordinator.id or not await notices.tell(session, coordinator.id, matter, now):
        return []
    view = views.gone(
        facts.members[person.id].name, facts.group.name, facts.back_on(person.id), _instead(facts, person)
    )
    return [Private(coordinator.id, view, group_id=facts.group.id, priority=Priority.NUDGE)]


def _instead(facts: GroupFacts, person: PersonFacts) -> str:
    """The name of whoever is asked meanwhile; "" where there is nobody."""
    side_id = facts.members[person.id].side_id
    found = None if side_id is None else stand_in(person, facts.side(side_id), facts.today(person.id))
    return "" if found is None else facts.members[found.id].name
