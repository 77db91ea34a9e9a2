"""The history of a task, read from the journal."""

from handlers.history_sheets import facts, person_name, side_name
from handlers.permission import may
from handlers.reply import Edit, Reply, says
from handlers.request import Request
from handlers.rules.names import task_name
from handlers.rules.rights import Act
from handlers.rules.task_changes import TaskChange
from handlers.task_cards import due_of
from handlers.task_steps import by_press, name_of, parts_named, place_in_list
from handlers.views import task_history as views
from handlers.views.task_history import LineFacts
from storage import journal
from storage.kinds import Acceptance, Role, Subject
from storage.tables import Area, JournalEntry, Task


async def history(request: Request) -> Reply:
    """What happened to all parts of a task, in the message of its card; the newest changes stand on the first page."""
    group = request.here()
    await may(request, Act.SEE)
    task = (await by_press(request)).parts[0]
    parts = await parts_named(request, task.number, 0)
    names = {part.id: name_of(part) if len(parts) > 1 else "" for part in parts}
    args = {"id": parts[0].id, "group": group.id, **(place_in_list(request) or {})}

    async def read(asked: Request, entry: JournalEntry) -> LineFacts:
        return await _line(asked, entry, names[entry.subject_id])

    found = await facts(request, await _entries(request, parts), read, name=task_name(task.number), args=args)
    return says(Edit(views.history(found)))


async def _entries(request: Request, parts: tuple[Task, ...]) -> list[JournalEntry]:
    entries = [entry for part in parts for entry in await journal.of(request.session, Subject.TASK, part.id)]
    return sorted((entry for entry in entries if entry.change in set(TaskChange)), key=lambda entry: entry.id)


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
        was=entry.before.get("text", ""),
    )


async def _place(request: Request, after: dict[str, int | None]) -> str:
    """The area or the side that an entry speaks of."""
    area = await request.session.get(Area, area_id) if (area_id := after.get("area")) is not None else None
    return area.name if area else await side_name(request, after.get("side"))
