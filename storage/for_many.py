"""Statements for many rows, in which a value is converted once, however many rows it stands in.

SQLAlchemy puts each row together by itself and converts each of its values, which takes longer than writing it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import JSON, Connection, Dialect, Insert, Update, insert
from sqlalchemy.types import TypeEngine

from storage.columns import Row

Given = Mapping[str, Any]
"""A row, or what a statement wants to know of one, by the names in the statement."""


class Filled(NamedTuple):
    """A place in a statement. `repeats` says that its values can be compared, so that one is converted once."""

    name: str
    converter: Callable[[Any], Any] | None
    repeats: bool

    def of(self, rows: Sequence[Given]) -> list[Any]:
        """What stands in this place for each of the rows, as the driver takes it."""
        values = [row[self.name] for row in rows]
        if self.converter is None:
            return values
        if not self.repeats:
            return list(map(self.converter, values))
        known = {value: self.converter(value) for value in set(values)}
        return [known[value] for value in values]


class ForMany:
    """A statement that is run for many rows at once, and put into words once for each kind of database."""

    def __init__(self, statement: Insert | Update, names: Sequence[str] | None = None) -> None:
        self.statement = statement
        self._names = names
        self._known: WeakKeyDictionary[Dialect, tuple[str, list[Filled]]] = WeakKeyDictionary()

    def run(self, connection: Connection, rows: Sequence[Given]) -> int:
        """Run it for rows that all name the same, and everything that the statement asks for; how many it touched.

        A negative number where the database does not count.
        """
        if not rows:
            return 0
        if connection.dialect not in self._known:
            self._known[connection.dialect] = self._in_words(connection.dialect)
        words, places = self._known[connection.dialect]
        values = list(zip(*(place.of(rows) for place in places), strict=True))
        return connection.exec_driver_sql(words, values).rowcount

    def _in_words(self, dialect: Dialect) -> tuple[str, list[Filled]]:
        names = None if self._names is None else list(self._names)
        compiled = self.statement.compile(dialect=dialect, column_keys=names)
        found: Any = compiled  # what a compiled statement knows of its values is not in its common type
        return str(compiled), [_filled(name, found.binds[name].type, dialect) for name in found.positiontup]


def _filled(name: str, kind: TypeEngine[Any], dialect: Dialect) -> Filled:
    kept = kind.dialect_impl(dialect)
    return Filled(name, kept.bind_processor(dialect), not isinstance(kept, JSON))


@lru_cache
def inserting(table: type[Row], names: tuple[str, ...]) -> ForMany:
    """Inserts rows that all name these columns; among them is each that has a default."""
    return ForMany(insert(table).inline(), names)
