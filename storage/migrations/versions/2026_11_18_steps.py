"""Checklists of tasks, and tasks that come after others."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_18_steps"
down_revision = "2026_11_17_signing"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "task_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_task_step_added_by")),
        sa.ForeignKeyConstraint(["done_by"], ["person.id"], name=op.f("fk_task_step_done_by")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_step_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_step")),
        sa.UniqueConstraint("bot_id", "update_id", name="one_step_per_update"),
        sa.UniqueConstraint("task_id", "position", name="one_step_per_place_in_the_task"),
    )
    with op.batch_alter_table("task", schema=None) as table:
        table.add_column(sa.Column("after_id", sa.Integer(), nullable=True))
        table.create_index("ix_task_after_id", ["after_id"])
        table.create_foreign_key(op.f("fk_task_after_id"), "task", ["after_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("task", schema=None) as table:
        table.drop_constraint(op.f("fk_task_after_id"), type_="foreignkey")
        table.drop_index("ix_task_after_id")
        table.drop_column("after_id")
    op.drop_table("task_step")
