"""A second working group beside the one of the tests, with people of its own who know nothing of the first."""

from bot.rehearsal.groups import Group
from storage.engine import Database
from storage.kinds import Role
from tests.e2e.conftest import Bed, populate

NEIGHBOURS = {
    "east_focal": ("Focal point, East", "east_focal", 0, Role.FOCAL_POINT),
    "east_trainer": ("Trainer, East", "east_trainer", 0, Role.MEMBER),
    "west_focal": ("Focal point, West", "west_focal", 1, Role.FOCAL_POINT),
}


async def move_in(bed: Bed) -> Group:
    """Their Telegram group, bound to a working group of theirs; they are in the cast from now on."""
    world = bed.server.world
    cast = {key: world.user(name, username=user, started=True) for key, (name, user, *_) in NEIGHBOURS.items()}
    group = world.group("Other working group", members=list(cast.values()), kind="supergroup")
    world.updates.drop_pending()
    database = Database(bed.settings.database_url)
    await populate(database, group, cast, NEIGHBOURS, "East and West")
    await database.close()
    bed.cast.update(cast)
    return group
