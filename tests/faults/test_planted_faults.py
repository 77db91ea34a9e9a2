"""Bugs planted in what the scenes about disks, damage, zones and refusals prove: each has to turn its scene red."""

import asyncio
import logging
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.error import NetworkError

from bot import calls
from bot.intake import Intake
from bot.settings import DatabaseSection
from handlers.rules.working_time import ONE_DAY, WorkingTime
from tests.e2e.conftest import bed, resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it
from tests.faults import disk as disks
from tests.faults import test_damage, test_disk_faults, test_every_zone, test_refusals, test_secrets

PATIENCE = 60


@pytest.fixture
def disk():
    with disks.recording() as under:
        yield under


@pytest.fixture
def kept(disk, database_url, tmp_path):  # noqa: ARG001 - the database is opened only after the disk is there
    return DatabaseSection(url=database_url, data_dir=str(tmp_path))


@dataclass
class Scene:
    """What a scene needs."""

    bed: Any
    disk: disks.Disk
    folder: Path


async def a_full_disk(scene):
    async with scene.bed.started():
        await test_disk_faults.test_refused_at_any_write_nothing_is_said_that_is_not_kept(
            scene.bed, scene.disk, "full", scene.folder
        )


async def a_group_moves(scene):
    async with scene.bed.started():
        await test_refusals.test_a_group_that_moves_has_one_room_however_it_is_heard(scene.bed, "refused, told")


async def a_message_is_gone(scene):
    async with scene.bed.started():
        await test_refusals.test_what_is_harmless_does_no_harm(scene.bed, "message to edit not found")


async def a_topic_is_gone(scene):
    async with scene.bed.started():
        await test_refusals.test_what_is_harmless_does_no_harm(scene.bed, "message thread not found")


async def bits_turn(scene):
    await test_damage.test_a_damaged_file_is_refused_as_it_is_or_complete(scene.bed, scene.folder)


async def a_bad_morning(scene):
    await test_secrets.test_nobody_says_the_token_and_nobody_writes_it(scene.bed)


async def clocks_change(_scene):
    test_every_zone.test_everybody_is_told_once_on_each_date_that_has_a_working_moment()


TAKE, DAY_BEGINS, MAKE = Intake.take, WorkingTime.day_begins, calls.make


async def _careless(self, updates):
    with suppress(NetworkError):
        await TAKE(self, updates)


async def _told_of(bot, method, payload):
    logging.getLogger("bot.calls").info("calling %s/%s", bot.base_url, method)
    return await MAKE(bot, method, payload)


async def _left(*_, **__):
    return False


def _nothing(*_, **__):
    """In the place of what mends."""


async def _nothing_async(*_, **__):
    """In the place of what mends."""


def _no_damage(_file):
    return []


BUGS = {
    "what could not be kept is confirmed": (a_full_disk, "bot.intake.Intake.take", _careless),
    "a group that moved is not followed": (a_group_moves, "storage.chats.migrate", _left),
    "a card whose message is gone is left": (a_message_is_gone, "bot.fates._without_message", _nothing_async),
    "a topic that is gone swallows the answer": (a_topic_is_gone, "bot.fates._without", _nothing),
    "a damaged file is not looked over": (bits_turn, "storage.backup.damage", _no_damage),
    "the token in the log, with the address of a call": (a_bad_morning, "bot.calls.make", _told_of),
    "the token in the log, from a library": (a_bad_morning, "bot.logs.TALKATIVE", ()),
    "the token in the log, in a line that is not looked over": (
        a_bad_morning,
        "bot.logs.Redaction.__call__",
        lambda _, text: text,
    ),
    "every day has 24 hours": (
        clocks_change,
        "handlers.rules.working_time.WorkingTime.day_begins",
        lambda self, day: DAY_BEGINS(self, day - ONE_DAY) + timedelta(hours=24),
    ),
    "quiet hours never end": (clocks_change, "handlers.rules.moments._quiet_over", lambda instant, *_: instant),
}


@pytest.mark.parametrize("bug", BUGS)
async def test_a_planted_bug_turns_its_scene_red(resting_bed, disk, bug, monkeypatch, tmp_path):  # noqa: F811
    scene, target, instead = BUGS[bug]
    monkeypatch.setattr(target, instead)
    with pytest.raises(Exception) as red:  # noqa: PT011 - in whatever way the scene turns red
        async with asyncio.timeout(PATIENCE):
            await scene(Scene(resting_bed, disk, tmp_path))
    sys.stdout.write(f"{bug}: {type(red.value).__name__} {str(red.value)[:110]!r}\n")
