"""Where the story is played: the server, the bot's process, the clock, the cast, and what the acts do with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.clock import StoryClock
from bot.rehearsal.cast import vientiane
from bot.rehearsal.expectations import Expectations, StoryBroken
from bot.rehearsal.groups import Group
from bot.rehearsal.messages import Message
from bot.rehearsal.paragraphs import plain
from bot.rehearsal.people import Person
from bot.rehearsal.process import BotProcess, Rest
from bot.rehearsal.records import Chat, User
from bot.rehearsal.reminders import Reminder, reminders
from bot.rehearsal.server import BotApiServer
from bot.rehearsal.settling import PATIENCE
from bot.rehearsal.tongues import reads, says
from bot.rehearsal.transcript import Transcript

MINUTE = timedelta(minutes=1)
LOOKS = ((8, 30), (9, 0), (14, 0))
"""Times of the day in Vientiane at which the bot is let look at its rows, whether it asked for that or not."""


@dataclass
class Stage:
    """One performance. `codes` are what the command line printed: "link" for the group, "coordinator" for him.

    In `folder` lie configuration, database and log; `files` is where the files stay that the bot sent.
    """

    server: BotApiServer
    bot: BotProcess
    clock: StoryClock
    transcript: Transcript
    expectations: Expectations
    cast: dict[str, Person]
    codes: dict[str, str]
    folder: Path
    files: Path
    room: Group | None = None
    rest: Rest = field(default_factory=lambda: Rest(None, None))
    _shown: int = 0

    @property
    def group(self) -> Group:
        """The group in Telegram."""
        if self.room is None:
            raise StoryBroken("There is no group yet.")
        return self.room

    def expect(self, condition: object, sentence: str) -> None:
        """Note whether something happened that had to."""
        self.expectations.expect(condition, sentence)

    # -- people act ------------------------------------------------------------------------------------------

    async def says(
        self,
        who: str,
        text: str,
        *,
        private: bool = False,
        reply_to: Message | None = None,
        mentions: Mapping[str, User] | None = None,
    ) -> Message:
        """Somebody writes, in the group or in private, and the bot answers."""
        message = self.writes(who, text, private=private, reply_to=reply_to, mentions=mentions)
        await self.settle()
        return message

    def writes(
        self,
        who: str,
        text: str,
        *,
        private: bool = False,
        reply_to: Message | None = None,
        mentions: Mapping[str, User] | None = None,
    ) -> Message:
        """Somebody writes, a minute after what was before; nobody waits for the answer."""
        self.clock.move_by(MINUTE)
        person = self.cast[who]
        chat: Chat = person.private if private else self.group
        message = person.writes(chat, text, reply_to=reply_to, mentions=mentions)
        self.transcript.wrote(message)
        return message

    async def edits(self, who: str, message: Message, text: str) -> None:
        """Somebody changes the words of a message of his own."""
        self.clock.move_by(MINUTE)
        self.transcript.edited(self.cast[who].edits(message, text))
        await self.settle()

    async def opens(self, who: str, payload: str, by: str) -> None:
        """Somebody comes into the private chat by a link with this payload."""
        self.clock.move_by(MINUTE)
        url = f"https://t.me/{self.server.world.bot.username}?start={payload}"
        self.transcript.opened(self.cast[who].opens(url), by)
        await self.settle()

    async def opens_private(self, who: str, message: Message) -> None:
        """Somebody opens the private chat by the button on a message."""
        self.clock.move_by(MINUTE)
        url = message.button(self._label(message, "Open private chat"))["url"]
        label = plain(self._label(message, "Open private chat"))
        self.transcript.opened(self.cast[who].opens(url), f"presses [{label}]")
        await self.settle()

    async def sends_file(self, who: str, name: str, caption: str, *, reply_to: Message | None = None) -> None:
        """Somebody sends a file into the group."""
        self.clock.move_by(MINUTE)
        message = self.cast[who].sends_document(self.group, name, caption=caption, reply_to=reply_to)
        self.transcript.wrote(message)
        await self.settle()

    async def sends_photo(self, who: str, caption: str) -> None:
        """Somebody sends the bot a photo in private."""
        self.clock.move_by(MINUTE)
        self.transcript.wrote(self.cast[who].sends_photo(self.cast[who].private, caption=caption))
        await self.settle()

    async def shows(self, who: str, picture: bytes, caption: str) -> None:
        """Somebody sends a picture into the group."""
        self.clock.move_by(MINUTE)
        self.transcript.wrote(self.cast[who].sends_photo(self.group, picture, caption=caption))
        await self.settle()

    async def goes_on(self) -> None:
        """The bot starts again after a crash, a minute later."""
        self.clock.move_by(MINUTE)
        await self.bot.start(self.clock.now())
        await self.settle()

    async def presses(self, who: str, message: Message, button: str) -> str:
        """Somebody presses a button; the toast he got, empty for none."""
        self.clock.move_by(MINUTE)
        label = self._label(message, button)
        press = self.cast[who].presses(message, label)
        self.transcript.pressed(press, plain(label))
        await self.settle()
        return plain(press.toast or "")

    async def walks(self, who: str, message: Message, *buttons: str) -> None:
        """Somebody presses one button of a message after another."""
        for button in buttons:
            await self.presses(who, message, button)

    def _label(self, message: Message, button: str) -> str:
        """The button's own words, which may hold signs that nobody sees."""
        return next((label for label in message.buttons if says(plain(label), button)), button)

    # -- looking ---------------------------------------------------------------------------------------------

    def finds(self, where: str, containing: str) -> Message:
        """The bot's newest message with these words in the "group" or in somebody's private chat."""
        chat: Chat | User = self.group if where == "group" else self.cast[where]
        for message in reversed(self.server.world.from_bot(chat)):
            if reads(message.text, containing):
                return message
        raise StoryBroken(f"Nothing in the chat “{where}” says: {containing}")

    def said(self, where: str, containing: str) -> int:
        """How many messages of the bot with these words stand in a chat."""
        chat: Chat | User = self.group if where == "group" else self.cast[where]
        return sum(reads(message.text, containing) for message in self.server.world.from_bot(chat))

    def reminded(self, who: str, name: str, *, on: date | None = None) -> list[Reminder]:
        """The nudges somebody got about a record such as T2, on one day of his or on all."""
        found = reminders(self.server.log, self.cast)
        return [
            one
            for one in found
            if one.who == who and f"{name} " in one.text.replace(".", " ") and on in (None, one.day)
        ]

    def card(self, name: str, where: str = "group") -> Message:
        """The living card of a record, such as D1 or T4."""
        return self.finds(where, f"{name} · ")

    # -- time passes -----------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Until the bot has heard, answered and said everything; the clock moves on where its limits ask for it."""
        await self.server.wait_for_confirmed()
        end = self.clock.now() + PATIENCE
        self.rest = await self.bot.settle(self.clock.now())
        while self.rest.waits is not None and self.rest.waits <= end:
            self.clock.move_to(max(self.rest.waits, self.clock.now()))
            self.rest = await self.bot.settle(self.clock.now())
        self.show()

    def show(self) -> None:
        """Write down what the bot did since the last time."""
        calls = self.server.log[self._shown :]
        self._shown += len(calls)
        self.transcript.called(calls)

    async def until(self, month: int, day: int, hour: int, minute: int = 0) -> None:
        """Time passes until a moment by the clocks of Vientiane; the bot says what it owes when it owes it."""
        target = vientiane(month, day, hour, minute)
        if target < self.clock.now():
            raise StoryBroken(f"{target:%d %B, %H:%M} has passed already.")
        while self.clock.now() < target:
            self.clock.move_to(min(self._next_stop(), target))
            await self.settle()

    def _next_stop(self) -> datetime:
        now = self.clock.now()
        owed = [moment for moment in (self.rest.waits, self.rest.looks) if moment is not None and moment > now]
        today = now.astimezone(vientiane(1, 1, 0).tzinfo)
        stops = [
            today.replace(hour=hour, minute=minute, second=0) + timedelta(days=days)
            for days in (0, 1)
            for hour, minute in LOOKS
        ]
        return min([*owed, *(stop for stop in stops if stop > now)])
