"""Who reads a message, and so in which languages and in whose words it comes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.heard import Sender
from handlers.language import language_of
from handlers.press_reading import PressReader
from handlers.reply import Page
from handlers.rules.languages import ALTERNATING, all_spoken, first_spoken, in_order, starting_with
from handlers.rules.press_rights import ACTS
from handlers.rules.terms import Words, by_language
from handlers.voice import Say
from storage import groups, people, terms
from storage.people import Reader
from storage.tables import Card, Person, Room

Voices = list[Say]
"""One voice for each language of the readers, in the order in which they come."""


class Readers:
    """Finds the voices for the readers of one transaction's messages."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._words: dict[int, Mapping[str, Words]] = {}

    async def expect(self, group_ids: Iterable[int]) -> None:
        """Learn the words of many groups at once, before their messages are written."""
        for group_id, rows in (await terms.of_groups(self._session, group_ids)).items():
            self._words[group_id] = by_language((row.language, row.term, row.instead) for row in rows)

    async def of_person(self, person: Person | Reader, group_id: int | None) -> Voices:
        """One person, in private."""
        return await self._voices([await language_of(self._session, person, group_id)], group_id)

    async def of_sender(self, sender: Sender, group_id: int | None) -> Voices:
        """Whoever wrote or pressed; a stranger's Telegram tells his language."""
        person = await people.by_telegram(self._session, sender.telegram_id)
        if person is None:
            return await self._voices([first_spoken([sender.language])], group_id)
        return await self.of_person(person, group_id)

    async def of_chat(self, chat_id: int, group_id: int | None, *, first: str | None = None) -> Voices:
        """Everybody in a chat: both sides in a group's room, one person in private.

        Where the languages take turns, an answer starts with the one of whoever asked, `first`. A chat that belongs to
        no group reads that one, else the language of whoever let the bot in.
        """
        if chat_id > 0 and (person := await people.by_telegram(self._session, chat_id)) is not None:
            return await self.of_person(person, group_id)
        if chat_id > 0 or group_id is None:
            chat = await groups.chat_known(self._session, chat_id)
            return await self._voices([first_spoken([first, None if chat is None else chat.language])], None)
        rules = await groups.mechanism(self._session, group_id)
        languages = in_order(all_spoken(rules.languages), rules.language_order, 0)
        if rules.language_order == ALTERNATING:
            languages = starting_with(first, languages)
        return await self._voices(languages, group_id)

    async def of_post(self, room: Room) -> Voices:
        """Everybody in a room, for something posted there unasked: the languages take turns, or keep their order."""
        rules = await groups.mechanism(self._session, room.group_id)
        languages = all_spoken(rules.languages)
        posts = await groups.post(self._session, room) if len(languages) > 1 else 0
        return await self._voices(in_order(languages, rules.language_order, posts), room.group_id)

    async def of_card(self, card: Card) -> Voices:
        """Everybody who sees a living card. It takes its turn once and keeps the order as long as it lives."""
        if card.chat_id > 0:
            return await self.of_chat(card.chat_id, card.group_id)
        room = await groups.room_of(self._session, card.chat_id, card.thread_id)
        if not card.languages and room is not None:
            voices = await self.of_post(room)
            card.languages = [voice.language for voice in voices]
            return voices
        spoken = all_spoken((await groups.mechanism(self._session, card.group_id)).languages)
        kept = [language for language in card.languages if language in spoken]
        return await self._voices([*kept, *(each for each in spoken if each not in kept)], card.group_id)

    async def usable(self, page: Page, chat_id: int, group_id: int | None) -> Page:
        """In private a page without the buttons that lead to what its reader may not do."""
        if chat_id < 0 or group_id is None or not _has_acts(page):
            return page
        person = await people.by_telegram(self._session, chat_id)
        return page if person is None else await self.usable_by(person.id, page, group_id)

    async def usable_by(self, person_id: int, page: Page, group_id: int | None) -> Page:
        """The same for a person who is known."""
        if group_id is None or not _has_acts(page):
            return page
        member = await people.active(self._session, person_id, group_id)
        if member is None:
            return page
        reader = PressReader(self._session, member)
        rows = [tuple([button for button in row if await reader.may_press(button)]) for row in page.rows]
        return replace(page, rows=tuple(row for row in rows if row))

    async def _voices(self, languages: Sequence[str], group_id: int | None) -> Voices:
        words = await self._words_of(group_id)
        return [Say(language, words.get(language)) for language in languages]

    async def _words_of(self, group_id: int | None) -> Mapping[str, Words]:
        if group_id is None:
            return {}
        if group_id not in self._words:
            rows = await terms.of_group(self._session, group_id)
            self._words[group_id] = by_language((row.language, row.term, row.instead) for row in rows)
        return self._words[group_id]


def _has_acts(page: Page) -> bool:
    return any(button.press in ACTS for row in page.rows for button in row)
