"""Rows, column types and field makers: aware UTC instants, kinds kept as words, JSON."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from pydantic.fields import FieldInfo
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, MetaData, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA: MetaData = SQLModel.metadata
# Tables are never validated by pydantic: what it would need for that is not built.
SQLModel.model_config["defer_build"] = True


class Written:
    """How often a value of a row was set, in all of the process: of any row, and of rows of which answers are kept."""

    values = 0
    remembered = 0


class Row(SQLModel):
    """A row of a table. Only SQLAlchemy sets its attributes: pydantic, which SQLModel asks too, checks no table."""

    _beginning: ClassVar[tuple[tuple[str, Callable[[], Any]], ...] | None] = None
    """How each column begins that is not given."""
    _is_remembered: ClassVar[bool] = False
    """Whether answers about its table are kept; see `storage.remembering`."""

    def __init__(self, **given: Any) -> None:
        cls = type(self)
        if cls._beginning is None:
            fields = cls.model_fields.items()
            cls._beginning = tuple((name, _default(field)) for name, field in fields if not field.is_required())
        # Not by setting attributes: nobody asks a row that is in no table yet what it was before.
        vars(self).update({name: default() for name, default in cls._beginning if name not in given}, **given)

    def __setattr__(self, name: str, value: Any) -> None:
        Written.values += 1
        Written.remembered += self._is_remembered
        object.__setattr__(self, name, value)


def _default(field: FieldInfo) -> Callable[[], Any]:
    made: Callable[[], Any] | None = field.default_factory  # type: ignore[assignment]  # ours take no argument
    return made or (lambda: field.default)


class NaiveInstant(ValueError):
    """An instant without a zone was about to be stored."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. SQLite forgets zones, so naive values are refused on the way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveInstant(f"{value!r} has no zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


class KindType(TypeDecorator[StrEnum]):
    """A StrEnum kept as its word; a word this version does not know is an error, never a guess."""

    impl = String(24)
    cache_ok = True

    def __init__(self, kinds: type[StrEnum]) -> None:
        super().__init__()
        self.kinds = kinds

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else self.kinds(value).value

    def process_result_value(self, value: Any, _dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kinds(value)


def key() -> Any:
    """The surrogate primary key of a row: None until the row is flushed."""
    return Field(default=None, primary_key=True)


def ref(target: str, *, index: bool = True, default: Any = ...) -> Any:
    """A foreign key to `target` ("table.id"), indexed unless told otherwise."""
    return Field(default, foreign_key=target, index=index)


def optional_ref(target: str, *, index: bool = False) -> Any:
    """A foreign key that may be empty."""
    return Field(default=None, foreign_key=target, index=index)


def instant(*, default: Any = ..., index: bool = False) -> Any:
    """An aware UTC instant."""
    return Field(default, sa_type=UtcDateTime, index=index)


def kind(kinds: type[StrEnum], *, default: Any = ..., index: bool = False) -> Any:
    """A column of one of `kinds`."""
    return Field(default, sa_type=KindType(kinds), index=index)


def telegram_id(*, default: Any = ..., index: bool = False, unique: bool = False) -> Any:
    """An id that Telegram gave: up to 52 bits, so never a plain INTEGER on PostgreSQL."""
    return Field(default, sa_type=BigInteger, index=index, unique=unique)


def data(*, default_factory: Any = dict) -> Any:
    """A small JSON value that is read and written whole; None is kept as nothing at all."""
    return Field(default_factory=default_factory, sa_type=JSON(none_as_null=True))


KEPT_AS_IT_IS = frozenset({str, int, bool, float, dict, list, type(None)})


def plain(value: Any) -> Any:
    """`value` as JSON can keep it: dates and instants as ISO text, kinds as words."""
    if type(value) in KEPT_AS_IT_IS:
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return value
