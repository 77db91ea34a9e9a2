"""Who is meant: a member of the group by mention, by reply or by username."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.heard import Mention
from handlers.refusals import NothingWritten, WhoIsThat
from handlers.request import Request
from storage import groups, people
from storage.people import Member


async def who(session: AsyncSession, group_id: int, mention: Mention) -> Member | None:
    """The member of the group in force whom a mention means; None when it is nobody known here.

    A text mention carries an id and means that account alone; a username is compared without regard to case.
    """
    for member in await people.members(session, group_id):
        if _is_meant(member, mention):
            return member
    return None


def _is_meant(member: Member, mention: Mention) -> bool:
    _, person = member
    if mention.telegram_id is not None:
        return person.telegram_id == mention.telegram_id
    if not mention.username or person.username is None:
        return False
    return person.username.casefold() == mention.username.removeprefix("@").casefold()


async def by_account(session: AsyncSession, group_id: int, telegram_id: int) -> Member | None:
    """The member of the group in force with this account."""
    found = await people.members(session, group_id)
    return next((member for member in found if member[1].telegram_id == telegram_id), None)


async def candidates(session: AsyncSession, group_id: int, *, side_id: int | None = None) -> list[Member]:
    """Everybody who could be meant, for choosing by button: by name, of one side if named."""
    found = await people.members(session, group_id, side_id=side_id)
    return sorted(found, key=lambda member: (member[1].name.casefold(), member[1].id))


async def named(request: Request, command: str) -> Member:
    """The one member whom a command names: by mention, as a reply to one of his messages, or by plain username.

    Raises NothingWritten when nobody is named, WhoIsThat when he is not a member of this group.
    """
    mentions = _mentions(request)
    if not mentions:
        raise NothingWritten(command=command)
    member = await who(request.session, request.here().id, mentions[0])
    if member is None:
        raise WhoIsThat(shown=mentions[0].shown)
    return member


def _mentions(request: Request) -> Sequence[Mention]:
    if request.mentions:
        return request.mentions
    if request.words:
        first = request.words.split()[0]
        return (Mention(first, username=first.removeprefix("@")),)
    quoted = request.heard.reply_to
    if quoted is None or quoted.sender is None or quoted.from_this_bot:
        return ()
    return (Mention(quoted.sender.name, quoted.sender.username, quoted.sender.telegram_id),)


async def place_names(session: AsyncSession, group_id: int) -> dict[int | None, str]:
    """What the sides are called, by id, and under None the supporting organisation ("" where there is none)."""
    organisation = await groups.organisation(session, group_id)
    names: dict[int | None, str] = {side.id: side.name for side in await groups.sides(session, group_id)}
    return {**names, None: organisation.name if organisation else ""}
