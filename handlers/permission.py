"""The right of the asker, looked up in the transaction that writes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.refusals import NotYours
from handlers.request import Request
from handlers.rules.rights import Act, Actor, Grant, NotAllowed, Target, permit
from storage import people
from storage.kinds import Role
from storage.tables import Person, Side

STANDS_IN_AFTER = timedelta(hours=48)


async def may(
    request: Request,
    act: Act,
    *,
    side_id: int | None = None,
    owners: Iterable[int] = (),
    asked_at: datetime | None = None,
) -> Grant:
    """How far the asker may do this in the group at hand; raises NotYours.

    `asked_at` is since when his side's answer is awaited: after 48 hours the alternate may give it.
    """
    group_id = request.group.id if request.group else None
    target = Target(owner_ids=frozenset(owners), side_id=side_id, group_id=group_id)
    try:
        return permit(act, await _actor(request, asked_at), target)
    except NotAllowed as refusal:
        raise NotYours(act=refusal.act) from refusal


async def can(request: Request, act: Act, *, side_id: int | None = None, owners: Iterable[int] = ()) -> bool:
    """The same as a question, for showing a button or not."""
    try:
        await may(request, act, side_id=side_id, owners=owners)
    except NotYours:
        return False
    return True


async def _actor(request: Request, asked_at: datetime | None) -> Actor:
    member = request.membership
    if member is None:
        return Actor(request.person.id, group_id=request.group.id if request.group else None)
    acting = member.role is Role.ALTERNATE and await stands_in(request, member.side_id, asked_at)
    return Actor(request.person.id, member.role, member.side_id, acting, group_id=member.group_id)


async def stands_in(request: Request, side_id: int | None, asked_at: datetime | None) -> bool:
    """Whether a side's alternate acts for its focal point: nobody holds the post, he is away, or silent for 48 h."""
    if side_id is None:
        return False
    if asked_at is not None and request.now - asked_at >= STANDS_IN_AFTER:
        return True
    side = await request.session.get_one(Side, side_id)
    focal = await people.holder(request.session, side.group_id, side_id, Role.FOCAL_POINT)
    return focal is None or await _away(request, focal[1], ZoneInfo(side.zone))


async def _away(request: Request, person: Person, zone: ZoneInfo) -> bool:
    return await people.is_away(request.session, person.id, request.now.astimezone(zone).date())
