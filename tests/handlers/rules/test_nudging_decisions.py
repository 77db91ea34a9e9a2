"""What a side hears that has not answered a proposal."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.nudging import (
    DecisionStage,
    decision_next_look,
    decision_stage_due,
)
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import DayKind

OFFICE = parse_week("Mon-Fri 08:00-12:00 13:00-16:00")
VIENTIANE = WorkingTime(ZoneInfo("Asia/Vientiane"), OFFICE, ({date(2026, 4, d): DayKind.OFF for d in (14, 15, 16)},))
KUNMING = WorkingTime(
    ZoneInfo("Asia/Shanghai"), OFFICE, ({date(2026, 6, 19): DayKind.OFF, date(2026, 5, 9): DayKind.ON},)
)


def day(text: str) -> date:
    """A day of 2026, written 04-20."""
    return date.fromisoformat(f"2026-{text}")


def at(side: WorkingTime, text: str) -> datetime:
    """A moment of 2026 on the wall clock of a side, written 04-20 08:00."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=side.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("side", "now", "rows", "stage"),
    [
        pytest.param(VIENTIANE, "06-05 16:00", [], None, id="four working days are not five"),
        pytest.param(VIENTIANE, "06-08 08:00", [], DecisionStage.ANSWER_DUE, id="five working days"),
        pytest.param(VIENTIANE, "06-09 08:00", [DecisionStage.ANSWER_DUE], None, id="the focal point has time"),
        pytest.param(
            VIENTIANE,
            "06-10 08:00",
            [DecisionStage.ANSWER_DUE],
            DecisionStage.ANSWER_LATE,
            id="two more: the alternate",
        ),
        pytest.param(VIENTIANE, "06-30 08:00", [], DecisionStage.ANSWER_LATE, id="slept through both: one message"),
        pytest.param(VIENTIANE, "06-30 08:00", [DecisionStage.ANSWER_LATE], None, id="told both: no more"),
        pytest.param(VIENTIANE, "06-08 07:59", [], None, id="not before work begins"),
    ],
)
def test_a_decision_that_waits(
    side: WorkingTime, now: str, rows: list[DecisionStage], stage: DecisionStage | None
) -> None:
    assert decision_stage_due(day("06-01"), side, 5, at(side, now), frozenset(rows)) is stage


def test_each_side_has_its_own_days_to_answer() -> None:
    asked, now = day("04-10"), at(VIENTIANE, "04-17 09:00")
    assert decision_stage_due(asked, KUNMING, 5, now) is DecisionStage.ANSWER_DUE
    assert decision_stage_due(asked, VIENTIANE, 5, now) is None


@pytest.mark.parametrize(
    ("now", "then"),
    [
        pytest.param("06-01 10:00", "06-08 08:00", id="the focal point's day"),
        pytest.param("06-08 08:00", "06-10 08:00", id="the alternate's day"),
        pytest.param("06-10 08:00", None, id="nothing more"),
    ],
)
def test_decision_next_look(now: str, then: str | None) -> None:
    found = decision_next_look(day("06-01"), VIENTIANE, 5, at(VIENTIANE, now))
    assert found == (None if then is None else at(VIENTIANE, then))
