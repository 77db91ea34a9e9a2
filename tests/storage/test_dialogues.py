"""Opaque tokens: what they mean, and that a calendar's days do not fill the table."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from storage import dialogues
from storage.tables import ButtonToken

CHAT = -1001


async def token(session, now, **args):
    return await dialogues.token(session, chat_id=CHAT, press="task.due_set", args=args, at=now)


async def test_a_month_of_days_is_one_row_and_each_day_comes_back(database, now):
    async with database.writing() as session:
        days = [(date(2026, 4, 1) + timedelta(days=n)).isoformat() for n in range(30)]
        tokens = {day: await token(session, now, id=1, date=day) for day in days}
        assert len((await session.exec(select(ButtonToken))).all()) == 1
        assert all(len(each.encode()) <= 64 for each in tokens.values())
        for day in days:
            assert await dialogues.meaning(session, tokens[day], CHAT) == ("task.due_set", {"id": 1, "date": day})


async def test_the_same_press_without_a_day_means_itself(database, now):
    async with database.writing() as session:
        plain = await token(session, now, id=1)
        assert await dialogues.meaning(session, plain, CHAT) == ("task.due_set", {"id": 1})


@pytest.mark.parametrize("written", ["2026-02-30", "tomorrow", "", "20260401", "2026-04-01.2026-04-02"])
async def test_what_is_no_day_behind_a_token_means_nothing(database, now, written):
    async with database.writing() as session:
        plain = await token(session, now, id=1)
        assert await dialogues.meaning(session, f"{plain}.{written}", CHAT) is None


async def test_presses_with_the_same_arguments_share_a_row_and_each_comes_back(database, now):
    presses = ["nudge.done", "nudge.progress", "nudge.blocked"]
    async with database.writing() as session:
        meanings = [(CHAT, press, {"task": task}) for task in (1, 2) for press in presses]
        written = await dialogues.tokens(session, meanings, now)
        assert len((await session.exec(select(ButtonToken))).all()) == 2
        assert len(set(written)) == 6
        for token, (_, press, args) in zip(written, meanings, strict=True):
            assert await dialogues.meaning(session, token, CHAT) == (press, args)
        assert await dialogues.tokens(session, meanings, now) == written


async def test_beside_a_new_button_one_that_was_given_out_keeps_its_token(any_database, now):
    meanings = [(CHAT, "nudge.done", {"task": task}) for task in (1, 2, 3)]
    async with any_database.writing() as session:
        (given,) = await dialogues.tokens(session, meanings[1:2], now)
    async with any_database.writing() as session:
        written = await dialogues.tokens(session, meanings, now)
        assert await dialogues.tokens(session, meanings, now) == written
    async with any_database.reading() as session:
        assert written[1] == given
        meant = [await dialogues.meaning(session, token, CHAT) for token in written]
    assert meant == [(press, args) for _, press, args in meanings]


@pytest.mark.parametrize("behind", ["", ".", ".2", ".-1", ".x", ".2026-04-01", ".0.0"])
async def test_a_place_that_a_row_does_not_have_means_nothing(database, now, behind):
    async with database.writing() as session:
        (written, _) = await dialogues.tokens(session, [(CHAT, "a.b", {}), (CHAT, "a.c", {})], now)
        row, _, _ = written.partition(".")
        assert await dialogues.meaning(session, f"{row}{behind}", CHAT) is None


async def test_days_and_presses_of_one_keyboard_keep_apart(database, now):
    meanings = [
        (CHAT, "task.due_set", {"id": 1, "date": "2026-04-01"}),
        (CHAT, "task.due_set", {"id": 1, "date": "2026-04-02"}),
        (CHAT, "task.due_set", {"id": 1}),
        (CHAT, "task.due_none", {"id": 1}),
    ]
    async with database.writing() as session:
        written = await dialogues.tokens(session, meanings, now)
        assert len((await session.exec(select(ButtonToken))).all()) == 2
        for token, (_, press, args) in zip(written, meanings, strict=True):
            assert await dialogues.meaning(session, token, CHAT) == (press, args)


async def test_a_token_means_nothing_in_another_chat(database, now):
    async with database.writing() as session:
        written = await token(session, now, id=1, date="2026-04-01")
        assert await dialogues.meaning(session, written, CHAT - 1) is None
