"""What leaves no trace: talk among people, words that became no record, and whoever asked to be forgotten.

A file is read byte by byte, with the log beside it; of a server every row of every table.
"""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.rehearsal.faults import FaultKind
from bot.rehearsal.people import Person
from bot.settings import DatabaseSection
from storage import groups, journal, people
from storage.kinds import Role, Standing
from storage.tables import Membership
from tests.e2e.conftest import START
from tests.e2e.leftovers import found, left

NUMBER = 7_654_321_987
"""Of an account, as later ones are: SQLite writes it as six bytes."""
WORDS = ("Zebulon", "Quixwort", "zq_nobody_else")


@pytest.fixture
def kept(any_url, tmp_path):
    return DatabaseSection(url=any_url, data_dir=str(tmp_path))


def about_him(bed):
    """His number and names, as a row has them."""
    words = [str(NUMBER).encode(), *(word.encode() for word in WORDS)]
    return words if bed.program.database.is_shared else [NUMBER.to_bytes(6, "big"), *words]


async def what_is_left(bed):
    """After a file has taken in the log beside it."""
    if not bed.program.database.is_shared:
        await bed.program.upkeep.shorten_log()
    return await left(bed.program.database)


async def hears_everything(bed):
    """As an administrator the bot is shown what people say to each other."""
    bed.group.promotes(bed.server.world.bot)
    await bed.settle()


async def test_talk_among_people_is_never_written_anywhere(bed):
    await hears_everything(bed)
    for number in range(30):
        bed.cast["vte_trainer"].writes(bed.group, f"between us {number}: sassafras, ຄວາມລັບ, 秘密")
    quoted = bed.cast["kmg_focal"].writes(bed.group, "a gallimaufry of things")
    bed.cast["vte_focal"].writes(bed.group, "and a farrago of answers", reply_to=quoted)
    await bed.hears("vte_focal", "/task A record")
    words, there = ["sassafras", "ຄວາມລັບ", "秘密", "gallimaufry", "farrago"], await left(bed.program.database)
    assert found(words, str(bed.server.world.updates.all).encode()) == words, "Telegram gave it to the bot"
    assert found(["A record"], there), "this is where it would be"
    assert found(words, there) == []


async def test_what_became_no_record_leaves_with_its_answer(bed):
    await bed.hears("vte_focal", "/done T99 because of a rigmarole")
    await bed.hears("vte_focal", "/find balderdash", private=True)
    await bed.hears("vte_focal", "what a hullabaloo", private=True)
    assert found(["rigmarole", "balderdash", "hullabaloo"], await what_is_left(bed)) == []


async def known(bed):
    """Somebody who did what leaves a trace."""
    person = Person(bed.server.world, NUMBER, WORDS[0], last_name=WORDS[1], username=WORDS[2])
    bed.cast["zebulon"] = person
    bed.group.joins(person)
    await bed.hears("zebulon", "/start", private=True)
    await bed.hears("zebulon", "/join")
    async with bed.program.database.writing() as session:
        row = await people.by_telegram(session, NUMBER)
        [group] = await groups.all_of(session)
        [side, *_] = await groups.sides(session, group.id)
        member = await people.membership(session, row.id, group.id) or Membership(
            person_id=row.id, group_id=group.id, asked_at=START, role=Role.MEMBER, standing=Standing.ACTIVE
        )
        member.side_id, member.role, member.standing, member.title = side.id, Role.MEMBER, Standing.ACTIVE, WORDS[1]
        session.add(member)
    await bed.hears("vte_focal", f"/task Draft the outline @{WORDS[2]} by 2 April")
    await bed.hears("zebulon", "/progress T1")
    await bed.hears("zebulon", "/decide We meet on Mondays")
    await bed.hears("zebulon", "/away 20 April 24 April")
    await bed.hears("zebulon", "/mine", private=True)


async def known_for_long(bed):
    """The same person, who read lists, has his data as a file, and was nudged."""
    await known(bed)
    await bed.hears("zebulon", "/people")
    await bed.hears("zebulon", "/find outline", private=True)
    await bed.hears("zebulon", "/mydata", private=True)
    await bed.hears("coordinator", "/people")
    await bed.at(bed.clock.now() + timedelta(days=1, hours=1))
    bed.cast["zebulon"].writes(bed.group, "hello, it is me")


async def forgets(bed):
    asked = await bed.hears("zebulon", "/forgetme", private=True)
    await bed.presses("zebulon", asked, "Forget me")
    assert bed.last("zebulon", "your name and account are removed") is not None
    await bed.at(bed.clock.now() + timedelta(minutes=2))


async def test_of_whoever_is_forgotten_no_byte_is_left(bed):
    await known_for_long(bed)
    before = await left(bed.program.database)
    assert [each for each in about_him(bed) if each not in before] == [], "this is what would be left"
    await forgets(bed)
    after = await what_is_left(bed)
    assert [each for each in about_him(bed) if each in after] == []
    async with bed.program.database.reading() as session:
        assert await journal.first_fault(session) is None, "the journal knew him by a number of ours alone"


async def test_where_telegram_was_out_of_reach_the_last_answer_goes_first_and_then_the_trace(bed):
    await known(bed)
    asked = await bed.hears("zebulon", "/forgetme", private=True)
    bed.server.faults.add(FaultKind.FLOOD, method="editMessageText", chat_id=NUMBER, retry_after=300)
    await bed.presses("zebulon", asked, "Forget me")
    await bed.at(bed.clock.now() + timedelta(minutes=2))
    assert bed.last("zebulon", "your name and account are removed") is None
    await bed.at(bed.clock.now() + timedelta(minutes=6))
    assert bed.last("zebulon", "your name and account are removed") is not None
    await bed.at(bed.clock.now() + timedelta(minutes=2))
    after = await what_is_left(bed)
    assert [each for each in about_him(bed) if each in after] == []


async def test_who_comes_back_is_new_and_his_old_traces_go_all_the_same(bed):
    await known(bed)
    asked = await bed.hears("zebulon", "/forgetme", private=True)
    await bed.presses("zebulon", asked, "Forget me")
    assert await bed.hears("zebulon", "/start", private=True) is not None
    await bed.at(bed.clock.now() + timedelta(minutes=2))
    assert await bed.hears("zebulon", "/help", private=True) is not None
    async with bed.program.database.reading() as session:
        rows = (await session.exec(text("SELECT count(*) FROM mark WHERE name LIKE 'forgotten:%'"))).one()
    assert rows[0] == 0


async def test_after_the_time_that_is_set_the_road_of_messages_is_empty_and_the_records_are_there(bed):
    await bed.hears("vte_focal", "/task Draft the outline @vte_trainer by 20 April")
    await bed.at(bed.clock.now() + timedelta(days=1))
    bed.clock.move_by(timedelta(days=91))
    await bed.program.upkeep.drop_what_is_old()
    async with bed.program.database.reading() as session:
        for table, number in (("inbox", 0), ("outbox", 0), ("task", 1)):
            assert (await session.exec(text(f"SELECT count(*) FROM {table}"))).one()[0] == number, table
    assert "T1" in (await bed.hears("vte_focal", "/tasks")).text
