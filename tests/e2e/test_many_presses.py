"""Many press the same cards at once: exactly the right changes, a toast for everybody, and few edits.

FOCALPOINT_PRESSES makes it as large as wanted: 10000 presses are those of 50 people on 200 cards, within a minute.
"""

import os
import random
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import select

from bot.rehearsal.messages import Message
from bot.rehearsal.people import Person
from bot.rehearsal.presses import Press
from bot.rehearsal.settling import rest
from handlers.rules.rights import Act, Actor, NotAllowed, Target, permit
from handlers.rules.states import Move, NoSuchMove, move
from handlers.rules.task_changes import REPORTS
from storage import people
from storage.kinds import Subject, TaskState
from storage.tables import JournalEntry, Task
from tests.e2e.members import joined

PRESSES = int(os.environ.get("FOCALPOINT_PRESSES", "300"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261127"))
MEMBERS = 50
CARDS = max(4, PRESSES // 50)
MINUTE = timedelta(seconds=60)
AT_A_TIME = 20
GROUP_A_MINUTE = 15
MOVES = {
    "Done": (Move.FINISH, Act.FINISH_TASK),
    "In progress": (Move.PROGRESS, Act.REPORT_TASK),
    "With the other side": (Move.WAIT, Act.REPORT_TASK),
    "Reopen": (Move.REOPEN, Act.REOPEN_TASK),
}


@dataclass
class Model:
    """What has to happen, by the pure rules alone: the states of the tasks, and each change in its order."""

    members: dict[int, Actor]
    tasks: dict[int, Task]
    states: dict[int, TaskState]
    changes: list[tuple[int, int, TaskState]] = field(default_factory=list)

    def press(self, person: Person, task_id: int, label: str) -> None:
        """Somebody presses a button, if only of a card as it was."""
        step, act = MOVES[label]
        actor, task = self.members[person.id], self.tasks[task_id]
        try:
            permit(act, actor, Target(frozenset({task.assignee_id}), task.side_id, task.group_id))
            self.states[task_id] = move(self.states[task_id], step)
        except (NotAllowed, NoSuchMove):
            return
        self.changes.append((task_id, actor.person_id, self.states[task_id]))


async def crowd(bed) -> list[Person]:
    """Fifty members of both sides."""
    found = await joined(bed, bed.program.database, MEMBERS)
    await bed.settle()
    return found


async def cards(bed) -> dict[int, Message]:
    """Tasks of the first members, by the ids of their rows, with the cards that show them."""
    for number in range(CARDS):
        await bed.hears("coordinator", f"/task Prepare part {number} @member_{number % MEMBERS}")
    async with bed.program.database.reading() as session:
        rows = (await session.exec(select(Task).order_by(Task.id))).all()
    return {row.id: bed.last(bed.group, f"T{row.number} ·") for row in rows}


async def model_of(bed, members: list[Person]) -> Model:
    async with bed.program.database.reading() as session:
        tasks = {row.id: row for row in (await session.exec(select(Task))).all()}
        actors = {}
        for person in members:
            row = await people.by_telegram(session, person.id)
            (member,) = await people.memberships(session, row.id)
            actors[person.id] = Actor(row.id, member.role, member.side_id, group_id=member.group_id)
    return Model(actors, tasks, {task_id: task.state for task_id, task in tasks.items()})


async def changes(bed) -> list[tuple[int, int, TaskState]]:
    async with bed.program.database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.subject == Subject.TASK).order_by(JournalEntry.id)
        entries = (await session.exec(query)).all()
    return [(e.subject_id, e.actor_id, TaskState(e.after["state"])) for e in entries if e.change in REPORTS]


async def test_only_the_right_presses_change_something_and_every_one_is_answered(bed):
    chance = random.Random(SEED)
    members = await crowd(bed)
    shown = await cards(bed)
    model = await model_of(bed, members)
    known = {
        task_id: {label: card.button(label)["callback_data"] for label in MOVES if label in card.buttons}
        for task_id, card in shown.items()
    }
    begun, presses = bed.clock.now(), list[Press]()
    for number in range(PRESSES):
        task_id, card = chance.choice(list(shown.items()))
        known[task_id] |= {label: card.button(label)["callback_data"] for label in MOVES if label in card.buttons}
        # Half of the presses are those of whose task it is; the others see who is quicker, and who may not.
        person = members[(list(shown).index(task_id)) % MEMBERS] if chance.random() < 0.5 else chance.choice(members)
        label = chance.choice(list(known[task_id]))
        presses.append(person.forges_press(card, known[task_id][label]))
        model.press(person, task_id, label)
        if number % AT_A_TIME == AT_A_TIME - 1:
            await bed.server.wait_for_confirmed()
            await rest(bed.program)
            bed.clock.move_to(begun + MINUTE * number / PRESSES)
    await bed.settle()
    assert await changes(bed) == model.changes
    assert all(press.toast for press in presses)
    await _until_shown(bed)
    edits = [call for call in bed.server.log if call.method == "editMessageText" and call.ok and call.at >= begun]
    assert 0 < len(edits) < len(model.changes), "edits of a card that wait are merged"
    moments = [call.at for call in bed.server.log if call.ok and call.chat_id == bed.group.id and call.at >= begun]
    assert all(sum(1 for other in moments if at <= other < at + MINUTE) <= GROUP_A_MINUTE for at in moments)
    assert (bed.server.limits.early_calls, bed.server.limits.refused) == (0, 0)
    words = {
        TaskState.OPEN: "open",
        TaskState.DONE: "done",
        TaskState.IN_PROGRESS: "in progress",
        TaskState.WAITING: "with the other side",
    }
    assert {task_id: card.text.splitlines()[0] for task_id, card in shown.items()} == {
        task_id: f"T{model.tasks[task_id].number} · {words[state]}" for task_id, state in model.states.items()
    }


async def _until_shown(bed) -> None:
    """Let the minutes pass that the group's limit asks for."""
    await rest(bed.program)
    while (moment := bed.clock.next_moment()) is not None and moment < bed.clock.now() + timedelta(minutes=2):
        bed.clock.move_to(moment)
        await rest(bed.program)
