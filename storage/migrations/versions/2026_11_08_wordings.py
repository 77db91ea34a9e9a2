"""A decision's wording in each language."""

revision = "2026_11_08_wordings"
down_revision = "2026_11_07_languages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
