"""The shelf of a group: shared files and links."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_16_shelf"
down_revision = "2026_11_15_support"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "shelf_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "file_id", "link", "name", "words")),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("side_id", sa.Integer(), nullable=True),
        sa.Column("shared_by", sa.Integer(), nullable=False),
        sa.Column("shared_at", INSTANT, nullable=False),
        sa.Column("taken_off_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_shelf_file_area_id")),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_shelf_file_group_id")),
        sa.ForeignKeyConstraint(["shared_by"], ["person.id"], name=op.f("fk_shelf_file_shared_by")),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name=op.f("fk_shelf_file_side_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_file")),
        sa.UniqueConstraint("group_id", "number", name="one_shared_file_per_number_in_the_group"),
        sa.UniqueConstraint("bot_id", "update_id", "line", name="one_shared_file_per_update_and_line"),
    )
    with op.batch_alter_table("working_group", schema=None) as table:
        table.add_column(sa.Column("last_file", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("working_group", "last_file")
    op.drop_table("shelf_file")
