"""How often what a group is was written, for those who remember it."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_editions"
down_revision = "2026_11_20_review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_edition"),
    )


def downgrade() -> None:
    op.drop_table("edition")
