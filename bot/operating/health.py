"""Whether the running bot is well, read from its database alone: for a person, or a supervisor, to ask at any time."""

from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import SystemClock
from bot.intake import heard_mark
from bot.operating import records
from bot.operating.findings import Finding, Grade, fine, look, wrong
from bot.operating.preparing import NoDatabase, database_file, existing
from bot.settings import Settings, Telegram
from storage import health, leases


async def findings(settings: Settings, max_age: timedelta) -> list[Finding]:
    """One finding for each thing that may stand still; what is older than `max_age` is wrong."""
    try:
        async with existing(settings) as database:
            found = [*_room(settings), await records.schema(database)]
            if found[-1].grade is not Grade.OK:
                return [*found[:-1], wrong(found[-1].text)]
            async with database.reading() as session:
                looked = await _looked_at(session, settings.telegram, max_age)
                return [*found, *looked, *await records.agreement(session)]
    except NoDatabase as error:
        return [wrong(f"There is no database at {error}: the bot has never run.")]
    except SQLAlchemyError as error:
        return [wrong(f"The database cannot be read ({type(error).__name__}). Write: focalpoint check --offline")]


def _room(settings: Settings) -> list[Finding]:
    file = database_file(settings)
    return [] if file is None else [records.room(file.parent)]


async def _looked_at(session: AsyncSession, telegram: Telegram, max_age: timedelta) -> list[Finding]:
    bot_id, now = int(telegram.token.get_secret_value().partition(":")[0]), SystemClock().now()
    return [
        await _running(session, bot_id, now),
        await _heard(session, bot_id, now, max_age, polling=telegram.mode == "polling"),
        await _ticked(session, now, max_age),
        _waiting("update", await health.oldest_unanswered(session, bot_id), now, max_age),
        _waiting("message to send", await health.oldest_owed(session, bot_id, now), now, max_age),
        _count("updates could not be answered", await health.set_aside(session, bot_id)),
        _count("messages could not be sent", await health.given_up(session, bot_id)),
    ]


async def _running(session: AsyncSession, bot_id: int, now: datetime) -> Finding:
    until = await health.lease_until(session, f"bot:{bot_id}")
    if until is None or until <= now:
        return wrong("The bot is not running. Write: focalpoint run")
    return fine("The bot is running.")


async def _heard(session: AsyncSession, bot_id: int, now: datetime, max_age: timedelta, *, polling: bool) -> Finding:
    heard = await leases.marked(session, heard_mark(bot_id))
    if heard is None:
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


def _waiting(what: str, since: datetime | None, now: datetime, max_age: timedelta) -> Finding:
    if since is None:
        return fine(f"No {what} waits.")
    text = f"The oldest {what} came {_ago(since, now)}."
    return wrong(text) if now - since > max_age else fine(text)


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
