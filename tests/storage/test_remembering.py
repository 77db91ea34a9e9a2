"""What a transaction remembers of its queries, and when it asks again."""

from datetime import date

import pytest
from sqlalchemy import event, update

from storage import calendars, founding, groups, people
from storage.engine import Database
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.kinds import ChatKind, DayKind
from storage.remembering import Outdated
from storage.tables import Chat, CountryDay, Room


def day_off(number: int) -> CountryDay:
    return CountryDay(
        country="LA",
        day=date(2026, 5, number),
        kind=DayKind.OFF,
        name_en=f"Day {number}",
        name_local="",
        source="",
        status="confirmed",
    )


@pytest.fixture
def asked(database):
    """Every statement that reads the days of a country."""
    found = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.startswith("SELECT") and "FROM country_day" in statement:
            found.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    return found


async def test_the_same_question_is_asked_once_in_a_transaction(database, asked):
    async with database.writing() as session:
        session.add(day_off(1))
        first, second = await calendars.rows(session, "LA"), await calendars.rows(session, "LA")
    assert first == second
    assert len(asked) == 1


async def test_another_transaction_asks_anew(database, asked):
    for _ in range(2):
        async with database.reading() as session:
            await calendars.rows(session, "LA")
    assert len(asked) == 2


async def test_what_was_written_since_is_seen(database):
    async with database.writing() as session:
        assert await calendars.rows(session, "LA") == []
        session.add(day_off(1))
        assert len(await calendars.rows(session, "LA")) == 1
        await session.flush()
        assert len(await calendars.rows(session, "LA")) == 1


async def test_a_row_changed_by_a_statement_is_seen(database):
    async with database.writing() as session:
        session.add(day_off(1))
        assert len(await calendars.rows(session, "LA")) == 1
        await session.exec(update(CountryDay).values(status="removed"))
        assert await calendars.rows(session, "LA") == []


async def test_what_was_rolled_back_is_not_remembered(database):
    async with database.writing() as session:
        point = await session.begin_nested()
        session.add(day_off(1))
        assert len(await calendars.rows(session, "LA")) == 1
        await point.rollback()
        assert await calendars.rows(session, "LA") == []


RULES = MechanismDraft("0 person", 5, 0, "09:00", "20:00-07:00", 7)


async def heads(database):
    """What a session that goes on says of the days of Laos, in one transaction after the other."""
    async with database.going_on() as session:
        return [row.name_en for row in await calendars.rows(session, "LA")]


async def add(database, number):
    async with database.writing() as session:
        session.add(day_off(number))


async def test_a_session_that_goes_on_asks_once_for_many_transactions(database, asked):
    await add(database, 1)
    assert [await heads(database) for _ in range(3)] == [["Day 1"]] * 3
    assert len(asked) == 1


@pytest.mark.parametrize("by", ["a session", "a statement", "another program"])
async def test_a_session_that_goes_on_sees_what_another_wrote(any_database, by):
    await add(any_database, 1)
    await heads(any_database)
    other = Database(any_database.url.render_as_string(hide_password=False))
    if by == "a statement":
        async with other.writing() as session:
            await session.exec(update(CountryDay).values(name_en="New year"))
    else:
        await add(other if by == "another program" else any_database, 2)
    await other.close()
    assert await heads(any_database) == (["New year"] if by == "a statement" else ["Day 1", "Day 2"])


async def test_a_session_that_goes_on_sees_what_it_wrote_itself(any_database):
    async with any_database.going_on() as session:
        session.add(day_off(1))
    assert await heads(any_database) == ["Day 1"]
    async with any_database.going_on() as session:
        session.add(day_off(2))
    assert await heads(any_database) == ["Day 1", "Day 2"]


async def test_what_an_error_took_back_is_not_remembered_by_the_next_transaction(any_database):
    with pytest.raises(ZeroDivisionError):
        await write_and_fail(any_database)
    assert await heads(any_database) == []


async def write_and_fail(database):
    async with database.going_on() as session:
        session.add(day_off(1))
        assert len(await calendars.rows(session, "LA")) == 1
        raise ZeroDivisionError


@pytest.fixture
async def group_id(any_database, now):
    place = PlaceDraft("North", "College", "LA", "Vientiane", "Asia/Vientiane", "Mon-Fri 08:00-16:00", "en")
    async with any_database.writing() as session:
        made = await founding.found(session, GroupDraft("Group", (place,), None, (), RULES), now)
        session.add(Chat(id=-1001, bot_id=1, kind=ChatKind.GROUP, first_seen=now))
        await session.flush()
        session.add(Room(chat_id=-1001, group_id=made.id, bound_at=now))
        return made.id


async def test_what_changed_until_the_group_was_held_begins_anew(shared, now):
    """Two workers: the second changes the calendar between the first one's beginning and its hold of the group."""
    async with shared.writing() as session:
        made = await founding.found(session, GroupDraft("Group", (), None, (), RULES), now)
    with pytest.raises(Outdated):
        await hold_after_a_change(shared, made.id)
    async with shared.going_on() as session:
        assert [row.name_en for row in await calendars.rows(session, "LA")] == ["Day 1"]
        await groups.hold(session, made.id)


async def hold_after_a_change(database, group_id):
    async with database.going_on() as session:
        await calendars.rows(session, "LA")
        await add(database, 1)
        await groups.hold(session, group_id)


async def test_a_post_is_counted_and_the_rooms_are_not_asked_for_again(any_database, group_id):
    found = []
    event.listen(any_database.engine.sync_engine, "before_cursor_execute", lambda *at: found.append(at[2]))
    for before in range(3):
        async with any_database.going_on() as session:
            room = await groups.main_room(session, group_id)
            assert await groups.post(session, room) == before
    assert len([each for each in found if each.startswith("SELECT") and "FROM room" in each]) == 1


async def test_a_member_who_changed_his_name_is_known_by_it_at_once(any_database, now):
    how = {"telegram_id": 5, "username": None, "language": "en", "at": now}
    for name in ("Noy", "Noy", "Noi"):
        async with any_database.going_on() as session:
            await people.meet(session, name=name, **how)
        async with any_database.going_on() as session:
            person = await people.by_telegram(session, 5)
            assert person.name == name
