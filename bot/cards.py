"""Living cards: the message in a room that shows one record, posted below a request and edited wherever it stands."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import paper
from bot.owing import Owing
from bot.readers import Readers
from handlers.heard import Heard
from handlers.reply import Edit, Effect, Page, PostCard, RefreshCard, ShowCard, View
from storage import adding, cards, groups, people
from storage.kinds import Priority, Subject
from storage.tables import Card


class Cards:
    """Shows and refreshes the living cards that one origin concerns."""

    def __init__(self, session: AsyncSession, owing: Owing, readers: Readers) -> None:
        self._session = session
        self._owing = owing
        self._readers = readers
        self._edited: tuple[int, int] | None = None

    async def show(self, effect: ShowCard, heard: Heard, place: dict[str, Any]) -> None:
        """The card of a record here, anew; its older message is forgotten."""
        group_id = self._owing.origin.group_id
        assert group_id is not None, "a card belongs to a group"
        record = (effect.subject, effect.subject_id)
        card = await self._card(record, group_id, heard.chat_id, heard.thread_id, new=effect.new)
        page = await self._page(card, effect.view)
        self._owing.say(page, heard.chat_id, place, card_id=await self._shows(card, page))

    async def post(self, effect: PostCard) -> None:
        """The card of a record in the main room of its group, where there is one."""
        room = await groups.main_room(self._session, effect.group_id)
        if room is None:
            return
        record = (effect.subject, effect.subject_id)
        card = await self._card(record, effect.group_id, room.chat_id, room.thread_id)
        place = {"message_thread_id": room.thread_id} if room.thread_id else {}
        page = await self._face_of(card, effect.view)
        self._owing.say(page, room.chat_id, place, card_id=card.id, group_id=effect.group_id)

    async def in_private(self, record: tuple[Subject, int], group_id: int, chat_id: int, page: Page) -> int:
        """The id of the card that a private message of this page is from here on."""
        card = await self._card(record, group_id, chat_id, 0)
        return await self._shows(card, page)

    async def _face_of(self, card: Card, view: View) -> Page:
        page = await self._page(card, view)
        await self._shows(card, page)
        return page

    async def _page(self, card: Card, view: View) -> Page:
        page = paper.render(view, await self._readers.of_card(card))
        return await self._readers.usable(page, card.chat_id, card.group_id)

    async def _shows(self, card: Card, page: Page) -> int:
        """What it looks like from here on, in a message that is yet to be sent."""
        card.message_id, card.face = None, _face(page)
        if card.id is None:
            await adding.add(self._session, [card])
        return card.id

    async def _card(
        self, record: tuple[Subject, int], group_id: int, chat_id: int, thread_id: int, *, new: bool = False
    ) -> Card:
        subject, subject_id = record
        card = None if new else await self._known(record, chat_id)
        if card is None:
            card = Card(subject=subject, subject_id=subject_id, group_id=group_id, chat_id=chat_id)
        card.thread_id = thread_id
        return card

    def leave_out(self, effects: Iterable[Effect]) -> None:
        """Of these effects one may edit the message that was pressed: then it shows what that says, not the card."""
        heard = self._owing.origin.heard
        number = None if heard is None or heard.press is None else heard.press.message_id
        if heard is not None and number is not None and any(isinstance(effect, Edit) for effect in effects):
            self._edited = (heard.chat_id, number)

    async def _known(self, record: tuple[Subject, int], chat_id: int) -> Card | None:
        return next((card for card in await cards.of(self._session, *record) if card.chat_id == chat_id), None)

    async def refresh(self, effect: RefreshCard) -> None:
        """Every card of a record that looks different by now."""
        for card in await cards.of(self._session, effect.subject, effect.subject_id):
            page = await self._page(card, effect.view)
            if (card.chat_id, card.message_id) == self._edited:
                card.face = ""
            elif (face := _face(page)) != card.face:
                card.face = face
                await self._show_anew(card, page)

    async def _show_anew(self, card: Card, page: Page) -> None:
        payload = paper.edited(page, card.chat_id)
        waiting = await self._owing.waiting_edit(card.id)
        if waiting is not None:  # not shown yet: the newer face takes the older one's place
            payload = await self._owing.with_tokens(payload)
            waiting.payload = {name: v for name, v in waiting.payload.items() if name != "reply_markup"} | payload
            return
        reader = await people.by_telegram(self._session, card.chat_id) if card.chat_id > 0 else None
        self._owing.owe(
            "editMessageText",
            payload | {"chat_id": card.chat_id, "message_id": card.message_id},
            chat_id=card.chat_id,
            group_id=card.group_id,
            person_id=None if reader is None else reader.id,
            card_id=card.id,
            priority=Priority.CARD,
            key=f"{self._owing.origin.name}:card{card.id}",
        )


def _face(page: Page) -> str:
    """What a card looks like, so that an edit that changes nothing is never sent."""
    rows = [[(button.label, button.press, button.args, button.url) for button in row] for row in page.rows]
    return hashlib.sha256(json.dumps([str(page.text), rows], sort_keys=True, default=str).encode()).hexdigest()
