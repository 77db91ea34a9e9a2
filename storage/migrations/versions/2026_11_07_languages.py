"""Languages: what a person chose, in which order a group and its cards speak, and its own words."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_07_languages"
down_revision = "2026_11_06_calendars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chosen_language", sa.String(), nullable=True))
    with op.batch_alter_table("mechanism", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language_order", sa.String(), server_default="alternating", nullable=False))
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.add_column(sa.Column("posts", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.add_column(sa.Column("languages", sa.JSON(), server_default="[]", nullable=False))
    op.create_table(
        "group_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("instead", sa.String(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_group_term_group_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_group_term_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_term")),
        sa.UniqueConstraint("group_id", "language", "term", name="one_word_per_term_in_the_group"),
    )


def downgrade() -> None:
    op.drop_table("group_term")
    # Not in batches: those would drop and rebuild tables that other rows point to.
    op.drop_column("card", "languages")
    op.drop_column("room", "posts")
    op.drop_column("mechanism", "language_order")
    op.drop_column("person", "chosen_language")
