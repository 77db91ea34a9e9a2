"""A stage for handlers: one working group, people of both sides, and no Telegram.

`stage.says(person, "/decide …")` gives the handler a Request inside a transaction and returns what it replied with,
rendered in English. Nothing is sent: effects are looked at as they are.
"""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import meetings
from handlers.heard import Attachment, Heard, Mention, Press, Quoted, Sender
from handlers.reply import Effect, Page, Reply, ShowCard
from handlers.request import BotSelf, Request
from handlers.voice import Say
from storage import founding, groups, people
from storage.engine import Database
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.kinds import ChatKind, Role, Standing
from storage.tables import Chat, Meeting, Membership, Person, Room, WorkingGroup

Handler = Callable[[Request], Awaitable[Reply]]
GROUP_CHAT = -1001
WEEK = "Mon-Fri 08:00-12:00 13:00-16:00"
DRAFT = GroupDraft(
    name="Vientiane and Kunming",
    sides=(
        PlaceDraft("Vientiane", "Technical College, Vientiane", "LA", "Vientiane", "Asia/Vientiane", WEEK, "lo"),
        PlaceDraft("Kunming", "Technical College, Yunnan", "CN", "Kunming", "Asia/Shanghai", WEEK, "zh_Hans"),
    ),
    organisation=PlaceDraft("Project", "Project office", "LA", "Vientiane", "Asia/Vientiane", WEEK, "en"),
    areas=(("Curriculum development", "curriculum"), ("Training of trainers", "tot")),
    mechanism=MechanismDraft(
        ladder="-5 -1 0 +1 person; +2 focal; +5 coordinator",
        answer_days=5,
        digest_weekday=0,
        digest_hour="09:00",
        quiet="20:00-07:00",
        catch_up_days=7,
    ),
)
CAST = {  # key: (name, username, side, role)
    "vte_focal": ("Focal point, Vientiane", "vte_focal", 0, Role.FOCAL_POINT),
    "vte_alternate": ("Alternate, Vientiane", "vte_alternate", 0, Role.ALTERNATE),
    "vte_trainer": ("Trainer, Vientiane", "vte_trainer", 0, Role.MEMBER),
    "kmg_focal": ("Focal point, Kunming", "kmg_focal", 1, Role.FOCAL_POINT),
    "kmg_alternate": ("Alternate, Kunming", "kmg_alternate", 1, Role.ALTERNATE),
    "kmg_trainer": ("Trainer, Kunming", None, 1, Role.MEMBER),
    "coordinator": ("Coordinator, project", "coordinator", None, Role.COORDINATOR),
    "observer": ("Observer, ministry", "observer", None, Role.OBSERVER),
}


@dataclass
class Said:
    """A reply with its effects; `page()` renders one of them, `text` the first that has a view."""

    reply: Reply

    def of(self, kind: type[Effect]) -> list[Any]:
        return [effect for effect in self.reply.effects if isinstance(effect, kind)]

    def page(self, kind: type[Effect] | None = None, language: str = "en") -> Page:
        wanted = [e for e in self.reply.effects if (kind is None or isinstance(e, kind)) and hasattr(e, "view")]
        return wanted[0].view(Say(language))

    @property
    def text(self) -> str:
        return str(self.page().text)

    def buttons(self, kind: type[Effect] | None = None) -> dict[str, Any]:
        """Buttons by label: the Button objects, to be pressed with stage.presses()."""
        return {button.label: button for row in self.page(kind).rows for button in row}


@dataclass
class Stage:
    """One group, its cast by key, and the ways to make them act. `session` is one open transaction."""

    session: AsyncSession
    group: WorkingGroup
    cast: dict[str, Person]
    now: datetime
    bot: BotSelf = field(default_factory=lambda: BotSelf(99, "focalpoint_bot"))
    ids: Any = field(default_factory=lambda: itertools.count(1))

    async def says(self, who: str, text: str, handler: Handler, **extra: Any) -> Said:
        """`who` sends `text` ("/command words" or plain words); extra: private, mentions, attachments, reply_to,
        now, args, sender (for strangers)."""
        first, _, rest = text.partition(" ")
        command = first[1:].lower() if first.startswith("/") else ""
        heard = self._heard(who, extra, text=text, command=command, words=rest.strip() if command else text)
        return Said(await handler(await self._request(who, heard, extra)))

    async def presses(self, who: str, button: Any, handler: Handler, **extra: Any) -> Said:
        """`who` presses a Button (or anything with .press and .args)."""
        press = Press("callback", "token", 500, button.press, dict(button.args))
        heard = self._heard(who, extra, press=press)
        return Said(await handler(await self._request(who, heard, extra | {"args": dict(button.args)})))

    async def _request(self, who: str, heard: Heard, extra: dict[str, Any]) -> Request:
        person = self.cast[who]
        room = None if heard.private else await groups.room_of(self.session, heard.chat_id, heard.thread_id)
        return Request(
            session=self.session,
            now=extra.get("now", self.now),
            heard=heard,
            person=person,
            bot=self.bot,
            group=self.group,
            membership=await people.active(self.session, person.id, self.group.id),
            room=room,
            args=extra.get("args", {}),
        )

    def _heard(self, who: str, extra: dict[str, Any], **parts: Any) -> Heard:
        person, number, private = self.cast[who], next(self.ids), extra.get("private", False)
        assert person.telegram_id is not None
        mentions: tuple[Mention, ...] = extra.get("mentions", ())
        attachments: tuple[Attachment, ...] = extra.get("attachments", ())
        reply_to: Quoted | None = extra.get("reply_to")
        return Heard(
            bot_id=self.bot.bot_id,
            update_id=number,
            chat_id=person.telegram_id if private else GROUP_CHAT,
            chat_kind=ChatKind.PRIVATE if private else ChatKind.SUPERGROUP,
            chat_title="" if private else "Working group",
            sender=Sender(person.telegram_id, person.name, person.username, "en"),
            at=self.now,
            message_id=1000 + number,
            mentions=mentions,
            attachments=attachments,
            reply_to=reply_to,
            **parts,
        )


@pytest.fixture
async def stage(database: Database, now: datetime) -> AsyncIterator[Stage]:
    """A group bound to a chat, with focal points, alternates, trainers, a coordinator, an observer and a stranger."""
    async with database.writing() as session:
        group = await founding.found(session, DRAFT, now)
        await groups.chat(
            session, chat_id=GROUP_CHAT, bot_id=99, kind=ChatKind.SUPERGROUP, title="Working group", at=now
        )
        session.add(Room(chat_id=GROUP_CHAT, group_id=group.id, bound_at=now))
        cast = await _people(session, group, now)
        await session.flush()
        yield Stage(session, group, cast, now)


@pytest.fixture
async def meeting(stage: Stage) -> Meeting:
    """M1, fixed for Tuesday 12 May at ten in Vientiane, called by a trainer there."""
    said = await stage.says("vte_trainer", "/meet Module plan at 12 May 10:00", meetings.meet)
    return await stage.session.get_one(Meeting, said.of(ShowCard)[0].subject_id)


async def _people(session: AsyncSession, group: WorkingGroup, now: datetime) -> dict[str, Person]:
    sides = await groups.sides(session, group.id)
    cast = {"stranger": Person(telegram_id=7_999, name="Stranger", created_at=now, private_open=True)}
    for number, (key, (name, username, side, role)) in enumerate(CAST.items()):
        person = Person(telegram_id=7_000 + number, name=name, username=username, created_at=now, private_open=True)
        session.add(person)
        await session.flush()
        cast[key] = person
        side_id = None if side is None else sides[side].id
        session.add(
            Membership(
                person_id=person.id,
                group_id=group.id,
                side_id=side_id,
                role=role,
                standing=Standing.ACTIVE,
                asked_at=now,
                since=now,
            )
        )
    session.add(cast["stranger"])
    return cast


__all__ = ["GROUP_CHAT", "Chat", "Said", "Stage"]
