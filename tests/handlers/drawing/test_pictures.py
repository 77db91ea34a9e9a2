"""The two pictures: what stands on them, and where."""

import re
from datetime import date, timedelta

from handlers.drawing import status, timeline
from handlers.drawing.status import Line, Part, StatusPicture
from handlers.drawing.timeline import COLOURS, LEFT, ROOM, ActivityBar, Strip, Timeline, runs
from handlers.pictures import PARTS
from handlers.rules.activities import ActivityState
from handlers.views.pictures import plan_words, status_words
from handlers.voice import Say
from storage.kinds import TaskState

APRIL, JUNE = date(2026, 4, 1), date(2026, 6, 30)
VOICES = [Say("lo"), Say("zh_Hans")]


def boxes(svg, colour):
    """The x and the width of every rectangle of a colour."""
    found = re.findall(rf'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="[\d.]+" fill="{colour}"', svg)
    return [(float(x), float(width)) for x, width in found]


def drawn(*bars, strips=(), today=date(2026, 5, 12), more=0):
    facts = Timeline("Group", APRIL, JUNE, today, bars, strips, more)
    return timeline.draw(facts, plan_words(VOICES, facts))


def test_every_state_of_a_task_has_its_colour_but_for_what_was_cancelled():
    assert set(PARTS) == set(TaskState) - {TaskState.CANCELLED}
    assert set(PARTS.values()) | {Part.LATE} == set(status.COLOURS)


def test_a_bar_lies_where_its_days_are():
    svg = drawn(ActivityBar("A1", "Visit", date(2026, 4, 11), date(2026, 4, 20), ActivityState.AT_RISK))
    day = ROOM / 91
    (_legend, (x, width)) = boxes(svg, COLOURS[ActivityState.AT_RISK])
    assert (round(x, 1), round(width, 1)) == (round(LEFT + 10 * day, 1), round(10 * day, 1))


def test_a_bar_that_began_earlier_or_ends_later_stays_on_the_paper():
    svg = drawn(ActivityBar("A1", "Visit", date(2025, 1, 1), date(2027, 1, 1), ActivityState.ON_TRACK))
    assert boxes(svg, COLOURS[ActivityState.ON_TRACK])[-1] == (LEFT, ROOM)


def test_days_off_of_a_side_are_shaded_in_one_piece():
    off = frozenset(date(2026, 4, day) for day in (14, 15, 16, 18))
    svg = drawn(strips=(Strip("Vientiane", off),))
    day = ROOM / 91
    widths = [round(width / day) for _, width in boxes(svg, timeline.OFF)[1:]]
    assert widths == [3, 1]


def test_today_is_marked_only_where_it_is_on_the_picture():
    assert svg_has_today(drawn())
    assert not svg_has_today(drawn(today=JUNE + timedelta(days=1)))


def svg_has_today(svg):
    return f'stroke="{timeline.TODAY}"' in svg


def test_a_plan_without_dates_says_so_and_counts_what_is_not_shown():
    svg = drawn(more=2)
    assert "2" in svg
    assert str(VOICES[1]("No activity has dates yet")) in svg


def test_runs_put_days_that_follow_one_another_together():
    days = [date(2026, 4, day) for day in (16, 14, 15, 20)]
    assert runs(frozenset(days)) == [(date(2026, 4, 14), 3), (date(2026, 4, 20), 1)]


def test_the_bars_of_a_status_share_one_scale():
    lines = (Line("Curriculum", {Part.DONE: 6, Part.LATE: 2}), Line("Exchange", {Part.DONE: 3}))
    svg = status.draw(StatusPicture("Group", lines, ()), status_words(VOICES, APRIL))
    (_legend, (_, six), (_, three)) = boxes(svg, status.COLOURS[Part.DONE])
    assert round(six + 1) == 2 * round(three + 1)
    assert "6 / 8" in svg


def test_a_group_without_tasks_gets_a_sentence():
    svg = status.draw(StatusPicture("Group", (), ()), status_words(VOICES, APRIL))
    assert str(VOICES[0]("No task yet")) in svg
