"""What has to be true of all that was said and kept on a walk, held against the server's log."""

import os
import re
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import String, cast
from sqlmodel import col, select

from bot.rehearsal.server import BotApiServer
from handlers.rules.states import move, moves_from
from storage import backup
from storage.engine import Database
from storage.kinds import Subject, TaskState
from storage.tables import Bundle, Inbox, JournalEntry, Membership, Outbox

TALK = "good morning"
"""What people say to each other: the one thing that is never kept."""
OF_A_GROUP = re.compile(r"Point \d+|(?:room|hall) \d+")
"""Words of which it is known in which group they were said."""
CODE = re.compile(r"<i>([0-9A-F]{4})</i>")


def confirmed(server: BotApiServer, first: int) -> set[int]:
    """The updates, from this one on, that Telegram has forgotten because the bot said so, without talk in groups."""
    heard = [update for update in server.world.updates.all if not _is_talk(update.get("message", {}))]
    waiting = {update["update_id"] for update in server.world.updates.pending}
    return {update["update_id"] for update in heard if update["update_id"] >= first} - waiting


def _is_talk(message: Mapping) -> bool:
    """What is never kept, by design: talk in a group, and that somebody came into it."""
    return "new_chat_members" in message or (message.get("text") == TALK and message["chat"]["type"] != "private")


async def what_was_confirmed_is_kept(database: Database, server: BotApiServer, first: int) -> None:
    """I2: each update that was confirmed to Telegram is in the inbox."""
    async with database.reading() as session:
        kept = set((await session.exec(select(Inbox.update_id))).all())
    lost = confirmed(server, first) - kept
    assert [each for each in server.world.updates.all if each["update_id"] in lost] == [], "what is confirmed is kept"


def nobody_hears_of_another_group(server: BotApiServer, said_in: Mapping[str, str], heard_by: Mapping[str, set[int]]):
    """I5: words of a group (`said_in`) are said in its chat and to its people alone (`heard_by`)."""
    for call in server.log:
        if call.ok and call.chat_id is not None:
            for words in OF_A_GROUP.findall(str(call.params.get("text", ""))):
                assert call.chat_id in heard_by[said_in[words]], f"{words} was said to {call.chat_id}"


async def what_came_twice_was_in_flight(database: Database, server: BotApiServer) -> None:
    """I4: a reminder came once, or as often more as nobody knew whether it had come."""
    calls = [call for call in server.log if call.ok and call.method == "sendMessage"]
    times = Counter(code[1] for call in calls if (code := CODE.search(str(call.params.get("text")))))
    key = cast(Outbox.bot_id, String) + ":" + Bundle.outbox_key
    query = select(Bundle.code, Outbox.ambiguous).join(Outbox, col(Outbox.key) == key)
    async with database.reading() as session:
        unsure = dict((await session.exec(query)).all())
    assert times.keys() <= unsure.keys(), "every reminder is a bundle's call"
    assert [code for code, number in times.items() if number - 1 > unsure.get(code, 0)] == [], (
        "what came twice was in flight"
    )


async def every_change_was_allowed(database: Database, server: BotApiServer) -> None:
    """I8 to I10: states move along their graph, each change by a member of the group and in an update of Telegram's."""
    heard = {update["update_id"] for update in server.world.updates.all}
    states: dict[int, TaskState] = {}
    for entry in await _changes(database):
        assert entry.update_id in heard, f"entry {entry.id} came of no update"
        after, known = entry.after.get("state"), states.get(entry.subject_id)
        if after is not None:
            told = entry.before.get("state", known)
            assert told == known, f"entry {entry.id} begins at {told}, the task was {known}"
            assert known is None or after == known or after in _ends(known), f"entry {entry.id}: {known} to {after}"
            states[entry.subject_id] = TaskState(after)


def _ends(state: TaskState) -> set[TaskState]:
    return {move(state, step) for step in moves_from(state)}


async def _changes(database: Database) -> list[JournalEntry]:
    """The entries about tasks, oldest first, each made by a member of its group."""
    async with database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.subject == Subject.TASK).order_by(JournalEntry.id)
        entries = list((await session.exec(query)).all())
        members = set((await session.exec(select(Membership.group_id, Membership.person_id))).all())
    assert {(entry.group_id, entry.actor_id) for entry in entries} <= members, "who changes something is a member"
    return entries


def the_file_is_sound(database: Database) -> None:
    """I11: pages and references of a file; a server looks by itself."""
    if not database.is_shared:
        assert backup.faults(Path(database.url.database)) == []


def held() -> tuple[int, int]:
    """I16: what a process may forget to give back: file descriptors and threads."""
    return len(os.listdir("/proc/self/fd")), threading.active_count()
