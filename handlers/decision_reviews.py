"""Whether a decision still holds: a day is set, and once the group was asked on it, each side says yes."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import asking
from handlers.decision_settling import note
from handlers.decision_steps import acknowledged, meant
from handlers.decisions import named
from handlers.due_notes import question_of_day
from handlers.due_reading import read_due, zone_of_asker
from handlers.permission import may
from handlers.refusals import NothingWritten, NotNow, NotOfASide, StaleButton
from handlers.reply import Post, Reply, Toast, says
from handlers.request import Request
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.names import decision_name
from handlers.rules.rights import Act
from handlers.views import decision_reviews as views
from storage import groups, journal
from storage.kinds import DecisionState, Subject
from storage.tables import Decision, JournalEntry

NOTHING = frozenset({"off", "-", "无", "取消", "ບໍ່ມີ", "ຍົກເລີກ"})
"""Words that take the day away."""


async def review(request: Request) -> Reply:
    """`/review D3 DATE`, [Review] and the date typed then; "off" takes it away. Raises NotNow, DateUnread."""
    decision, words = await _about(request)
    await _may_set(request, decision)
    name, args = decision_name(decision.number), {"id": decision.id, "group": decision.group_id}
    if not words:
        return await asking.ask(request, kind="decision.review", view=views.ask_day(name), args=args)
    if words.casefold() in NOTHING:
        return await _set(request, decision, None)
    read = await read_due(request, words)
    if read.asks_for_day:
        presses = {"chosen": "decision.review_on", "again": "decision.review"}
        return says(question_of_day(name, args, read, **presses))
    return await _set(request, decision, read.due.day)


async def review_on(request: Request) -> Reply:
    """The day that was meant was pressed. Raises NotNow, StaleButton once it is past."""
    decision = await meant(request)
    await _may_set(request, decision)
    day = date.fromisoformat(request.args["date"])
    if day < request.now.astimezone(await zone_of_asker(request)).date():
        raise StaleButton
    return await _set(request, decision, day)


async def _may_set(request: Request, decision: Decision) -> None:
    await may(request, Act.SET_REVIEW, owners={decision.proposed_by})
    if decision.state is not DecisionState.AGREED:
        raise NotNow(name=decision_name(decision.number), state=decision.state)


async def _set(request: Request, decision: Decision, day: date | None) -> Reply:
    decision.review_on = day
    request.session.add(decision)
    await note(request, decision, DecisionChange.REVIEW, decision.state, day=day)
    return await acknowledged(request, decision, views.will_ask(decision_name(decision.number), day))


async def _about(request: Request) -> tuple[Decision, str]:
    if request.args:
        return await meant(request), request.words.strip()
    name, *rest = request.words.split(maxsplit=1) or [""]
    if not name or not rest:
        raise NothingWritten(command="review")
    return await named(request, name), rest[0]


async def holds(request: Request) -> Reply:
    """[It still holds]: one side says so. Raises NotOfASide, StaleButton once that side did."""
    decision = await meant(request)
    side_id = request.mine().side_id
    await may(request, Act.ANSWER_REVIEW, side_id=side_id)
    name = decision_name(decision.number)
    if side_id is None:
        raise NotOfASide(name=request.person.name)
    said = await _said(request.session, decision)
    if decision.state is not DecisionState.AGREED or side_id in said:
        raise StaleButton
    await note(request, decision, DecisionChange.STILL_HOLDS, decision.state, side=side_id)
    sides = {side.id: side.name for side in await groups.sides(request.session, decision.group_id)}
    reply = await acknowledged(request, decision, views.noted(name, sides[side_id]))
    both = set(sides) <= {*said, side_id}
    key = f"holds:{decision.id}:{len(await _asked(request.session, decision))}"
    return reply.and_then(Post(decision.group_id, views.still_holds(name), key=key)) if both else reply


async def replace(request: Request) -> Reply:
    """[Replace it]: says how a new proposal takes its place."""
    decision = await meant(request)
    await may(request, Act.SEE)
    return says(Toast(views.how_to_replace(decision_name(decision.number)), alert=True))


async def _asked(session: AsyncSession, decision: Decision) -> list[JournalEntry]:
    entries = await journal.of(session, Subject.DECISION, decision.id)
    return [entry for entry in entries if entry.change == DecisionChange.REVIEW_ASKED]


async def _said(session: AsyncSession, decision: Decision) -> set[int]:
    """The sides that said since the last question that it still holds."""
    entries, asked = await journal.of(session, Subject.DECISION, decision.id), await _asked(session, decision)
    since = asked[-1].id if asked else 0
    holding = [each for each in entries if each.change == DecisionChange.STILL_HOLDS and each.id > since]
    return {entry.after["side"] for entry in holding}
