"""Which copies are made and kept, hour by hour over half a year."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.backup_keeping import DAILY, HOURLY, WEEKLY, is_due, to_drop

NOW = datetime(2026, 4, 1, 2, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("ages", "due"),
    [
        pytest.param([], True, id="none yet"),
        pytest.param([HOUR], True, id="an hour old"),
        pytest.param([HOUR - timedelta(seconds=1)], False, id="not quite an hour old"),
        pytest.param([5 * HOUR, timedelta(minutes=2)], False, id="the newest counts"),
        pytest.param([-timedelta(days=400)], True, id="one made by a wrong clock tells nothing"),
    ],
)
def test_a_copy_is_due_when_the_last_one_is_an_hour_old(ages, due):
    assert is_due([NOW - age for age in ages], NOW) is due


def test_after_half_a_year_there_are_copies_of_each_hour_day_and_week():
    kept: list[datetime] = []
    for hour in range(24 * 180):
        now = NOW + hour * HOUR
        kept.append(now)
        gone = to_drop(kept, now)
        kept = [at for at in kept if at not in gone]
    assert len(kept) <= HOURLY + DAILY + WEEKLY
    assert kept[-HOURLY:] == [now - hour * HOUR for hour in reversed(range(HOURLY))]
    assert len({at.date() for at in kept if now - at < timedelta(days=DAILY)}) == DAILY
    assert len({at.isocalendar()[:2] for at in kept}) >= WEEKLY
    assert now - kept[0] <= timedelta(weeks=WEEKLY)


def test_after_a_long_stop_the_old_copies_stay():
    old = [NOW - timedelta(days=300 + day) for day in range(3)]
    assert to_drop([*old, NOW], NOW) == []


def test_one_of_the_future_is_left_to_be_looked_at():
    assert to_drop([NOW + timedelta(days=400), NOW], NOW) == []
