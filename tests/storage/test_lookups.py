"""Statements that run in every turn, or over every group, find their few rows by an index made for them."""

import pytest
from sqlalchemy import event

from storage import claiming, task_parts, tasks
from storage.tasks import Past

ASKED = {
    "COVERING INDEX ix_task_overdue": lambda session, now: tasks.overdue_counts(session, 1, Past(now, {1: now.date()})),
    "ix_outbox_state_not_before": lambda session, now: claiming.next_wanted(session, 99, now),
    "ix_task_parts": lambda session, now: task_parts.of_groups(session, [1, 2], Past(now, {1: now.date()})),
}


@pytest.mark.parametrize("index", ASKED)
async def test_the_index_is_used(file_database, now, index):
    said = []
    event.listen(file_database.engine.sync_engine, "before_cursor_execute", lambda *told: said.append(told[2:4]))
    async with file_database.reading() as session:
        await ASKED[index](session, now)
        words, values = said[-1]
        plan = await (await session.connection()).exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
        assert index in str(plan.all())
