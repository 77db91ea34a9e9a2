"""The next moment at which a call may leave is found without looking at all that wait."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_next_moments"
down_revision = "2026_11_28_minutes_records"
branch_labels = None
depends_on = None

LATER = sa.text("not_before IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_outbox_state_not_before", "outbox", ["state", "not_before"], sqlite_where=LATER, postgresql_where=LATER
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_state_not_before", "outbox")
