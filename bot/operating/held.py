"""Messages held back since a restore, from the operator's side: looked at, released, dropped."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import paper
from bot.exits import Refused
from bot.operating.preparing import ready
from bot.settings import Settings
from handlers.rules.text import clip
from storage import held
from storage.tables import Outbox, Person, WorkingGroup

WORDS = 60
"""So many letters tell one message from another."""


@dataclass(frozen=True)
class Held:
    """One message: its number, since when it is owed, whom it is for, how it begins."""

    number: int
    since: datetime
    reader: str
    words: str


async def listed(settings: Settings) -> list[Held]:
    """Everything that is held back, oldest first."""
    async with ready(settings) as database, database.reading() as session:
        return [await _shown(session, call) for call in await held.listed(session)]


async def _shown(session: AsyncSession, call: Outbox) -> Held:
    person = None if call.person_id is None else await session.get(Person, call.person_id)
    group = None if call.group_id is None else await session.get(WorkingGroup, call.group_id)
    named = [each.name for each in (person, group) if each is not None]
    text = str(call.payload.get("text") or call.payload.get("caption") or call.method)
    words = paper.plain(Markup(text)) if "parse_mode" in call.payload else text
    return Held(
        call.id, call.created_at, ", ".join(named) or f"chat {call.chat_id}", clip(" ".join(words.split()), WORDS)
    )


async def release(settings: Settings, numbers: Collection[int]) -> int:
    """Let these messages leave, or all for no numbers; how many. Raises Refused for a number that is not held."""
    async with ready(settings) as database, database.writing() as session:
        return await held.release(session, await _chosen(session, numbers))


async def drop(settings: Settings, numbers: Collection[int]) -> int:
    """Never send these messages, or any of them for no numbers; how many. Raises Refused for one that is not held."""
    async with ready(settings) as database, database.writing() as session:
        return await held.drop(session, await _chosen(session, numbers))


async def _chosen(session: AsyncSession, numbers: Collection[int]) -> list[int]:
    known = [call.id for call in await held.listed(session)]
    if unknown := sorted(set(numbers) - set(known)):
        raise Refused(f"{', '.join(map(str, unknown))}: no such message is held back. Write: focalpoint held list")
    return sorted(numbers) or known
