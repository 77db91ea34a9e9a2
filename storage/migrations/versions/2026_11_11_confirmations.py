"""A wording confirmed on behalf of a person: who recorded it, on what evidence, and whether it was contested."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_11_confirmations"
down_revision = "2026_11_10_activities"
branch_labels = None
depends_on = None

ONCE = "one_confirmation_per_wording_and_side"
STANDING = sa.text("contested_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("text_confirmation") as table:
        table.add_column(sa.Column("recorded_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("evidence", sa.String(), server_default="", nullable=False))
        table.add_column(sa.Column("contested_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(op.f("fk_text_confirmation_recorded_by"), "person", ["recorded_by"], ["id"])
        table.drop_constraint(ONCE, type_="unique")
    op.create_index(
        ONCE,
        "text_confirmation",
        ["text_id", "side_id"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )


def downgrade() -> None:
    op.execute("DELETE FROM text_confirmation WHERE contested_at IS NOT NULL")
    op.drop_index(ONCE, table_name="text_confirmation")
    with op.batch_alter_table("text_confirmation") as table:
        table.drop_constraint(op.f("fk_text_confirmation_recorded_by"), type_="foreignkey")
        for column in ("contested_at", "evidence", "recorded_by"):
            table.drop_column(column)
        table.create_unique_constraint(ONCE, ["text_id", "side_id"])
