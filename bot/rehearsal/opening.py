"""What the person who runs the bot does before anybody writes: the configuration, the group and its two codes."""

from datetime import datetime
from pathlib import Path

from bot.rehearsal.cast import TITLE
from bot.running import prepare
from bot.settings import Place, Settings, load
from storage import founding
from storage.engine import Database
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
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
            group = await founding.found(session, _draft(settings), at)
            codes = {"link": CodeKind.GROUP, "coordinator": CodeKind.COORDINATOR}
            return {
                name: await founding.make_code(session, kind=kind, group_id=group.id, at=at)
                for name, kind in codes.items()
            }
    finally:
        await database.close()


def _draft(settings: Settings) -> GroupDraft:
    template, rules = settings.group[0], settings.defaults
    sides = {side.key: side for side in settings.side}
    support = next((place for place in settings.organisation if place.key == template.organisation), None)
    return GroupDraft(
        name=TITLE,
        sides=[_place(sides[key], sides[key].institution, settings) for key in template.sides],
        organisation=_place(support, "", settings) if support else None,
        areas=template.area_tags,
        mechanism=MechanismDraft(
            rules.ladder, rules.answer_days, rules.digest_day, rules.digest_hour, rules.quiet, rules.catch_up_days
        ),
    )


def _place(place: Place, institution: str, settings: Settings) -> PlaceDraft:
    return PlaceDraft(
        name=place.name,
        institution=institution,
        country=place.country,
        city=place.city,
        zone=place.zone,
        week=place.week or settings.defaults.week,
        language=place.language or settings.defaults.languages[0],
    )
