"""Tasks that repeat."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_19_recurrence"
down_revision = "2026_11_19_looks"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "recurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_recurrence_group_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_recurrence_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recurrence")),
        sa.UniqueConstraint("bot_id", "update_id", name="one_recurrence_per_update"),
    )
    op.create_index("ix_recurrence_group_id", "recurrence", ["group_id"])
    op.create_index("ix_recurrence_ended_at", "recurrence", ["ended_at"])
    with op.batch_alter_table("task", schema=None) as table:
        table.add_column(sa.Column("recurrence_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("occurrence", sa.Date(), nullable=True))
        table.create_foreign_key(op.f("fk_task_recurrence_id"), "recurrence", ["recurrence_id"], ["id"])
        table.create_unique_constraint("one_task_per_recurrence_day_and_part", ["recurrence_id", "occurrence", "part"])


def downgrade() -> None:
    with op.batch_alter_table("task", schema=None) as table:
        table.drop_constraint("one_task_per_recurrence_day_and_part", type_="unique")
        table.drop_constraint(op.f("fk_task_recurrence_id"), type_="foreignkey")
        table.drop_column("occurrence")
        table.drop_column("recurrence_id")
    op.drop_table("recurrence")
