"""Becoming a member: somebody says which side he is on, and that side or a coordinator confirms."""

from handlers import members
from handlers.permission import may, stands_in
from handlers.refusals import OnlyInGroups, StaleButton
from handlers.reply import Answer, Edit, Effect, Post, Private, Reply, Toast, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.views import joining as views
from storage import journal, memberships, people
from storage.kinds import Role, Standing, Subject
from storage.tables import Membership, Person


async def choose(request: Request) -> Reply:
    """/join: which side is he on? In a group the same buttons serve everybody who reads them."""
    group = request.here()
    await may(request, Act.JOIN)
    if request.membership is not None:
        return await _already(request, request.membership)
    if request.heard.private:
        raise OnlyInGroups
    names = await members.place_names(request.session, group.id)
    view = views.choose_side(group.name, [(side_id or 0, name) for side_id, name in names.items() if name])
    return says(Edit(view) if request.heard.press else Answer(view))


async def ask(request: Request) -> Reply:
    """The side is chosen (0: the supporting organisation): those who may confirm are asked."""
    group = request.here()
    await may(request, Act.JOIN)
    if request.membership is not None:
        return await _already(request, request.membership)
    side_id = request.args.get("side") or None
    place = (await members.place_names(request.session, group.id)).get(side_id)
    if not place or request.heard.private:
        raise StaleButton
    confirming = await _confirming(request, side_id)
    said = views.asked(place, [person.name for person in confirming])
    before = await people.membership(request.session, request.person.id, group.id)
    if before is not None and before.standing is Standing.ASKED and before.side_id == side_id:
        return says(Toast(said, alert=True))
    member = await _write(request, side_id, before)
    return says(Toast(said, alert=True), *_questions(request, member, place, confirming))


async def _already(request: Request, member: Membership) -> Reply:
    place = (await members.place_names(request.session, member.group_id))[member.side_id]
    view = views.already(request.here().name, place)
    return says(Toast(view) if request.heard.press else Answer(view))


async def _write(request: Request, side_id: int | None, before: Membership | None) -> Membership:
    was = before.standing if before else None
    member = await memberships.ask(
        request.session,
        person_id=request.person.id,
        group_id=request.here().id,
        side_id=side_id,
        role=Role.OBSERVER if side_id is None else Role.MEMBER,
        at=request.now,
    )
    await _note(request, member, "asked to join", was)
    return member


async def _confirming(request: Request, side_id: int | None) -> list[Person]:
    """Who may confirm: the side's focal point, the alternate while he stands in, the coordinators.

    Those whom a private message reaches come first.
    """
    group_id = request.here().id
    found: list[Person] = []
    if side_id is not None:
        acting = await stands_in(request, side_id, None)
        roles = {Role.FOCAL_POINT, Role.ALTERNATE} if acting else {Role.FOCAL_POINT}
        side = await people.members(request.session, group_id, side_id=side_id)
        found += [person for member, person in side if member.role in roles]
    found += [person for _, person in await people.coordinators(request.session, group_id)]
    return sorted(found, key=lambda person: not person.private_open)


def _questions(request: Request, member: Membership, place: str, confirming: list[Person]) -> list[Effect]:
    """A question to everybody who may confirm; in the group it is asked once, and only if the first is not reached."""
    args = {"group": member.group_id, "member": member.id, "version": member.version}
    view = views.confirm(request.person.name, place, request.here().name, args)
    return [
        Private(person.id, view, group_id=member.group_id, otherwise=None if number else view)
        for number, person in enumerate(confirming)
    ]


async def confirm(request: Request) -> Reply:
    """Somebody who may says yes: the person is a member and is greeted in private."""
    member, person, place = await _meant(request)
    if _chosen_again(request, member):
        return says(Edit(views.chosen_again(person.name, place)))
    await may(request, Act.CONFIRM_JOIN, side_id=member.side_id)
    if _settled(request, member):
        return says(Edit(views.settled(person.name, place, joined=member.standing is Standing.ACTIVE)))
    memberships.settle(member, Standing.ACTIVE, request.now)
    person.current_group_id = person.current_group_id or member.group_id
    request.session.add_all([member, person])
    await _note(request, member, "joined", Standing.ASKED)
    joined = views.settled(person.name, place, joined=True)
    return says(Edit(joined), *_greetings(request, member, person, place))


def _greetings(request: Request, member: Membership, person: Person, place: str) -> list[Effect]:
    group, link = request.here().name, request.bot.link("hello")
    greeting = Private(
        person.id,
        views.welcome(person.name, group, place),
        group_id=member.group_id,
        otherwise=views.welcome_in_group(place, link),
    )
    if not (request.heard.private and person.private_open):
        return [greeting]
    # Confirmed and greeted in private: the group hears of it once.
    return [greeting, Post(member.group_id, views.settled(person.name, place, joined=True), silent=True)]


async def refuse(request: Request) -> Reply:
    """Somebody who may says no; the person may ask again."""
    member, person, place = await _meant(request)
    if _chosen_again(request, member):
        return says(Edit(views.chosen_again(person.name, place)))
    await may(request, Act.CONFIRM_JOIN, side_id=member.side_id)
    if not _settled(request, member):
        memberships.settle(member, Standing.REFUSED, request.now)
        request.session.add(member)
        await _note(request, member, "joining refused", Standing.ASKED)
    return says(Edit(views.settled(person.name, place, joined=member.standing is Standing.ACTIVE)))


def _chosen_again(request: Request, member: Membership) -> bool:
    """He waits, but not for what this question is about: another one, to whom it concerns now, has its place."""
    return member.standing is Standing.ASKED and member.version != request.args.get("version")


def _settled(request: Request, member: Membership) -> bool:
    return member.standing is not Standing.ASKED or member.version != request.args.get("version")


async def _meant(request: Request) -> tuple[Membership, Person, str]:
    member = await memberships.get(request.session, request.args["member"])
    if member is None or member.group_id != request.here().id:
        raise StaleButton
    person = await people.get(request.session, member.person_id)
    return member, person, (await members.place_names(request.session, member.group_id))[member.side_id]


async def _note(request: Request, member: Membership, change: str, was: Standing | None) -> None:
    await journal.append(
        request.session,
        request.cause,
        subject=Subject.MEMBERSHIP,
        subject_id=member.id,
        group_id=member.group_id,
        change=change,
        before={"standing": was},
        after={"standing": member.standing, "side": member.side_id, "role": member.role},
    )
