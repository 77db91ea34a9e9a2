"""Somebody who is not at work for long: the alternate is asked in his place, and the coordinators hear of it once."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.nudge_facts import GroupFacts, gather
from handlers.reply import Effect, Private
from handlers.rules.recipients import PersonFacts, stand_in
from handlers.views import absences as views
from storage import digests, notices
from storage.kinds import Priority, Role


async def plan(session: AsyncSession, now: datetime) -> Sequence[Effect]:
    """What coordinators who are at work have not heard yet of people who will be away for long."""
    effects: list[Effect] = []
    for group in await digests.groups_with_a_room(session):
        facts = await gather(session, group.id, now)
        gone = await _gone(session, facts)
        for coordinator in facts.coordinators if gone else ():
            own = facts.own_time[coordinator.id]
            if own.is_working(now) and own.local(now).time() not in facts.quiet:
                effects += await _told(session, facts, coordinator, gone, now)
    return effects


async def _gone(session: AsyncSession, facts: GroupFacts) -> list[PersonFacts]:
    """Those who are gone and whom somebody would ask: they have open tasks, or speak for their side."""
    busy = {task.assignee_id for task in await digests.live_tasks(session, facts.group.id)}
    speaking = {person_id for person_id, (member, _) in facts.members.items() if member.role is Role.FOCAL_POINT}
    people = [facts.person(person_id) for person_id in sorted({*busy, *speaking} - {None}, key=lambda each: each or 0)]
    return [person for person in people if person is not None and person.gone]


async def _told(
    session: AsyncSession, facts: GroupFacts, coordinator: PersonFacts, gone: list[PersonFacts], now: datetime
) -> list[Effect]:
    found: list[Effect] = []
    for person in gone:
        matter = f"absent:{facts.group.id}:{person.id}:{facts.absent_since(person.id)}"
        if person.id != coordinator.id and await notices.tell(session, coordinator.id, matter, now):
            view = views.gone(
                facts.row(person.id).name, facts.group.name, facts.back_on(person.id), _instead(facts, person)
            )
            found.append(Private(coordinator.id, view, group_id=facts.group.id, priority=Priority.NUDGE))
    return found


def _instead(facts: GroupFacts, person: PersonFacts) -> str:
    """The name of whoever is asked meanwhile; "" where there is nobody."""
    side_id = facts.members[person.id][0].side_id
    found = None if side_id is None else stand_in(person, facts.side(side_id), facts.today(person.id))
    return "" if found is None else facts.row(found.id).name
