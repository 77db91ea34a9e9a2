"""What an agenda offers by itself: decisions that are still open, and tasks past their date."""

from handlers.refusals import StaleButton
from handlers.request import Request
from handlers.rules.names import decision_name, task_name
from handlers.status_facts import past
from storage import agendas, decisions, groups, tasks
from storage.kinds import Subject
from storage.tables import Decision, Meeting, Task
from storage.tasks import Wanted

MOST = 6
"""Of each kind."""
ITEM = 200
"""Letters of a record's text in a point."""
Offer = tuple[str, Subject, int]
"""What it is called, its kind, and its id."""


async def offered(request: Request, meeting: Meeting) -> tuple[Offer, ...]:
    """What is not on the agenda yet: the oldest decisions and the tasks that are late longest."""
    known = {(item.subject, item.subject_id) for item in await agendas.of(request.session, meeting.id)}
    sides = await groups.sides(request.session, meeting.group_id)
    late = await tasks.listed(request.session, meeting.group_id, Wanted(past=past(sides, request.now)))
    found: list[Offer] = [
        (decision_name(row.number), Subject.DECISION, row.id)
        for row in await decisions.open_ones(request.session, meeting.group_id)
    ][:MOST]
    found += [(task_name(row.number), Subject.TASK, row.id) for row in late if row.part <= 1][:MOST]
    return tuple(each for each in found if (each[1], each[2]) not in known)


async def text_of(request: Request, subject: Subject, record_id: int) -> str:
    """What a point about a record is called, such as "D3 Module plan"; raises StaleButton outside the group."""
    row: Decision | Task | None = await decisions.get(request.session, record_id)
    if subject is Subject.TASK:
        row = await tasks.get(request.session, record_id)
    if row is None or row.group_id != request.here().id:
        raise StaleButton
    name = decision_name(row.number) if isinstance(row, Decision) else task_name(row.number)
    return f"{name} {' '.join(row.text.split())}"[:ITEM]
