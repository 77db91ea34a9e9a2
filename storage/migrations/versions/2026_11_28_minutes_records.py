"""Answers to minutes that a coordinator wrote down for somebody: by whom, with what evidence, and whether contested."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_minutes_records"
down_revision = "2026_11_28_editions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("minutes_answer", schema=None) as table:
        table.add_column(sa.Column("recorded_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("evidence", sa.String(), server_default="", nullable=False))
        table.add_column(sa.Column("contested_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(op.f("fk_minutes_answer_recorded_by"), "person", ["recorded_by"], ["id"])


def downgrade() -> None:
    op.execute("DELETE FROM minutes_answer WHERE contested_at IS NOT NULL")
    with op.batch_alter_table("minutes_answer", schema=None) as table:
        table.drop_constraint(op.f("fk_minutes_answer_recorded_by"), type_="foreignkey")
        for column in ("contested_at", "evidence", "recorded_by"):
            table.drop_column(column)
