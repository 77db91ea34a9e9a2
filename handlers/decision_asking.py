"""The question whether a decision still holds: each group is asked once, on the day that was set."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.nudge_facts import GroupFacts, gather
from handlers.reply import Effect, Post
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.names import decision_name
from handlers.rules.working_time import ONE_DAY, both_work
from handlers.views import decision_reviews as views
from storage import decisions, journal
from storage.journal import Cause
from storage.kinds import Subject
from storage.tables import Decision


async def plan(session: AsyncSession, now: datetime) -> Sequence[Effect]:
    """Ask every group once, on the day or the first one after it on which both sides are at work."""
    effects: list[Effect] = []
    for decision in await decisions.to_review(session, (now + ONE_DAY).date()):
        facts = await gather(session, decision.group_id, now)
        if _is_time(facts, decision.review_on, now):
            effects.append(await _ask(session, decision, now))
    return effects


def _is_time(facts: GroupFacts, day: date | None, now: datetime) -> bool:
    first, second = (facts.working[side.id] for side in facts.sides)
    today = first.local_date(now)
    if day is None or today < day or not both_work(first, second, today):
        return False
    return first.is_working(now) and second.is_working(now) and first.local(now).time() not in facts.quiet


async def _ask(session: AsyncSession, decision: Decision, now: datetime) -> Effect:
    day, decision.review_on = decision.review_on, None
    session.add(decision)
    await journal.append(
        session,
        Cause(now),
        subject=Subject.DECISION,
        subject_id=decision.id,
        group_id=decision.group_id,
        change=DecisionChange.REVIEW_ASKED,
        after={"state": decision.state, "day": day},
    )
    args = {"id": decision.id, "group": decision.group_id}
    view = views.question(decision_name(decision.number), decision.text, args)
    return Post(decision.group_id, view, key=f"review:{decision.id}:{day}")
