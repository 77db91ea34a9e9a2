"""Meetings, what belongs to them, and in which meeting a decision or a task was recorded."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_14_meetings"
down_revision = "2026_11_11_confirmations"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLES = (
    "slot_vote",
    "note",
    "minutes_answer",
    "minutes",
    "meeting_slot",
    "attendance",
    "agenda_item",
    "meeting",
)
RECORDS = ("decision", "task")


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("moderator_id", sa.Integer(), nullable=True),
        sa.Column("minute_taker_id", sa.Integer(), nullable=True),
        sa.Column("interpreter_id", sa.Integer(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("fixed_at", INSTANT, nullable=True),
        sa.Column("opened_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("photo_id", sa.String(), nullable=False),
        sa.Column("photo_by", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("look_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_meeting_created_by")),
        sa.ForeignKeyConstraint(["follows_id"], ["meeting.id"], name=op.f("fk_meeting_follows_id")),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_meeting_group_id")),
        sa.ForeignKeyConstraint(["interpreter_id"], ["person.id"], name=op.f("fk_meeting_interpreter_id")),
        sa.ForeignKeyConstraint(["minute_taker_id"], ["person.id"], name=op.f("fk_meeting_minute_taker_id")),
        sa.ForeignKeyConstraint(["moderator_id"], ["person.id"], name=op.f("fk_meeting_moderator_id")),
        sa.ForeignKeyConstraint(["photo_by"], ["person.id"], name=op.f("fk_meeting_photo_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("bot_id", "update_id", name="one_meeting_per_update"),
        sa.UniqueConstraint("group_id", "number", name="one_meeting_per_number_in_the_group"),
    )
    op.create_index("ix_meeting_group_id_state_starts_at", "meeting", ["group_id", "state", "starts_at"])
    op.create_index("ix_meeting_look_at", "meeting", ["look_at"])

    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(24), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_agenda_item_added_by")),
        sa.ForeignKeyConstraint(["from_id"], ["agenda_item.id"], name=op.f("fk_agenda_item_from_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["person.id"], name=op.f("fk_agenda_item_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("bot_id", "update_id", "part", name="one_agenda_item_per_update_and_part"),
    )
    op.create_index("ix_agenda_item_meeting_id_position", "agenda_item", ["meeting_id", "position"])

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("institution", sa.String(), nullable=True),
        sa.Column("side_id", sa.Integer(), nullable=True),
        sa.Column("coming", sa.String(24), nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("present_at", INSTANT, nullable=True),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id")),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name=op.f("fk_attendance_side_id")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_attendance_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("meeting_id", "name", "institution", name="one_attendance_per_meeting_and_name"),
        sa.UniqueConstraint("meeting_id", "person_id", name="one_attendance_per_meeting_and_person"),
    )
    op.create_index("ix_attendance_person_id", "attendance", ["person_id"])

    op.create_table(
        "meeting_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_slot_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_slot")),
        sa.UniqueConstraint("meeting_id", "starts_at", name="one_slot_per_meeting_and_moment"),
    )
    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("drafted_at", INSTANT, nullable=False),
        sa.Column("answer_by", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("meeting_id", "edition", name="one_edition_of_the_minutes_per_number"),
    )
    op.create_table(
        "minutes_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(24), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_answer_minutes_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_minutes_answer_person_id")),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name=op.f("fk_minutes_answer_side_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_answer")),
        sa.UniqueConstraint("bot_id", "update_id", name="one_answer_to_minutes_per_update"),
    )
    op.create_index("ix_minutes_answer_minutes_id", "minutes_answer", ["minutes_id"])

    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("guest_id", sa.Integer(), nullable=True),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["guest_id"], ["attendance.id"], name=op.f("fk_note_guest_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_note_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_note_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_person_id")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_note_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("bot_id", "update_id", name="one_note_per_update"),
    )
    op.create_index("ix_note_meeting_id", "note", ["meeting_id"])

    op.create_table(
        "slot_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("can", sa.Boolean(), nullable=False),
        sa.Column("voted_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_slot_vote_person_id")),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name=op.f("fk_slot_vote_side_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["meeting_slot.id"], name=op.f("fk_slot_vote_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_vote")),
        sa.UniqueConstraint("slot_id", "person_id", name="one_vote_per_slot_and_person"),
    )
    # Without foreign keys: SQLite would have to build both tables anew.
    for table in RECORDS:
        op.add_column(table, sa.Column("meeting_id", sa.Integer(), nullable=True))
        op.add_column(table, sa.Column("agenda_item_id", sa.Integer(), nullable=True))
        op.create_index(f"ix_{table}_meeting_id", table, ["meeting_id"])
    op.add_column("working_group", sa.Column("last_meeting", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.execute("DELETE FROM nudge WHERE subject = 'meeting'")
    op.execute("DELETE FROM bundle WHERE id NOT IN (SELECT bundle_id FROM nudge)")
    op.execute("UPDATE outbox SET card_id = NULL WHERE card_id IN (SELECT id FROM card WHERE subject = 'meeting')")
    op.execute("DELETE FROM card WHERE subject = 'meeting'")
    op.drop_column("working_group", "last_meeting")
    for table in RECORDS:
        op.drop_index(f"ix_{table}_meeting_id", table_name=table)
        op.drop_column(table, "agenda_item_id")
        op.drop_column(table, "meeting_id")
    for table in TABLES:
        op.drop_table(table)
