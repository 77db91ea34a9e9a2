"""Where a command is heard: with the bot's name, in a topic, in private, in a chat nobody bound."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.routes import COMMANDS
from storage import founding, groups
from storage.engine import Database
from storage.kinds import CodeKind
from storage.tables import Room, Task
from tests.e2e.conftest import draft

WORDS = "We meet on the first Monday of each month."


async def code_of(bed, name) -> str:
    """A fresh code for a working group of that name, made when there is none."""
    database = Database(bed.settings.database_url)
    async with database.writing() as session:
        known = {group.name: group for group in await groups.all_of(session)}
        group = known.get(name) or await founding.found(session, draft(name), bed.clock.now())
        code = await founding.make_code(session, kind=CodeKind.GROUP, group_id=group.id, at=bed.clock.now())
    await database.close()
    return code


async def rows(bed, query) -> list:
    async with bed.program.database.reading() as session:
        return list((await session.exec(query)).all())


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
async def test_a_command_with_the_bots_name_is_answered_like_the_one_without(bed, name):
    plain = await bed.hears("vte_focal", f"/{name}", private=True)
    named = await bed.hears("vte_focal", f"/{name}@{bed.server.world.bot.username}", private=True)
    assert named.text.split("\n")[0] == plain.text.split("\n")[0] or name in {"away", "cancel"}


async def test_in_a_group_the_name_may_stand_in_any_case(bed):
    name = bed.server.world.bot.username
    card = await bed.hears("vte_trainer", f"/Decide@{name.upper()} {WORDS}")
    assert WORDS in card.text


async def test_a_command_for_another_bot_is_none_of_ours(bed):
    bed.group.promotes(bed.server.world.bot)
    assert await bed.hears("vte_trainer", f"/decide@another_bot {WORDS}") is None
    assert await bed.hears("vte_trainer", "/dance") is None


async def test_a_command_nobody_knows_is_answered_in_private(bed):
    assert "/help" in (await bed.hears("vte_trainer", "/dance", private=True)).text


async def test_each_topic_of_a_forum_is_the_room_of_its_own_group(bed):
    forum = bed.server.world.group("Partners", members=list(bed.cast.values()), forum=True)
    first, second = forum.topic("Vientiane and Kunming"), forum.topic("Another partnership")
    focal = bed.cast["vte_focal"]
    for topic, name in ((first, "Second group"), (second, "Third group")):
        focal.writes(forum, f"/link {await code_of(bed, name)}", topic=topic)
        await bed.settle()
        greeting = bed.last(forum, name)
        assert greeting.thread_id == topic.id
    assert sorted({room.thread_id for room in await rows(bed, select(Room))}) == sorted([0, first.id, second.id])
    focal.writes(forum, f"/decide {WORDS}", topic=second)
    await bed.settle()
    assert bed.last(forum).thread_id == second.id
    assert "not a member" in bed.last(forum).text


async def test_a_code_works_once_and_only_in_a_group(bed):
    forum = bed.server.world.group("Partners", members=list(bed.cast.values()), forum=True)
    topic, code = forum.topic("A topic"), await code_of(bed, "Second group")
    assert "group" in (await bed.hears("vte_focal", f"/link {code}", private=True)).text
    for answer in ("Second group", "already"):
        bed.cast["vte_focal"].writes(forum, f"/link {code}", topic=topic)
        await bed.settle()
        assert answer in bed.last(forum).text or "does not work" in bed.last(forum).text


async def test_a_chat_nobody_binds_gets_one_sentence_and_is_left_after_ten_minutes(bed):
    other = bed.server.world.group("Somebody else", members=[bed.cast["stranger"]])
    await bed.settle()
    assert len(bed.said(other)) == 1
    await bed.at(bed.clock.now() + timedelta(minutes=9))
    assert other.holds(bed.server.world.bot)
    await bed.at(bed.clock.now() + timedelta(minutes=2))
    assert not other.holds(bed.server.world.bot)


async def test_a_forwarded_command_acts_for_whoever_forwarded_it(bed):
    written = bed.cast["vte_trainer"].writes(bed.group, "/task Write unit 1")
    await bed.settle()
    bed.cast["observer"].forwards(written, bed.group)
    await bed.settle()
    assert len(await rows(bed, select(Task))) == 1


async def test_what_is_private_is_answered_in_private_only(bed):
    assert "private chat" in (await bed.hears("vte_trainer", "/mydata")).text
    assert "group" in (await bed.hears("vte_trainer", f"/supersede D1 {WORDS}", private=True)).text


def test_every_command_is_written_by_somebody_in_these_tests():
    words = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("/"):
                words.add(node.value[1:].split(" ")[0].partition("@")[0])
    assert {command.name for command in COMMANDS} - words == set()
