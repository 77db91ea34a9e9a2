"""Importing an action matrix: read, looked at, written in one transaction, and taken back as a whole."""

from datetime import timedelta

from handlers import attached
from handlers.matrix_names import known, labels
from handlers.matrix_writing import write
from handlers.permission import may
from handlers.refusals import ImportStays, MatrixUnread, NotNow, StaleButton, TableUnread
from handlers.reply import Answer, Edit, Post, Reply, View, says
from handlers.request import Request
from handlers.rules.activity_changes import ActivityChange
from handlers.rules.matrices import MOST_ROWS, Matrix, read_matrix
from handlers.rules.names import activity_name, task_name
from handlers.rules.rights import Act
from handlers.rules.task_changes import TaskChange
from handlers.rules.text import clip
from handlers.views import matrices as views
from handlers.views.matrices import EXAMPLE, MatrixFacts
from storage import dialogues, journal, matrices, plan_drafts
from storage.journal import Change
from storage.kinds import Subject, TaskState
from storage.tables import Activity, MatrixImport, PlanDraft, Task

KIND = "matrix"
UNDO = ("undo", "撤销", "ຍົກເລີກ")
UNDO_WITHIN = timedelta(hours=24)
LONGEST_NAME = 60


async def show(request: Request) -> Reply:
    """`/import` with a file, or as a reply to one; `/import undo`; without either it asks for the file."""
    request.here()
    if request.words.strip().casefold() in UNDO:
        row = await matrices.last(request.session, request.here().id)
        if row is None:
            raise NotNow(name="/import", state="nothing_imported")
        return await _undone(request, row)
    await may(request, Act.IMPORT_MATRIX)
    return await _read(request) if attached.has_file(request) else await _ask(request)


async def sent(request: Request) -> Reply:
    """The file came. Raises TableUnread, MatrixUnread."""
    await may(request, Act.IMPORT_MATRIX)
    return await _read(request)


async def page(request: Request) -> Reply:
    """Another page of the rows that could not be read."""
    await may(request, Act.IMPORT_MATRIX)
    return says(Edit(await _preview(request, await _draft(request), request.args.get("page", 1))))


async def confirm(request: Request) -> Reply:
    """[Import]: everything that could be read, at once. A second press shows what there is."""
    await may(request, Act.IMPORT_MATRIX)
    draft = await _draft(request)
    imported = draft.content.get("import")
    if imported is not None:
        row = await matrices.get(request.session, imported)
        if row is None:
            raise StaleButton
        return says(Edit(await _summary(request, row)))
    matrix = await _matrix(request, draft)
    row = await write(request, matrix, str(draft.content["name"]), alone=bool(request.args.get("alone")))
    await plan_drafts.change(request.session, draft, **{"import": row.id})
    told = (Post(row.group_id, await _summary(request, row, buttons=False)),) if request.heard.private else ()
    return says(Edit(await _summary(request, row)), *told)


async def drop(request: Request) -> Reply:
    """[Leave it]: nothing was imported."""
    await may(request, Act.IMPORT_MATRIX)
    await plan_drafts.forget(request.session, await _draft(request))
    return says(Edit(views.left))


async def undo(request: Request) -> Reply:
    """[Take it back]: the whole import. Raises NotYours, NotNow, StaleButton."""
    row = await matrices.get(request.session, request.args["import"])
    if row is None or row.group_id != request.here().id:
        raise StaleButton
    return await _undone(request, row)


async def _ask(request: Request) -> Reply:
    group_id, key = request.here().id, f"ask:{request.heard.update_id}"
    await dialogues.ask(
        request.session,
        person_id=request.person.id,
        chat_id=request.heard.chat_id,
        thread_id=request.heard.thread_id,
        kind="matrix.sent",
        args={"group": group_id},
        group_id=group_id,
        prompt_key=key,
        at=request.now,
    )
    return says(Answer(views.ask, key=key))


async def _read(request: Request) -> Reply:
    text, name = attached.table(request)
    if not text.strip():
        raise TableUnread(example=EXAMPLE)
    draft = await plan_drafts.keep(
        request.session,
        group_id=request.here().id,
        person_id=request.person.id,
        kind=KIND,
        content={"text": text, "name": clip(name, LONGEST_NAME)},
        at=request.now,
    )
    return says(Answer(await _preview(request, draft, 1)))


async def _matrix(request: Request, draft: PlanDraft) -> Matrix:
    """What the file says as matters are now; raises MatrixUnread where no columns were found, or too many rows."""
    matrix = read_matrix(str(draft.content["text"]), await known(request))
    if matrix.too_long or not matrix.readable:
        raise MatrixUnread(example=EXAMPLE, most=MOST_ROWS if matrix.too_long else 0)
    return matrix


async def _preview(request: Request, draft: PlanDraft, number: int) -> View:
    matrix = await _matrix(request, draft)
    args = {"group": draft.group_id, "draft": draft.id}
    return views.preview(MatrixFacts(str(draft.content["name"]), matrix, args, await labels(request)), number)


async def _draft(request: Request) -> PlanDraft:
    draft = await plan_drafts.get(request.session, int(request.args["draft"]), kind=KIND, group_id=request.here().id)
    if draft is None:
        raise StaleButton
    return draft


async def _summary(request: Request, row: MatrixImport, *, buttons: bool = True) -> View:
    made = await matrices.activities_of(request.session, row)
    args = {"import": row.id, "group": row.group_id}
    return views.imported(row.name, sorted(row.numbers), len(made), args if buttons else None)


async def _undone(request: Request, row: MatrixImport) -> Reply:
    """Its tasks are cancelled and its activities called off, if nothing of it was changed within the day."""
    await may(request, Act.UNDO_IMPORT, owners={row.person_id})
    found, made = await matrices.tasks_of(request.session, row), await matrices.activities_of(request.session, row)
    if row.undone_at is not None:
        raise NotNow(name="/import", state="taken_back")
    if request.now - row.imported_at > UNDO_WITHIN:
        raise NotNow(name="/import", state="older_than_a_day")
    if names := await _touched(request, found, made):
        raise ImportStays(names=names)
    await _cancel(request, row, found, made)
    said = views.taken_back(row.name, len(row.numbers))
    told = (Post(row.group_id, said),) if request.heard.private else ()
    return says(Edit(said) if request.heard.press else Answer(said), *told)


async def _touched(request: Request, found: list[Task], made: list[Activity]) -> list[str]:
    """What of an import was changed since, by name."""
    added_to = await matrices.with_evidence(request.session, found)
    tasks = [task_name(task.number, task.part) for task in found if task.version != 1 or task.id in added_to]
    return [*tasks, *(activity_name(each.number) for each in made if each.version != 1)]


async def _cancel(request: Request, row: MatrixImport, found: list[Task], made: list[Activity]) -> None:
    role, changes = request.mine().role, list[Change]()
    for task in found:
        before, task.state, task.state_since = task.state, TaskState.CANCELLED, request.now
        task.look_at, task.version = None, task.version + 1
        after = {"state": task.state, "as": role, "note": ""}
        changes.append(Change(Subject.TASK, task.id, TaskChange.DROPPED, {"state": before}, after))
    for activity in made:
        activity.dropped_at, activity.version = request.now, activity.version + 1
        changes.append(Change(Subject.ACTIVITY, activity.id, ActivityChange.DROPPED))
    row.undone_at = request.now
    request.session.add_all([*found, *made, row])
    changes.append(Change(Subject.GROUP, row.group_id, "import taken back", {}, {"import": row.id}))
    await journal.append_all(request.session, request.cause, changes, group_id=row.group_id)
