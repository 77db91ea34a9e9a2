"""What institutions and people add to the countries' calendars."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_06_calendars"
down_revision = "2026_11_05_nudges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("country_day", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name_zh", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("name_lo", sa.String(), nullable=False, server_default=""))
    # The default was for the rows there are; who writes new ones says what they are called.
    with op.batch_alter_table("country_day", schema=None) as batch_op:
        batch_op.alter_column("name_zh", existing_type=sa.String(), existing_nullable=False, server_default=None)
        batch_op.alter_column("name_lo", existing_type=sa.String(), existing_nullable=False, server_default=None)

    op.create_table(
        "calendar_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_calendar_year_confirmed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_year")),
        sa.UniqueConstraint("country", "year", name="one_confirmation_per_country_and_year"),
    )
    op.create_table(
        "institution_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name=op.f("fk_institution_day_side_id")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_institution_day_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution_day")),
    )
    op.create_table(
        "travel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_travel_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel")),
    )
    op.create_table(
        "calendar_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_calendar_draft_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_draft_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_draft")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("person_id", "matter", name="one_notice_per_person_and_matter"),
    )
    with op.batch_alter_table("institution_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_institution_day_side_id"), ["side_id"], unique=False)
    with op.batch_alter_table("travel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_travel_person_id"), ["person_id"], unique=False)
    with op.batch_alter_table("calendar_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_draft_made_at"), ["made_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("calendar_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_draft_made_at"))
    with op.batch_alter_table("travel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_travel_person_id"))
    with op.batch_alter_table("institution_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_institution_day_side_id"))

    for table in ("notice", "calendar_draft", "travel", "institution_day", "calendar_year"):
        op.drop_table(table)
    with op.batch_alter_table("country_day", schema=None) as batch_op:
        batch_op.drop_column("name_lo")
        batch_op.drop_column("name_zh")
