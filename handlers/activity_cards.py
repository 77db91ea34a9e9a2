"""What an activity's card shows, read from its rows."""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.activity_states import progress, states
from handlers.members import place_names
from handlers.reply import View
from handlers.rules import wordings
from handlers.rules.languages import SPOKEN
from handlers.views import activities as views
from handlers.views.activities import ActivityFacts, IndicatorFacts
from storage import activities, groups
from storage.tables import Activity, Area

Args = dict[str, Any]


async def card_of(session: AsyncSession, row: Activity, now: datetime, *, back: Args | None = None) -> View:
    """The card of an activity as it stands now; `back` is the page of the plan it was opened from."""
    return views.card(await facts(session, row, now, back=back))


async def facts(session: AsyncSession, row: Activity, now: datetime, *, back: Args | None = None) -> ActivityFacts:
    """Everything the card of an activity shows."""
    names = await place_names(session, row.group_id)
    area = await session.get(Area, row.area_id) if row.area_id is not None else None
    texts = (await activities.texts(session, [row.id]))[row.id]
    parts = (await activities.outlines(session, [row.id]))[row.id]
    done, all_of_them = progress(parts)
    return ActivityFacts(
        id=row.id,
        group_id=row.group_id,
        number=row.number,
        titles=((wordings.named(row.language), row.title), *texts.items()),
        state=(await states(session, row.group_id, [row], now))[row.id],
        area=area.name if area is not None else "",
        first_day=row.first_day,
        last_day=row.last_day,
        lead=names.get(row.lead_id, "") if row.lead_id is not None else "",
        support=_support(row, names),
        output=row.output,
        indicators=await _indicators(session, row),
        participants=await _participants(session, row, names),
        delay=row.delay,
        missing=tuple(await untitled(session, row)),
        done=done,
        all=all_of_them,
        back=back or {},
    )


def _support(row: Activity, names: dict[int | None, str]) -> str:
    if row.project_supports:
        return names[None]
    return names.get(row.support_id, "") if row.support_id is not None else ""


async def _indicators(session: AsyncSession, row: Activity) -> tuple[IndicatorFacts, ...]:
    found = (await activities.indicators(session, [row.id]))[row.id]
    return tuple(IndicatorFacts(each.id, each.text, each.target, each.actual) for each in found)


async def _participants(
    session: AsyncSession, row: Activity, names: dict[int | None, str]
) -> tuple[tuple[str, int, int], ...]:
    found = (await activities.participants(session, [row.id]))[row.id]
    return tuple((names.get(side_id or None, ""), each.women, each.men) for side_id, each in found.items())


async def untitled(session: AsyncSession, row: Activity) -> list[str]:
    """The languages in which a title can be written, also anew: the sides' and the bot's without the original's."""
    sides = await groups.sides(session, row.group_id)
    known = wordings.each_named([*(side.language for side in sides), *SPOKEN])
    return [language for language in known if language != wordings.named(row.language)]
