"""More people in a group of the tests, and another group for some of its people."""

from sqlmodel import col, delete

from bot.rehearsal.groups import Group
from bot.rehearsal.people import Person
from storage import groups, people
from storage.engine import Database
from storage.kinds import Role, Standing
from storage.tables import Chat, Membership
from tests.e2e.conftest import CAST, Bed, populate


async def joined(bed: Bed, database: Database, number: int) -> list[Person]:
    """So many more, each with a username and a private chat with the bot; both Telegram and the bot know them."""
    found = [bed.server.world.user(f"Member {n}", username=f"member_{n}", started=True) for n in range(number)]
    async with database.writing() as session:
        room = await groups.room_of(session, bed.group.id, None)
        assert room is not None
        sides = await groups.sides(session, room.group_id)
        for place, person in enumerate(found):
            bed.server.world.set_status(bed.group, person, "member", bed.group.creator)
            at = bed.clock.now()
            name, username = person.first_name, person.username
            row = await people.meet(session, telegram_id=person.id, name=name, username=username, language="en", at=at)
            row.private_open = True
            side = sides[place % 2]
            session.add(
                Membership(
                    person_id=row.id,
                    group_id=side.group_id,
                    side_id=side.id,
                    role=Role.MEMBER,
                    standing=Standing.ACTIVE,
                    asked_at=at,
                )
            )
    return found


async def second_group(bed: Bed, *who: str, name: str = "Another partnership") -> Group:
    """Another Telegram group of the whole cast, bound to a working group in which these are what they are here."""
    assert bed.program is not None
    group = bed.server.world.group(name, members=list(bed.cast.values()), kind="supergroup")
    await bed.settle()
    async with bed.program.database.writing() as session:
        await session.exec(delete(Chat).where(col(Chat.id) == group.id))
    await populate(bed.program.database, group, bed.cast, {key: CAST[key] for key in who}, name)
    return group
