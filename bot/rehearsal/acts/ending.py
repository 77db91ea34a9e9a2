"""The last act: what the server and the records say of the whole story."""

from collections import Counter

from sqlmodel import func, select

from bot.rehearsal.cast import CAST, PLACES
from bot.rehearsal.leaving import leave
from bot.rehearsal.reminders import reminders
from bot.rehearsal.stage import Stage
from bot.settings_file import load
from storage import journal
from storage.engine import Database
from storage.kinds import InboxState, OutboxState
from storage.tables import Decision, Inbox, Outbox, Task

TASKS, DECISIONS = 11 + 26, 5
"""The rows: those people wrote, and the parts of the visit's steps."""


async def play(stage: Stage) -> None:
    """Everything that is true of the whole story."""
    stage.transcript.chapter("What the server saw and what the records hold")
    _reminders(stage)
    _wire(stage)
    await _records(stage)
    _files(stage)


def _reminders(stage: Stage) -> None:
    told = reminders(stage.server.log, stage.cast)
    sides = Counter(one.side for one in told)
    for side in PLACES:
        stage.expectations.count(f"nudges to {side}", sides[side])
    stage.expect(all(one.in_working_time for one in told), "nobody was nudged outside working hours of his own")
    days = Counter((one.who, one.day) for one in told)
    stage.expect(max(days.values()) == 1, "nobody was nudged twice on one day")
    stage.expect({one.who for one in told} == {part.key for part in CAST}, "everybody was nudged at some time")


def _wire(stage: Stage) -> None:
    server = stage.server
    updates, limits, calls = server.world.updates, server.limits, server.log
    figures = {
        "updates that people caused": len(updates.all),
        "updates given out more than once": updates.redelivered,
        "times the process was killed": stage.bot.kills,
        "messages sent": sum(call.ok and call.method.startswith("send") for call in calls),
        "cards and messages edited": sum(call.ok and call.method == "editMessageText" for call in calls),
        "calls refused with 429": limits.refused,
        "calls made before a 429 allowed it": limits.early_calls,
    }
    for what, number in figures.items():
        stage.expectations.count(what, number)
    stage.expect(limits.refused == limits.early_calls == 0, "no call came too fast or too early")
    refused = [call for call in calls if not call.ok and call.fault is None and call.status != 403]
    stage.expect(
        not refused, "the server refused nothing that the bot said" + "".join(f"; {c.line()}" for c in refused)
    )
    faults = stage.bot.errors()
    stage.expect(not faults, "the bot logged no fault" + "".join(f"; {line[:300]}" for line in faults))


async def _records(stage: Stage) -> None:
    database = Database(load(stage.folder / "config.toml", {}).database_url)
    try:
        async with database.reading() as session:
            tasks = (await session.exec(select(func.count()).select_from(Task))).one()
            decisions = (await session.exec(select(func.count()).select_from(Decision))).one()
            inbox = set((await session.exec(select(Inbox.state))).all())
            outbox = Counter((await session.exec(select(Outbox.state))).all())
            fault = await journal.first_fault(session)
    finally:
        await database.close()
    stage.expect(
        (tasks, decisions) == (TASKS, DECISIONS), f"{TASKS} tasks and {DECISIONS} decisions, none lost, none double"
    )
    stage.expect(inbox == {InboxState.DONE}, "every update was answered")
    left = outbox[OutboxState.PENDING] + outbox[OutboxState.CLAIMED] + outbox[OutboxState.FAILED]
    stage.expect(not left, f"everything owed was said ({dict(outbox)})" if left else "everything owed was said")
    stage.expect(fault is None, "the chain of the journal holds")


def _files(stage: Stage) -> None:
    kinds = leave(stage)
    for kind in ("docx", "xlsx", "csv", "ics", "png"):
        stage.expectations.count(f"files that end with .{kind}, in {stage.files}", kinds[kind])
        stage.expect(kinds[kind], f"there is something to open that ends with .{kind}")
