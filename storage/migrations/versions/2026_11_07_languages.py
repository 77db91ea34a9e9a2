"""Languages of groups and people."""

revision = "2026_11_07_languages"
down_revision = "2026_11_06_calendars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
