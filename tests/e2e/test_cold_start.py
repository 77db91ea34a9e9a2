"""What a start loads: nothing heavy that it does not need, and before the first question no more than intake needs."""

import asyncio
import json
import sys
from datetime import UTC, datetime

import pytest

from bot.rehearsal.server import BotApiServer
from storage import migrating
from storage.engine import Database

TOKEN = "700001:" + "A" * 35
SCRIPT = """
import asyncio, json, sys
from bot.clock import SystemClock
from bot.intake import IntakeRequest
from bot.operating.preparing import prepare
from bot.program import running
from bot.settings import DatabaseSection, Settings, Telegram

asked = {}

class Noting(IntakeRequest):
    async def do_request(self, url, *rest, **named):
        if url.endswith("/getUpdates"):
            asked.setdefault("modules", list(sys.modules))
        return await super().do_request(url, *rest, **named)

async def main(token, api_url, database):
    import bot.program
    bot.program.IntakeRequest = Noting
    settings = Settings(telegram=Telegram(token=token, api_url=api_url), database=DatabaseSection(url=database))
    await prepare(settings)
    async with running(settings, SystemClock()):
        while not asked:
            await asyncio.sleep(0.01)
    print(json.dumps({"asked": asked["modules"], "started": list(sys.modules)}))

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
    "holidays": "nobody asked for a country's calendar",
    "icalendar": "nobody asked for a calendar file",
    "mako": "the schema is this version's already",
    "openpyxl": "nobody asked for a table",
    "prometheus_client": "nobody asked how it is",
    "resvg": "nobody asked for a picture",
    "sqlalchemy.dialects.postgresql": "the records are a file",
    "typst": "nobody asked for a report",
    "xlsxwriter": "nobody asked for a table",
}
"""What a bot that polls, with its records in a file, has no use for after its start, and why."""
LATER = {"bot.answering", "bot.delivery", "bot.dispatch", "bot.menus", "bot.routes", "bot.ticks", "handlers.views"}
"""What answers and speaks: loaded once the first question is under way."""


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
    return {name: set(modules) for name, modules in json.loads(output).items()}


def test_a_start_loads_nothing_heavy_that_it_has_no_use_for(loaded):
    assert {name: why for name, why in NEVER.items() if name in loaded["started"]} == {}


def test_the_first_question_waits_for_nothing_that_answers(loaded):
    assert loaded["asked"] & LATER == set()
    assert loaded["started"] >= LATER, "a module of another name proves nothing"


def test_at_the_first_question_the_way_into_the_inbox_is_there(loaded):
    assert {"bot.intake", "storage.inbox"} <= loaded["asked"]
