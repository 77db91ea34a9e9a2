"""What a decision says in each language, and who of which side confirmed it."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text

from storage.columns import Row, instant, key, optional_ref, ref, telegram_id

STANDING = "contested_at IS NULL"
"""A confirmation that was contested stays written down and counts no more."""


class DecisionText(Row, table=True):
    """A decision's text in one more language; the latest of a language counts, none is overwritten.

    The original stands in the decision itself. `later` marks what was written after both sides had agreed.
    """

    __tablename__ = "decision_text"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id", name="one_wording_per_update"),
        Index("ix_decision_text_decision_id_language", "decision_id", "language"),
    )

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    decision_id: int = ref("decision.id", index=False)
    language: str
    text: str
    written_by: int = ref("person.id", index=False)
    written_at: datetime = instant()
    later: bool = False


class TextConfirmation(Row, table=True):
    """That a side says of one wording that it is its own.

    `recorded_by` is set when a coordinator wrote it down for `person_id`, with `evidence`; `contested_at` when that
    person said it was not so.
    """

    __tablename__ = "text_confirmation"
    __table_args__ = (
        Index(
            "one_confirmation_per_wording_and_side",
            "text_id",
            "side_id",
            unique=True,
            sqlite_where=text(STANDING),  # the migration says the same to PostgreSQL, which is not loaded for it here
        ),
    )

    id: int = key()
    text_id: int = ref("decision_text.id", index=False)
    side_id: int = ref("side.id", index=False)
    person_id: int = ref("person.id", index=False)
    confirmed_at: datetime = instant()
    recorded_by: int | None = optional_ref("person.id")
    evidence: str = ""
    contested_at: datetime | None = instant(default=None)
