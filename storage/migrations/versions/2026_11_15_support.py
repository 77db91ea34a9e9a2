"""Requests to the supporting project."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_15_support"
down_revision = "2026_11_14_meetings"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "support_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=True),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("side_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("state_since", INSTANT, nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("look_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_support_request_activity_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_support_request_asked_by")),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_support_request_group_id")),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name=op.f("fk_support_request_side_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_request")),
        sa.UniqueConstraint("group_id", "number", name="one_support_request_per_number_in_the_group"),
        sa.UniqueConstraint("bot_id", "update_id", name="one_support_request_per_update"),
    )
    op.create_index("ix_support_request_group_id_state", "support_request", ["group_id", "state"])
    op.create_index("ix_support_request_look_at", "support_request", ["look_at"])
    with op.batch_alter_table("working_group", schema=None) as table:
        table.add_column(sa.Column("last_support", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("working_group", "last_support")
    op.drop_index("ix_support_request_look_at", table_name="support_request")
    op.drop_index("ix_support_request_group_id_state", table_name="support_request")
    op.drop_table("support_request")
