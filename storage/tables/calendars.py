"""Calendars: what countries and institutions say of their days, who works elsewhere, and who was told of it."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.columns import Row, instant, key, kind, optional_ref, ref
from storage.kinds import DayKind


class CountryDay(Row, table=True):
    """What a country's calendar says of one day, with its source.

    `status` is "confirmed", "provisional", "info" for what changes no working day, or "removed": such a row says
    nothing and keeps the day from coming back with the next version. Names are "" where nobody gave one.
    """

    __tablename__ = "country_day"
    __table_args__ = (UniqueConstraint("country", "day", "kind", name="one_row_per_country_day_and_kind"),)

    id: int = key()
    country: str = Field(index=True)
    day: date
    kind: DayKind = kind(DayKind)
    name_en: str
    name_local: str
    name_zh: str = ""
    name_lo: str = ""
    source: str
    status: str


class CalendarYear(Row, table=True):
    """That somebody confirmed a country's calendar of one year; nothing that comes later by itself changes it."""

    __tablename__ = "calendar_year"
    __table_args__ = (UniqueConstraint("country", "year", name="one_confirmation_per_country_and_year"),)

    id: int = key()
    country: str
    year: int
    confirmed_by: int | None = optional_ref("person.id")
    confirmed_at: datetime = instant()


class InstitutionDay(Row, table=True):
    """Days on which one side is off, or works, by its own rule, both ends included; the row written last wins."""

    __tablename__ = "institution_day"

    id: int = key()
    side_id: int = ref("side.id")
    first_day: date
    last_day: date
    kind: DayKind = kind(DayKind)
    name: str
    written_by: int | None = optional_ref("person.id")
    written_at: datetime = instant()


class Travel(Row, table=True):
    """Days a person works in another city, by its clocks, both ends included. `ended_on` shortens it."""

    __tablename__ = "travel"

    id: int = key()
    person_id: int = ref("person.id")
    first_day: date
    last_day: date
    ended_on: date | None = None
    city: str
    zone: str
    written_at: datetime = instant()


class CalendarDraft(Row, table=True):
    """A calendar somebody sent and has not put in force yet, as the text it came as."""

    __tablename__ = "calendar_draft"

    id: int = key()
    group_id: int = ref("working_group.id", index=False)
    person_id: int = ref("person.id", index=False)
    text: str
    made_at: datetime = instant(index=True)


class Notice(Row, table=True):
    """That a person was told of a matter that is said to him once, such as "calendar:CN:2027"."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("person_id", "matter", name="one_notice_per_person_and_matter"),)

    id: int = key()
    person_id: int = ref("person.id", index=False)
    matter: str
    told_at: datetime = instant()
