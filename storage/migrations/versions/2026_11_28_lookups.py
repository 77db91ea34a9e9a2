"""The next moment of a call, parts of tasks and what is overdue are found without looking at all calls and tasks."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_lookups"
down_revision = "2026_11_28_minutes_records"
branch_labels = None
depends_on = None

LATER = sa.text("not_before IS NOT NULL")
OF_SEVERAL = sa.text("part > 0")


def upgrade() -> None:
    op.create_index(
        "ix_outbox_state_not_before", "outbox", ["state", "not_before"], sqlite_where=LATER, postgresql_where=LATER
    )
    op.create_index(
        "ix_task_parts", "task", ["group_id", "number", "part"], sqlite_where=OF_SEVERAL, postgresql_where=OF_SEVERAL
    )
    columns = ["group_id", "state", "due", "side_id", "due_at", "area_id", "number", "part"]
    op.create_index("ix_task_overdue", "task", columns)
    op.drop_index("ix_task_group_id_state_due", "task")


def downgrade() -> None:
    op.create_index("ix_task_group_id_state_due", "task", ["group_id", "state", "due"])
    op.drop_index("ix_task_overdue", "task")
    op.drop_index("ix_task_parts", "task")
    op.drop_index("ix_outbox_state_not_before", "outbox")
