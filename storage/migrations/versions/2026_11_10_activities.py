"""The implementation plan: activities, the playbooks they are started from, and matrices that are imported."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_10_activities"
down_revision = "2026_11_09_workers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_playbook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_group_playbook_added_by")),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_group_playbook_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_playbook")),
        sa.UniqueConstraint("group_id", "key", name="one_playbook_per_group_and_key"),
    )
    op.create_table(
        "matrix_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_matrix_import_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_matrix_import_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_import")),
        sa.UniqueConstraint("bot_id", "update_id", name="one_import_per_update"),
    )
    with op.batch_alter_table("matrix_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matrix_import_group_id"), ["group_id"], unique=False)

    op.create_table(
        "plan_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_plan_draft_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_draft_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_draft")),
    )
    with op.batch_alter_table("plan_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_draft_made_at"), ["made_at"], unique=False)

    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("support_id", sa.Integer(), nullable=True),
        sa.Column("project_supports", sa.Boolean(), nullable=False),
        sa.Column("output", sa.String(), nullable=False),
        sa.Column("delay", sa.String(), nullable=False),
        sa.Column("playbook", sa.String(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("send_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_activity_area_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_activity_created_by")),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_activity_group_id")),
        sa.ForeignKeyConstraint(["host_id"], ["side.id"], name=op.f("fk_activity_host_id")),
        sa.ForeignKeyConstraint(["import_id"], ["matrix_import.id"], name=op.f("fk_activity_import_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["side.id"], name=op.f("fk_activity_lead_id")),
        sa.ForeignKeyConstraint(["send_id"], ["side.id"], name=op.f("fk_activity_send_id")),
        sa.ForeignKeyConstraint(["support_id"], ["side.id"], name=op.f("fk_activity_support_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("bot_id", "update_id", "line", name="one_activity_per_update_and_line"),
        sa.UniqueConstraint("group_id", "number", name="one_activity_per_number_in_the_group"),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_import_id"), ["import_id"], unique=False)

    op.create_table(
        "activity_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_text_activity_id")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_activity_text_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_text")),
        sa.UniqueConstraint("activity_id", "language", name="one_title_per_activity_and_language"),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("actual", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_indicator_activity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("activity_id", "position", name="one_indicator_per_activity_and_position"),
    )
    op.create_table(
        "participants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_participants_activity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("activity_id", "side_id", name="one_count_per_activity_and_side"),
    )
    op.create_table(
        "activity_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("offset", sa.String(), nullable=False),
        sa.Column("parties", sa.String(), nullable=False),
        sa.Column("planned", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_step_activity_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_activity_step_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_step")),
        sa.UniqueConstraint("task_id", name="one_step_per_task"),
    )
    with op.batch_alter_table("activity_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_step_activity_id"), ["activity_id"], unique=False)

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("activity_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_decision_activity_id"), ["activity_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_decision_activity_id"), "activity", ["activity_id"], ["id"])

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("line", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("activity_id", sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f("one_task_per_update_and_part"), type_="unique")
        batch_op.create_index(batch_op.f("ix_task_activity_id"), ["activity_id"], unique=False)
        batch_op.create_unique_constraint("one_task_per_update_line_and_part", ["bot_id", "update_id", "line", "part"])
        batch_op.create_foreign_key(batch_op.f("fk_task_activity_id"), "activity", ["activity_id"], ["id"])

    with op.batch_alter_table("working_group", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last_activity", sa.Integer(), nullable=False, server_default="0"))

    # The defaults were for the rows there are.
    for table, column in (("task", "line"), ("working_group", "last_activity")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, existing_type=sa.Integer(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    cards = "SELECT id FROM card WHERE subject = 'activity'"
    op.execute(f"UPDATE outbox SET card_id = NULL WHERE card_id IN ({cards})")
    op.execute("DELETE FROM card WHERE subject = 'activity'")

    with op.batch_alter_table("working_group", schema=None) as batch_op:
        batch_op.drop_column("last_activity")

    # One message made one task before: those behind the first get a number that no message has.
    op.execute("UPDATE task SET update_id = -id WHERE line > 0")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_task_activity_id"), type_="foreignkey")
        batch_op.drop_constraint("one_task_per_update_line_and_part", type_="unique")
        batch_op.drop_index(batch_op.f("ix_task_activity_id"))
        batch_op.create_unique_constraint(batch_op.f("one_task_per_update_and_part"), ["bot_id", "update_id", "part"])
        batch_op.drop_column("activity_id")
        batch_op.drop_column("line")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_decision_activity_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_decision_activity_id"))
        batch_op.drop_column("activity_id")

    with op.batch_alter_table("activity_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_step_activity_id"))

    op.drop_table("activity_step")
    op.drop_table("participants")
    op.drop_table("indicator")
    op.drop_table("activity_text")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_import_id"))
        batch_op.drop_index(batch_op.f("ix_activity_group_id"))
        batch_op.drop_index(batch_op.f("ix_activity_area_id"))

    op.drop_table("activity")
    with op.batch_alter_table("plan_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_draft_made_at"))

    op.drop_table("plan_draft")
    with op.batch_alter_table("matrix_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matrix_import_group_id"))

    op.drop_table("matrix_import")
    op.drop_table("group_playbook")
