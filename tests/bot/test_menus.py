"""Menus and descriptions in every language: set where they differ, asked for no more once they are told."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from telegram import Bot, BotCommandScopeAllGroupChats

from bot import menus
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.server import BotApiServer
from bot.requests import AiohttpRequest
from handlers.rules.languages import SPOKEN

TOKEN = "700001:" + "M" * 35
NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer(token=TOKEN, now=lambda: NOW, clock=lambda: NOW.timestamp()) as opened:
        yield opened


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    made = Bot(
        TOKEN,
        base_url=server.base_url,
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    async with made:
        yield made


def called(server: BotApiServer, *beginnings: str) -> list[str]:
    return [call.method for call in server.log if call.method.startswith(beginnings)]


async def test_every_language_has_its_menus_and_descriptions(server, bot, database):
    await menus.tell(bot, database, NOW)
    assert len(called(server, "setMyCommands")) == 2 * len(SPOKEN)
    assert len(called(server, "setMyDescription")) == len(called(server, "setMyShortDescription")) == len(SPOKEN)
    lines = {
        code: {
            each.command: each.description for each in await bot.get_my_commands(BotCommandScopeAllGroupChats(), code)
        }
        for code in (None, "zh", "lo")
    }
    assert lines[None].keys() == lines["zh"].keys() == lines["lo"].keys()
    assert len({each["task"] for each in lines.values()}) == len(SPOKEN)
    assert len({(await bot.get_my_description(code)).description for code in lines}) == len(SPOKEN)


async def test_what_was_told_is_not_asked_for_again(server, bot, database):
    await menus.tell(bot, database, NOW)
    before = len(server.log)
    await menus.tell(bot, database, NOW)
    assert len(server.log) == before


async def test_only_what_differs_is_set(server, bot, database):
    await menus.tell(bot, database, NOW)
    await bot.set_my_description("old words", language_code="lo")
    async with database.writing() as session:
        await menus.leases.unmark(session, f"menus:{bot.id}:")
    before = len(called(server, "setMy"))
    await menus.tell(bot, database, NOW)
    assert called(server, "setMy")[before:] == ["setMyDescription"]


async def test_a_refusal_is_tried_again_at_the_next_start(server, bot, database):
    server.faults.add(FaultKind.STATUS, method="setMyDescription")
    await menus.tell(bot, database, NOW)
    server.faults.clear()
    await menus.tell(bot, database, NOW)
    assert (await bot.get_my_short_description("lo")).short_description


def test_every_line_fits_a_menu():
    for each in menus.shown():
        assert len(each.description) <= 512
        assert len(each.short_description) <= 120
        assert all(0 < len(line) <= 256 for _, menu in each.menus for _, line in menu)
