"""The whole drill: the running bot makes its copies, the database is lost, and a restore brings back what it can.

What the copy still had to say is held back and decided on; what came since is reported, and the groups are told.
"""

import asyncio
import sqlite3
from datetime import timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from sqlmodel import select

from bot import backups
from bot.cli import main
from bot.operating import health
from bot.rehearsal.faults import FaultKind
from bot.settings import DatabaseSection
from storage import backup, held, invariants, journal
from storage.engine import Database
from storage.kinds import OutboxState
from storage.tables import Outbox, Person
from tests.e2e.conftest import TOKEN


@pytest.fixture
def kept(tmp_path):
    return DatabaseSection(data_dir=str(tmp_path / "data"))


@pytest.fixture
def call(resting_bed, tmp_path, monkeypatch):
    """Call focalpoint with these words, as its operator does."""
    config = tmp_path / "config.toml"
    config.write_text(f'[database]\ndata_dir = "{resting_bed.settings.data_dir}"\n')
    monkeypatch.setenv("FOCALPOINT_TOKEN", TOKEN)

    async def called(*words):
        result = await asyncio.to_thread(CliRunner().invoke, main, ["--config", str(config), *words])
        return result.exit_code, result.output

    return called


async def copied(bed):
    """The bot makes the copy that is due."""
    await bed.program.upkeep.backups.look()
    [*_, newest] = backups.listed(bed.settings.backup_dir)
    return newest.file


async def owes(bed, words):
    """The group is told of a decision, and Telegram wants to hear nothing for two minutes."""
    bed.server.faults.add(FaultKind.FLOOD, method="sendMessage", chat_id=bed.group.id, retry_after=120)
    bed.cast["vte_focal"].writes(bed.group, f"/decide {words}")
    await bed.settle()
    assert bed.last(bed.group, words) is None


async def rows(settings, query):
    database = Database(settings.database_url)
    async with database.reading() as session:
        found = (await session.exec(query)).all()
    await database.close()
    return found


async def broken(settings):
    database = Database(settings.database_url)
    async with database.reading() as session:
        found = [await invariants.violations(session), await journal.first_fault(session)]
    await database.close()
    return found


async def test_the_drill(resting_bed, call):
    bed = resting_bed
    async with bed.started():
        await bed.hears("vte_focal", "/task Before the copy @vte_trainer by 20 April")
        await owes(bed, "Still owed in the copy")
        copy = await copied(bed)
        bed.clock.move_by(timedelta(minutes=10))
        await bed.hears("vte_focal", "/task After the copy")
        forget = await bed.hears("kmg_trainer", "/forgetme", private=True)
        await bed.presses("kmg_trainer", forget, "Forget me")
    said = len(bed.said(bed.group))
    assert bed.last(bed.group, "Still owed in the copy") is not None
    code, output = await call("restore", str(copy))
    assert code == 0, output
    assert "Messages held back: 1." in output
    assert "forgotten again: 1" in output
    assert "3 updates that are lost" in output
    assert [person.name for person in await rows(bed.settings, select(Person)) if person.forgotten_at] == [
        "former member"
    ]
    assert "are held back since a restore" in (await call("health"))[1]
    _, listed = await call("held", "list")
    assert "Still owed in the copy" in listed
    async with bed.started():
        await bed.settle()
        told = [message.text for message in bed.said(bed.group)[said:]]
        assert len(told) == 1, "what is held back is not said again"
        assert "may be missing" in told[0]
        assert await bed.hears("vte_focal", "/t1") is not None
        number = listed.partition(":")[0]
        assert (await call("held", "release", "999"))[0] != 0
        assert (await call("held", "release"))[0] != 0, "either numbers or --all"
        assert (await call("held", "release", number))[
            1
        ] == "Released: 1. The running bot sends them within a minute.\n"
        await bed.settle()
        assert bed.said(bed.group)[-1].text.count("Still owed in the copy") == 1
    async with bed.started():
        await bed.settle()
        assert len([m for m in bed.said(bed.group) if "may be missing" in m.text]) == 1, "once"
    assert await broken(bed.settings) == [[], None]


async def test_what_is_dropped_is_never_said_and_leaves_no_words(resting_bed, call):
    bed = resting_bed
    async with bed.started():
        await owes(bed, "Nobody needs this")
        copy = await copied(bed)
    assert (await call("restore", str(copy)))[0] == 0
    assert (await call("held", "drop", "--all"))[1] == "Dropped: 1.\n"
    assert (await call("held", "list"))[1] == "No message is held back.\n"
    async with bed.started():
        await bed.settle()
        assert bed.last(bed.group, "Nobody needs this") is None
    states = await rows(bed.settings, select(Outbox.state, Outbox.payload).where(Outbox.error == held.DROPPED))
    assert states == [(OutboxState.WITHDRAWN, {})]


async def test_where_the_old_database_cannot_be_read_the_loss_is_said_to_be_unknown(resting_bed, call):
    bed = resting_bed
    async with bed.started():
        await bed.hears("vte_focal", "/task One")
        copy = await copied(bed)
    file = bed.settings.data_dir / "focalpoint.sqlite3"
    file.write_bytes(b"no database any more" * 999)
    code, output = await call("restore", str(copy))
    assert code == 0, output
    assert "how much cannot be known" in output
    async with bed.started():
        assert "T1" in (await bed.hears("vte_focal", "/tasks")).text


async def test_copies_are_made_checked_listed_and_not_made_too_often(resting_bed, call):
    bed = resting_bed
    async with bed.started():
        first = await copied(bed)
        assert backups.faults(first) == []
        assert first.stat().st_mode & 0o077 == 0
        assert await copied(bed) == first, "one an hour"
        bed.clock.move_by(timedelta(hours=1))
        (bed.settings.backup_dir / "focalpoint-20260401T025959Z.sqlite3").touch()  # left by a process that was killed
        second = await copied(bed)
        assert [each.file for each in backups.listed(bed.settings.backup_dir)] == [first, second]
        assert len(list(bed.settings.backup_dir.iterdir())) == 2
    _, listed = await call("backups")
    assert [line.split()[-1] for line in listed.splitlines()] == [str(first), str(second)]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("UPDATE working_group SET last_task = 99", id="records"),
        pytest.param("UPDATE alembic_version SET version_num = 'another'", id="schema"),
    ],
)
async def test_a_copy_that_is_not_sound_is_known_and_drives_out_no_other(resting_bed, monkeypatch, broken):
    true_copy = backup.copy

    def spoiling(source, target):
        true_copy(source, target)
        with sqlite3.connect(target) as connection:
            connection.execute(broken)
        connection.close()

    bed = resting_bed
    async with bed.started() as program:
        await copied(bed)
        monkeypatch.setattr(backup, "copy", spoiling)
        monkeypatch.setattr(backups, "to_drop", lambda *_: pytest.fail("an older copy goes for one that is not sound"))
        bed.clock.move_by(timedelta(hours=1))
        await copied(bed)
        found = [str(each) for each in await health.of(program.database, bed.settings, bed.clock.now())]
        assert [line for line in found if line.startswith("wrong: The backup of")] != []


async def test_where_there_is_no_room_none_is_begun(resting_bed, monkeypatch):
    async with resting_bed.started():
        monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
        await resting_bed.program.upkeep.backups.look()
    assert backups.listed(resting_bed.settings.backup_dir) == []
