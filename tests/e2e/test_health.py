"""Whether the bot is well, asked over loopback HTTP: what stands still turns it red within two minutes."""

import asyncio
import json
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from types import SimpleNamespace

import aiohttp
import pytest
from sqlalchemy import text

from bot import soundness
from bot.exits import Refused
from bot.health_server import HealthServer
from bot.operating import health
from bot.operating.findings import Grade
from bot.settings import Operation
from storage import leases
from storage.kinds import InboxState, OutboxState, Priority
from storage.tables import Inbox, Mark, Outbox

TWO_MINUTES = timedelta(minutes=2, seconds=1)


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
async def resting_bed(resting_bed, port):
    """The same bed, with an address for monitoring."""
    operation = Operation(health_listen=f"127.0.0.1:{port}")
    resting_bed.settings = resting_bed.settings.model_copy(update={"operation": operation})
    return resting_bed


@pytest.fixture
def ask(port):
    async def asked(path):
        async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, await answer.text()

    return asked


async def well(bed):
    """Everything that a bot does in its first minutes is done."""
    await bed.program.ticking.run_all()
    await bed.program.upkeep.soundness.look()
    await bed.program.upkeep.backups.look()


async def red(bed):
    """The lines that are wrong by now."""
    found = await health.of(bed.program.database, bed.settings, bed.clock.now())
    return [each.text for each in found if each.grade is Grade.WRONG]


async def add(bed, *items):
    async with bed.program.database.writing() as session:
        session.add_all(items)


async def test_a_bot_that_is_well_says_so(bed, ask):
    await bed.hears("vte_focal", "/task One")
    await well(bed)
    assert await ask("/live") == (200, "alive\n")
    status, lines = await ask("/ready")
    assert status == 200, lines
    assert [line for line in lines.splitlines() if not line.startswith("ok: ")] == []
    assert len(lines.splitlines()) >= 15


def update(now, **how):
    return Inbox(bot_id=700001, update_id=9, lane=1, raw="{}", received_at=now, **how)


def call(now, **how):
    how.setdefault("priority", Priority.ANSWER)
    return Outbox(bot_id=700001, key="k", method="sendMessage", chat_id=5, created_at=now, **how)


async def test_who_never_heard_telegram_is_red_after_two_minutes(bed):
    await well(bed)
    assert await red(bed) == []
    bed.clock.move_by(TWO_MINUTES)
    assert "Telegram has not been heard since the start." in await red(bed)


async def test_what_fell_silent_is_red_after_two_minutes(bed, ask):
    await bed.hears("vte_focal", "/task One")
    await well(bed)
    bed.clock.move_by(TWO_MINUTES)
    said = str(await red(bed))
    silent = ("Telegram was last heard", "The last tick was", "The bot is not running")
    assert [words for words in silent if words not in said] == []
    assert (await ask("/ready"))[0] == 503
    assert (await ask("/live"))[0] == 200, "waiting helps, starting anew does not"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param(lambda now: update(now), "The oldest update came", id="an update without an answer"),
        pytest.param(lambda now: call(now), "The oldest answer to send came", id="an answer not sent"),
        pytest.param(
            lambda now: update(now, state=InboxState.DEAD, error_code="E-1", done_at=now),
            "1 updates could not be answered in the last 24 hours",
            id="an update set aside",
        ),
    ],
)
async def test_what_waits_or_was_given_up_is_red(resting_bed, row, said):
    bed = resting_bed
    async with bed.started() as program:
        await well(bed)
        program.answering._start_what_can = program.delivery._claim = _nothing
        await add(bed, row(bed.clock.now()))
        bed.clock.move_by(TWO_MINUTES)
        assert [line for line in await red(bed) if line.startswith(said)] != []


async def test_reminders_may_wait_their_turn_for_a_quarter_of_an_hour(resting_bed):
    bed = resting_bed
    async with bed.started() as program:
        await well(bed)
        program.delivery._claim = _nothing
        await add(bed, call(bed.clock.now(), priority=Priority.NUDGE))
        bed.clock.move_by(timedelta(minutes=14))
        assert "reminder" not in str(await red(bed))
        bed.clock.move_by(timedelta(minutes=2))
        assert "The oldest reminder to send came" in str(await red(bed))


async def test_many_messages_that_came_twice_perhaps_are_red(bed):
    await well(bed)
    now = bed.clock.now()
    twice = [call(now, state=OutboxState.SENT, sent_at=now, ambiguous=1) for _ in range(health.MANY_TWICE)]
    for number, row in enumerate(twice):
        row.key = str(number)
    await add(bed, *twice[1:])
    assert await red(bed) == []
    await add(bed, twice[0])
    assert await red(bed) == ["25 messages of the last 24 hours may have come twice."]


async def test_a_full_disk_another_schema_and_an_old_backup_are_red(bed, monkeypatch):
    await well(bed)
    async with bed.program.database.writing() as session:
        await leases.mark(session, "backup_made", bed.clock.now() - timedelta(hours=4))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1024))
    assert {"The disk has 0 MiB left.", "The last backup was made 4 hours ago."} <= set(await red(bed))
    async with bed.program.database.writing() as session:
        await session.exec(text("UPDATE alembic_version SET version_num = '2099_01_from_the_future'"))
    assert "newer version" in str(await red(bed))


async def test_a_wrong_clock_is_red(bed):
    await well(bed)
    await add(bed, Mark(name="clock_off:here:", at=bed.clock.now()))
    assert "The clock of here is not Telegram's" in str(await red(bed))


async def test_records_that_contradict_each_other_are_found_by_the_running_bot(bed, caplog):
    await well(bed)
    async with bed.program.database.writing() as session:
        await session.exec(text("UPDATE working_group SET last_task = 99"))
    await bed.program.upkeep.soundness.look()
    assert await red(bed) == [], "it asks every ten minutes"
    bed.clock.move_by(soundness.EVERY)
    await well(bed)
    name = "the tasks of a group are numbered without gaps"
    assert f"The records contradicted each other 0 seconds ago: {name}." in await red(bed)
    assert name in caplog.text
    async with bed.program.database.writing() as session:
        await session.exec(text("UPDATE working_group SET last_task = 0"))
    bed.clock.move_by(soundness.EVERY)
    await well(bed)
    assert name not in str(await red(bed))


async def test_while_records_are_looked_over_people_are_answered(bed, monkeypatch):
    """The questions run in a thread: the loop goes on, and none of them holds up who writes."""
    begun, go_on = threading.Event(), threading.Event()
    true_look = soundness.invariants.in_file

    def slow(file):
        begun.set()
        assert go_on.wait(60)
        return true_look(file)

    monkeypatch.setattr(soundness.invariants, "in_file", slow)
    look = asyncio.create_task(bed.program.upkeep.soundness.look())
    await asyncio.to_thread(begun.wait, 60)
    assert "T1" in (await bed.hears("vte_focal", "/task Meanwhile")).text
    go_on.set()
    await look


async def test_a_database_that_cannot_be_read_is_red_and_does_not_take_the_figures_down(bed, ask):
    await well(bed)
    async with bed.program.database.writing() as session:
        await session.exec(text("ALTER TABLE mark RENAME TO marked"))
    status, lines = await ask("/ready")
    assert (status, "cannot be read" in lines) == (503, True)
    status, page = await ask("/metrics")
    assert (status, "focalpoint_database_readable 0.0" in page) == (200, True)
    async with bed.program.database.writing() as session:
        await session.exec(text("ALTER TABLE marked RENAME TO mark"))


async def test_a_port_that_is_taken_is_one_plain_line(bed):
    program = bed.program
    server = HealthServer(bed.settings, program.database, bed.clock, program.skew, program.counts, program.stopping)
    with pytest.raises(Refused, match="health_listen"):
        await server.start(bed.settings.operation.health_listen)
    await server.stop()


def test_the_library_of_figures_is_loaded_when_somebody_asks_and_not_before():
    code = "import sys, bot.program, json; print(json.dumps([name for name in sys.modules if 'prometheus' in name]))"
    assert json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout) == []


async def _nothing(*_):
    return [], None
