"""The nudges of a story, read from the server's log: who was told when, whatever the bot's own records say."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.rehearsal.calls import Call
from bot.rehearsal.cast import CAST, PLACES, Part, Place
from bot.rehearsal.paragraphs import plain
from bot.rehearsal.people import Person
from bot.rehearsal.tongues import reads

BEGINNINGS = ("A friendly reminder", "a friendly reminder")
"""With these words a nudge begins: in private, and behind a mention in the group."""
_MENTION = re.compile(r"tg://user\?id=(\d+)")
PARTS: Mapping[str, Part] = {part.key: part for part in CAST}


def is_reminder(text: str) -> bool:
    """Whether a message of the bot is a nudge."""
    first = plain(text).partition("\n")[0]
    return any(reads(first, beginning) for beginning in BEGINNINGS)


@dataclass(frozen=True)
class Reminder:
    """One nudge that arrived."""

    at: datetime
    who: str
    text: str
    in_group: bool

    @property
    def side(self) -> str:
        """The side, or supporting organisation, of the one who was told."""
        return PARTS[self.who].side

    @property
    def place(self) -> Place:
        """Where he works."""
        return PLACES[self.side]

    @property
    def day(self) -> date:
        """The date on his calendar."""
        return self.at.astimezone(self.place.zone).date()

    @property
    def in_working_time(self) -> bool:
        """Whether he was at work."""
        return self.place.at_work(self.at)


def reminders(calls: Iterable[Call], cast: Mapping[str, Person]) -> list[Reminder]:
    """Every nudge that arrived, in order."""
    keys = {person.id: key for key, person in cast.items()}
    found = []
    for call in calls:
        if call.ok and call.method == "sendMessage" and is_reminder(call.result["text"]):
            mention = _MENTION.search(str(call.params["text"]))
            in_group = call.chat_id not in keys
            reader = int(mention[1]) if in_group and mention else call.chat_id or 0
            found.append(Reminder(call.at, keys[reader], plain(call.result["text"]), in_group))
    return found


def private_messages(calls: Iterable[Call], cast: Mapping[str, Person], side: str, days: Iterable[date]) -> list[Call]:
    """What the bot wrote to the people of a side in private on these days of theirs."""
    readers = {person.id for key, person in cast.items() if PARTS[key].side == side}
    wanted, zone = set(days), PLACES[side].zone
    return [
        call
        for call in calls
        if call.ok
        and call.method == "sendMessage"
        and call.chat_id in readers
        and call.at.astimezone(zone).date() in wanted
    ]
