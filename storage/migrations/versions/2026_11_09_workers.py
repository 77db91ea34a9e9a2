"""Several workers on one database: when a call was claimed, and a chain of the journal for each group."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_09_workers"
down_revision = "2026_11_08_wordings"
branch_labels = None
depends_on = None

BEGINNING = "0" * 64
COUNTED = (("group_id", "side_id", "area_id", "state"), ("group_id", "acceptance", "state"))
"""What a status counts tasks by: without reading one of them."""
INSTANT = sa.DateTime(timezone=True)
JOURNAL = sa.table(
    "journal",
    sa.column("id", sa.Integer()),
    sa.column("at", INSTANT),
    sa.column("group_id", sa.Integer()),
    *(sa.column(name, sa.BigInteger()) for name in ("actor_id", "bot_id", "update_id", "chat_id", "message_id")),
    sa.column("subject", sa.String(24)),
    sa.column("subject_id", sa.BigInteger()),
    sa.column("change", sa.String()),
    sa.column("before", sa.JSON()),
    sa.column("after", sa.JSON()),
    sa.column("previous_hash", sa.String()),
    sa.column("hash", sa.String()),
)


def upgrade() -> None:
    with op.batch_alter_table("room") as table:
        table.alter_column("chat_id", existing_type=sa.Integer(), type_=sa.BigInteger())
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("claimed_at", INSTANT, nullable=True))
        table.create_index("ix_outbox_claimed_at", ["claimed_at"])
    with op.batch_alter_table("journal") as table:
        table.drop_index("ix_journal_group_id")
        table.create_index("ix_journal_group_id_id", ["group_id", "id"])
    with op.batch_alter_table("task") as table:
        for columns in COUNTED:
            table.create_index("_".join(("ix_task", *columns)), list(columns))
    _chain(lambda group_id: f"{group_id or 0:064x}")


def downgrade() -> None:
    _chain(lambda _group_id: BEGINNING)
    with op.batch_alter_table("task") as table:
        for columns in COUNTED:
            table.drop_index("_".join(("ix_task", *columns)))
    with op.batch_alter_table("journal") as table:
        table.drop_index("ix_journal_group_id_id")
        table.create_index("ix_journal_group_id", ["group_id"])
    with op.batch_alter_table("outbox") as table:
        table.drop_index("ix_outbox_claimed_at")
        table.drop_column("claimed_at")
    with op.batch_alter_table("room") as table:
        table.alter_column("chat_id", existing_type=sa.BigInteger(), type_=sa.Integer())


def _chain(beginning: Callable[[int | None], str]) -> None:
    """Chain every entry anew to the one before it: entries of one beginning are one chain."""
    connection = op.get_bind()
    last: dict[str, str] = {}
    changes = []
    for row in connection.execute(sa.select(JOURNAL).order_by(JOURNAL.c.id)).mappings():
        first = beginning(row["group_id"])
        previous = last.get(first, first)
        last[first] = _fingerprint({**row, "previous_hash": previous})
        changes.append({"of": row["id"], "previous": previous, "now": last[first]})
    if changes:
        _write(connection, changes)


def _write(connection: sa.Connection, changes: list[dict[str, Any]]) -> None:
    # No two entries may follow the same one, not even for a moment: first out of the way, then to their places.
    connection.execute(sa.update(JOURNAL).values(previous_hash=sa.literal("-") + sa.cast(JOURNAL.c.id, sa.String())))
    query = sa.update(JOURNAL).where(JOURNAL.c.id == sa.bindparam("of"))
    query = query.values(previous_hash=sa.bindparam("previous"), hash=sa.bindparam("now"))
    connection.execute(query, changes)


def _fingerprint(row: dict[str, Any]) -> str:
    said = {name: _plain(value) for name, value in row.items() if name not in {"id", "hash"}}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        instant = value if value.tzinfo else value.replace(tzinfo=UTC)
        return instant.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
