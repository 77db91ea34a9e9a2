"""Lines that add to an agenda, and names of people without Telegram, are taken apart."""

import pytest

from handlers.rules.agenda_words import read_item
from handlers.rules.guest_words import MOST, Guest, read_guests
from handlers.rules.task_words import Signs


@pytest.mark.parametrize(
    ("words", "text", "minutes", "who"),
    [
        ("Module plan", "Module plan", None, None),
        ("Module plan 15 min", "Module plan", 15, None),
        ("Module plan (15 minutes)", "Module plan", 15, None),
        ("Module plan @trainer 15 min", "Module plan", 15, "trainer"),
        ("Module plan 15 min @trainer", "Module plan", 15, "trainer"),
        ("Module plan @trainer", "Module plan", None, "trainer"),
        ("模块计划 15分钟", "模块计划", 15, None),
        ("ແຜນໂມດູນ 15 ນາທີ", "ແຜນໂມດູນ", 15, None),
        ("15 min", "15 min", None, None),
        ("Room 12", "Room 12", None, None),
        ("Plan 900 min", "Plan 900 min", None, None),
        ("Plan 0 min", "Plan 0 min", None, None),
    ],
)
def test_a_point_is_taken_apart(words, text, minutes, who):
    read = read_item(words, Signs(()))
    assert (read.text, read.minutes, read.who and read.who.username) == (text, minutes, who)


@pytest.mark.parametrize(
    ("words", "guests"),
    [
        ("Mr Bounmy", (Guest("Mr Bounmy"),)),
        ("Mr Bounmy, Director", (Guest("Mr Bounmy", "Director"),)),
        ("Mr Bounmy, Director, College, Vientiane", (Guest("Mr Bounmy", "Director", "College, Vientiane"),)),
        ("李老师，主任，技师学院\n\n王老师", (Guest("李老师", "主任", "技师学院"), Guest("王老师"))),
        (", Director", ()),
        ("  \n ", ()),
        ("x" * 500, (Guest("x" * 120),)),
    ],
)
def test_names_are_read_line_by_line(words, guests):
    assert read_guests(words) == guests


def test_not_more_than_some_are_taken_at_once():
    assert len(read_guests("\n".join(f"Guest {number}" for number in range(99)))) == MOST
