"""Whether a task that is done needs evidence and the counter-sign of the other side."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_17_signing"
down_revision = "2026_11_16_shelf"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mechanism", schema=None) as table:
        table.add_column(sa.Column("countersign", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    # A state that the version before does not know: what was reported as done was done by its own word.
    op.execute("UPDATE task SET state = 'done', look_at = NULL WHERE state = 'reported'")
    op.drop_column("mechanism", "countersign")
