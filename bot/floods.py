"""Telling a 429 that is meant for one chat from one that is meant for the bot: Telegram does not say which it is.

Pure: the time is an argument.
"""

from datetime import datetime, timedelta

ALIKE = 3
"""Chats that are refused one after the other before it is taken to be meant for all of them."""
WITHIN = timedelta(seconds=1)


class Floods:
    """Hears of every refusal. Chats of their own accord are refused one at a time, and others are served meanwhile."""

    def __init__(self) -> None:
        self._refused: dict[int, tuple[datetime, datetime]] = {}

    def refused(self, chat_id: int, now: datetime, until: datetime) -> datetime | None:
        """A chat may not be written to before `until`; the moment before which none may, once that is likely.

        That is the earliest of the moments they were told: what is meant for one chat alone may be longer.
        """
        recent = {chat: told for chat, told in self._refused.items() if abs(now - told[0]) <= WITHIN}
        self._refused = recent | {chat_id: (now, until)}
        if len(self._refused) < ALIKE:
            return None
        return min(each for _, each in self._refused.values())

    def served(self) -> None:
        """Telegram took a call: what was refused before was meant for those chats alone."""
        self._refused.clear()
