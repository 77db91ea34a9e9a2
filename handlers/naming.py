"""Naming focal points, which takes a coordinator and that side, and alternates, which a focal point does alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers import members
from handlers.permission import may
from handlers.refusals import HasThePost, NotOfASide, StaleButton
from handlers.reply import Answer, Edit, Effect, Post, Private, Reply, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.views import naming as views
from storage import journal, memberships, people
from storage.kinds import Role, Standing, Subject
from storage.people import Member
from storage.tables import Membership, Person, Side

Roles = Mapping[str, Role | None]
SPEAKING = (Role.MEMBER, Role.FOCAL_POINT, Role.ALTERNATE)


@dataclass(frozen=True)
class Named:
    """The person named, with his membership, his side, and whoever is focal point there now."""

    member: Membership
    person: Person
    side: Side
    focal: Member | None


async def focal(request: Request) -> Reply:
    """/focal @person: a coordinator names him; his side has to say yes. Raises WhoIsThat, NotOfASide."""
    await may(request, Act.NAME_FOCAL_POINT)
    named = await _named(request, "focal")
    name, side = named.person.name, named.side.name
    if named.member.role is Role.FOCAL_POINT:
        return says(Answer(views.is_focal_point(name, side)))
    member = named.member
    member.asked_role, member.asked_by, member.asked_at = Role.FOCAL_POINT, request.person.id, request.now
    member.version += 1
    request.session.add(member)
    await _note(request, member, "focal point named", {"asked_role": None}, {"asked_role": Role.FOCAL_POINT})
    answering = named.focal[1] if named.focal else named.person
    args = {"group": member.group_id, "member": member.id, "version": member.version}
    question = views.confirm_focal_point(name, side, request.here().name, args)
    asked = Private(answering.id, question, group_id=member.group_id, otherwise=question)
    return says(Answer(views.named_focal_point(name, side, answering.name)), asked)


async def accept(request: Request) -> Reply:
    """The side says yes: its present focal point, or the person named where there is none. Raises NotYours."""
    named = await _answered(request)
    if _settled(request, named.member):
        return _state(named)
    effects: list[Effect] = []
    if named.focal is not None:
        await _become(request, named.focal[0], Role.MEMBER, "focal point replaced")
    await _become(request, named.member, Role.FOCAL_POINT, "focal point confirmed")
    said = views.is_focal_point(named.person.name, named.side.name)
    if request.heard.private:
        effects.append(Post(named.member.group_id, said))
    if named.person.id != request.person.id:
        told = views.your_post(Role.FOCAL_POINT, named.side.name, request.here().name)
        effects.append(Private(named.person.id, told, group_id=named.member.group_id))
    return says(Edit(said), *effects)


async def decline(request: Request) -> Reply:
    """The side says no: everything stays as it was, and whoever named him is told."""
    named = await _answered(request)
    if _settled(request, named.member):
        return _state(named)
    asked_by = named.member.asked_by
    memberships.become(named.member, named.member.role)
    request.session.add(named.member)
    await _note(request, named.member, "focal point declined", {"asked_role": Role.FOCAL_POINT}, {"asked_role": None})
    said = views.not_focal_point(named.person.name, named.side.name)
    told = [Private(asked_by, said, group_id=named.member.group_id)] if asked_by else []
    return says(Edit(said), *told)


async def alternate(request: Request) -> Reply:
    """/alternate @person: the focal point names him on his own side; a coordinator while it has no focal point."""
    named = await _named(request, "alternate")
    act = Act.NAME_ALTERNATE
    if named.focal is None and request.membership is not None and request.membership.side_id is None:
        act = Act.NAME_ALTERNATE_OF_VACANT_SIDE
    await may(request, act, side_id=named.side.id)
    name, side = named.person.name, named.side.name
    if named.member.role is Role.FOCAL_POINT:
        raise HasThePost(name=name)
    said = views.is_alternate(name, side)
    if named.member.role is Role.ALTERNATE:
        return says(Answer(said))
    before = await people.holder(request.session, named.side.group_id, named.side.id, Role.ALTERNATE)
    if before is not None:
        await _become(request, before[0], Role.MEMBER, "alternate replaced")
    await _become(request, named.member, Role.ALTERNATE, "alternate named")
    told = views.your_post(Role.ALTERNATE, side, request.here().name)
    posted = [Post(named.side.group_id, said)] if request.heard.private else []
    return says(Answer(said), Private(named.person.id, told, group_id=named.side.group_id), *posted)


async def _named(request: Request, command: str) -> Named:
    member, person = await members.named(request, command)
    if member.side_id is None or member.role not in SPEAKING:
        raise NotOfASide(name=person.name)
    return await _with_side(request, member, person, member.side_id)


async def _with_side(request: Request, member: Membership, person: Person, side_id: int) -> Named:
    side = await request.session.get_one(Side, side_id)
    focal = await people.holder(request.session, member.group_id, side_id, Role.FOCAL_POINT)
    return Named(member, person, side, focal)


async def _answered(request: Request) -> Named:
    """The naming that a button is about, once the presser's right to answer it is clear."""
    member = await memberships.get(request.session, request.args["member"])
    if member is None or member.group_id != request.here().id or member.side_id is None:
        raise StaleButton
    named = await _with_side(request, member, await people.get(request.session, member.person_id), member.side_id)
    # A side that has a focal point answers through him: being named is then no voice of one's own.
    owners = {member.person_id} if named.focal is None or member.role is Role.FOCAL_POINT else set[int]()
    await may(request, Act.ACCEPT_FOCAL_POINT, side_id=member.side_id, owners=owners, asked_at=member.asked_at)
    return named


def _settled(request: Request, member: Membership) -> bool:
    waits = member.asked_role is Role.FOCAL_POINT and member.standing is Standing.ACTIVE
    return not waits or member.version != request.args.get("version")


def _state(named: Named) -> Reply:
    said = views.is_focal_point if named.member.role is Role.FOCAL_POINT else views.not_focal_point
    return says(Edit(said(named.person.name, named.side.name)))


async def _become(request: Request, member: Membership, role: Role, change: str) -> None:
    before = {"role": member.role}
    memberships.become(member, role)
    request.session.add(member)
    await _note(request, member, change, before, {"role": role})


async def _note(request: Request, member: Membership, change: str, before: Roles, after: Roles) -> None:
    await journal.append(
        request.session,
        request.cause,
        subject=Subject.MEMBERSHIP,
        subject_id=member.id,
        group_id=member.group_id,
        change=change,
        before=before,
        after=after,
    )
