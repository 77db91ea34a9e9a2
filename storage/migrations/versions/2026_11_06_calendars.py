"""What institutions and people add to the countries' calendars."""

revision = "2026_11_06_calendars"
down_revision = "2026_11_05_nudges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
