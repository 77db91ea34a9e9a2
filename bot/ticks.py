"""What time brings: APScheduler only ticks, rows hold what is owed."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.away import Away
from bot.clock import Clock
from bot.intake import RESTORED_MARK
from bot.outgoing import Outgoing
from bot.owing import Origin
from handlers import (
    absences,
    calendar_asking,
    chats,
    decision_asking,
    digests,
    meeting_reminders,
    nudges,
    recurring,
    warnings,
)
from handlers.reply import Effect
from handlers.request import BotSelf
from handlers.rules.calendar_asking import ASKS, AskOn
from storage import dialogues, leases, locks, outbox, plan_drafts, privacy
from storage.crashing import point
from storage.engine import Database

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)
Plan = Callable[[AsyncSession, datetime], Awaitable[Sequence[Effect]]]
Look = Callable[[AsyncSession, datetime], Awaitable[Sequence[Plan]]]


@dataclass(frozen=True)
class Tick:
    """One thing that is looked at again and again; it is called until it has nothing left to say."""

    name: str
    seconds: int
    plan: Plan
    by_day: bool = True
    """Whether it goes by the time of day, and so does nothing while the clock is wrong."""
    look: Look | None = None
    """Where much may be owed: what is to be written, in portions that each have a transaction of their own."""


@dataclass(frozen=True)
class Chore:
    """Something the program does for itself now and then, outside of any plan."""

    name: str
    seconds: int
    do: Callable[[], Awaitable[None]]


async def _keep_house(session: AsyncSession, now: datetime) -> Sequence[Effect]:
    await dialogues.forget_expired(session, now)
    await plan_drafts.forget_old(session, now)
    await leases.mark(session, "tick", now)
    return ()


async def _portions_of_nudges(session: AsyncSession, now: datetime) -> Sequence[Plan]:
    return [portion.write for portion in await nudges.look(session, now)]


TICKS = (
    Tick("nudges", 15, nudges.plan, look=_portions_of_nudges),
    Tick("warnings", 60, warnings.plan),
    Tick("meetings", 30, meeting_reminders.plan),
    Tick("digests", 60, digests.plan),
    Tick("reviews", 300, decision_asking.plan),
    Tick("recurrences", 60, recurring.plan),
    Tick("absences", 60, absences.plan),
    Tick("strangers", 30, chats.leave_strangers),
    Tick("house", 60, _keep_house),
)


def _always() -> bool:
    return True


class Ticking:
    """Runs the ticks, each in a transaction of its own; one that fails is tried again at its next turn.

    While `may_plan` says no, because the clock is wrong, none of them does anything that goes by the time of day.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        bot: BotSelf,
        deliver: Callable[[], None],
        asks: Mapping[str, AskOn] = ASKS,
        may_plan: Callable[[], bool] = _always,
    ) -> None:
        self._may_plan = may_plan
        self._ticks = (
            *TICKS,
            Tick("calendars", 300, partial(calendar_asking.plan, asks=asks)),
            Tick("lost calls", 5, self._free_lost_calls, by_day=False),
        )
        self._database = database
        self._clock = clock
        self._bot = bot
        self._deliver = deliver
        self._scheduler: AsyncIOScheduler | None = None

    def start(self, chores: Sequence[Chore] = ()) -> None:
        """Let APScheduler tick, and see to the chores."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=defaults)
        for tick in self._ticks:
            self._scheduler.add_job(self.run, "interval", seconds=tick.seconds, args=[tick], id=tick.name)
        for chore in chores:
            self._scheduler.add_job(see_to, "interval", seconds=chore.seconds, args=[chore], id=chore.name)
        self._scheduler.start()

    def stop(self) -> None:
        """No more ticks; one that is running ends by itself."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)

    async def say_away(self, away: Away) -> None:
        """Tell every group, once, that what was sent in that time may be missing."""
        say = chats.was_restored if away.by_restore else chats.was_away
        name = f"{'restored' if away.by_restore else 'away'}:{away.since.isoformat()}"
        async with self._database.writing() as session:
            effects = await say(session, away.since, away.until)
            await Outgoing(session, Origin(self._bot.bot_id, name, away.until)).put(effects)
            await leases.unmark(session, RESTORED_MARK)

    async def run_all(self) -> None:
        """Every tick once, now: at the start, and whenever a story has moved the clock."""
        for tick in self._ticks:
            await self.run(tick)

    async def run(self, tick: Tick) -> None:
        """One tick, until it has nothing more to say."""
        try:
            while (self._may_plan() or not tick.by_day) and await self._once(tick):
                self._deliver()
        except SQLAlchemyError:
            log.exception("tick %s waits for the database", tick.name)
        except Exception:  # a fault in one rule must not silence the others
            log.exception("tick %s failed", tick.name)

    async def _free_lost_calls(self, session: AsyncSession, now: datetime) -> Sequence[Effect]:
        if await outbox.reclaim(session, now):
            self._deliver()
        await privacy.sweep(session)
        return ()

    async def _once(self, tick: Tick) -> bool:
        now, said = self._clock.now(), False
        for part, plan in enumerate([tick.plan] if tick.look is None else await self._looked(tick.look, now)):
            name = f"{tick.name}:{now.isoformat()}" + (f":{part}" if part else "")
            if await self._write(tick, plan, now, name):
                said = True
                self._deliver()
        return said

    async def _looked(self, look: Look, now: datetime) -> Sequence[Plan]:
        async with self._database.reading() as session:
            return await look(session, now)

    async def _write(self, tick: Tick, plan: Plan, now: datetime, name: str) -> bool:
        """Write one plan and the calls it asks for in one transaction; True when it asks for any."""
        async with self._database.writing() as session:
            if not await locks.try_hold(session, f"tick:{tick.name}"):
                return False  # another worker is at it
            effects = await plan(session, now)
            point("planning.planned")
            await Outgoing(session, Origin(self._bot.bot_id, name, now)).put(effects)
            point("planning.owed")
        point("planning.committed")
        return bool(effects)


async def see_to(chore: Chore) -> None:
    """Do it; what goes wrong is told and tried again at its next turn."""
    try:
        await chore.do()
    except SQLAlchemyError:
        log.exception("%s waits for the database", chore.name)
    except Exception:  # a chore that fails must not stop those behind it
        log.exception("%s failed", chore.name)
