"""An action matrix written down: its activities with a task for each row, in few statements however many rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from handlers.activities import written_in
from handlers.activity_states import today
from handlers.playbook_writing import given
from handlers.request import Request
from handlers.rules import text
from handlers.rules.activity_changes import ActivityChange
from handlers.rules.matrices import Holder, Matrix, MatrixRow
from handlers.rules.states import CLOSED_TASKS
from handlers.task_giving import acceptance_of
from storage import activities, groups, journal, matrices, people, tasks
from storage.activities import ActivityDraft
from storage.journal import Change
from storage.kinds import Acceptance, Subject
from storage.tables import Activity, MatrixImport, Side, Task
from storage.tasks import Share, TaskDraft


@dataclass(frozen=True)
class _Plan:
    """Whose a row is that names no side, today at each side, and who still has to accept."""

    usual: int
    today: Mapping[int, date]
    acceptances: Mapping[int, Acceptance]


async def write(request: Request, matrix: Matrix, name: str, *, alone: bool) -> MatrixImport:
    """Everything that could be read. `alone`: tasks only, without activities above them."""
    row = await matrices.add(
        request.session,
        group_id=request.here().id,
        person_id=request.person.id,
        name=name,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
    )
    made = {} if alone else await _activities(request, matrix, row)
    found = await _tasks(request, matrix, made)
    row.numbers = [parts[0].number for parts in found]
    request.session.add(row)
    changes = [Change(Subject.ACTIVITY, each.id, ActivityChange.IMPORTED, {}, _told(each)) for each in made.values()]
    changes += [given(request, task) for parts in found for task in parts]
    after = {"import": row.id, "tasks": len(found), "activities": len(made), "refused": len(matrix.faults)}
    changes.append(Change(Subject.GROUP, row.group_id, "matrix imported", {}, after))
    await journal.append_all(request.session, request.cause, changes, group_id=row.group_id)
    return row


def _told(row: Activity) -> dict[str, object]:
    return {"number": row.number, "title": row.title, "area": row.area_id, "import": row.import_id}


async def _activities(request: Request, matrix: Matrix, row: MatrixImport) -> dict[str, Activity]:
    """One activity for each title; it lasts until its last task is due, and is led by the side that has the first."""
    by_title = groupby(sorted(matrix.rows, key=lambda each: each.activity), key=lambda each: each.activity)
    rows = {title: list(listed) for title, listed in by_title}
    drafts = [await _activity(request, title, rows[title], row, line) for line, title in enumerate(matrix.activities)]
    found = await activities.add_many(request.session, request.here(), drafts)
    return dict(zip(matrix.activities, found, strict=True))


async def _activity(request: Request, title: str, rows: list[MatrixRow], row: MatrixImport, line: int) -> ActivityDraft:
    dues = [each.due for each in rows if each.due is not None]
    sides = [holder.side_id for each in rows for holder in each.holders if holder.side_id is not None]
    others = [side_id for side_id in sides if side_id != sides[0]]
    begins = min([*dues, next(iter((await today(request.session, request.here().id, request.now)).values()))])
    return ActivityDraft(
        title=title,
        language=await written_in(request, title),
        search_text=text.searchable(title),
        created_by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
        line=line,
        area_id=next((each.area_id for each in rows if each.area_id is not None), None),
        first_day=begins if dues else None,
        last_day=max(dues, default=None),
        lead_id=sides[0] if sides else None,
        support_id=others[0] if others else None,
        import_id=row.id,
    )


async def _tasks(request: Request, matrix: Matrix, made: Mapping[str, Activity]) -> list[list[Task]]:
    sides = {side.id: side for side in await groups.sides(request.session, request.here().id)}
    usual = request.mine().side_id or next(iter(sides))
    days = await today(request.session, request.here().id, request.now)
    plan = _Plan(usual, days, await _acceptances(request, matrix.rows))
    drafts = [
        (_draft(request, each, made, line, sides[usual]), _shares(each, plan)) for line, each in enumerate(matrix.rows)
    ]
    found = await tasks.add_many(request.session, group=request.here(), drafts=drafts)
    for each, parts in zip(matrix.rows, found, strict=True):
        for task in parts:
            task.state, task.note = each.state, each.remarks
            task.look_at = None if each.state in CLOSED_TASKS else task.look_at
    await request.session.flush()
    return found


def _draft(request: Request, row: MatrixRow, made: Mapping[str, Activity], line: int, side: Side) -> TaskDraft:
    activity = made.get(row.activity)
    words = row.text if activity is not None or row.text == row.activity else f"{row.activity}: {row.text}"
    return TaskDraft(
        text=words,
        language=side.language if activity is None else activity.language,
        search_text=text.searchable(words),
        created_by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
        area_id=row.area_id,
        due=row.due,
        activity_id=activity.id if activity is not None else None,
        line=line,
    )


async def _acceptances(request: Request, rows: Iterable[MatrixRow]) -> dict[int, Acceptance]:
    """Whether those who are named still have to take their tasks on, by the same rights as everywhere."""
    wanted = {holder.person_id for row in rows for holder in row.holders if holder.person_id is not None}
    found = {}
    for member, person in await people.members(request.session, request.here().id):
        if person.id in wanted:
            found[person.id] = await acceptance_of(request, (member, person))
    return found


def _shares(row: MatrixRow, plan: _Plan) -> list[Share]:
    """A part for each that is named. What is over needs nobody's yes any more."""
    over = row.state in CLOSED_TASKS
    return [
        Share(
            side_id=holder.side_id or plan.usual,
            person_id=holder.person_id,
            given_on=plan.today[holder.side_id or plan.usual],
            acceptance=Acceptance.ACCEPTED
            if over
            else plan.acceptances.get(holder.person_id or 0, Acceptance.ACCEPTED),
        )
        for holder in row.holders or (Holder(None),)
    ]
