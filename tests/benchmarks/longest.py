"""The longest texts that Telegram takes, made to be slow: what the slowest costs, by every command."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from random import Random

from sqlalchemy.exc import IntegrityError

from bot import dispatch
from bot.outgoing import Outgoing
from bot.owing import Origin
from bot.routes import COMMANDS
from handlers.heard import Heard, Mention, Sender
from handlers.refusals import Refusal
from handlers.rules.text import clean
from storage.engine import Database
from storage.kinds import ChatKind
from tests.benchmarks import many
from tests.benchmarks.inside import ME
from tests.benchmarks.many import BOT_ID, NOW

UNITS = 4096
MENTIONS = 100
PIECES = (
    *("by ", "by Friday ", "before ", "in 3 ", "1 ", "12/", "2 ", "a ", "a", "9", "10:", "= ", "a=b ", "-", "–", ", "),
    *("Monday ", "next ", "the ", "and ", "from ", "to ", "every ", "month ", "20 April ", "Q1 ", "to Q2 ", "1/2 to "),
    *("4月", "前", "截止", "内", "二十", "零", "第一", "季度", "上午", "五一前", "（", "( ", "))", "\n"),
    *("ກ່ອນ", "ພາຍໃນ ", "ມື້", "ໂມງ ", "ເດືອນ ", "ຳ", "\u0301", "👍", "<b>", "https://a.b/ "),
    *("@a ", "#a ", "@a 1 ", "T1 ", "M1 ", "by 20 April @a "),
)
"""Repeated they make the readers of dates, persons, cities and rules look again and again."""
NAMED = {"due", "repeat", "after", "step", "assign", "reword", "done", "progress", "blocked", "waiting", "drop"}
"""Commands whose words begin with the task."""


def texts(chance: Random, pairs: int) -> Iterator[str]:
    """One piece over and over, then two of them by turns, then all of them mixed."""
    for piece in PIECES:
        yield piece * UNITS
    for _ in range(pairs):
        yield (chance.choice(PIECES) + chance.choice(PIECES)) * UNITS
        yield "".join(chance.choice(PIECES) for _ in range(UNITS))


def slowest(seed: int = 1, pairs: int = 20) -> tuple[float, str]:
    """Milliseconds of the processor for the slowest one, and its command with how its text begins."""
    return asyncio.run(_slowest(Random(seed), pairs))


async def _slowest(chance: Random, pairs: int) -> tuple[float, str]:
    database = Database(f"sqlite:///{many.file(1000)}")
    worst = (0.0, "")
    for command in COMMANDS:
        await _taken(database, _heard(command.name, "once"))  # loads what it needs
        for text in texts(chance, pairs):
            heard = _heard(command.name, text)
            taken = await _taken(database, heard)
            if taken * 1000 > worst[0]:  # once more: it may have been the computer
                taken = min(taken, await _taken(database, heard))
            worst = max(worst, (taken * 1000, f"/{command.name} {text[:12]!r}"))
    await database.close()
    return worst


def _heard(command: str, text: str) -> Heard:
    words = clean(("T1 " if command in NAMED else "") + text)[: UNITS - 40]
    mentions = (Mention("@a", username="a"),) * min(words.count("@a"), MENTIONS)
    sender = Sender(5001, "Trainer 1", "trainer1", "en")
    said = Heard(BOT_ID, 10**9, -1001, ChatKind.SUPERGROUP, "", sender, NOW, message_id=1)
    return replace(said, text=f"/{command} {words}", command=command, words=words, mentions=mentions)


async def _taken(database: Database, heard: Heard) -> float:
    """Seconds of the processor for one answer, or one refusal; it is taken back."""
    async with database.reading() as session:
        begun = time.process_time()
        with suppress(Refusal, IntegrityError):  # the tasks of the file were not counted by their group
            reply, group_id = await dispatch.answer(session, heard, ME, NOW)
            await Outgoing(session, Origin(BOT_ID, "u1", NOW, heard, group_id)).put(reply.effects)
        taken = time.process_time() - begun
        await session.rollback()
    return taken
