"""What the person who runs the bot does before anybody writes: the configuration, the group and its two codes."""

from datetime import datetime
from pathlib import Path

from bot.operating.preparing import prepare
from bot.operating.templates import draft_of
from bot.rehearsal.cast import TITLE
from bot.settings_file import load
from storage import founding, groups
from storage.engine import Database
from storage.kinds import CodeKind

TOKEN = "700001:" + "R" * 35
"""A token that no server but ours knows."""


def configure(folder: Path, api_url: str) -> Path:
    """Write the configuration file; its path."""
    path = folder / "config.toml"
    lines = ["[telegram]", f'token = "{TOKEN}"', f'api_url = "{api_url}"', "", "[database]", f'data_dir = "{folder}"']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


async def found(config: Path, at: datetime) -> dict[str, str]:
    """Make the group from the template that comes with the program; the codes for the chat and the coordinator."""
    settings = load(config, {})
    await prepare(settings)
    database = Database(settings.database_url)
    try:
        async with database.writing() as session:
            group = await founding.found(session, draft_of(settings, None, TITLE), at)
            (await groups.mechanism(session, group.id)).languages = ["lo", "zh_Hans"]
            codes = {"link": CodeKind.GROUP, "coordinator": CodeKind.COORDINATOR}
            return {
                name: await founding.make_code(session, kind=kind, group_id=group.id, at=at)
                for name, kind in codes.items()
            }
    finally:
        await database.close()
