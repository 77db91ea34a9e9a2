"""When digests and leave want to be looked at, and the language of a chat that belongs to no group yet."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_19_looks"
down_revision = "2026_11_18_steps"
branch_labels = None
depends_on = None

MOMENTS = (("working_group", "digest_at"), ("leave", "look_at"))


def upgrade() -> None:
    for table, column in MOMENTS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, sa.DateTime(timezone=True), nullable=True))
            batch.create_index(f"ix_{table}_{column}", [column])
    with op.batch_alter_table("chat") as batch:
        batch.add_column(sa.Column("language", sa.String(), nullable=True))
    op.execute("UPDATE leave SET look_at = written_at")


def downgrade() -> None:
    with op.batch_alter_table("chat") as batch:
        batch.drop_column("language")
    for table, column in reversed(MOMENTS):
        with op.batch_alter_table(table) as batch:
            batch.drop_index(f"ix_{table}_{column}")
            batch.drop_column(column)
