"""How many messages Telegram takes: overall, in a group, in a private chat; and who calls again too early."""

import math
from collections import deque
from collections.abc import Callable

from bot.rehearsal.records import Chat
from bot.rehearsal.refusals import too_many

PACED = frozenset({"sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageReplyMarkup"}) | {
    "sendVideo",
    "sendAudio",
    "sendVoice",
    "sendAnimation",
    "sendVideoNote",
}
OVERALL_A_SECOND, GROUP_A_MINUTE, PRIVATE_BURST = 30, 20, 5


class Window:
    """At most `most` events in any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._times: deque[float] = deque()

    def wait(self, at: float) -> float:
        """Seconds until one more event fits; zero when it fits now."""
        while self._times and self._times[0] <= at - self.seconds:
            self._times.popleft()
        return 0.0 if len(self._times) < self.most else self._times[0] + self.seconds - at

    def note(self, at: float) -> None:
        """An event happened."""
        self._times.append(at)


class Bucket:
    """One event a second, after a burst."""

    def __init__(self, burst: int) -> None:
        self.burst = burst
        self._left, self._at = float(burst), 0.0

    def wait(self, at: float) -> float:
        """Seconds until one more event fits; zero when it fits now."""
        return max(0.0, 1.0 - self._filled(at))

    def note(self, at: float) -> None:
        """An event happened."""
        self._left, self._at = self._filled(at) - 1.0, at

    def _filled(self, at: float) -> float:
        return min(float(self.burst), self._left + max(0.0, at - self._at))


class Limits:
    """Refuses with 429 what comes too fast, and counts what comes before the named seconds have passed."""

    def __init__(self, clock: Callable[[], float], *, enabled: bool = True) -> None:
        self.clock = clock
        self.enabled = enabled
        self.early_calls = 0
        self.refused = 0
        self._overall = Window(OVERALL_A_SECOND, 1.0)
        self._chats: dict[int, Window | Bucket] = {}
        self._held: dict[int | None, float] = {}

    def hold(self, chat_id: int | None, seconds: float) -> None:
        """Refuse this chat (None: every chat) until the seconds have passed."""
        self._held[chat_id] = max(self._held.get(chat_id, 0.0), self.clock() + seconds)

    @property
    def holds(self) -> bool:
        """Whether any chat is held back at this moment."""
        return any(until > self.clock() for until in self._held.values())

    def check_held(self, chat_id: int | None) -> None:
        """Refuse and count a call made before the retry_after that was named has passed."""
        until = max(self._held.get(None, -math.inf), self._held.get(chat_id, -math.inf))
        if (left := until - self.clock()) > 0:
            self.early_calls += 1
            raise too_many(math.ceil(left))

    def check(self, method: str, chat: Chat) -> None:
        """Refuse a message that Telegram would not take now."""
        if not self.enabled or method not in PACED:
            return
        at = self.clock()
        for scope, pace in ((None, self._overall), (chat.id, self._pace_of(chat))):
            if (wait := pace.wait(at)) > 0:
                self.refused += 1
                seconds = math.ceil(wait)
                self.hold(scope, seconds)
                raise too_many(seconds)

    def note(self, method: str, chat: Chat) -> None:
        """A message was taken."""
        if method in PACED:
            self._overall.note(self.clock())
            self._pace_of(chat).note(self.clock())

    def _pace_of(self, chat: Chat) -> Window | Bucket:
        if chat.id not in self._chats:
            self._chats[chat.id] = Window(GROUP_A_MINUTE, 60.0) if chat.is_group else Bucket(PRIVATE_BURST)
        return self._chats[chat.id]
