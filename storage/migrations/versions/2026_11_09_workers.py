"""Several workers on one database."""

revision = "2026_11_09_workers"
down_revision = "2026_11_08_wordings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
