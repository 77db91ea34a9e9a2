"""What the card of a shared file shows, read from its row."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.reply import View
from handlers.views import shelf as views
from handlers.views.shelf import FileFacts
from storage import groups, people
from storage.tables import Area, ShelfFile

Args = dict[str, Any]


async def card_of(session: AsyncSession, row: ShelfFile, *, back: Args | None = None) -> View:
    """The card of a file as it stands now; `back` is the page of the list it was opened from."""
    return views.card(await facts(session, row, back=back))


async def facts(session: AsyncSession, row: ShelfFile, *, back: Args | None = None) -> FileFacts:
    """Everything the card of a file shows."""
    sides = await groups.sides(session, row.group_id)
    side = next((side for side in sides if side.id == row.side_id), sides[0])
    area = await session.get(Area, row.area_id) if row.area_id is not None else None
    return FileFacts(
        id=row.id,
        group_id=row.group_id,
        number=row.number,
        kind=row.kind,
        name=row.name,
        link=row.link,
        words=row.words,
        area=area.name if area else "",
        sharer=(await people.get(session, row.shared_by)).name,
        shared_on=row.shared_at.astimezone(ZoneInfo(side.zone)).date(),
        gone=row.taken_off_at is not None,
        back=back,
    )
