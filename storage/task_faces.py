"""What the cards of many tasks show, read at once: presses are answered together."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import foreseen, groups
from storage.kinds import OutboxState, Subject
from storage.sessions import run
from storage.tables import Card, Evidence, JournalEntry, Outbox, Task, TaskStep

IDS: BindParameter[Any] = bindparam("ids", expanding=True)
TASKS = select(Task).where(col(Task.id).in_(IDS))
SHOWN = select(Evidence).where(col(Evidence.task_id).in_(IDS)).order_by(col(Evidence.id))
STEPS = select(TaskStep).where(col(TaskStep.task_id).in_(IDS)).order_by(col(TaskStep.position))
ENTRIES = (
    select(JournalEntry)
    .where(JournalEntry.subject == Subject.TASK, col(JournalEntry.subject_id).in_(IDS))
    .order_by(col(JournalEntry.id))
)
CARDS = select(Card).where(Card.subject == Subject.TASK, col(Card.subject_id).in_(IDS)).order_by(col(Card.id))
WAITING = select(Outbox.id, Outbox.card_id).where(col(Outbox.card_id).in_(IDS), Outbox.state == OutboxState.PENDING)


async def foresee(session: AsyncSession, task_ids: Collection[int]) -> None:
    """Cards of these tasks are about to be made: read the tasks and all that hangs on them.

    Only those about which nobody else writes meanwhile.
    """
    task_ids = await _known(session, task_ids)
    if not task_ids:
        return
    asked = {"ids": sorted(task_ids)}
    evidence, steps = await session.exec(SHOWN, params=asked), await session.exec(STEPS, params=asked)
    foreseen.keep(session, Evidence, lambda row: row.task_id, task_ids, evidence)
    foreseen.keep(session, TaskStep, lambda row: row.task_id, task_ids, steps)
    subjects = [(Subject.TASK, task_id) for task_id in task_ids]
    entries = await session.exec(ENTRIES, params=asked)
    foreseen.keep(session, JournalEntry, lambda row: (row.subject, row.subject_id), subjects, entries)
    cards = (await session.exec(CARDS, params=asked)).all()
    foreseen.keep(session, Card, lambda row: (row.subject, row.subject_id), subjects, cards)
    card_ids = [card.id for card in cards]
    waiting = await run(session, WAITING, {"ids": card_ids})
    foreseen.keep(session, Outbox, lambda row: row.card_id, card_ids, waiting)


async def _known(session: AsyncSession, task_ids: Collection[int]) -> Collection[int]:
    """The session knows these tasks from here on; on a server only those of the groups that are held."""
    ours = groups.ours(session)
    if not task_ids or ours == ():
        return ()
    query = TASKS if ours is None else TASKS.where(col(Task.group_id).in_(ours))
    found = (await session.exec(query, params={"ids": sorted(task_ids)})).all()
    return task_ids if ours is None else [task.id for task in found]
