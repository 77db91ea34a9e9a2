"""The clock against the date on Telegram's answers: right, wrong, jumping, and asleep."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.clock import StoryClock
from bot.skew import Skew

TRUE = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
NONE = timedelta(0)


class Wall:
    """A computer: true time passes, and its wall clock shows something else."""

    def __init__(self, ahead: timedelta = NONE) -> None:
        self.ahead, self.seconds = ahead, 1000.0

    def now(self) -> datetime:
        return TRUE + timedelta(seconds=self.seconds - 1000) + self.ahead

    def passed(self) -> float | None:
        return self.seconds

    async def wait(self, until, wake):
        raise NotImplementedError


def dated(wall: Wall) -> str:
    return format_datetime(TRUE + timedelta(seconds=wall.seconds - 1000), usegmt=True)


def answered(wall: Wall, took: float = 0.0, written_after: float = 0.0) -> Skew:
    """A call that took so many seconds, and whose answer was dated so long after it had left."""
    skew = Skew(wall)
    begun = skew.begun()
    wall.seconds += written_after
    date = dated(wall)
    wall.seconds += took - written_after
    skew.heard(date, begun)
    return skew


@pytest.mark.parametrize(
    ("ahead", "is_off"),
    [
        pytest.param(timedelta(0), False, id="right"),
        pytest.param(timedelta(seconds=119), False, id="a little ahead"),
        pytest.param(timedelta(seconds=-119), False, id="a little behind"),
        pytest.param(timedelta(seconds=122), True, id="ahead"),
        pytest.param(timedelta(seconds=-122), True, id="behind"),
        pytest.param(timedelta(days=400), True, id="a year ahead"),
    ],
)
def test_a_wrong_clock_is_known_by_how_much(ahead, is_off):
    skew = answered(Wall(ahead))
    assert (skew.ahead, skew.is_off) == (ahead, is_off)


@pytest.mark.parametrize("written_after", [0.0, 300.0, 600.0])
def test_a_slow_answer_makes_nobody_wrong(written_after):
    assert answered(Wall(), took=600, written_after=written_after).ahead == NONE


def test_a_clock_that_jumps_between_two_answers_is_noticed_at_once():
    wall = Wall()
    skew = answered(wall)
    wall.seconds += 5
    wall.ahead = timedelta(days=3)
    assert skew.is_off
    assert skew.true_now == TRUE + timedelta(seconds=5)
    wall.ahead = timedelta(0)
    assert not skew.is_off


def test_hours_that_pass_in_silence_make_nobody_wrong():
    wall = Wall()
    skew = answered(wall)
    wall.seconds += 7200
    assert (skew.ahead, skew.is_stale) == (NONE, True)


@pytest.mark.parametrize("date", [None, "some day", "Wed, 99 Apr 2026 02:00:00 GMT"])
def test_what_is_no_date_tells_nothing(date):
    skew = Skew(Wall(timedelta(days=1)))
    skew.heard(date, skew.begun())
    assert (skew.is_off, skew.is_stale) == (False, True)


def test_a_story_is_compared_with_nobody():
    skew = Skew(StoryClock(TRUE))
    skew.heard(format_datetime(TRUE + timedelta(days=9), usegmt=True), skew.begun())
    assert (skew.is_off, skew.is_stale) == (False, False)
