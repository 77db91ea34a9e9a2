"""Working groups for a benchmark: both sides and six people in each, every group with its room."""

from datetime import UTC, date, datetime

from storage import calendars, founding, groups, journal, migrating, people, tasks
from storage.engine import Database
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.journal import Cause
from storage.kinds import ChatKind, Role, Standing, Subject
from storage.tables import ButtonToken, Card, Chat, Membership, Room
from storage.tasks import Share, TaskDraft
from tests.benchmarks.telegram import BOT_ID, PEOPLE, sender, telegram_id, token, username

WEEK = "Mon-Fri 08:00-12:00 13:00-16:00"
NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
DUE = date(2027, 4, 30)


async def make(url: str, chats: int, cards: int = 0) -> None:
    """A migrated database with one working group for each chat, and so many cards in all, each of a task of its own.

    The button "In progress" of a card has its number as the token (see `tests.benchmarks.telegram.token`).
    """
    database = Database(url)
    await migrating.upgrade(database)
    async with database.writing() as session:
        await calendars.load_shipped(session)
        for number in range(chats):
            await _group(session, number)
        for number in range(cards):
            await _card(session, number, chats)
    await database.close()


async def _card(session, number: int, chats: int) -> None:
    """Chats and people take turns as they do in the updates."""
    chat_id, person = -1001 - number % chats, await people.by_telegram(session, sender(number, chats)["id"])
    room = await groups.room_of(session, chat_id, 0)
    member = await people.membership(session, person.id, room.group_id)
    draft = TaskDraft(f"Task {number}", "en", f"task {number}", person.id, BOT_ID, number, NOW, due=DUE)
    share = Share(member.side_id, person.id, NOW.date())
    (task,) = await tasks.add(session, group=await groups.get(session, room.group_id), draft=draft, shares=[share])
    cause = Cause(NOW, person.id)
    given = {"state": task.state, "as": Role.MEMBER}
    await journal.append(
        session, cause, subject=Subject.TASK, subject_id=task.id, group_id=room.group_id, change="given", after=given
    )
    session.add(
        Card(
            subject=Subject.TASK,
            subject_id=task.id,
            group_id=room.group_id,
            chat_id=chat_id,
            message_id=10 + number,
            languages=["en"],
        )
    )
    args = f'{{"group":{room.group_id},"part":{task.id}}}'
    session.add(ButtonToken(token=token(number), chat_id=chat_id, press="task.progress", args=args, made_at=NOW))


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
            telegram_id=telegram_id(number, person),
            name=f"Trainer {person}",
            username=username(number, person),
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
