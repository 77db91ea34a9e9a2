"""A question about a meeting as the one nudge of a person's working day."""

import secrets
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.nudge_facts import GroupFacts
from handlers.reply import Effect, Private, View
from handlers.rules import moments
from handlers.rules.working_time import ONE_DAY
from storage import nudges
from storage.kinds import Priority, Subject
from storage.nudges import Item
from storage.tables import Meeting

CODE_BYTES = 2


async def nudge(
    session: AsyncSession, group: GroupFacts, meeting: Meeting, person_id: int, key: str, view: View, now: datetime
) -> tuple[list[Effect], datetime]:
    """Say it now, if he is at work and heard nothing else today; else nothing, and the moment to try again."""
    own = group.own_time[person_id]
    at = moments.moment(person_id, own, now, group.quiet)
    if at is None or at > now:
        return [], at or now + ONE_DAY
    day = own.local_date(now)
    tomorrow = moments.next_allowed(own.day_begins(day + ONE_DAY), own, group.quiet) or now + ONE_DAY
    if (person_id, day) in await nudges.had_bundles(session, [person_id], day):
        return [], tomorrow
    item = Item(Subject.MEETING, meeting.id, meeting.group_id, _stage(key), None, meeting.version)
    code = secrets.token_hex(CODE_BYTES).upper()
    await nudges.write(session, person_id=person_id, day=day, outbox_key=key, code=code, items=[item], at=now)
    said = Private(person_id, view, meeting.group_id, key, otherwise=view, priority=Priority.NUDGE)
    return [said], tomorrow


def _stage(key: str) -> str:
    """What the nudge is about, without whom and when: "meeting_reminder:answer"."""
    kind, _, stage, *_ = key.split(":")
    return f"{kind}:{stage}"
