"""Who reads a message, and so in which languages it comes."""

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.heard import Sender
from storage import groups, people
from storage.tables import Person

SPOKEN = ("en",)
"""The languages the catalogues speak; the first one stands in for every other."""


def spoken(language: str | None) -> str | None:
    """The catalogue for a language as Telegram or a side writes it ("en-US", "zh-hans"); None where there is none."""
    wanted = (language or "").replace("-", "_").lower()
    exact = [known for known in SPOKEN if known.lower() == wanted]
    related = [known for known in SPOKEN if known.partition("_")[0].lower() == wanted.partition("_")[0]]
    return next(iter(exact + related), None)


def of_one(language: str | None) -> list[str]:
    """The language of one reader."""
    return [spoken(language) or SPOKEN[0]]


async def of_person(session: AsyncSession, person: Person, group_id: int | None) -> list[str]:
    """A person's own language, else that of his side."""
    if spoken(person.language) is not None or group_id is None:
        return of_one(person.language)
    member = await people.active(session, person.id, group_id)
    sides = await groups.sides(session, group_id)
    own = [side.language for side in sides if member is not None and side.id == member.side_id]
    return of_one(own[0] if own else None)


async def of_asker(session: AsyncSession, sender: Sender, group_id: int | None) -> list[str]:
    """The languages of whoever wrote or pressed; a stranger's Telegram tells his."""
    person = await people.by_telegram(session, sender.telegram_id)
    return of_one(sender.language) if person is None else await of_person(session, person, group_id)


async def of_chat(session: AsyncSession, chat_id: int, group_id: int | None) -> list[str]:
    """The languages of both sides in a group's room, one language in a private chat."""
    if chat_id > 0:
        person = await people.by_telegram(session, chat_id)
        return of_one(None) if person is None else await of_person(session, person, group_id)
    if group_id is None:
        return [SPOKEN[0]]
    mechanism = await groups.mechanism(session, group_id)
    found = dict.fromkeys(known for language in mechanism.languages if (known := spoken(language)) is not None)
    return list(found) or [SPOKEN[0]]
