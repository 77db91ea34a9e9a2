"""How fast Telegram may be spoken to: 25 calls a second over all, 1 a second to a person, 15 a minute to a group.

Pure: the time is an argument, nothing sleeps. Telegram's own limits are about 30, 1 and 20 (its FAQ for bots); what
is left over is for clocks and networks that do not agree to the millisecond.
"""

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.floods import Floods

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
LONGEST_HOLD = timedelta(minutes=15)
"""Telegram asks for no longer rest than this."""


class Window:
    """At most `limit` calls in any stretch of `length`."""

    def __init__(self, limit: int, length: timedelta) -> None:
        self._taken: deque[datetime] = deque(maxlen=limit)
        self._length = length

    def free_at(self, now: datetime) -> datetime:
        """When one more call fits."""
        full = len(self._taken) == self._taken.maxlen
        return max(now, self._taken[0] + self._length) if full else now

    def take(self, now: datetime) -> None:
        """Count one call."""
        self._taken.append(now)

    def idle(self, now: datetime) -> bool:
        """Whether nothing counted still matters."""
        return not self._taken or self._taken[-1] + self._length <= now


class Bucket:
    """A bucket of `burst` tokens that gains one every `interval`; remembered as the moment at which it is full."""

    def __init__(self, burst: int, interval: timedelta) -> None:
        self._room = interval * (burst - 1)
        self._interval = interval
        self._full_at: datetime | None = None

    def free_at(self, now: datetime) -> datetime:
        """When the bucket has a token."""
        return now if self._full_at is None else max(now, self._full_at - self._room)

    def take(self, now: datetime) -> None:
        """Use one token."""
        self._full_at = (now if self._full_at is None else max(now, self._full_at)) + self._interval

    def idle(self, now: datetime) -> bool:
        """Whether the bucket is full again."""
        return self._full_at is None or self._full_at <= now


class Limiter:
    """Says when a call to a chat may leave, and counts those that left. Negative chat ids are groups.

    A call that belongs to no chat (the toast after a press) has the chat id None: it is no message, counts nowhere,
    and waits for nothing but a hold of all. `getUpdates` is not counted: do not ask for it. Rates are whole numbers
    of calls, at least one.
    """

    def __init__(
        self,
        overall_per_second: int = 25,
        private_per_second: int = 1,
        private_burst: int = 3,
        group_per_minute: int = 15,
    ) -> None:
        if min(overall_per_second, private_per_second, private_burst, group_per_minute) < 1:
            raise ValueError("Every limit must be at least 1.")
        self._overall_per_second = overall_per_second
        self._private_interval = SECOND / private_per_second
        self._private_burst = private_burst
        self._group_per_minute = group_per_minute
        self._held: dict[int, datetime] = {}
        self._all_held: datetime | None = None
        self.floods = Floods()
        self._start_counting()

    def _start_counting(self) -> None:
        self._overall = Window(self._overall_per_second, SECOND)
        self._chats: dict[int, Window | Bucket] = {}
        self._latest: datetime | None = None
        self._swept: datetime | None = None

    def next_moment(self, chat_id: int | None, now: datetime) -> datetime:
        """When a call to this chat may leave: `now`, or the earliest later moment."""
        self._notice_a_clock_set_back(now)
        if chat_id is None:
            return max(now, self._all_held or now)
        moments = [self._for_any(now), self._held.get(chat_id, now)]
        if (chat := self._chats.get(chat_id)) is not None:
            moments.append(chat.free_at(now))
        return max(moments)

    def is_full(self, now: datetime) -> bool:
        """Whether no message may leave now, to whatever chat."""
        return self._for_any(now) > now

    def _for_any(self, now: datetime) -> datetime:
        return max(self._overall.free_at(now), self._all_held or now)

    def take(self, chat_id: int | None, now: datetime) -> None:
        """Count a call that leaves now, whether or not it was allowed to."""
        self._notice_a_clock_set_back(now)
        if chat_id is None:
            return
        self._latest = now if self._latest is None else max(now, self._latest)
        self._overall.take(now)
        self._chat(chat_id).take(now)
        self._sweep(now)

    def hold(self, chat_id: int, until: datetime) -> None:
        """Keep back this chat alone (Telegram said 429 for it). A longer hold is not shortened."""
        self._held[chat_id] = max(until, self._held.get(chat_id, until))

    def hold_all(self, until: datetime) -> None:
        """Keep back every call (Telegram said 429 for the bot). A longer hold is not shortened."""
        self._all_held = max(until, self._all_held or until)

    def remember(self, sent: Iterable[tuple[int | None, datetime]]) -> None:
        """Count what was sent before a restart: pairs of chat id and moment, in any order."""
        for sent_at, chat_id in sorted(((at, chat) for chat, at in sent), key=lambda pair: pair[0]):
            self.take(chat_id, sent_at)

    @property
    def remembered_chats(self) -> int:
        """How many chats are kept in memory."""
        return len(self._chats.keys() | self._held.keys())

    def _chat(self, chat_id: int) -> Window | Bucket:
        if chat_id not in self._chats:
            self._chats[chat_id] = (
                Window(self._group_per_minute, MINUTE)
                if chat_id < 0
                else Bucket(self._private_burst, self._private_interval)
            )
        return self._chats[chat_id]

    def _sweep(self, now: datetime) -> None:
        """Forget, once a minute, the chats that are free to speak anyway."""
        if self._swept is not None and now < self._swept + MINUTE:
            return
        self._swept = now
        self._chats = {chat_id: chat for chat_id, chat in self._chats.items() if not chat.idle(now)}
        self._held = {chat_id: until for chat_id, until in self._held.items() if until > now}

    def _notice_a_clock_set_back(self, now: datetime) -> None:
        # Counts from a future that will not come for days would silence the bot until then.
        if self._latest is not None and self._latest > now + MINUTE:
            self._start_counting()
            until = now + LONGEST_HOLD
            self._held = {chat_id: min(held, until) for chat_id, held in self._held.items()}
            self._all_held = self._all_held and min(self._all_held, until)
