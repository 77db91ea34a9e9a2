"""The playbooks a group can start: those that come with the program, and its own, which come before them."""

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.rules.playbooks import Playbook, read_playbook, shipped, shipped_text
from storage import playbooks


async def known(session: AsyncSession, group_id: int) -> dict[str, Playbook]:
    """Every playbook by key; a group's own one takes the place of a shipped one of the same key."""
    own = {row.key: read_playbook(row.key, row.content)[0] for row in await playbooks.of_group(session, group_id)}
    read = {key: playbook for key, playbook in own.items() if playbook is not None}
    return {**shipped(), **read}


async def text_of(session: AsyncSession, group_id: int, key: str) -> str:
    """The file of a playbook, to be changed and sent back."""
    own = {row.key: row.content for row in await playbooks.of_group(session, group_id)}
    return own.get(key) or shipped_text(key)
