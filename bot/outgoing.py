"""From what a handler wants said to calls that are owed: rendered in the readers' languages, put where they belong."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, assert_never

from markupsafe import Markup, escape
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import calls, paper, uploads
from bot.cards import Cards
from bot.owing import Debts, Origin, Owing
from bot.readers import Readers, Voices
from handlers.heard import Heard
from handlers.language import language_of
from handlers.reply import (
    Answer,
    Document,
    Edit,
    Effect,
    File,
    KnownFile,
    LeaveChat,
    Page,
    Post,
    PostCard,
    Private,
    React,
    RefreshCard,
    ShowCard,
    Tell,
    Toast,
)
from handlers.rules.languages import spoken
from storage import groups, people
from storage.kinds import Priority
from storage.people import Reader
from storage.tables import Person, Room

MANY = 8
"""Private messages from which on it pays to read ahead."""


class Outgoing:
    """Writes the effects of one origin into the outbox, in the transaction that caused them, or gathers `debts`."""

    def __init__(self, session: AsyncSession, origin: Origin, debts: Debts | None = None) -> None:
        self._session = session
        self._origin = origin
        self._readers = Readers(session)
        self._settles = debts is None
        self._debts = debts or Debts(session, origin.now)
        self._owing = Owing(session, origin, self._debts)
        self._cards = Cards(session, self._owing, self._readers)
        self._persons: dict[int, Reader] = {}

    async def put(self, effects: Iterable[Effect]) -> None:
        """Owe every effect, in order; a press always gets its answer."""
        listed = list(effects)
        await self._expect([effect for effect in listed if isinstance(effect, Private)])
        self._cards.leave_out(listed)
        for effect in listed:
            await self._put(effect)
        pressed = self._origin.heard is not None and self._origin.heard.press is not None
        if pressed and not any(isinstance(effect, Toast) for effect in listed):
            self._answer_press({})
        if self._settles:
            await self._debts.settle()

    async def _expect(self, messages: Sequence[Private]) -> None:
        """Where many are written to: read who they are, and their groups' words, at once."""
        if len(messages) < MANY:
            return
        await self._readers.expect({each.group_id for each in messages if each.group_id is not None})
        self._persons = await people.readers(self._session, [each.person_id for each in messages])

    async def _person(self, person_id: int) -> Person | Reader:
        return self._persons.get(person_id) or await people.get(self._session, person_id)

    async def _put(self, effect: Effect) -> None:
        match effect:
            case Answer():
                await self._answer(effect)
            case Edit():
                await self._edit(effect)
            case Toast():
                page = paper.render(effect.view, await self._asker())
                self._answer_press({"text": paper.toast(page), "show_alert": effect.alert})
            case React():
                await self._react(effect)
            case ShowCard():
                heard = self._heard()
                await self._cards.show(effect, heard, self._place(heard))
            case RefreshCard():
                await self._cards.refresh(effect)
            case PostCard():
                await self._cards.post(effect)
            case Private():
                await self._private(effect)
            case Post():
                await self._post(effect)
            case Tell():
                page = paper.render(effect.view, await self._readers.of_chat(effect.chat_id, None))
                self._owing.say(page, effect.chat_id, {})
            case Document():
                await self._document(effect)
            case File():
                await self._file(effect)
            case KnownFile():
                await self._known_file(effect)
            case LeaveChat():
                self._owing.owe("leaveChat", {"chat_id": effect.chat_id}, chat_id=effect.chat_id)
            case _:
                assert_never(effect)

    async def _answer(self, effect: Answer) -> None:
        heard = self._heard()
        page = paper.render(effect.view, await (self._asker() if effect.personal else self._here()))
        if page.ask and not heard.private:  # a question to one person, whoever reads it too
            page = paper.render(effect.view, await self._asker())
        page = await self._readers.usable(page, heard.chat_id, self._origin.group_id)
        if page.ask and heard.press is not None and not heard.private:
            # Telegram asks those who are mentioned for a reply; the message replied to is the bot's own.
            page = replace(page, text=_mention(heard.sender.telegram_id, heard.sender.name) + Markup(": ") + page.text)
        self._owing.say(page, heard.chat_id, self._place(heard), key=effect.key or None)

    async def _edit(self, effect: Edit) -> None:
        heard = self._heard()
        if heard.press is None or heard.press.message_id is None:
            await self._answer(Answer(effect.view))
            return
        page = paper.render(effect.view, await self._here())
        page = await self._readers.usable(page, heard.chat_id, self._origin.group_id)
        where = {"chat_id": heard.chat_id, "message_id": heard.press.message_id}
        self._owing.owe("editMessageText", where | paper.edited(page, heard.chat_id), chat_id=heard.chat_id)

    async def _react(self, effect: React) -> None:
        heard = self._heard()
        page = paper.render(effect.otherwise, await self._here())
        parts = paper.messages(page, heard.chat_id)
        payload = {
            "chat_id": heard.chat_id,
            "message_id": heard.message_id,
            "reaction": [{"type": "emoji", "emoji": effect.emoji}],
        }
        otherwise = {"method": "sendMessage", "payload": parts[0] | self._place(heard) | {"chat_id": heard.chat_id}}
        self._owing.owe("setMessageReaction", payload, chat_id=heard.chat_id, fallback=otherwise)

    async def _private(self, effect: Private) -> None:
        person = await self._person(effect.person_id)
        fallback = await self._in_the_group(effect)
        call: dict[str, Any] = {"group_id": effect.group_id, "priority": effect.priority, "key": effect.key or None}
        call["person_id"] = person.id
        if person.private_open and person.telegram_id is not None:
            page = paper.render(effect.view, await self._readers.of_person(person, effect.group_id))
            page = await self._readers.usable_by(person.id, page, effect.group_id)
            if effect.card is not None and effect.group_id is not None:
                call["card_id"] = await self._cards.in_private(effect.card, effect.group_id, person.telegram_id, page)
            self._owing.say(page, person.telegram_id, {}, fallback=fallback, **call)
        elif fallback is not None:
            payload = fallback["payload"]
            self._owing.owe("sendMessage", payload, chat_id=payload["chat_id"], **call)

    async def _in_the_group(self, effect: Private) -> dict[str, Any] | None:
        """What is said in the group, with a mention, when the private route is closed."""
        if effect.otherwise is None or effect.group_id is None:
            return None
        room = await groups.main_room(self._session, effect.group_id)
        if room is None:
            return None
        person = await self._person(effect.person_id)
        own = await language_of(self._session, person, effect.group_id)
        page = paper.render(effect.otherwise, await self._readers.of_chat(room.chat_id, room.group_id, first=own))
        named = Page(_mention(person.telegram_id, person.name) + Markup(": ") + page.text, page.rows)
        parts = paper.messages(named, room.chat_id)
        return {"method": "sendMessage", "payload": parts[0] | {"chat_id": room.chat_id} | _topic(room)}

    async def _post(self, effect: Post) -> None:
        room = await groups.main_room(self._session, effect.group_id)
        if room is None:
            return
        page = paper.render(effect.view, await self._readers.of_post(room))
        quiet = {"disable_notification": True} if effect.silent else {}
        call: dict[str, Any] = {"group_id": effect.group_id, "priority": effect.priority, "key": effect.key or None}
        self._owing.say(page, room.chat_id, _topic(room) | quiet, **call)

    async def _document(self, effect: Document) -> None:
        heard = self._heard()
        page = paper.render(effect.caption, await self._here())
        payload = {
            "chat_id": heard.chat_id,
            "document": uploads.kept(effect.name, effect.content),
            "caption": paper.plain(page.text),
        }
        self._owing.owe("sendDocument", payload, chat_id=heard.chat_id)

    async def _file(self, effect: File) -> None:
        if effect.person_id is not None:
            await self._private_file(effect, effect.person_id)
            return
        heard = self._heard()
        page = paper.render(effect.caption, await self._here())
        payload = _made(effect, page, heard.chat_id) | self._place(heard)
        self._owing.owe(_sending(effect), payload, chat_id=heard.chat_id, key=effect.key or None)

    async def _known_file(self, effect: KnownFile) -> None:
        """It belongs to the group it was shared in, and goes to whoever is a member of it when it leaves."""
        heard, group_id = self._heard(), self._origin.group_id
        person = await people.by_telegram(self._session, heard.sender.telegram_id) if heard.private else None
        caption = paper.caption(paper.render(effect.caption, await self._here()), heard.chat_id)
        lost = paper.messages(paper.render(effect.otherwise, await self._here()), heard.chat_id)[0]
        place = self._place(heard) | {"chat_id": heard.chat_id}
        self._owing.owe(
            calls.SENDS[effect.kind],
            place | uploads.known(effect.kind, effect.file_id, caption),
            chat_id=heard.chat_id,
            fallback={"method": "sendMessage", "payload": place | lost},
            group_id=group_id,
            person_id=None if person is None else person.id,
        )

    async def _private_file(self, effect: File, person_id: int) -> None:
        person = await self._person(person_id)
        said = Private(person_id, effect.caption, effect.group_id, effect.key, effect.otherwise, effect.priority)
        if not person.private_open or person.telegram_id is None:
            await self._private(said)
            return
        page = paper.render(effect.caption, await self._readers.of_person(person, effect.group_id))
        self._owing.owe(
            _sending(effect),
            _made(effect, page, person.telegram_id),
            chat_id=person.telegram_id,
            fallback=await self._in_the_group(said),
            group_id=effect.group_id,
            person_id=person.id,
            priority=effect.priority,
            key=effect.key or None,
        )

    def _answer_press(self, said: dict[str, Any]) -> None:
        press = self._heard().press
        assert press is not None, "only presses get toasts"
        answer = {"callback_query_id": press.callback_id, **said}
        self._owing.owe("answerCallbackQuery", answer, priority=Priority.TOAST)

    async def _here(self) -> Voices:
        """The voices for everybody who reads the answer."""
        heard = self._heard()
        if heard.private:
            return await self._asker()
        person = await people.by_telegram(self._session, heard.sender.telegram_id)
        group_id = await self._group_id(heard)
        own = spoken(heard.sender.language)
        first = own if person is None else await language_of(self._session, person, group_id)
        return await self._readers.of_chat(heard.chat_id, group_id, first=first)

    async def _asker(self) -> Voices:
        """The voice for whoever wrote or pressed."""
        heard = self._heard()
        if heard.sender.anonymous and not heard.private:
            return await self._readers.of_chat(heard.chat_id, await self._group_id(heard))
        return await self._readers.of_sender(heard.sender, await self._group_id(heard))

    async def _group_id(self, heard: Heard) -> int | None:
        """The group an answer is about, also when it was bound, or refused, only just now."""
        if self._origin.group_id is not None or heard.private:
            return self._origin.group_id
        room = await groups.room_of(self._session, heard.chat_id, heard.thread_id)
        return None if room is None else room.group_id

    def _heard(self) -> Heard:
        heard = self._origin.heard
        assert heard is not None, "only what was heard can be answered in its place"
        return heard

    def _place(self, heard: Heard) -> dict[str, Any]:
        """Where an answer stands: in the topic of the question, as a reply to it."""
        place: dict[str, Any] = {"message_thread_id": heard.thread_id} if heard.thread_id else {}
        if heard.message_id is not None and not heard.private:
            place["reply_parameters"] = {"message_id": heard.message_id, "allow_sending_without_reply": True}
        return place


def _mention(telegram_id: int | None, name: str) -> Markup:
    return Markup(f'<a href="tg://user?id={telegram_id}">{escape(name)}</a>')


def _topic(room: Room) -> dict[str, Any]:
    return {"message_thread_id": room.thread_id} if room.thread_id else {}


def _sending(effect: File) -> str:
    return "sendPhoto" if effect.photo else "sendDocument"


def _made(effect: File, page: Page, chat_id: int) -> dict[str, Any]:
    file = {"photo" if effect.photo else "document": uploads.made(effect.maker, effect.args)}
    return {"chat_id": chat_id} | file | paper.caption(page, chat_id)
