"""From what a handler wants said to rows of the outbox: rendered in the readers' languages, owed once."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, assert_never

from markupsafe import Markup
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import paper, readers
from handlers.heard import Heard
from handlers.reply import (
    Answer,
    Document,
    Edit,
    Effect,
    LeaveChat,
    Page,
    Post,
    Private,
    React,
    RefreshCard,
    ShowCard,
    Tell,
    Toast,
    View,
)
from storage import groups, outbox, people
from storage.kinds import Priority, Subject
from storage.tables import Card, Outbox, Room


@dataclass(frozen=True)
class Origin:
    """What the effects come from: a thing heard, or a tick (heard is None). `name` makes keys unique."""

    bot_id: int
    name: str
    now: datetime
    heard: Heard | None = None
    person_language: str | None = None
    group_id: int | None = None


class Outgoing:
    """Writes the effects of one origin into the outbox, inside the transaction that caused them."""

    def __init__(self, session: AsyncSession, origin: Origin) -> None:
        self._session = session
        self._origin = origin
        self._count = 0

    async def put(self, effects: Iterable[Effect]) -> None:
        """Owe every effect, in order; a press always gets its answer."""
        listed = list(effects)
        for effect in listed:
            self._count += 1
            await self._put(effect)
        pressed = self._origin.heard is not None and self._origin.heard.press is not None
        if pressed and not any(isinstance(effect, Toast) for effect in listed):
            await self._answer_press({})

    async def _put(self, effect: Effect) -> None:
        match effect:
            case Answer():
                await self._answer(effect.view, key=effect.key)
            case Edit():
                await self._edit(effect.view)
            case Toast():
                page = paper.render(effect.view, await self._here())
                await self._answer_press({"text": paper.toast(page), "show_alert": effect.alert})
            case React():
                await self._react(effect)
            case ShowCard():
                await self._show_card(effect)
            case RefreshCard():
                await self._refresh_card(effect)
            case Private():
                await self._private(effect)
            case Post():
                await self._post(effect)
            case Tell():
                page = paper.render(effect.view, await readers.of_chat(self._session, effect.chat_id, None))
                await self._say(page, effect.chat_id, {})
            case Document():
                await self._document(effect)
            case LeaveChat():
                await self._owe("leaveChat", {"chat_id": effect.chat_id}, chat_id=effect.chat_id)
            case _:
                assert_never(effect)

    async def _answer(self, view: View, *, key: str = "") -> None:
        heard = self._heard()
        page = paper.render(view, await self._here())
        if page.ask and heard.press is not None and not heard.private:
            # Telegram asks those who are mentioned for a reply; the message replied to is the bot's own.
            page = replace(page, text=_mention(heard.sender.telegram_id, heard.sender.name) + Markup(": ") + page.text)
        await self._say(page, heard.chat_id, self._place(heard), key=key or None)

    async def _edit(self, view: View) -> None:
        heard = self._heard()
        if heard.press is None or heard.press.message_id is None:
            await self._answer(view)
            return
        page = paper.render(view, await self._here())
        parts = await paper.messages(self._session, page, heard.chat_id, self._origin.now)
        payload = {"chat_id": heard.chat_id, "message_id": heard.press.message_id, **parts[-1]}
        await self._owe("editMessageText", payload, chat_id=heard.chat_id)

    async def _react(self, effect: React) -> None:
        heard = self._heard()
        page = paper.render(effect.otherwise, await self._here())
        parts = await paper.messages(self._session, page, heard.chat_id, self._origin.now)
        payload = {
            "chat_id": heard.chat_id,
            "message_id": heard.message_id,
            "reaction": [{"type": "emoji", "emoji": effect.emoji}],
        }
        otherwise = {"method": "sendMessage", "payload": parts[0] | self._place(heard) | {"chat_id": heard.chat_id}}
        await self._owe("setMessageReaction", payload, chat_id=heard.chat_id, fallback=otherwise)

    async def _show_card(self, effect: ShowCard) -> None:
        heard = self._heard()
        page = paper.render(effect.view, await self._here())
        card = await self._card(effect.subject, effect.subject_id, heard)
        card.message_id, card.face = None, _face(page)
        await self._say(page, heard.chat_id, self._place(heard), card_id=card.id)

    async def _card(self, subject: Subject, subject_id: int, heard: Heard) -> Card:
        query = select(Card).where(
            Card.subject == subject, Card.subject_id == subject_id, Card.chat_id == heard.chat_id
        )
        card = (await self._session.exec(query)).first()
        if card is None:
            group_id = self._origin.group_id
            assert group_id is not None, "a card belongs to a group"
            card = Card(subject=subject, subject_id=subject_id, group_id=group_id, chat_id=heard.chat_id)
        card.thread_id = heard.thread_id
        self._session.add(card)
        await self._session.flush()
        return card

    async def _refresh_card(self, effect: RefreshCard) -> None:
        query = select(Card).where(Card.subject == effect.subject, Card.subject_id == effect.subject_id)
        for card in (await self._session.exec(query)).all():
            page = paper.render(effect.view, await readers.of_chat(self._session, card.chat_id, card.group_id))
            if _face(page) != card.face:
                card.face = _face(page)
                await self._show_anew(card, page)

    async def _show_anew(self, card: Card, page: Page) -> None:
        parts = await paper.messages(self._session, page, card.chat_id, self._origin.now)
        waiting = await outbox.waiting_edit(self._session, card.id)
        if waiting is not None:  # not shown yet: the newer face takes the older one's place
            waiting.payload = {name: v for name, v in waiting.payload.items() if name != "reply_markup"} | parts[-1]
            return
        payload = {"chat_id": card.chat_id, "message_id": card.message_id, **parts[-1]}
        await self._owe(
            "editMessageText",
            payload,
            chat_id=card.chat_id,
            group_id=card.group_id,
            card_id=card.id,
            priority=Priority.CARD,
            key=f"{self._origin.name}:card{card.id}",
        )

    async def _private(self, effect: Private) -> None:
        person = await people.get(self._session, effect.person_id)
        fallback = await self._in_the_group(effect)
        if person.private_open and person.telegram_id is not None:
            page = paper.render(effect.view, await readers.of_person(self._session, person, effect.group_id))
            await self._say(
                page,
                person.telegram_id,
                {},
                key=effect.key or None,
                group_id=effect.group_id,
                person_id=person.id,
                priority=effect.priority,
                fallback=fallback,
            )
        elif fallback is not None:
            payload = fallback["payload"]
            await self._owe(
                "sendMessage",
                payload,
                chat_id=payload["chat_id"],
                group_id=effect.group_id,
                person_id=person.id,
                priority=effect.priority,
                key=effect.key or None,
            )

    async def _in_the_group(self, effect: Private) -> dict[str, Any] | None:
        """What is said in the group, with a mention, when the private route is closed."""
        room = await groups.main_room(self._session, effect.group_id) if effect.group_id else None
        if effect.otherwise is None or room is None:
            return None
        person = await people.get(self._session, effect.person_id)
        page = paper.render(effect.otherwise, await readers.of_chat(self._session, room.chat_id, room.group_id))
        named = Page(_mention(person.telegram_id, person.name) + Markup(": ") + page.text, page.rows)
        parts = await paper.messages(self._session, named, room.chat_id, self._origin.now)
        return {"method": "sendMessage", "payload": parts[0] | {"chat_id": room.chat_id} | _topic(room)}

    async def _post(self, effect: Post) -> None:
        room = await groups.main_room(self._session, effect.group_id)
        if room is None:
            return
        page = paper.render(effect.view, await readers.of_chat(self._session, room.chat_id, room.group_id))
        quiet = {"disable_notification": True} if effect.silent else {}
        await self._say(
            page,
            room.chat_id,
            _topic(room) | quiet,
            key=effect.key or None,
            group_id=effect.group_id,
            priority=effect.priority,
        )

    async def _document(self, effect: Document) -> None:
        heard = self._heard()
        page = paper.render(effect.caption, await self._here())
        payload = {
            "chat_id": heard.chat_id,
            "document": {"name": effect.name, "content": effect.content},
            "caption": paper.plain(page.text),
        }
        await self._owe("sendDocument", payload, chat_id=heard.chat_id)

    async def _answer_press(self, said: dict[str, Any]) -> None:
        press = self._heard().press
        assert press is not None, "only presses get toasts"
        await self._owe(
            "answerCallbackQuery", {"callback_query_id": press.callback_id, **said}, priority=Priority.TOAST
        )

    async def _say(
        self, page: Page, chat_id: int, place: dict[str, Any], *, key: str | None = None, **call: Any
    ) -> None:
        """One message, or several where it is too long; only the last carries the key, the card and the fallback."""
        parts = await paper.messages(self._session, page, chat_id, self._origin.now)
        for part in parts[:-1]:
            plain_call = {name: value for name, value in call.items() if name not in {"card_id", "fallback"}}
            await self._owe("sendMessage", part | place | {"chat_id": chat_id}, chat_id=chat_id, **plain_call)
            self._count += 1
        await self._owe("sendMessage", parts[-1] | place | {"chat_id": chat_id}, chat_id=chat_id, key=key, **call)

    async def _owe(self, method: str, payload: dict[str, Any], *, key: str | None = None, **call: Any) -> None:
        origin = self._origin
        named = key or f"{origin.name}:{self._count}"
        call.setdefault("priority", Priority.ANSWER)
        row = Outbox(
            bot_id=origin.bot_id,
            key=f"{origin.bot_id}:{named}",
            method=method,
            payload=payload,
            created_at=origin.now,
            **call,
        )
        await outbox.put(self._session, row)

    async def _here(self) -> list[str]:
        """The languages of whoever reads the answer."""
        heard, origin = self._heard(), self._origin
        if heard.private or heard.press is not None:
            return readers.of_one(origin.person_language)
        return await readers.of_chat(self._session, heard.chat_id, origin.group_id)

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
    return Markup('<a href="tg://user?id={id}">{name}</a>').format(id=telegram_id, name=name)


def _topic(room: Room) -> dict[str, Any]:
    return {"message_thread_id": room.thread_id} if room.thread_id else {}


def _face(page: Page) -> str:
    """What a card looks like, so that an edit that changes nothing is never sent."""
    rows = [[(button.label, button.press, button.args, button.url) for button in row] for row in page.rows]
    return hashlib.sha256(json.dumps([str(page.text), rows], sort_keys=True, default=str).encode()).hexdigest()
