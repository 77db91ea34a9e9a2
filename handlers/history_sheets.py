"""What every history reads from the journal: the entries of one sheet, and names by their ids."""

from collections.abc import Sequence
from math import ceil

from handlers.request import Request
from storage.tables import JournalEntry, Person, Side

LINES = 5
"""Changes on one page."""
Sheet = tuple[list[JournalEntry], int, int]
"""The entries shown, oldest first, which sheet this is, and how many there are."""


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
