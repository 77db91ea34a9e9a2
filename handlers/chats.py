"""What happens to chats: the bot comes and goes, a group becomes a supergroup, somebody leaves."""

from datetime import datetime, timedelta
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import working
from handlers.heard import BotMoved, ChatMoved, PersonLeft
from handlers.language import language_of
from handlers.reply import Effect, LeaveChat, Post, Private, Tell
from handlers.request import BotSelf
from handlers.views import chats as views
from storage import chats, groups, journal, people
from storage.journal import Cause
from storage.kinds import ChatKind, Standing, Subject
from storage.tables import Membership

PATIENCE = timedelta(minutes=10)
"""How long the bot stays in a chat that nobody binds."""

Effects = tuple[Effect, ...]


async def noticed(
    session: AsyncSession, happened: BotMoved | ChatMoved | PersonLeft, bot: BotSelf, now: datetime
) -> Effects:
    """Act on what happened to a chat."""
    match happened:
        case ChatMoved():
            return await _chat_moved(session, happened, now)
        case PersonLeft():
            return await _person_left(session, happened, now)
        case BotMoved(chat_kind=ChatKind.PRIVATE):
            return await _private_route(session, happened, now)
        case BotMoved(present=True):
            return await _came_in(session, happened, bot, now)
        case BotMoved():
            return await _put_out(session, happened, now)


async def _chat_moved(session: AsyncSession, moved: ChatMoved, now: datetime) -> Effects:
    if await chats.migrate(session, moved.old_id, moved.new_id):
        cause = Cause(now, update_id=moved.update_id, chat_id=moved.new_id)
        await journal.append(
            session,
            cause,
            subject=Subject.CHAT,
            subject_id=moved.new_id,
            change="chat moved",
            before={"id": moved.old_id},
        )
    return ()


async def _private_route(session: AsyncSession, moved: BotMoved, now: datetime) -> Effects:
    person = await people.by_telegram(session, moved.sender.telegram_id)
    if person is not None:
        person.private_open, person.closed_since = moved.present, None if moved.present else now
        session.add(person)
    return ()


async def _came_in(session: AsyncSession, moved: BotMoved, bot: BotSelf, now: datetime) -> Effects:
    chat = await groups.chat(
        session, chat_id=moved.chat_id, bot_id=bot.bot_id, kind=moved.chat_kind, title=moved.title, at=now
    )
    bound = await chats.gone(session, moved.chat_id, None)
    if bound:
        return ()
    adder = await people.by_telegram(session, moved.sender.telegram_id)
    chat.language = moved.sender.language if adder is None else await language_of(session, adder, None)
    chat.leave_at = now + PATIENCE
    session.add(chat)
    return (Tell(moved.chat_id, views.waits_for_code),)


async def _put_out(session: AsyncSession, moved: BotMoved, now: datetime) -> Effects:
    told: list[Effect] = []
    for group_id in await chats.gone(session, moved.chat_id, now):
        group = await groups.get(session, group_id)
        view = partial(views.put_out, group.name)
        told += [Private(p.id, view, group_id=group_id) for _, p in await people.coordinators(session, group_id)]
    return tuple(told)


async def _person_left(session: AsyncSession, left: PersonLeft, now: datetime) -> Effects:
    """Who leaves the chat leaves the working group: nothing more is sent to him."""
    person = await people.by_telegram(session, left.telegram_id)
    room = await groups.room_of(session, left.chat_id, 0)
    member = None if person is None or room is None else await people.active(session, person.id, room.group_id)
    if person is None or member is None:
        return ()
    await _end(session, member, left, now)
    group = await groups.get(session, member.group_id)
    view = partial(views.person_left, person.name, group.name)
    others = [p for _, p in await people.coordinators(session, group.id) if p.id != person.id]
    return tuple(Private(other.id, view, group_id=group.id) for other in others)


async def _end(session: AsyncSession, member: Membership, left: PersonLeft, now: datetime) -> None:
    member.standing, member.until, member.version = Standing.LEFT, now, member.version + 1
    session.add(member)
    await journal.append(
        session,
        Cause(now, actor_id=member.person_id, update_id=left.update_id, chat_id=left.chat_id),
        subject=Subject.MEMBERSHIP,
        subject_id=member.id,
        group_id=member.group_id,
        change="left the chat",
        after={"standing": Standing.LEFT},
    )


async def leave_strangers(session: AsyncSession, now: datetime) -> Effects:
    """Go out of the chats that nobody bound in time."""
    left: list[Effect] = []
    for chat in await groups.overdue_strangers(session, now):
        chat.leave_at, chat.gone_at = None, now
        session.add(chat)
        left += [Tell(chat.id, views.goes_out), LeaveChat(chat.id)]
    return tuple(left)


async def was_restored(session: AsyncSession, since: datetime, until: datetime) -> Effects:
    """The records were put back to an earlier moment: every group is told, with the two times."""
    told: list[Effect] = []
    for group in await groups.all_of(session):
        view = partial(views.was_restored, since, until, await working.cities(session, group.id))
        told.append(Post(group.id, view, key=f"restored:{group.id}:{until.isoformat()}"))
    return tuple(told)


async def was_away(session: AsyncSession, since: datetime, until: datetime) -> Effects:
    """After more than a day Telegram has dropped updates: every group is told, with the two times."""
    told: list[Effect] = []
    for group in await groups.all_of(session):
        view = partial(views.was_away, since, until, await working.cities(session, group.id))
        told.append(Post(group.id, view, key=f"away:{group.id}:{since.isoformat()}"))
    return tuple(told)
