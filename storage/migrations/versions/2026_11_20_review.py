"""The day on which a group is asked whether a decision still holds."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_20_review"
down_revision = "2026_11_19_recurrence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("decision", schema=None) as table:
        table.add_column(sa.Column("review_on", sa.Date(), nullable=True))
        table.create_index("ix_decision_review_on", ["review_on"])


def downgrade() -> None:
    with op.batch_alter_table("decision", schema=None) as table:
        table.drop_index("ix_decision_review_on")
        table.drop_column("review_on")
