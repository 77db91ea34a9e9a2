"""Whether the running bot is well, read from its database alone: for a person, or a supervisor, to ask at any time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.backups import FAILED_MARK, MADE_MARK
from bot.clock import SystemClock
from bot.clock_watch import OFF
from bot.intake import STARTED_MARK, heard_mark
from bot.operating import records
from bot.operating.findings import Finding, Grade, fine, look, wrong
from bot.operating.preparing import NoDatabase, existing
from bot.settings import Settings
from bot.soundness import LOOKED, UNSOUND
from storage import health, leases
from storage.engine import Database
from storage.kinds import InboxState, OutboxState

MAX_AGE = timedelta(seconds=120)
"""What an answer, a poll or a tick may take."""
PATIENCE = timedelta(minutes=15)
"""What reminders may take longer: ten thousand at nine o'clock leave within seven minutes."""
DAY = timedelta(days=1)
BACKUP_AGE = timedelta(hours=3)
SOUND_AGE = timedelta(minutes=30)
MANY_TWICE = 25
"""So many messages of one day that perhaps came twice are a sickness of the way to Telegram."""


async def findings(settings: Settings, max_age: timedelta) -> list[Finding]:
    """One finding for each thing that may stand still; what is older than `max_age` is wrong."""
    try:
        async with existing(settings) as database:
            found = await of(database, settings, SystemClock().now(), max_age)
            if any(each.text.startswith("The schema") and each.grade is Grade.WRONG for each in found):
                return found
            async with database.reading() as session:
                return [*found, *await records.agreement(session)]
    except NoDatabase as error:
        return [wrong(f"There is no database at {error}: the bot has never run.")]
    except SQLAlchemyError as error:
        return [unreadable(error)]


def unreadable(error: SQLAlchemyError) -> Finding:
    """The database does not answer."""
    return wrong(f"The database cannot be read ({type(error).__name__}). Write: focalpoint check --offline")


async def of(database: Database, settings: Settings, now: datetime, max_age: timedelta = MAX_AGE) -> list[Finding]:
    """The same of an open database, without asking anew whether its records agree: that takes long when they are many.

    Raises SQLAlchemyError.
    """
    found = [*_room(settings), await records.schema(database)]
    if found[-1].grade is not Grade.OK:
        return [*found[:-1], wrong(found[-1].text)]
    async with database.reading() as session:
        return [*found, *await _looked_at(session, settings, now, max_age)]


def _room(settings: Settings) -> list[Finding]:
    file = settings.database_file
    return [] if file is None else [records.room(file.parent)]


async def _looked_at(session: AsyncSession, settings: Settings, now: datetime, max_age: timedelta) -> Sequence[Finding]:
    bot_id, polling = settings.telegram.bot_id, settings.telegram.mode == "polling"
    urgent = await health.oldest_owed(session, bot_id, now, health.URGENT)
    patient = await health.oldest_owed(session, bot_id, now, health.PATIENT)
    return [
        await _running(session, bot_id, now),
        await _heard(session, bot_id, now, max_age, polling=polling),
        await _ticked(session, now, max_age),
        *await _clocks(session),
        _waiting("update", await health.oldest_unanswered(session, bot_id), now, max_age),
        _waiting("answer to send", urgent, now, max_age),
        _waiting("reminder to send", patient, now, max(max_age, PATIENCE)),
        *await _given_up(session, bot_id, now),
        *await _sound(session, now),
        *await _backed_up(session, settings, now),
    ]


async def _running(session: AsyncSession, bot_id: int, now: datetime) -> Finding:
    until = await health.lease_until(session, f"bot:{bot_id}")
    if until is None or until <= now:
        return wrong("The bot is not running. Write: focalpoint run")
    return fine("The bot is running.")


async def _heard(session: AsyncSession, bot_id: int, now: datetime, max_age: timedelta, *, polling: bool) -> Finding:
    heard = await leases.marked(session, heard_mark(bot_id))
    if heard is None:
        begun = await leases.marked(session, STARTED_MARK)
        if polling and begun is not None and now - begun > max_age:
            return wrong("Telegram has not been heard since the start.")
        return look("Telegram has never been heard.")
    text = f"Telegram was last heard {_ago(heard, now)}."
    # A webhook is silent while nobody writes.
    return wrong(text) if polling and now - heard > max_age else fine(text)


async def _ticked(session: AsyncSession, now: datetime, max_age: timedelta) -> Finding:
    ticked = await leases.marked(session, "tick")
    if ticked is None:
        return look("Nothing has ticked yet; nudges begin a minute after the start.")
    text = f"The last tick was {_ago(ticked, now)}."
    return wrong(text) if now - ticked > max_age else fine(text)


async def _clocks(session: AsyncSession) -> list[Finding]:
    off = await health.marks(session, OFF)
    text = "The clock of {} is not Telegram's since {:%Y-%m-%d %H:%M} UTC: nothing is planned until it is set."
    return [wrong(text.format(host.rstrip(":"), since)) for host, since in off.items()] or [
        fine("The clock agrees with Telegram's.")
    ]


def _waiting(what: str, since: datetime | None, now: datetime, max_age: timedelta) -> Finding:
    if since is None:
        return fine(f"No {what} waits.")
    text = f"The oldest {what} came {_ago(since, now)}."
    return wrong(text) if now - since > max_age else fine(text)


async def _given_up(session: AsyncSession, bot_id: int, now: datetime) -> list[Finding]:
    lately = await health.set_aside_since(session, bot_id, now - DAY)
    twice = await health.perhaps_twice(session, bot_id, now - DAY)
    twice_text = f"{twice} messages of the last 24 hours may have come twice."
    held = await health.calls(session, bot_id, OutboxState.HELD)
    return [
        wrong(f"{lately} updates could not be answered in the last 24 hours. Look for their codes in the log.")
        if lately
        else _count("updates could not be answered", await health.updates(session, bot_id, InboxState.DEAD)),
        _count("messages could not be sent", await health.calls(session, bot_id, OutboxState.FAILED)),
        wrong(twice_text) if twice >= MANY_TWICE else look(twice_text) if twice else fine(twice_text),
        look(f"{held} messages are held back since a restore. Write: focalpoint held list")
        if held
        else fine("No message is held back."),
    ]


async def _sound(session: AsyncSession, now: datetime) -> list[Finding]:
    """What the running bot found when it asked last, every ten minutes."""
    unsound = await health.marks(session, UNSOUND)
    if unsound:
        return [wrong(f"The records contradicted each other {_ago(at, now)}: {name}.") for name, at in unsound.items()]
    looked = await leases.marked(session, LOOKED)
    if looked is None:
        return [look("The running bot has not asked yet whether the records agree.")]
    text = f"The records agreed with each other {_ago(looked, now)}."
    return [look(text) if now - looked > SOUND_AGE else fine(text)]


async def _backed_up(session: AsyncSession, settings: Settings, now: datetime) -> list[Finding]:
    if settings.database_file is None:
        return []
    if not settings.operation.backups:
        return [look("No backups are made: backups = false under [operation].")]
    made, failed = await leases.marked(session, MADE_MARK), await leases.marked(session, FAILED_MARK)
    if failed is not None and (made is None or failed > made):
        return [wrong(f"The backup of {_ago(failed, now)} failed; the log says why.")]
    if made is None:
        return [look("No backup was made yet; the first comes a minute after the start.")]
    text = f"The last backup was made {_ago(made, now)}."
    return [wrong(text) if now - made > BACKUP_AGE else fine(text)]


def _count(what: str, number: int) -> Finding:
    return look(f"{number} {what}.") if number else fine(f"0 {what}.")


def _ago(moment: datetime, now: datetime) -> str:
    seconds = max(0, round((now - moment).total_seconds()))
    if seconds < 120:
        return f"{seconds} seconds ago"
    minutes = seconds // 60
    if minutes < 120:
        return f"{minutes} minutes ago"
    return f"{minutes // 60} hours ago" if minutes < 2880 else f"{minutes // 1440} days ago"
