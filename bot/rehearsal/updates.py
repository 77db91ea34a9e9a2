"""The queue of updates: given out, confirmed by offset, given out again when they were not."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.rehearsal.bell import Bell
from bot.rehearsal.records import Json
from bot.rehearsal.refusals import conflict

ASKED_FOR_BY_NAME = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MOST_AT_ONCE, LONGEST_WAIT = 100, 50
# An offset further ahead than this is answered from the oldest update and confirms nothing.
_AHEAD = 10
_TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(eq=False)
class _Waiting:
    """An update that is not confirmed yet, and how often it was given out."""

    update: Json
    given: int = 0

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


class UpdateQueue:
    """What the bot still has to hear, in order; nothing leaves before it was confirmed."""

    def __init__(self, bell: Bell, first_id: int) -> None:
        self.bell = bell
        self.next_id = first_id
        self.wanted: frozenset[str] | None = None
        self.webhook = False
        self.polls = 0
        self.conflicts = 0
        self.redelivered = 0
        self.delivered = 0
        self.confirmed = 0
        self.all: list[Json] = []
        self._queue: list[_Waiting] = []
        self._copies: list[Json] = []
        self._poller: object | None = None
        self._terminated = _TERMINATED

    @property
    def pending(self) -> list[Json]:
        """The updates that nobody confirmed, oldest first."""
        return [waiting.update for waiting in self._queue]

    def add(self, kind: str, payload: Json) -> int | None:
        """Queue an update of a kind the bot asked for; its id, or None when it did not ask."""
        if not self._wants(kind):
            return None
        return self.add_raw({kind: payload})

    def add_raw(self, update: Json) -> int:
        """Queue an update as it is, with the next id filled in."""
        numbered = {"update_id": self.next_id, **update}
        self.next_id += 1
        self.all.append(numbered)
        self._queue.append(_Waiting(numbered))
        self.bell.ring()
        return int(numbered["update_id"])

    def repeat(self, update_id: int, copies: int = 1) -> None:
        """Give a known update out again, also when it was confirmed long ago."""
        update = next(update for update in reversed(self.all) if update["update_id"] == update_id)
        self._copies += [update] * copies
        self.bell.ring()

    def rebase(self, next_id: int) -> None:
        """Go on numbering from here, as Telegram does after a week without updates."""
        self.next_id = next_id

    def drop_pending(self) -> int:
        """Forget what was not confirmed, as Telegram does after 24 hours; how many that were."""
        dropped = len(self._queue)
        self._queue, self._copies = [], []
        self.bell.ring()
        return dropped

    def want(self, kinds: Iterable[str] | None) -> None:
        """Remember which kinds the bot asked for; None keeps what it asked for before, none means the usual ones."""
        if kinds is not None:
            self.wanted = frozenset(kinds) or None

    def _wants(self, kind: str) -> bool:
        return kind in self.wanted if self.wanted else kind not in ASKED_FOR_BY_NAME

    async def poll(self, offset: int, limit: int, seconds: int) -> list[Json]:
        """Updates from the offset on, waiting for the first; ends a poll that waits already with a 409."""
        if self.webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self.polls += 1
        me = object()
        self.take_over(me)
        start = self._confirm(offset)
        try:
            await self.bell.until(lambda: self._poller is not me or self._from(start), self._wait(seconds))
        except TimeoutError:
            return []
        finally:
            ended = self._poller is not me
            if not ended:
                self._poller = None
        if ended:
            self.conflicts += 1
            raise conflict(self._terminated)
        return self._hand_out(start, max(1, min(limit, MOST_AT_ONCE)))

    def take_over(self, poller: object | None, words: str = _TERMINATED) -> None:
        """End the poll that waits now, if any; the new one is the poller."""
        self._poller, self._terminated = poller, words
        self.bell.ring()

    def _wait(self, seconds: int) -> float:
        return float(max(0, min(seconds, LONGEST_WAIT)))

    def _confirm(self, offset: int) -> int:
        """Forget what lies under the offset; the id from which updates are wanted now."""
        if offset < 0:
            kept = self._queue[offset:]
            offset = kept[0].id if kept else self.next_id
        if offset > self.next_id + _AHEAD:
            return 0
        self.forget_below(offset)
        return offset

    def forget_below(self, offset: int) -> None:
        """Confirm every update with a smaller id."""
        before = len(self._queue)
        self._queue = [waiting for waiting in self._queue if waiting.id >= offset]
        self.confirmed += before - len(self._queue)
        if before != len(self._queue):
            self.bell.ring()

    def _from(self, start: int) -> bool:
        return bool(self._copies) or any(waiting.id >= start for waiting in self._queue)

    def _hand_out(self, start: int, limit: int) -> list[Json]:
        copies, self._copies = self._copies[:limit], self._copies[limit:]
        batch = [waiting for waiting in self._queue if waiting.id >= start][: limit - len(copies)]
        self.redelivered += sum(1 for waiting in batch if waiting.given) + len(copies)
        self.delivered += len(batch) + len(copies)
        for waiting in batch:
            waiting.given += 1
        return copies + [waiting.update for waiting in batch]

    def first(self) -> Json | None:
        """The update a webhook has to bring next, counted as given out."""
        given = self._hand_out(0, 1)
        return given[0] if given else None

    def arrived(self, update: Json) -> None:
        """A webhook answered 2xx: this update is done with."""
        before = len(self._queue)
        self._queue = [waiting for waiting in self._queue if waiting.update is not update]
        self.confirmed += before - len(self._queue)
        self.bell.ring()
