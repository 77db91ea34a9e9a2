"""A filled group moves from a file to a server and back, row by row; whatever hinders it leaves the target empty."""

import asyncio
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from bot.cli import main
from bot.exits import Refused
from bot.operating import moving
from bot.settings import DatabaseSection
from storage import invariants, journal, leases, migrating
from storage import moving as carrying
from storage.columns import METADATA
from storage.engine import Database
from storage.tables import Decision, Mark, Task


@pytest.fixture
def kept(tmp_path):
    return DatabaseSection(url=f"sqlite:///{tmp_path / 'here.sqlite3'}", data_dir=str(tmp_path))


def told(*_):
    """Nobody listens."""


async def filled(bed):
    """Two weeks of a group: decisions that follow each other, tasks in every state, leave, people who left."""
    async with bed.started():
        card = await bed.hears("vte_trainer", "/decide ພວກເຮົາພົບກັນທຸກວັນຈັນ 我们每周一开会")
        await bed.presses("vte_focal", card, "Agree")
        await bed.presses("kmg_focal", card, "Agree")
        await bed.hears("vte_focal", "/supersede D1 We meet on Tuesdays")
        await bed.hears("vte_focal", "/task Draft the outline @kmg_focal by 2 April")
        await bed.hears("vte_focal", "/task Find a room @vte_trainer by 20 April 15:00")
        await bed.hears("vte_trainer", "/done T2")
        await bed.hears("kmg_alternate", "/away 20 April 24 April")
        asked = await bed.hears("observer", "/forgetme", private=True)
        await bed.presses("observer", asked, "Forget me")
        await bed.at(bed.clock.now() + timedelta(days=1, hours=1))


def at(bed, url):
    """The same bot on another database."""
    section = DatabaseSection(url=url, data_dir=bed.settings.database.data_dir)
    bed.settings = bed.settings.model_copy(update={"database": section})


async def everything(url):
    database = Database(url)
    async with database.reading() as session:
        found = {table.name: await carrying._sum(session, table) for table in METADATA.sorted_tables}
        assert await invariants.violations(session) == []
        assert await journal.first_fault(session) is None
    await database.close()
    return found


async def test_to_a_server_and_back_and_the_bot_runs_on_the_copy(resting_bed, postgres, tmp_path):
    bed, here, there = resting_bed, resting_bed.settings.database_url, postgres.new()
    await filled(bed)
    before = await everything(here)
    lines = []
    rows = await moving.move(here, there, lambda *line: lines.append(line))
    assert rows == {name: each.rows for name, each in before.items()}
    assert (
        min(rows[name] for name in ("task", "decision", "journal", "outbox", "inbox", "nudge", "person", "leave")) > 0
    )
    assert lines[-1][0] == "wording" or lines, "progress is told"
    assert await everything(there) == before
    at(bed, there)
    async with bed.started():
        assert "T3" in (await bed.hears("vte_focal", "/task On the server")).text
        assert "D3" in (await bed.hears("vte_focal", "/decide On the server")).text
    again = f"sqlite:///{tmp_path / 'again.sqlite3'}"
    after = await everything(there)
    await moving.move(there, again, told)
    assert await everything(again) == after
    at(bed, again)
    async with bed.started():
        assert "T4" in (await bed.hears("vte_focal", "/task At home again")).text
        await bed.hears("kmg_focal", "/done T1")
        assert bed.last(bed.group, "T1") is not None


async def test_the_copy_on_a_server_has_the_schema_of_the_tables(resting_bed, postgres):
    there = postgres.new()
    await moving.move(resting_bed.settings.database_url, there, told)
    database = Database(there)
    async with database.engine.connect() as connection:
        query = text("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND condeferrable")
        assert (await connection.execute(query)).scalar_one() == 0
    async with database.engine.connect() as connection:
        with pytest.raises(IntegrityError):
            await connection.execute(text("UPDATE membership SET person_id = 999"))
    await database.close()


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
async def test_a_target_with_records_is_left_alone(resting_bed, postgres, tmp_path, to):
    there = postgres.new() if to == "postgresql" else f"sqlite:///{tmp_path / 'there.sqlite3'}"
    database = Database(there)
    await migrating.upgrade(database)
    async with database.writing() as session:
        await leases.mark(session, "mine", resting_bed.clock.now())
    with pytest.raises(Refused, match=r"holds records already \(table mark\)"):
        await moving.move(resting_bed.settings.database_url, there, told)
    async with database.reading() as session:
        assert [mark.name for mark in (await session.exec(select(Mark))).all()] == ["mine"]
        assert (await session.exec(select(Task))).all() == []
    await database.close()


async def test_a_running_bot_is_not_moved_away_under_its_feet(resting_bed, postgres, tmp_path):
    bed, here = resting_bed, resting_bed.settings.database_url
    there = postgres.new()
    async with bed.started():
        code, said = await _command("move", here, f"sqlite:///{tmp_path / 'there.sqlite3'}")
        assert (code, "already runs this bot" in said) == (75, True)
    at(bed, there)
    database = Database(there)
    await migrating.upgrade(database)
    async with database.writing() as session:
        await leases.take(session, "bot:700001", owner="other", now=moving.SystemClock().now())
    await database.close()
    with pytest.raises(Refused, match="A bot runs on the source"):
        await moving.move(there, f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}", told)


async def _command(*words):
    result = await asyncio.to_thread(CliRunner().invoke, main, words)
    return result.exit_code, result.output


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
async def test_a_copy_that_differs_is_not_kept(resting_bed, postgres, tmp_path, monkeypatch, to):
    there = postgres.new() if to == "postgresql" else f"sqlite:///{tmp_path / 'there.sqlite3'}"
    await filled(resting_bed)
    true_carry = carrying._carry_table

    async def carry(source, target, table, tell):
        carried = await true_carry(source, target, table, tell)
        if table.name == "task":
            await target.exec(text("UPDATE task SET text = text || ' and more' WHERE number = 2"))
        return carried

    monkeypatch.setattr(carrying, "_carry_table", carry)
    with pytest.raises(Refused, match="Table task of the copy differs"):
        await moving.move(resting_bed.settings.database_url, there, told)
    monkeypatch.setattr(carrying, "_carry_table", true_carry)
    rows = await moving.move(resting_bed.settings.database_url, there, told)
    assert rows["task"] == 2


async def test_tables_longer_than_a_portion_are_carried_whole(database, postgres, monkeypatch, now):
    monkeypatch.setattr(carrying, "PORTION", 7)
    async with database.writing() as session:
        for number in range(50):
            await leases.mark(session, f"mark {number} ມ {chr(0x4E00 + number)}", now + timedelta(microseconds=number))
    here = database.url.render_as_string(hide_password=False)
    lines = []
    await moving.move(here, postgres.new(), lambda *line: lines.append(line))
    assert [line for line in lines if line[0] == "mark"] == [
        *(("mark", done, 50) for done in range(7, 50, 7)),
        ("mark", 50, 50),
    ]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("mysql://nobody", "is not the address of", id="another kind"),
        pytest.param("sqlite:////nowhere/at/all.sqlite3", "There is no database at", id="not there"),
        pytest.param("postgresql://127.0.0.1:1/nothing", "cannot be reached", id="out of reach"),
    ],
)
async def test_what_cannot_be_moved_is_one_plain_line(source, said, tmp_path):
    code, output = await _command("move", source, f"sqlite:///{tmp_path / 'there.sqlite3'}")
    assert (code != 0, said in output, "Traceback" in output) == (True, True, False)


async def test_an_older_schema_is_migrated_first(tmp_path):
    code, output = await _command("move", f"sqlite:///{tmp_path / 'a.sqlite3'}", f"sqlite:///{tmp_path / 'b.sqlite3'}")
    assert (code, "There is no database" in output) == (78, True)
    empty = Database(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    assert await migrating.current(empty) is None
    await empty.close()
    code, output = await _command("move", f"sqlite:///{tmp_path / 'a.sqlite3'}", f"sqlite:///{tmp_path / 'b.sqlite3'}")
    assert (code, "focalpoint migrate" in output) == (78, True)


async def test_rows_that_refer_to_later_ones_find_them(resting_bed, postgres):
    await filled(resting_bed)
    there = postgres.new()
    await moving.move(resting_bed.settings.database_url, there, told)
    database = Database(there)
    async with database.reading() as session:
        query = select(Decision.supersedes_id).where(Decision.number == 2)
        assert (await session.exec(query)).one() is not None
    await database.close()
