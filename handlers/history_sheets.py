"""What every history reads from the journal: the entries of one sheet, and names by their ids."""

from collections.abc import Awaitable, Callable, Sequence
from math import ceil
from typing import Any

from handlers import working
from handlers.request import Request
from handlers.views.history import HistoryFacts, Line
from storage.tables import JournalEntry, Person, Side

LINES = 5
"""Changes on one page."""
Sheet = tuple[list[JournalEntry], int, int]
"""The entries shown, oldest first, which sheet this is, and how many there are."""


async def facts(
    request: Request,
    known: Sequence[JournalEntry],
    read: Callable[[Request, JournalEntry], Awaitable[Line]],
    *,
    name: str,
    args: dict[str, Any],
) -> HistoryFacts[Line]:
    """The sheet that was asked for of these changes, each `read` as a line; `args` lead back to the card."""
    shown, sheet, sheets = sheet_of(known, request.args.get("sheet", 1))
    return HistoryFacts(
        name=name,
        lines=tuple([await read(request, entry) for entry in shown]),
        cities=tuple(await working.cities(request.session, request.here().id)),
        sheet=sheet,
        sheets=sheets,
        args=args,
    )


def sheet_of(known: Sequence[JournalEntry], wanted: int) -> Sheet:
    """The entries of a sheet; the newest changes stand on the first."""
    sheets = max(1, ceil(len(known) / LINES))
    sheet = min(max(wanted, 1), sheets)
    end = len(known) - (sheet - 1) * LINES
    return list(known[max(0, end - LINES) : end]), sheet, sheets


async def person_name(request: Request, person_id: int | None) -> str:
    """What a person is called; "" for nobody."""
    found = await request.session.get(Person, person_id) if person_id is not None else None
    return found.name if found else ""


async def side_name(request: Request, side_id: int | None) -> str:
    """What a side is called; "" for none."""
    found = await request.session.get(Side, side_id) if side_id is not None else None
    return found.name if found else ""
