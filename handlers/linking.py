"""A chat or a topic becomes the room of a working group, or stops being it."""

from dataclasses import replace
from typing import Any

from handlers.chats import PATIENCE
from handlers.permission import may
from handlers.refusals import (
    AlreadyLinked,
    BadCode,
    NoGroupHere,
    NotForYouToLink,
    NothingWritten,
    NotYours,
    OnlyInGroups,
    StaleButton,
)
from handlers.reply import Answer, Edit, Reply, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.views import linking as views
from storage import founding, groups, journal, linking, people
from storage.kinds import CodeKind, Subject
from storage.tables import BindingCode, Room, WorkingGroup


async def link(request: Request) -> Reply:
    """/link CODE: a coordinator binds this chat or topic; the first time, before there is one, whoever has the code.

    Binding gives nobody a right. Raises OnlyInGroups, NothingWritten, BadCode, AlreadyLinked, NotForYouToLink.
    """
    if request.heard.private:
        raise OnlyInGroups
    if not request.words:
        raise NothingWritten(command="link")
    code = await _code(request)
    group = await groups.get(request.session, code.group_id)
    await _unbound_so_far(request, group)
    await _may_link(request, group)
    room = await _bind(request, group)
    await _note(request, room, "chat linked", topic=room.thread_id != 0)
    return says(Answer(views.linked(group.name, request.bot.link("hello"))))


async def _code(request: Request) -> BindingCode:
    code = await founding.use_code(
        request.session, request.words, kinds=(CodeKind.GROUP,), at=request.now, by=request.person.id
    )
    if code is None:
        await _not_twice(request)
        raise BadCode
    return code


async def _not_twice(request: Request) -> None:
    """Raises AlreadyLinked where the asker bound this very chat with this code."""
    used = await founding.used_code(request.session, request.words, kind=CodeKind.GROUP, by=request.person.id)
    if used is not None and request.group is not None and request.group.id == used.group_id:
        raise AlreadyLinked(group=request.group.name)


async def _unbound_so_far(request: Request, group: WorkingGroup) -> None:
    """A topic may be bound apart from its chat, but not to the group the chat belongs to anyway."""
    heard = request.heard
    exact = await linking.bound_exactly(request.session, heard.chat_id, heard.thread_id)
    around = await groups.room_of(request.session, heard.chat_id, heard.thread_id)
    if exact is not None or (around is not None and around.group_id == group.id):
        bound = exact or around
        assert bound is not None
        raise AlreadyLinked(group=(await groups.get(request.session, bound.group_id)).name)


async def _may_link(request: Request, group: WorkingGroup) -> None:
    session = request.session
    if not await people.coordinators(session, group.id) and not await linking.has_room(session, group.id):
        return
    member = await people.active(session, request.person.id, group.id)
    try:
        await may(replace(request, group=group, membership=member), Act.LINK)
    except NotYours as refusal:
        raise NotForYouToLink from refusal


async def _bind(request: Request, group: WorkingGroup) -> Room:
    heard = request.heard
    chat = await groups.chat(
        request.session,
        chat_id=heard.chat_id,
        bot_id=heard.bot_id,
        kind=heard.chat_kind,
        title=heard.chat_title,
        at=request.now,
    )
    return await linking.bind(
        request.session, chat=chat, thread_id=heard.thread_id, group_id=group.id, by=request.person.id, at=request.now
    )


async def unlink(request: Request) -> Reply:
    """/unlink: a coordinator asks that this chat stop being a room of the group; a focal point confirms."""
    if request.heard.private:
        raise OnlyInGroups
    group, room = request.here(), request.room
    if room is None:
        raise NoGroupHere
    await may(request, Act.UNLINK)
    await _note(request, room, "unlinking asked")
    return says(Answer(views.confirm(group.name, _meaning(room))))


async def confirm(request: Request) -> Reply:
    """A focal point confirms: the chat is separated, and the bot leaves it unless it is bound again in time."""
    room = await _meant(request)
    await may(request, Act.CONFIRM_UNLINK)
    group = request.here()
    await _note(request, room, "chat unlinked")
    leaves = await linking.unbind(request.session, room, leave_at=request.now + PATIENCE)
    return says(Edit(views.unlinked(group.name, leaves=leaves)))


async def keep(request: Request) -> Reply:
    """Whoever may ask or confirm says that the chat stays where it is."""
    room = await _meant(request)
    member = request.mine()
    await may(request, Act.UNLINK if member.side_id is None else Act.CONFIRM_UNLINK)
    await _note(request, room, "unlinking declined")
    return says(Edit(views.kept(request.here().name)))


async def _meant(request: Request) -> Room:
    """The room of the button, as it was bound then: ids of rooms are used again after a room is gone."""
    room = request.room
    if room is None or _meaning(room) != {name: request.args.get(name) for name in ("room", "bound")}:
        raise StaleButton
    return room


def _meaning(room: Room) -> dict[str, Any]:
    return {"room": room.id, "bound": int(room.bound_at.timestamp())}


async def _note(request: Request, room: Room, change: str, **after: Any) -> None:
    await journal.append(
        request.session,
        request.cause,
        subject=Subject.CHAT,
        subject_id=room.id,
        group_id=room.group_id,
        change=change,
        after=after,
    )
