"""What a call means for the records: whether it is still wanted, and what follows from its fate."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import bundles, meeting_reminders
from storage import groups, outbox, people
from storage.claiming import Leaving
from storage.outbox import Call
from storage.tables import Card, Outbox, Person


async def still_wanted(session: AsyncSession, call: Leaving, now: datetime) -> bool:
    """Whether this may be said at this moment: its reader is still in the group, its room still the group's.

    A call that is not is withdrawn. An edit learns here which message shows its card by now.
    """
    why_not = await _why_not(session, call, now)
    if why_not:
        outbox.mark_withdrawn(await session.get_one(Outbox, call.id), why_not)
    return not why_not


async def _why_not(session: AsyncSession, call: Leaving, now: datetime) -> str:
    if not await _reader_belongs(session, call):
        return "not a member any more"
    if not await bundles.still_true(session, call, now) or not await meeting_reminders.still_wanted(session, call, now):
        return "answered, or no time to tell"
    if call.method == "editMessageText" and call.card_id is not None:
        return await _find_message(session, call)
    return ""


async def _reader_belongs(session: AsyncSession, call: Leaving) -> bool:
    if call.group_id is None:
        return True
    if call.person_id is not None and await people.active(session, call.person_id, call.group_id) is None:
        return False
    if call.chat_id is not None and call.chat_id < 0:
        return any(room.chat_id == call.chat_id for room in await groups.rooms(session, call.group_id))
    return True


async def _find_message(session: AsyncSession, call: Leaving) -> str:
    card = await session.get(Card, call.card_id)
    if card is None or call.chat_id != card.chat_id:
        return "the card is gone"
    if card.message_id is None:
        row = await session.get_one(Outbox, call.id)
        show_anew(row, card)
        call.method, call.payload = row.method, row.payload
    else:
        call.payload = call.payload | {"message_id": card.message_id}
    return ""


def show_anew(call: Outbox, card: Card) -> None:
    """The message of a card is gone: its newest face is posted instead of edited."""
    card.message_id = None
    call.method = "sendMessage"
    call.payload = {name: value for name, value in call.payload.items() if name != "message_id"}
    if card.thread_id:
        call.payload = call.payload | {"message_thread_id": card.thread_id}


async def made(session: AsyncSession, call: Outbox, now: datetime, message_id: int | None) -> None:
    """The call arrived; a card learns its message."""
    if call.card_id is not None and call.method == "sendMessage" and message_id is not None:
        card = await session.get(Card, call.card_id)
        if card is not None:
            card.message_id = message_id
            session.add(card)
    outbox.mark_sent(call, now, message_id)
    session.add(call)


async def route_closed(session: AsyncSession, call: Outbox, now: datetime) -> None:
    """Nobody is behind this chat any more: the private route is closed, or the group's chat is."""
    if call.chat_id is not None and call.chat_id < 0:
        chat = await groups.chat_known(session, call.chat_id)
        if chat is not None:
            chat.gone_at = now
            session.add(chat)
        return
    person = await _private_reader(session, call)
    if person is not None:
        person.private_open, person.closed_since = False, now
        session.add(person)
    await bundles.take_back(session, call, now)


async def _private_reader(session: AsyncSession, call: Outbox) -> Person | None:
    query = select(Person).where(col(Person.telegram_id) == call.chat_id)
    return (await session.exec(query)).first()


async def fall_back(session: AsyncSession, call: Outbox, now: datetime) -> bool:
    """Owe the other call instead; False when there is none. To a person: a mention in the same group."""
    other = call.fallback
    if other is None:
        return False
    row = Call(
        bot_id=call.bot_id,
        key=f"{call.key}:otherwise",
        method=other["method"],
        payload=other["payload"],
        chat_id=other["payload"].get("chat_id"),
        group_id=call.group_id,
        person_id=call.person_id,
        priority=call.priority,
        created_at=now,
    )
    return await outbox.put(session, row)
