"""The time is found at the end of the line, whichever language; everything else is the title."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.dates import UnreadableDate, read_date
from handlers.rules.meeting_words import Told, split_time

NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)


def told(phrase):
    try:
        found = read_date(phrase, NOW, ZoneInfo("Asia/Vientiane"))
    except UnreadableDate:
        return Told.NOTHING
    return Told.DAY if found.at is None else Told.TIME


@pytest.mark.parametrize(
    ("words", "title", "phrase"),
    [
        ("Module plan", "Module plan", None),
        ("Module plan at 12 May 10:00", "Module plan", "12 May 10:00"),
        ("Module plan on 12 May at 10:00", "Module plan", "on 12 May at 10:00"),
        ("Module plan by 2026-05-12 10:00", "Module plan", "by 2026-05-12 10:00"),
        ("Module plan 12/5 10:00", "Module plan", "12/5 10:00"),
        ("Module plan, tomorrow 10:00", "Module plan", "tomorrow 10:00"),
        ("Module plan on 12 May", "Module plan", "on 12 May"),
        ("Module plan 10:00 on 12 May", "Module plan", "10:00 on 12 May"),
        ("Plan for May", "Plan for May", None),
        ("Plan May", "Plan May", None),
        ("课程研讨会 5月12日10点", "课程研讨会", "5月12日10点"),
        ("课程研讨会 于 5月12日 10:00", "课程研讨会", "于 5月12日 10:00"),
        ("ປະຊຸມຫຼັກສູດ ວັນທີ 12/5 10:00", "ປະຊຸມຫຼັກສູດ", "ວັນທີ 12/5 10:00"),
        ("Monday", "Monday", None),
        ("", "", None),
    ],
)
def test_a_line_is_taken_apart(words, title, phrase):
    assert split_time(words, told) == (title, phrase)
