"""Invitations: a link that works once and makes whoever opens it a member, or a coordinator."""

from handlers import members
from handlers.permission import can, may
from handlers.refusals import AlreadyMember, BadCode, NotYours, StaleButton
from handlers.reply import Answer, Post, Private, Reply, Toast, View, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.views import inviting as views
from handlers.views import joining as joining_views
from storage import founding, groups, journal, memberships, people
from storage.kinds import CodeKind, Role, Subject
from storage.tables import BindingCode, Membership, Side


async def offer(request: Request) -> Reply:
    """Makes an invitation to the asker's side; a coordinator chooses the side. Links are shown in private only."""
    allowed = [side for side in await _sides(request) if await can(request, Act.INVITE, side_id=side.id)]
    if not allowed:
        raise NotYours
    if len(allowed) == 1:
        return await _in_private(request, await _link(request, allowed[0]))
    args = {"group": request.here().id}
    return await _in_private(request, views.choose_side([(side.id, side.name) for side in allowed], args))


async def make(request: Request) -> Reply:
    """The side is chosen: here is the link."""
    for side in await _sides(request):
        if side.id == request.args.get("side"):
            await may(request, Act.INVITE, side_id=side.id)
            return await _in_private(request, await _link(request, side))
    raise StaleButton


async def _sides(request: Request) -> list[Side]:
    return await groups.sides(request.session, request.here().id)


async def _link(request: Request, side: Side) -> View:
    code = await founding.make_code(
        request.session,
        kind=CodeKind.MEMBER,
        group_id=side.group_id,
        side_id=side.id,
        made_by=request.person.id,
        at=request.now,
    )
    await journal.append(
        request.session,
        request.cause,
        subject=Subject.GROUP,
        subject_id=side.group_id,
        group_id=side.group_id,
        change="invitation made",
        after={"side": side.id},
    )
    return views.invitation(request.here().name, side.name, request.bot.link(code))


async def _in_private(request: Request, view: View) -> Reply:
    if request.heard.private:
        return says(Answer(view))
    link = request.bot.link("hello")
    told = Private(request.person.id, view, group_id=request.here().id, otherwise=views.open_first(link))
    return says(Toast(views.sent), told)


async def invited(request: Request) -> Reply:
    """The payload of /start: an invitation makes its opener what it says. Raises BadCode, AlreadyMember."""
    code = await _code(request)
    group = await groups.get(request.session, code.group_id)
    role = _role(code)
    before = await people.active(request.session, request.person.id, group.id)
    if before is not None and (role is not Role.COORDINATOR or before.role is Role.COORDINATOR):
        raise AlreadyMember(group=group.name)
    was = before.role if before else None
    member = await _admit(request, code, role)
    await _note(request, member, was)
    name, place = request.person.name, (await members.place_names(request.session, group.id))[member.side_id]
    welcome = joining_views.welcome(name, group.name, place)
    if role is Role.COORDINATOR:
        welcome = views.welcome_coordinator(name, group.name)
    return says(Answer(welcome), Post(group.id, views.came(name, place, role), silent=True))


async def _code(request: Request) -> BindingCode:
    """The code while it is good: known, unused, not expired, and made by somebody who is still in the group."""
    kinds = (CodeKind.MEMBER, CodeKind.COORDINATOR)
    code = await founding.use_code(request.session, request.words, kinds=kinds, at=request.now, by=request.person.id)
    if code is None:
        raise BadCode
    if code.made_by is not None and await people.active(request.session, code.made_by, code.group_id) is None:
        raise BadCode
    return code


def _role(code: BindingCode) -> Role:
    if code.kind is CodeKind.COORDINATOR:
        return Role.COORDINATOR
    return Role.OBSERVER if code.side_id is None else Role.MEMBER


async def _admit(request: Request, code: BindingCode, role: Role) -> Membership:
    request.person.current_group_id = code.group_id
    request.session.add(request.person)
    return await memberships.admit(
        request.session,
        person_id=request.person.id,
        group_id=code.group_id,
        side_id=None if role is Role.COORDINATOR else code.side_id,
        role=role,
        at=request.now,
    )


async def _note(request: Request, member: Membership, was: Role | None) -> None:
    await journal.append(
        request.session,
        request.cause,
        subject=Subject.MEMBERSHIP,
        subject_id=member.id,
        group_id=member.group_id,
        change="joined by invitation",
        before={"role": was},
        after={"role": member.role, "side": member.side_id, "standing": member.standing},
    )
