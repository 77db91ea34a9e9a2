"""The rehearsal ends well, tells the story, and would say so if it did not."""

import asyncio
import os
import sys

import pytest

from bot.rehearsal.expectations import Expectations
from bot.rehearsal.paper import Paper

TELLING = (
    "D1: ທັງສອງຝ່າຍເຫັນດີແລ້ວ",
    "PI MAI: VIENTIANE CELEBRATES, KUNMING WORKS",
    "only Kunming was nudged on 14, 15 and 16 April",
    "THE POWER FAILS IN THE MIDDLE OF THREE COMMANDS",
    "on Saturday 9 May only Kunming was nudged",
    "the chain of the journal holds",
)


@pytest.mark.timeout(300)
async def test_the_whole_story_is_played_and_every_expectation_met():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "rehearse", stdout=asyncio.subprocess.PIPE, env=os.environ | {"NO_COLOR": "1"}
    )
    said, _ = await asyncio.wait_for(process.communicate(), 280)
    text = said.decode()
    assert process.returncode == 0, text[-2000:]
    assert [line for line in TELLING if line not in text] == []
    assert "\x1b[" not in text
    assert "NOT SO" not in text


def test_one_broken_expectation_fails_the_rehearsal():
    lines: list[str] = []
    expectations = Expectations(Paper(echo=lines.append, colour=False))
    expectations.expect(True, "the sun rises")
    assert expectations.exit_code == 0
    expectations.expect(False, "nobody was nudged at night")
    assert expectations.exit_code == 1
    assert any("nobody was nudged at night" in line for line in lines)


def test_a_story_that_expects_nothing_proves_nothing():
    assert Expectations(Paper(echo=lambda _: None, colour=False)).exit_code == 1
