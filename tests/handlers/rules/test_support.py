"""Requests for support: which steps lead where, and by when an answer is due."""

from datetime import date
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.support import CHANGES, NoSuchStep, SupportStep, after, answer_by, steps_from
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import SupportState

WORKING = WorkingTime(zone=ZoneInfo("Asia/Vientiane"), week=parse_week("Mon-Fri 08:00-12:00"))
WEDNESDAY = date(2026, 4, 1)
LEADS = {  # grant, partly, decline, ask_back, explain, withdraw
    "asked": ("granted", "partly", "declined", "question", "", "withdrawn"),
    "question": ("granted", "partly", "declined", "question", "asked", "withdrawn"),
    "granted": ("", "", "", "", "", ""),
    "partly": ("granted", "", "", "", "", ""),
    "declined": ("granted", "partly", "", "", "", ""),
    "withdrawn": ("", "", "", "", "", ""),
}


@pytest.mark.parametrize(("state", "step"), [pytest.param(*each, id="{}, {}".format(*each)) for each in product(
    SupportState, SupportStep)])  # fmt: skip
def test_where_a_step_leads(state, step):
    end = LEADS[state][list(SupportStep).index(step)]
    assert (step in steps_from(state)) is bool(end)
    if end:
        assert after(state, step) == end
        return
    with pytest.raises(NoSuchStep):
        after(state, step)


def test_every_step_has_its_word_in_the_journal():
    assert set(CHANGES) == set(SupportStep)


@pytest.mark.parametrize(
    ("needed_by", "due"),
    [
        pytest.param(None, date(2026, 4, 8), id="five working days"),
        pytest.param(date(2026, 6, 30), date(2026, 4, 8), id="needed late: an answer is due all the same"),
        pytest.param(date(2026, 4, 3), date(2026, 4, 3), id="needed sooner"),
        pytest.param(date(2026, 3, 30), WEDNESDAY, id="past already"),
    ],
)
def test_by_when_an_answer_is_due(needed_by, due):
    assert answer_by(WEDNESDAY, needed_by, 5, WORKING) == due
