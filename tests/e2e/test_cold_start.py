"""What a start loads: nothing heavy that it does not need, and before the first question no more than asking needs."""

import asyncio
import json
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from operator import attrgetter

import pytest

from bot.presses import PRESSES
from bot.rehearsal.server import BotApiServer
from bot.routes import COMMANDS, DIALOGUES, NUMBERED
from storage import migrating
from storage.engine import Database

TOKEN = "700001:" + "A" * 35
SCRIPT = """
import asyncio, json, sys
from bot.first_question import while_loading
from bot.requests import AiohttpRequest
from bot.settings import DatabaseSection, Settings, Telegram

asked, ask = [], AiohttpRequest.do_request

async def noting(self, url, *rest, **named):
    asked.append((url.rpartition("/")[2], list(sys.modules)))
    return await ask(self, url, *rest, **named)

async def main(token, api_url, database):
    AiohttpRequest.do_request = noting
    settings = Settings(telegram=Telegram(token=token, api_url=api_url), database=DatabaseSection(url=database))
    first, running = await while_loading(settings, "bot.running")
    await running.prepare(settings)
    program = running.Program(settings, running.SystemClock(), first=first)
    await program.start()
    method, modules = asked[0]
    print(json.dumps({"method": method, "asked": modules, "started": list(sys.modules)}))
    await program.stop()

asyncio.run(main(*sys.argv[1:]))
"""
NEVER = {
    "aiohttp.web": "Telegram is asked, it does not call",
    "aiohttp_socks": "there is no such proxy",
    "alembic": "the schema is this version's already",
    "asyncpg": "the records are a file",
    "bot.cli": "it is the program, not a command",
    "bot.rehearsal": "it is no rehearsal",
    "docx": "nobody asked for a report",
    "handlers.rules.dates": "nobody wrote a date",
    "handlers.views.refusal_sentences": "nobody was refused anything",
    "holidays": "nobody asked for a country's calendar",
    "icalendar": "nobody asked for a calendar file",
    "mako": "the schema is this version's already",
    "openpyxl": "nobody asked for a table",
    "prometheus_client": "nobody asked how it is",
    "resvg_py": "nobody asked for a picture",
    "sqlalchemy.dialects.postgresql": "the records are a file",
    "typst": "nobody asked for a report",
    "xlsxwriter": "nobody asked for a table",
}
"""What a bot that polls, with its records in a file, has no use for after its start, and why."""
NEEDED_BY_TICKS = {"handlers.language", "handlers.meeting_invitations"}
"""Modules of handlers that have also what time brings."""
LATER = {
    "apscheduler",
    "bot.answering",
    "bot.delivery",
    "bot.intake",
    "bot.program",
    "handlers.views",
    "sqlalchemy",
    "sqlmodel",
    "storage.tables",
    "telegram.ext",
}
"""What keeps, answers and speaks: loaded while the first question is under way."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> dict[str, set[str]]:
    """The modules of a real start in a process of its own: at its first question, and when all of it runs."""
    return asyncio.run(_started(f"sqlite:///{tmp_path_factory.mktemp('start') / 'bot.sqlite3'}"))


async def _started(url: str) -> dict[str, set[str]]:
    database = Database(url)
    await migrating.upgrade(database)
    await database.close()
    async with BotApiServer(token=TOKEN, now=lambda: datetime.now(UTC)) as server:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", SCRIPT, TOKEN, server.url, url, stdout=asyncio.subprocess.PIPE
        )
        output, _ = await process.communicate()
    assert process.returncode == 0
    told = json.loads(output)
    assert told.pop("method") == "getUpdates"
    return {name: set(modules) for name, modules in told.items()}


@pytest.mark.parametrize("name", NEVER)
def test_what_a_start_leaves_out_can_be_loaded(name):
    assert find_spec(name) is not None, "a module of another name is never loaded, whatever a start does"


def test_a_start_loads_nothing_heavy_that_it_has_no_use_for(loaded):
    assert {name: why for name, why in NEVER.items() if name in loaded["started"]} == {}


def test_handlers_that_nobody_called_are_not_loaded(loaded):
    handlers = {
        module for module, _ in map(attrgetter("args"), [*NUMBERED.values(), *PRESSES.values(), *DIALOGUES.values()])
    }
    handlers |= {command.handler.args[0] for command in COMMANDS}
    assert len(handlers) > 60
    assert handlers & loaded["started"] == NEEDED_BY_TICKS


def test_the_first_question_waits_for_nothing_that_keeps_or_answers(loaded):
    assert loaded["asked"] & LATER == set()
    assert loaded["started"] >= LATER, "a module of another name proves nothing"
