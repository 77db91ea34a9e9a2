"""A bar is as long as the share, full only when all is done, empty only when nothing is."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handlers.rules.bars import EMPTY, FULL, WIDTH, bar


@pytest.mark.parametrize(
    ("done", "total", "shown"),
    [
        pytest.param(0, 0, "░░░░░", id="nothing to do"),
        pytest.param(0, 5, "░░░░░", id="nothing done"),
        pytest.param(3, 5, "▓▓▓░░", id="three of five"),
        pytest.param(5, 5, "▓▓▓▓▓", id="all done"),
        pytest.param(1, 100, "▓░░░░", id="a little shows"),
        pytest.param(99, 100, "▓▓▓▓░", id="nearly all is not all"),
    ],
)
def test_bars(done, total, shown):
    assert bar(done, total) == shown


@given(some.integers(0, 10_000), some.integers(0, 10_000))
def test_a_bar_tells_all_and_nothing_from_a_part(one, other):
    done, total = sorted((one, other))
    shown = bar(done, total)
    assert len(shown) == WIDTH
    assert (FULL not in shown) == (done == 0)
    assert (EMPTY not in shown) == (done == total > 0)


@pytest.mark.parametrize(("done", "total"), [(-1, 3), (4, 3)], ids=["less than nothing", "more than all"])
def test_what_is_no_share_is_refused(done, total):
    with pytest.raises(ValueError, match="no share"):
        bar(done, total)
