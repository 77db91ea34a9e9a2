"""An order of tasks never runs in a circle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.task_order import would_circle


@pytest.mark.parametrize(
    ("before", "task", "wanted", "circles"),
    [
        pytest.param({}, 1, 2, False, id="nothing known"),
        pytest.param({}, 1, 1, True, id="after itself"),
        pytest.param({2: 1}, 1, 2, True, id="each after the other"),
        pytest.param({2: 1, 3: 2, 4: 3}, 1, 4, True, id="around a long way"),
        pytest.param({2: 1, 3: 2}, 4, 3, False, id="at the end of a chain"),
        pytest.param({2: 1}, 3, 1, False, id="two after one"),
        pytest.param({1: 2, 2: 1}, 3, 1, False, id="rows that run in a circle already end the search"),
    ],
)
def test_whether_it_would_circle(before, task, wanted, circles):
    assert would_circle(before, task, wanted) is circles


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=20))
def test_an_order_that_refuses_circles_has_none(wishes):
    before: dict[int, int] = {}
    for task, wanted in wishes:
        if not would_circle(before, task, wanted):
            before[task] = wanted
    for start in before:
        seen, at = set(), start
        while at in before:
            assert at not in seen
            seen.add(at)
            at = before[at]
