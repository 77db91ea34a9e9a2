"""The computer's clock has been wrong for long: coordinators hear why reminders do not come."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import working
from handlers.reply import Effect, Private
from handlers.views import wrong_clock as views
from storage import groups, notices, people


async def plan(session: AsyncSession, now: datetime) -> Sequence[Effect]:
    """To every coordinator who is at work, once a day at most; `now` is the true time, as Telegram tells it."""
    effects: list[Effect] = []
    matter = f"wrong clock:{now.date().isoformat()}"
    for group in await groups.all_of(session):
        for member in await people.coordinators(session, group.id):
            if await working.is_there(session, member, now) and await notices.tell(session, member[1].id, matter, now):
                effects.append(Private(member[1].id, views.reminders_wait))
    return effects
