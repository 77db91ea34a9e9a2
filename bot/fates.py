"""What follows when Telegram refuses a call, or when nobody knows what became of it."""

import logging
from datetime import datetime, timedelta
from random import Random
from typing import Any

from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import paper
from bot.limiter import Limiter
from bot.telegram_errors import Fate, Outcome, backoff
from handlers import delivering
from handlers.rules.text import MESSAGE_LIMIT, clip
from storage import chats, groups, leases, outbox
from storage.kinds import ChatKind
from storage.tables import Card, Outbox

log = logging.getLogger(__name__)
TRIES = 8
"""After so many failures of an unknown kind a call is given up."""
AT_ONCE = timedelta(0)


async def settle(session: AsyncSession, call: Outbox, outcome: Outcome, now: datetime, limiter: Limiter) -> None:
    """Mark the call by its fate: made after all, tried again, said in another way, or given up."""
    match outcome.fate:
        case Fate.SENT:
            await delivering.made(session, call, now, None)
        case Fate.RETRY_AT if outcome.wait is not None:
            await _hold(session, call, now, now + outcome.wait, limiter)
        case Fate.RETRY_AT | Fate.NOT_SENT | Fate.CONFLICT | Fate.REVOKED:
            outbox.put_back(call, now + _wait(call), outcome.fate)
        case Fate.AMBIGUOUS:
            _send_once_more(call, now)
        case Fate.MIGRATED:
            await _follow(session, call, outcome.new_chat_id, now)
        case Fate.GONE:
            await _without_message(session, call, now)
        case Fate.NO_THREAD:
            _without(call, "message_thread_id", now, outcome.fate)
        case Fate.NO_REPLY:
            _without(call, "reply_parameters", now, outcome.fate)
        case Fate.BAD_MARKUP | Fate.TOO_LONG:
            _as_plain_text(call, now, outcome.fate)
        case Fate.CLOSED:
            await _closed(session, call, now)
        case Fate.NO_RIGHTS | Fate.NO_FILE:
            await _otherwise(session, call, now, outcome.fate)
        case Fate.TOO_LATE:
            outbox.mark_failed(call, outcome.fate)
        case Fate.UNKNOWN:
            await _unknown(session, call, now)
    session.add(call)


def held_mark(bot_id: int) -> str:
    """The name of the moment until which Telegram wants to hear nothing from this bot."""
    return f"held:{bot_id}"


def _wait(call: Outbox) -> timedelta:
    return backoff(call.tries, Random(f"{call.id}:{call.tries}"))


async def _hold(session: AsyncSession, call: Outbox, now: datetime, until: datetime, limiter: Limiter) -> None:
    """A 429 holds back this chat, or all of them; the moment is stored, so that a restart does not send early."""
    outbox.put_back(call, until, Fate.RETRY_AT)
    if call.chat_id is None:
        await _hold_all(session, call.bot_id, until, limiter)
        return
    kind = ChatKind.PRIVATE if call.chat_id > 0 else ChatKind.SUPERGROUP
    chat = await groups.chat(session, chat_id=call.chat_id, bot_id=call.bot_id, kind=kind, title="", at=call.created_at)
    chat.hold_until = until
    session.add(chat)
    limiter.hold(call.chat_id, until)
    everywhere = limiter.floods.refused(call.chat_id, now, until)
    if everywhere is not None:
        await _hold_all(session, call.bot_id, everywhere, limiter)


async def _hold_all(session: AsyncSession, bot_id: int, until: datetime, limiter: Limiter) -> None:
    """The limit over all was met."""
    limiter.hold_all(until)
    mark = held_mark(bot_id)
    await leases.mark(session, mark, max(until, await leases.marked(session, mark) or until))


def _send_once_more(call: Outbox, now: datetime) -> None:
    """It may have arrived: a repeat is possible once, and counted."""
    if call.ambiguous:
        outbox.mark_failed(call, Fate.AMBIGUOUS)
    else:
        outbox.put_back(call, now + _wait(call), Fate.AMBIGUOUS, ambiguous=True)


async def _follow(session: AsyncSession, call: Outbox, new_id: int | None, now: datetime) -> None:
    outbox.put_back(call, now, Fate.MIGRATED)
    if call.chat_id is not None and new_id is not None:
        await chats.migrate(session, call.chat_id, new_id)


async def _without_message(session: AsyncSession, call: Outbox, now: datetime) -> None:
    card = None if call.card_id is None else await session.get(Card, call.card_id)
    if card is None:
        outbox.mark_failed(call, Fate.GONE)
        return
    delivering.show_anew(call, card)
    outbox.put_back(call, now, Fate.GONE)


def _without(call: Outbox, name: str, now: datetime, why: Fate) -> None:
    """Send again without the part Telegram does not find."""
    if name not in call.payload:
        outbox.mark_failed(call, why)
        return
    call.payload = {key: value for key, value in call.payload.items() if key != name}
    outbox.put_back(call, now, why)


def _as_plain_text(call: Outbox, now: datetime, why: Fate) -> None:
    """Our own renderer made something Telegram does not read: said once in plain text, and told to the operator."""
    log.error("call %s was refused as %s", call.id, why)
    if "parse_mode" not in call.payload:
        outbox.mark_failed(call, why)
        return
    payload: dict[str, Any] = {name: value for name, value in call.payload.items() if name != "parse_mode"}
    for part, limit in (("text", MESSAGE_LIMIT), ("caption", paper.CAPTION_LIMIT)):
        if part in payload:
            payload[part] = clip(paper.plain(Markup(payload[part])), limit)
    call.payload = payload
    outbox.put_back(call, now, why)


async def _closed(session: AsyncSession, call: Outbox, now: datetime) -> None:
    await delivering.route_closed(session, call, now)
    await _otherwise(session, call, now, Fate.CLOSED)


async def _otherwise(session: AsyncSession, call: Outbox, now: datetime, why: Fate) -> None:
    """Said in the other way, if there is one."""
    await delivering.fall_back(session, call, now)
    outbox.mark_failed(call, why)


async def _unknown(session: AsyncSession, call: Outbox, now: datetime) -> None:
    log.error("call %s (%s) met an unknown refusal, try %d", call.id, call.method, call.tries)
    if call.tries >= TRIES:
        await _otherwise(session, call, now, Fate.UNKNOWN)
    else:
        outbox.put_back(call, now + _wait(call), Fate.UNKNOWN)
