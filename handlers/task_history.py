"""The history of a task, read from the journal."""

from handlers import working
from handlers.history_sheets import person_name, sheet_of, side_name
from handlers.permission import may
from handlers.reply import Edit, Reply, says
from handlers.request import Request
from handlers.rules.names import task_name
from handlers.rules.rights import Act
from handlers.rules.task_changes import TaskChange
from handlers.task_cards import due_of
from handlers.task_steps import by_press, name_of, parts_named, place_in_list
from handlers.views import task_history as views
from handlers.views.history import HistoryFacts
from handlers.views.task_history import LineFacts
from storage import journal
from storage.kinds import Acceptance, Role, Subject
from storage.tables import Area, JournalEntry, Task


async def history(request: Request) -> Reply:
    """What happened to all parts of a task, in the message of its card; the newest changes stand on the first page."""
    request.here()
    await may(request, Act.SEE)
    task = (await by_press(request)).parts[0]
    parts = await parts_named(request, task.number, 0)
    return says(Edit(views.history(await _facts(request, parts, request.args.get("sheet", 1)))))


async def _facts(request: Request, parts: tuple[Task, ...], wanted: int) -> HistoryFacts[LineFacts]:
    names = {part.id: name_of(part) if len(parts) > 1 else "" for part in parts}
    entries = [entry for part in parts for entry in await journal.of(request.session, Subject.TASK, part.id)]
    known = sorted((entry for entry in entries if entry.change in set(TaskChange)), key=lambda entry: entry.id)
    shown, sheet, sheets = sheet_of(known, wanted)
    return HistoryFacts(
        name=task_name(parts[0].number),
        lines=tuple([await _line(request, entry, names[entry.subject_id]) for entry in shown]),
        cities=tuple(await working.cities(request.session, parts[0].group_id)),
        sheet=sheet,
        sheets=sheets,
        args={"id": parts[0].id, "group": parts[0].group_id, **(place_in_list(request) or {})},
    )


async def _line(request: Request, entry: JournalEntry, part: str) -> LineFacts:
    after = entry.after
    return LineFacts(
        at=entry.at,
        change=TaskChange(entry.change),
        actor=await person_name(request, entry.actor_id),
        role=Role(after["as"]),
        part=part,
        person=await person_name(request, after.get("assignee")),
        place=await _place(request, after),
        offered=after.get("acceptance") == Acceptance.ASKED,
        due=due_of(entry),
        note=after.get("note", ""),
        evidence=after.get("evidence", 0),
    )


async def _place(request: Request, after: dict[str, int | None]) -> str:
    """The area or the side that an entry speaks of."""
    area = await request.session.get(Area, area_id) if (area_id := after.get("area")) is not None else None
    return area.name if area else await side_name(request, after.get("side"))
