"""What a handler is given: who asks, where, in which words, at what time, and the open transaction."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.heard import Attachment, Heard, Mention
from handlers.refusals import NoGroupHere, NotAMember
from handlers.reply import Reply
from storage.journal import Cause
from storage.tables import Membership, Person, Room, WorkingGroup


@dataclass(frozen=True)
class BotSelf:
    """The bot itself, as Telegram knows it."""

    bot_id: int
    username: str

    def link(self, payload: str) -> str:
        """A deep link that opens the private chat with `/start payload`."""
        return f"https://t.me/{self.username}?start={payload}"


@dataclass(frozen=True)
class Request:
    """One request inside its transaction. `group` and `membership` are None where there is none."""

    session: AsyncSession
    now: datetime
    heard: Heard
    person: Person
    bot: BotSelf
    group: WorkingGroup | None = None
    membership: Membership | None = None
    room: Room | None = None
    args: dict[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What stands behind the command, or the typed answer of a dialogue."""
        return self.heard.words

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Everybody named in the text."""
        return self.heard.mentions

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Files, photos and links that came with it."""
        return self.heard.attachments

    @property
    def cause(self) -> Cause:
        """What the journal notes as the origin of a change."""
        heard = self.heard
        pressed = heard.press.message_id if heard.press else None
        return Cause(
            at=self.now,
            actor_id=self.person.id,
            bot_id=heard.bot_id,
            update_id=heard.update_id,
            # A private chat has the number of the person's account, which the journal never keeps.
            chat_id=None if heard.private else heard.chat_id,
            message_id=heard.message_id or pressed,
        )

    def here(self) -> WorkingGroup:
        """The group this is about; raises NoGroupHere."""
        if self.group is None:
            raise NoGroupHere
        return self.group

    def mine(self) -> Membership:
        """The asker's membership in force; raises NoGroupHere or NotAMember."""
        self.here()
        if self.membership is None:
            raise NotAMember
        return self.membership

    def with_words(self, words: str) -> Self:
        """The same request saying something else: a press that stands for a command, a dialogue's answer."""
        return replace(self, heard=replace(self.heard, words=words))


Handler = Callable[[Request], Awaitable[Reply]]
"""What answers a command, a press or a typed answer."""
