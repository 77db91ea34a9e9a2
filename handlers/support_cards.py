"""What the card of a request for support shows, read from its row."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.members import place_names
from handlers.reply import View
from handlers.rules import text
from handlers.rules.names import activity_name
from handlers.views import support as views
from handlers.views.support import SupportFacts
from storage import activities, groups, people
from storage.tables import SupportRequest

Args = dict[str, Any]
ACTIVITY = 60
"""UTF-16 units of an activity's title on the card."""


async def card_of(session: AsyncSession, row: SupportRequest, *, back: Args | None = None) -> View:
    """The card of a request as it stands now; `back` is the page of the list it was opened from."""
    return views.card(await facts(session, row, back=back))


async def facts(session: AsyncSession, row: SupportRequest, *, back: Args | None = None) -> SupportFacts:
    """Everything the card of a request shows."""
    zone = await _zone(session, row)

    def day(instant: datetime) -> Any:
        return instant.astimezone(zone).date()

    return SupportFacts(
        id=row.id,
        group_id=row.group_id,
        group=(await groups.get(session, row.group_id)).name,
        number=row.number,
        text=row.text,
        state=row.state,
        since=day(row.state_since),
        asker=(await people.get(session, row.asked_by)).name,
        place=(await place_names(session, row.group_id))[row.side_id],
        asked_on=day(row.asked_at),
        kind=row.kind,
        needed_by=row.needed_by,
        activity=await _activity(session, row),
        reply=row.reply,
        explanation=row.explanation,
        back=back,
    )


async def _activity(session: AsyncSession, row: SupportRequest) -> str:
    found = await activities.get(session, row.activity_id) if row.activity_id is not None else None
    return f"{activity_name(found.number)} {text.clip(found.title, ACTIVITY)}" if found else ""


async def _zone(session: AsyncSession, row: SupportRequest) -> ZoneInfo:
    sides = await groups.sides(session, row.group_id)
    return ZoneInfo(next((side for side in sides if side.id == row.side_id), sides[0]).zone)
