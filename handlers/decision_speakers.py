"""For whom a coordinator can write something down: those who speak for a side and cannot reach the bot."""

from collections.abc import Sequence
from datetime import datetime

from handlers.decision_steps import meant, still_open
from handlers.permission import may, stands_in
from handlers.refusals import OnBehalfOff, StaleButton
from handlers.request import Request
from handlers.rules.rights import Act
from storage import groups, people
from storage.kinds import Role
from storage.people import Member
from storage.tables import Decision, Side

Speaker = tuple[Side, Member]


async def may_record(request: Request) -> None:
    """Raises NotYours or OnBehalfOff where the asker may write nothing down for others."""
    await may(request, Act.RECORD_ANSWER_FOR)
    if not (await groups.mechanism(request.session, request.here().id)).on_behalf:
        raise OnBehalfOff


async def recordable(request: Request) -> Decision:
    """The decision at hand, if the asker may write something down for others; raises NotYours, OnBehalfOff, NotNow."""
    decision = await meant(request)
    await may_record(request)
    still_open(decision)
    return decision


async def speakers(request: Request, asked: Sequence[tuple[Side, datetime | None]]) -> list[Speaker]:
    """Who speaks for these sides, each asked since a moment; an alternate only while he stands in."""
    found: list[Speaker] = []
    for side, since in asked:
        acting = await stands_in(request, side.id, since)
        roles = {Role.FOCAL_POINT, Role.ALTERNATE} if acting else {Role.FOCAL_POINT}
        members = await people.members(request.session, side.group_id, side_id=side.id)
        found += [(side, member) for member in members if member[0].role in roles]
    return found


def chosen(request: Request, found: Sequence[Speaker]) -> Speaker:
    """The person pressed; raises StaleButton once he does not speak for his side any more."""
    for side, member in found:
        if member[0].person_id == request.args["person"]:
            return side, member
    raise StaleButton
