"""Reporting on a task: done, in progress, blocked, waiting, dropped, reopened.

Each handler answers a command, the button that says the same, and the words typed when a reason was asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers import asking
from handlers.attachments import attached
from handlers.permission import can, may
from handlers.refusals import NoEvidence, NotNow, TooLateToReopen
from handlers.reply import Reply, View
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.rules.states import Move, NoSuchMove, move, owner_may_reopen
from handlers.rules.task_changes import TaskChange
from handlers.task_evidence import keep_evidence
from handlers.task_signing import asked_to_sign
from handlers.task_steps import (
    WRITTEN,
    Meant,
    Reach,
    acknowledged,
    answered,
    ask,
    is_live,
    meant_by,
    name_of,
    note,
    note_kept,
    one_part,
    own_or_all,
    owners,
    reach,
)
from handlers.views import task_questions, task_receipts
from storage import groups, tasks
from storage.kinds import Acceptance, TaskState
from storage.tables import Task


@dataclass(frozen=True)
class _Step:
    """What a move needs: the right, the words of the journal, the command that says it."""

    act: Act
    change: TaskChange
    command: str


_STEPS: Mapping[Move, _Step] = {
    Move.PROGRESS: _Step(Act.REPORT_TASK, TaskChange.PROGRESS, "progress"),
    Move.WAIT: _Step(Act.REPORT_TASK, TaskChange.WAITING, "waiting"),
    Move.BLOCK: _Step(Act.REPORT_TASK, TaskChange.BLOCKED, "blocked"),
    Move.FINISH: _Step(Act.FINISH_TASK, TaskChange.DONE, "done"),
    Move.DROP: _Step(Act.DROP_TASK, TaskChange.DROPPED, "drop"),
    Move.REOPEN: _Step(Act.REOPEN_TASK, TaskChange.REOPENED, "reopen"),
    Move.SUBMIT: _Step(Act.FINISH_TASK, TaskChange.SUBMITTED, "done"),
}
NEEDS_REASON = frozenset({Move.BLOCK, Move.DROP})
DONE = frozenset({Move.FINISH, Move.SUBMIT})
CHEER = "👍"


async def done(request: Request) -> Reply:
    """`/done T17 [note]`: files, photos and links that come with it are kept as evidence.

    Where the group asks for a counter-sign, evidence that is missing is asked for.
    """
    signed = (await groups.mechanism(request.session, request.here().id)).countersign
    return await _one(request, Move.SUBMIT if signed else Move.FINISH)


async def proof(request: Request) -> Reply:
    """The evidence that was asked for, with the note that was written before. Raises NoEvidence."""
    if not attached(request):
        raise NoEvidence
    note = request.args.get("note") or request.words
    return await done(request.with_words(note))


async def progress(request: Request) -> Reply:
    """`/progress T17 [note]`."""
    return await _one(request, Move.PROGRESS)


async def waiting(request: Request) -> Reply:
    """`/waiting T17 [REASON]`: the other side has to act."""
    return await _one(request, Move.WAIT)


async def blocked(request: Request) -> Reply:
    """`/blocked T17 REASON`; a missing reason is asked for."""
    return await _one(request, Move.BLOCK)


async def reopen(request: Request) -> Reply:
    """`/reopen T17 [note]`."""
    return await _one(request, Move.REOPEN)


async def drop(request: Request) -> Reply:
    """`/drop T17 REASON`: the asker's part, or else every part; a missing reason is asked for."""
    meant = await meant_by(request, "drop")
    parts = own_or_all(request, meant)
    return await _make(request, Meant(tuple(parts), meant.words), Move.DROP)


async def report(request: Request, task: Task, step: Move, words: str = "") -> None:
    """Make one move with one part: its right, its row in the journal, its evidence.

    Raises NotYours, NotNow, TooLateToReopen, TooLong. Reporting on a task one was offered takes it on.
    """
    before, after = task.state, await _allowed(request, task, step)
    said = note_kept(words, _STEPS[step].command)
    if request.person.id == task.assignee_id and task.acceptance is Acceptance.ASKED and step is not Move.DROP:
        task.acceptance = Acceptance.ACCEPTED
    await answered(request, task)
    task.state, task.state_since, task.note = after, request.now, said
    shown = await keep_evidence(request, task) if step in DONE else 0
    await note(request, task, _STEPS[step].change, {"state": before}, note=said, evidence=shown)


async def _one(request: Request, step: Move) -> Reply:
    meant = await meant_by(request, _STEPS[step].command)
    task = one_part(request, meant, _STEPS[step].command, lambda each: is_live(each) is not (step is Move.REOPEN))
    return await _make(request, Meant((task,), meant.words), step)


async def _make(request: Request, meant: Meant, step: Move) -> Reply:
    """Ask for a reason that is missing, or make the move with every part and say so."""
    for task in meant.parts:
        await _allowed(request, task, step)
    if step is Move.SUBMIT and not await _has_proof(request, meant):
        view = task_questions.ask_proof(meant.name)
        return await asking.ask(request, kind="task.proof", view=view, args={**meant.args, "note": meant.words})
    if step in NEEDS_REASON and not note_kept(meant.words, _STEPS[step].command):
        return await _ask(request, meant, step)
    for task in meant.parts:
        await report(request, task, step, meant.words)
    emoji = CHEER if step in DONE else WRITTEN
    told = await asked_to_sign(request, meant.parts[0]) if step is Move.SUBMIT else ()
    return await acknowledged(request, meant.parts[0], _said(request, meant), *told, emoji=emoji)


async def _has_proof(request: Request, meant: Meant) -> bool:
    known = await tasks.evidence(request.session, [task.id for task in meant.parts])
    return bool(known or attached(request))


async def _allowed(request: Request, task: Task, step: Move) -> TaskState:
    """The state after the move; raises NotYours, NotNow or TooLateToReopen."""
    act = _STEPS[step].act
    target = reach(request, task) if step is Move.DROP else Reach(task.side_id, frozenset(owners(task)))
    await may(request, act, side_id=target.side_id, owners=target.owners)
    try:
        after = move(task.state, step)
    except NoSuchMove as refused:
        raise NotNow(name=name_of(task), state=task.state) from refused
    late = step is Move.REOPEN and not owner_may_reopen(task.state_since, request.now)
    # Beyond the day in which he may take his own closing back, it takes the right over the side's tasks.
    if late and not await can(request, act, side_id=task.side_id):
        raise TooLateToReopen(name=name_of(task))
    return after


async def _ask(request: Request, meant: Meant, step: Move) -> Reply:
    state = TaskState.BLOCKED if step is Move.BLOCK else TaskState.CANCELLED
    kind = "task.blocked" if step is Move.BLOCK else "task.drop"
    return await ask(request, meant, kind=kind, view=task_questions.ask_reason(meant.name, state))


def _said(request: Request, meant: Meant) -> View:
    state = meant.parts[0].state
    if state is TaskState.DONE and request.heard.private and not request.attachments:
        return task_receipts.done_in_private(meant.name, {**meant.args, "aside": 1})
    return task_receipts.moved(meant.name, state)
