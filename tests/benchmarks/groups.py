"""Working groups for a benchmark: both sides and six people in each, every group with its room."""

from datetime import UTC, datetime

from storage import calendars, founding, groups, migrating, people
from storage.engine import Database
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.kinds import ChatKind, Role, Standing
from storage.tables import Chat, Membership, Room

BOT_ID = 700001
PEOPLE = 6
WEEK = "Mon-Fri 08:00-12:00 13:00-16:00"
NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)


async def make(url: str, chats: int) -> None:
    """A migrated database with one working group for each chat."""
    database = Database(url)
    await migrating.upgrade(database)
    async with database.writing() as session:
        await calendars.load_shipped(session)
        for number in range(chats):
            await _group(session, number)
    await database.close()


async def _group(session, number: int) -> None:
    made = await founding.found(session, _draft(number), NOW)
    chat_id = -1001 - number
    session.add(Chat(id=chat_id, bot_id=BOT_ID, kind=ChatKind.SUPERGROUP, first_seen=NOW))
    await session.flush()
    session.add(Room(chat_id=chat_id, group_id=made.id, bound_at=NOW))
    sides = await groups.sides(session, made.id)
    for person in range(PEOPLE):
        row = await people.meet(
            session,
            telegram_id=5000 + person,
            name=f"Trainer {person}",
            username=f"trainer{person}",
            language="en",
            at=NOW,
        )
        row.private_open = True
        session.add(
            Membership(
                person_id=row.id,
                group_id=made.id,
                side_id=sides[person % 2].id,
                role=Role.MEMBER,
                standing=Standing.ACTIVE,
                asked_at=NOW,
            )
        )


def _draft(number: int) -> GroupDraft:
    north = PlaceDraft("North", "College in the north", "LA", "Vientiane", "Asia/Vientiane", WEEK, "en")
    south = PlaceDraft("South", "College in the south", "CN", "Kunming", "Asia/Shanghai", WEEK, "en")
    rules = MechanismDraft("-5 -1 0 +1 person; +2 focal; +5 coordinator", 5, 0, "09:00", "20:00-07:00", 7)
    return GroupDraft(f"Group {number}", (north, south), None, (("Curriculum", "curriculum"),), rules)
