"""From what was heard to the handler that answers it: who asks, about which group, by which route."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.presses import PRESSES
from bot.routes import COMMANDS, DIALOGUES, EDITED, NUMBERED, Command, Where
from handlers import edits
from handlers.heard import Heard
from handlers.refusals import (
    AnonymousSender,
    FileUnasked,
    InNoGroup,
    NoGroupHere,
    NotAMember,
    NotConfirmedYet,
    NotHeard,
    NotUnderstood,
    OnlyInGroups,
    OnlyInPrivate,
    Refusal,
    StaleButton,
    WhichGroup,
    WhichQuestion,
)
from handlers.reply import Reply, says
from handlers.request import BotSelf, Handler, Request
from handlers.views import refusals
from storage import dialogues, groups, journal, outbox, people
from storage.crashing import point
from storage.kinds import Standing
from storage.tables import Dialogue, Membership, Person, Room, WorkingGroup

BY_NAME = {command.name: command for command in COMMANDS}
FOR_EVERYBODY = {"help", "privacy"}
SPOKEN = {"voice", "video_note"}
JUST_ASKED = timedelta(hours=1)
"""So long what somebody writes in private is taken for the answer to what he was asked in a group."""
NUMBERED_COMMAND = re.compile(rf"([{''.join(NUMBERED)}])(\d{{1,9}})([a-z]?)")


Answered = tuple[Reply, int | None]
"""What is replied, and the id of the group it is about."""
NOTHING: Answered = (Reply(), None)


async def answer(session: AsyncSession, heard: Heard, bot: BotSelf, now: datetime) -> Answered:
    """Run the handler for one thing heard. Raises Refusal; nothing to say is an empty reply."""
    if heard.sender.anonymous:
        return await _to_a_mask(session, heard, bot, now)
    request = await _request(session, heard, bot, now)
    point("answering.asked")
    try:
        return await _by_kind(request)
    except NotAMember as refusal:
        if await _waits_to_join(request):
            raise NotConfirmedYet from refusal
        raise


async def _waits_to_join(request: Request) -> bool:
    if request.group is None:
        return False
    member = await people.membership(request.session, request.person.id, request.group.id)
    return member is not None and member.standing is Standing.ASKED


async def _by_kind(request: Request) -> Answered:
    heard = request.heard
    if heard.edited:
        return await _edited(request)
    if heard.press is not None:
        return await _press(request)
    if heard.command:
        return await _command(request)
    return await _typed(request)


async def _edited(request: Request) -> Answered:
    """A changed command never runs again; who had a record made of it is asked about that record, aside.

    Of other commands only those are spoken about that had done nothing, such as one that was misspelt.
    """
    command = request.heard.command
    group_id = await journal.group_of_message(request.session, request.cause)
    about = await _about(request, group_id)
    handler = EDITED.get(command)
    if handler is None and group_id is None and (command in BY_NAME or NUMBERED_COMMAND.fullmatch(command)):
        handler = edits.unread
    if handler is None or about.membership is None:
        return NOTHING
    try:
        return await _run(handler, about)
    except Refusal as refusal:
        return says(edits.aside(about, refusals.sentence(refusal))), about.here().id


async def _run(handler: Handler, request: Request) -> Answered:
    return await handler(request), None if request.group is None else request.group.id


async def _to_a_mask(session: AsyncSession, heard: Heard, bot: BotSelf, now: datetime) -> Answered:
    """An anonymous admin, a channel or a bot may read the help; nothing is done or stored for it."""
    route = BY_NAME.get(heard.command)
    if route is None or heard.edited:
        return NOTHING
    if route.name not in FOR_EVERYBODY:
        raise AnonymousSender
    nobody = Person(id=0, name="", created_at=now)
    return await route.handler(Request(session, now, heard, nobody, bot)), None


async def _request(session: AsyncSession, heard: Heard, bot: BotSelf, now: datetime) -> Request:
    person = await _meet(session, heard, now)
    point("answering.met")
    room, group = await _group(session, heard, person)
    member = None if group is None else await people.active(session, person.id, group.id)
    return Request(session, now, heard, person, bot, group=group, membership=member, room=room)


async def _meet(session: AsyncSession, heard: Heard, now: datetime) -> Person:
    sender = heard.sender
    person = await people.meet(
        session,
        telegram_id=sender.telegram_id,
        name=sender.name,
        username=sender.username,
        language=sender.language,
        at=now,
    )
    if heard.private and not person.private_open:
        person.private_open, person.closed_since = True, None
        session.add(person)
    return person


async def _group(session: AsyncSession, heard: Heard, person: Person) -> tuple[Room | None, WorkingGroup | None]:
    """The group of the room; in private the one the person chose, or the only one he is in."""
    if not heard.private:
        room = await groups.room_of(session, heard.chat_id, heard.thread_id)
        return room, None if room is None else await groups.hold(session, room.group_id)
    mine = await people.groups_of(session, person.id)
    chosen = person.current_group_id if person.current_group_id in mine else None
    only = next(iter(mine)) if len(mine) == 1 else None
    group_id = chosen or only
    return None, None if group_id is None else await groups.hold(session, group_id)


async def _press(request: Request) -> Answered:
    press = request.heard.press
    assert press is not None, "only presses come here"
    meaning = await dialogues.meaning(request.session, press.token, request.heard.chat_id)
    if meaning is None:
        raise StaleButton
    return await _pressed(request, *meaning)


async def _pressed(request: Request, name: str, args: dict[str, Any]) -> Answered:
    handler = PRESSES.get(name)
    if handler is None:
        raise StaleButton
    return await _run(handler, replace(await _about(request, args.get("group")), args=args))


async def _about(request: Request, group_id: int | None) -> Request:
    """The same request about the group a private button names, if the person is still in it."""
    if group_id is None or not request.heard.private:
        return request
    group = await groups.hold(request.session, group_id)
    member = await people.active(request.session, request.person.id, group_id)
    return replace(request, group=group, membership=member)


async def _command(request: Request) -> Answered:
    heard = request.heard
    if heard.command == "start" and heard.words:
        meaning = await dialogues.meaning(request.session, heard.words, 0)
        if meaning is not None:
            return await _pressed(request, *meaning)
    if heard.command != "cancel":  # any new command leaves a dialogue
        await dialogues.end(request.session, request.person.id, heard.chat_id)
    numbered = NUMBERED_COMMAND.fullmatch(heard.command)
    if numbered is not None and numbered[1] in NUMBERED:
        return await _numbered(request, numbered)
    route = BY_NAME.get(heard.command)
    if route is None:
        return _unknown(heard)
    await _check(request, route)
    return await _run(route.handler, request)


async def _numbered(request: Request, found: re.Match[str]) -> Answered:
    await _check(request, Command(found[1], NUMBERED[found[1]]))
    args = {"number": int(found[2]), "part": ord(found[3]) - ord("a") + 1 if found[3] else 0}
    return await _run(NUMBERED[found[1]], replace(request, args=args))


def _unknown(heard: Heard) -> Answered:
    """In a group a command nobody knows may be meant for another bot."""
    if not heard.private:
        return NOTHING
    kinds = {each.kind for each in heard.attachments}
    if kinds & SPOKEN:
        raise NotHeard
    raise FileUnasked if kinds - {"link"} and not heard.command else NotUnderstood


async def _check(request: Request, route: Command) -> None:
    here = Where.PRIVATE if request.heard.private else Where.GROUP
    if here not in route.where:
        raise OnlyInGroups if here is Where.PRIVATE else OnlyInPrivate(link=request.bot.link("hello"))
    if route.needs_group and request.group is None:
        raise await _no_group(request)
    if route.members and route.needs_group and request.membership is None:
        raise NotAMember


async def _no_group(request: Request) -> Exception:
    mine: list[Membership] = await people.memberships(request.session, request.person.id)
    if request.heard.private and not mine and await people.waits(request.session, request.person.id):
        return NotConfirmedYet()
    if not request.heard.private:
        return NoGroupHere()
    if not mine:
        return InNoGroup()
    named = [(m.group_id, (await groups.get(request.session, m.group_id)).name) for m in mine]
    return WhichGroup(groups=named)


async def _typed(request: Request) -> Answered:
    """Plain words are the answer to a question, if one was asked here."""
    asked = await _question(request)
    if asked is None or not await _answers(request, asked):
        return _unknown(request.heard)
    handler: Handler | None = DIALOGUES.get(asked.kind)
    await dialogues.end(request.session, request.person.id, asked.chat_id)
    if handler is None:
        raise StaleButton
    about = request if asked.group_id is None else await _about(request, asked.group_id)
    return await _run(handler, replace(about, args=dict(asked.args)))


async def _question(request: Request) -> Dialogue | None:
    """The question that was asked here; in private also the only one that was asked in a group within the last hour.

    Raises WhichQuestion where several were.
    """
    heard, person_id = request.heard, request.person.id
    here = await dialogues.open_with(request.session, person_id, heard.chat_id, request.now)
    if here is not None or not heard.private:
        return here
    elsewhere = await dialogues.all_open(request.session, person_id, request.now, within=JUST_ASKED)
    if len(elsewhere) > 1:
        raise WhichQuestion
    return next(iter(elsewhere), None)


async def _answers(request: Request, asked: Dialogue) -> bool:
    """In a group only a reply to the question itself is its answer."""
    if request.heard.private:
        return True
    reply_to = request.heard.reply_to
    prompt = await outbox.message_of(request.session, f"{request.heard.bot_id}:{asked.prompt_key}")
    return reply_to is not None and reply_to.message_id == prompt
