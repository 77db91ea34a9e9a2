"""What many updates that are answered together will ask for, read at once."""

from collections.abc import Collection

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import foresight
from handlers.heard import Happened, Heard
from storage import adding, dialogues, groups, journal, people


async def expect(session: AsyncSession, chat_ids: Collection[int], happened: Collection[Happened | None]) -> None:
    """Hold the groups of these chats, and read what answering all of this needs."""
    held = await groups.hold_of_chats(session, chat_ids)
    await journal.expect(session, [group.id for group in held])
    await dialogues.expect(session, chat_ids)
    await people.expect(session, [told.sender.telegram_id for told in happened if isinstance(told, Heard)])
    adding.expect(session, len(happened))
    presses = [told.press for told in happened if isinstance(told, Heard) and told.press is not None]
    await foresight.of_presses(session, [press.token for press in presses])
