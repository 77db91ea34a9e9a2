"""Claim with a lease, send, mark: the one place that speaks to Telegram."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot

from bot import calls, fates, uploads
from bot.clock import Clock
from bot.counts import MADE, Counts
from bot.limiter import MINUTE, SECOND, Limiter
from bot.marking import Come, Lane, Marking
from bot.telegram_errors import Fate, Outcome, classify
from handlers import delivering
from storage import claiming, leases
from storage.claiming import Leaving
from storage.crashing import point
from storage.engine import Database
from storage.kinds import Priority

log = logging.getLogger(__name__)
SLOTS = 64
"""Calls that may be under way, or made and not marked yet; the limits keep them fewer where Telegram does."""
GATHERING = 0.03
"""Seconds in which calls that come back are gathered while others are under way, to be marked together."""
GATHERING_SHARED = 0.06
"""The same where the database is a server: a turn of delivery asks it a dozen statements."""
LOOK = SECOND
"""How soon a worker looks again at what others put into the outbox."""
BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass
class Round:
    """One round of claiming: the chats that are taken, how many calls may still start, and when to look again."""

    now: datetime
    taken: set[int]
    slots: int
    started: list[Leaving] = field(default_factory=list)
    waits: list[datetime | None] = field(default_factory=list)

    @property
    def later(self) -> datetime | None:
        """When to look again, if at a time that is known."""
        return min((moment for moment in self.waits if moment is not None), default=None)

    @property
    def free(self) -> int:
        """How many more calls may start."""
        return self.slots - len(self.started)


def _everything() -> Priority:
    return Priority.DIGEST


class Delivery:
    """Makes the calls the outbox owes: one at a time to a chat, urgent ones first, within the limits.

    `down_to` is the least urgent priority that may leave: while the clock is wrong, answers alone.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        bot: Bot,
        owner: str,
        revoked: Callable[[], None],
        limiter: Limiter | None = None,
        down_to: Callable[[], Priority] = _everything,
        counts: Counts | None = None,
    ) -> None:
        self._counts = counts or Counts()
        self._down_to = down_to
        self._database = database
        self._clock = clock
        self._bot = bot
        self._owner = owner
        self._revoked = revoked
        self._limiter = limiter or Limiter()
        self._marking = Marking(database, clock, owner, self._limiter)
        self._busy: dict[Lane, asyncio.Task[None]] = {}
        """The calls under way, or made and not marked yet, by their chats."""
        self._come: list[Come] = []
        self._gathering: asyncio.TimerHandle | None = None
        self._counted: dict[int, datetime] = {}
        """Calls the limiter knows already, of those that another worker, or the run before, may have claimed."""
        self._heard_until = BEGINNING
        self.wake = asyncio.Event()
        self.idle = asyncio.Event()
        """Set while nothing that may leave now is left."""

    async def remember(self) -> None:
        """Let the limiter know what the run before sent, so that a restart does not send early."""
        async with self._database.reading() as session:
            await self._hear_of_others(session, self._clock.now())

    async def run(self, stopping: asyncio.Event) -> None:
        """Deliver until asked to stop; calls under way are finished."""
        while not stopping.is_set():
            self._begin_anew()
            later = await self._turn()
            if not self._busy and not self.wake.is_set():
                self.idle.set()
            await self._clock.wait(later, self.wake)
        await asyncio.gather(*self._busy.values())
        await self._marking.mark_each(self._come)

    def _begin_anew(self) -> None:
        self.wake.clear()
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None

    async def _turn(self) -> datetime | None:
        """Mark what came back, claim and start what may leave now, in one transaction; when to look again."""
        come, self._come = self._come, []
        try:
            async with self._database.going_on() as session:
                point("delivery.begun")
                round_ = await self._claim(session, come)
                point("delivery.listed")
        except Exception as error:
            return await self._try_again(come, error)
        self._settled(come)
        self._start(round_.started)
        return round_.later

    async def _try_again(self, come: Sequence[Come], error: Exception) -> datetime:
        """What came back is marked one by one, now or when the database is back; what may leave, in another turn."""
        if come:
            left = await self._marking.mark_each(come)
            self._settled(come[: len(come) - len(left)])
            self._come[:0] = left
            now = self._clock.now()
            return now + SECOND if left else now
        if not isinstance(error, SQLAlchemyError):
            raise error
        log.error("the outbox could not be read", exc_info=error)
        return self._clock.now() + SECOND

    def _settled(self, come: Sequence[Come]) -> None:
        for each in come:
            del self._busy[each.lane]
            point("delivery.settled")
            if isinstance(each.became, Outcome) and each.became.fate is Fate.REVOKED:
                self._revoked()

    def _start(self, started: Sequence[Leaving]) -> None:
        if started:
            point("delivery.claimed")
            self.idle.clear()
        for call in started:
            lane: Lane = call.chat_id or f"call {call.id}"
            self._busy[lane] = asyncio.create_task(self._make(call, lane))

    async def _claim(self, session: AsyncSession, come: Sequence[Come]) -> Round:
        await claiming.alone_in_claiming(session, self._bot.id)
        await self._marking.mark(session, come)
        busy = self._busy.keys() - {each.lane for each in come}
        round_ = Round(self._clock.now(), {lane for lane in busy if isinstance(lane, int)}, SLOTS - len(busy))
        if self._database.is_shared:
            round_.taken |= await self._hear_of_others(session, round_.now)
            round_.waits.append(round_.now + LOOK)
        round_.waits.append(await claiming.next_wanted(session, self._bot.id, round_.now))
        while round_.free > 0:
            look = await claiming.claimable(
                session,
                self._bot.id,
                round_.now,
                without=round_.taken,
                limit=2 * round_.free,
                down_to=self._down_to(),
            )
            begun = len(round_.started)
            again = await self._claim_of(session, look, round_)
            await claiming.claim_all(session, round_.started[begun:], self._owner, round_.now)
            if not again:
                break
        return round_

    async def _claim_of(self, session: AsyncSession, look: claiming.Look, round_: Round) -> bool:
        """Claim what may leave of these; whether another look may find more."""
        again = not look.is_all
        for call in look.calls:
            if round_.free <= 0:
                return False
            if call.chat_id in round_.taken:
                continue
            moment = self._limiter.next_moment(call.chat_id, round_.now)
            if moment > round_.now:
                round_.waits.append(moment)
                if call.chat_id is None or self._limiter.is_full(round_.now):
                    return False
                round_.taken.add(call.chat_id)
            elif await delivering.still_wanted(session, call, round_.now):
                self._take(call, round_)
            else:
                again = True  # the next one of its chat
        return again

    def _take(self, call: Leaving, round_: "Round") -> None:
        self._limiter.take(call.chat_id, round_.now)
        if self._database.is_shared:
            self._counted[call.id] = round_.now
        point("delivery.claiming")
        round_.started.append(call)
        if call.chat_id is not None:
            round_.taken.add(call.chat_id)

    async def _hear_of_others(self, session: AsyncSession, now: datetime) -> set[int]:
        """Count what other workers, or the run before, claimed in the last minute: the limits are common.

        Returns the chats to which some worker is making a call just now.
        """
        known = self._heard_until if self._heard_until <= now else BEGINNING  # the clock was set back
        since = max(now - MINUTE, known)
        claimed = await claiming.claimed(session, self._bot.id, since)
        for call in claimed:
            if call.at >= since and self._counted.get(call.id) != call.at:
                self._limiter.take(call.chat_id, call.at)
                self._counted[call.id] = call.at
        self._heard_until = now - SECOND
        self._counted = {call_id: at for call_id, at in self._counted.items() if at >= now - MINUTE}
        held = await leases.marked(session, fates.held_mark(self._bot.id))
        if held is not None and held > now:
            self._limiter.hold_all(held)
        return {call.chat_id for call in claimed if call.is_under_way and call.chat_id is not None}

    async def _make(self, call: Leaving, lane: Lane) -> None:
        point("delivery.leaving")
        became = await self._attempt(call)
        if isinstance(became, calls.Made):
            self._limiter.floods.served()
        self._counts.call(call.method, MADE if isinstance(became, calls.Made) else became.fate)
        point("delivery.sent")
        self._came(Come(call.id, lane, became))

    def _came(self, come: Come) -> None:
        """A turn costs the same for one call as for many; with nothing else under way it begins at once."""
        self._come.append(come)
        if len(self._come) in (len(self._busy), SLOTS // 2):
            self.wake.set()
        elif self._gathering is None:
            seconds = GATHERING_SHARED if self._database.is_shared else GATHERING
            self._gathering = asyncio.get_running_loop().call_later(seconds, self.wake.set)

    async def _attempt(self, call: Leaving) -> calls.Made | Outcome:
        try:
            payload = await uploads.filled(call.payload, self._bot, self._database, self._clock.now())
            return await calls.make(self._bot, call.method, payload)
        except Exception as error:  # whatever it was, the call has to get a fate
            return classify(error, call.method)
