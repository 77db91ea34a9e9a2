"""Words a group wants to read instead of ours."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from storage.columns import Row, instant, key, optional_ref, ref


class GroupTerm(Row, table=True):
    """A term of the glossary in one language, and what one group says instead of it."""

    __tablename__ = "group_term"
    __table_args__ = (UniqueConstraint("group_id", "language", "term", name="one_word_per_term_in_the_group"),)

    id: int = key()
    group_id: int = ref("working_group.id", index=False)
    language: str
    term: str
    instead: str
    set_by: int | None = optional_ref("person.id")
    set_at: datetime = instant()
