"""The groups, their places, rules and calendars."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_01_groups"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hold_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leave_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat")),
    )
    with op.batch_alter_table("chat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chat_leave_at"), ["leave_at"], unique=False)

    op.create_table(
        "country_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_local", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country_day")),
        sa.UniqueConstraint("country", "day", "kind", name="one_row_per_country_day_and_kind"),
    )
    with op.batch_alter_table("country_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_country_day_country"), ["country"], unique=False)

    op.create_table(
        "working_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_decision", sa.Integer(), nullable=False),
        sa.Column("last_task", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_group")),
        sa.UniqueConstraint("name", name="one_working_group_per_name"),
    )
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_area_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("group_id", "tag", name="one_area_per_tag_in_the_group"),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_group_id"), ["group_id"], unique=False)

    op.create_table(
        "mechanism",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("digest_weekday", sa.Integer(), nullable=False),
        sa.Column("digest_hour", sa.String(), nullable=False),
        sa.Column("quiet", sa.String(), nullable=False),
        sa.Column("catch_up_days", sa.Integer(), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_mechanism_group_id")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_mechanism")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_organisation_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("group_id", name="one_supporting_organisation_per_group"),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_group_id"), ["group_id"], unique=False)

    op.create_table(
        "side",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_side_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_side")),
        sa.UniqueConstraint("group_id", "name", name="one_side_per_name_in_the_group"),
        sa.UniqueConstraint("group_id", "position", name="one_side_per_place_in_the_group"),
    )
    with op.batch_alter_table("side", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_side_group_id"), ["group_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("side", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_side_group_id"))

    op.drop_table("side")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_group_id"))

    op.drop_table("organisation")
    op.drop_table("mechanism")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_group_id"))

    op.drop_table("area")
    op.drop_table("working_group")
    with op.batch_alter_table("country_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_country_day_country"))

    op.drop_table("country_day")
    with op.batch_alter_table("chat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chat_leave_at"))

    op.drop_table("chat")
