"""Who hears a nudge when people are away."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.ladder import Recipient
from handlers.rules.nudging import DecisionStage
from handlers.rules.recipients import PersonFacts, SideFacts, decision_recipient, is_gone, recipient, stand_in
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import DayKind

TODAY = date(2026, 6, 17)
AWAY = ((date(2026, 6, 15), TODAY),)

TEACHER, FOCAL, ALTERNATE, OTHER, OTHER_ALTERNATE, COORDINATOR, SECOND = 1, 2, 3, 4, 5, 6, 7


def here(person: int | None, away: set[int]) -> PersonFacts | None:
    return None if person is None else PersonFacts(person, AWAY if person in away else ())


@pytest.mark.parametrize(
    ("meant", "person", "away", "hears"),
    [
        pytest.param(Recipient.PERSON, TEACHER, set(), TEACHER, id="the person himself"),
        pytest.param(Recipient.PERSON, TEACHER, {TEACHER}, ALTERNATE, id="away: his side's alternate"),
        pytest.param(Recipient.PERSON, TEACHER, {TEACHER, ALTERNATE}, FOCAL, id="the alternate too: the focal point"),
        pytest.param(Recipient.PERSON, TEACHER, {TEACHER, ALTERNATE, FOCAL}, None, id="all away: nobody now"),
        pytest.param(Recipient.PERSON, FOCAL, {FOCAL}, ALTERNATE, id="the focal point away: the alternate"),
        pytest.param(Recipient.PERSON, ALTERNATE, {ALTERNATE}, FOCAL, id="the alternate away: the focal point"),
        pytest.param(Recipient.PERSON, None, set(), FOCAL, id="a task of nobody is the focal point's"),
        pytest.param(Recipient.FOCAL_POINT, TEACHER, set(), FOCAL, id="two after: the focal point"),
        pytest.param(Recipient.FOCAL_POINT, TEACHER, {FOCAL}, ALTERNATE, id="the focal point away"),
        pytest.param(Recipient.FOCAL_POINT, FOCAL, set(), ALTERNATE, id="a focal point does not supervise himself"),
        pytest.param(Recipient.FOCAL_POINT, FOCAL, {ALTERNATE}, FOCAL, id="unless the alternate is away"),
        pytest.param(Recipient.FOCAL_POINT, ALTERNATE, set(), FOCAL, id="the alternate's task goes up"),
        pytest.param(Recipient.FOCAL_POINT, TEACHER, {FOCAL, ALTERNATE}, None, id="nobody above is there"),
        pytest.param(Recipient.OTHER_FOCAL, TEACHER, set(), OTHER, id="waiting: the other side's focal point"),
        pytest.param(Recipient.OTHER_FOCAL, TEACHER, {OTHER}, OTHER_ALTERNATE, id="who may be away too"),
        pytest.param(Recipient.COORDINATOR, TEACHER, set(), COORDINATOR, id="five after: the coordinator"),
        pytest.param(Recipient.COORDINATOR, TEACHER, {COORDINATOR}, SECOND, id="or the second one"),
    ],
)
def test_recipient(meant: Recipient, person: int | None, away: set[int], hears: int | None) -> None:
    found = recipient(
        meant,
        TODAY,
        person=here(person, away),
        side=SideFacts(here(FOCAL, away), here(ALTERNATE, away)),
        other=SideFacts(here(OTHER, away), here(OTHER_ALTERNATE, away)),
        coordinators=(PersonFacts(COORDINATOR, AWAY if COORDINATOR in away else ()), PersonFacts(SECOND)),
    )
    assert (found and found.id) == hears


@pytest.mark.parametrize("meant", [Recipient.FOCAL_POINT, Recipient.OTHER_FOCAL, Recipient.COORDINATOR])
def test_a_group_where_nobody_is_named_yet(meant: Recipient) -> None:
    teacher = PersonFacts(TEACHER)
    assert recipient(meant, TODAY, person=teacher, side=SideFacts(), other=SideFacts()) is None


@pytest.mark.parametrize(
    ("meant", "person"),
    [(Recipient.FOCAL_POINT, TEACHER), (Recipient.OTHER_FOCAL, TEACHER), (Recipient.PERSON, None)],
)
def test_where_nobody_speaks_for_a_side_the_coordinators_hear_it(meant: Recipient, person: int | None) -> None:
    coordinators = (PersonFacts(COORDINATOR, AWAY), PersonFacts(SECOND))
    asked = here(person, set())
    found = recipient(meant, TODAY, person=asked, side=SideFacts(), other=SideFacts(), coordinators=coordinators)
    assert found == PersonFacts(SECOND)


def test_who_is_away_is_waited_for_and_not_passed_over() -> None:
    away = SideFacts(PersonFacts(OTHER, AWAY))
    coordinators = (PersonFacts(COORDINATOR),)
    asked = PersonFacts(TEACHER)
    found = recipient(
        Recipient.OTHER_FOCAL, TODAY, person=asked, side=SideFacts(), other=away, coordinators=coordinators
    )
    assert found is None


def test_a_focal_point_without_an_alternate_hears_it_himself() -> None:
    focal = PersonFacts(FOCAL)
    found = recipient(Recipient.FOCAL_POINT, TODAY, person=focal, side=SideFacts(focal), other=SideFacts())
    assert found == focal


@pytest.mark.parametrize(
    ("on", "away"),
    [
        pytest.param(date(2026, 6, 14), False, id="the day before"),
        pytest.param(date(2026, 6, 15), True, id="the first day"),
        pytest.param(date(2026, 6, 17), True, id="the last day"),
        pytest.param(date(2026, 6, 18), False, id="the day after"),
    ],
)
def test_away_on(on: date, away: bool) -> None:
    assert PersonFacts(TEACHER, AWAY).away_on(on) is away


@pytest.mark.parametrize(
    ("stage", "away", "hears"),
    [
        pytest.param(DecisionStage.ANSWER_DUE, set(), FOCAL, id="first the focal point"),
        pytest.param(DecisionStage.ANSWER_DUE, {FOCAL}, ALTERNATE, id="or who stands in"),
        pytest.param(DecisionStage.ANSWER_LATE, set(), ALTERNATE, id="then the alternate"),
        pytest.param(DecisionStage.ANSWER_LATE, {ALTERNATE}, FOCAL, id="or the focal point again"),
        pytest.param(DecisionStage.ANSWER_LATE, {ALTERNATE, FOCAL}, None, id="nobody there"),
    ],
)
def test_decision_recipient(stage: DecisionStage, away: set[int], hears: int | None) -> None:
    found = decision_recipient(stage, TODAY, SideFacts(here(FOCAL, away), here(ALTERNATE, away)))
    assert (found and found.id) == hears


WORKS = WorkingTime(ZoneInfo("Asia/Vientiane"), parse_week("Mon-Fri 08:00-16:00"))
FRIDAY = datetime(2026, 4, 3, 8, 0, tzinfo=UTC)
"""Friday 3 April 2026, 15:00 in Vientiane."""


@pytest.mark.parametrize(
    ("leave", "now", "gone"),
    [
        pytest.param(None, FRIDAY, False, id="at work"),
        pytest.param(None, FRIDAY + timedelta(hours=5), False, id="home for the weekend"),
        pytest.param((date(2026, 4, 3), date(2026, 4, 9)), FRIDAY, False, id="back on the fifth working day"),
        pytest.param((date(2026, 4, 3), date(2026, 4, 10)), FRIDAY, True, id="back on the sixth"),
        pytest.param((date(2026, 4, 6), date(2026, 4, 24)), FRIDAY, False, id="still there today"),
        pytest.param((date(2026, 4, 6), date(2026, 4, 24)), FRIDAY + timedelta(hours=5), True, id="gone this evening"),
        pytest.param((date(2026, 4, 3), date(2029, 4, 3)), FRIDAY, True, id="for years"),
    ],
)
def test_somebody_is_gone_who_works_on_none_of_five_working_days(leave, now, gone) -> None:
    own = WORKS if leave is None else WORKS.with_leave(leave)
    assert is_gone(own, WORKS, now) is gone


def test_a_break_of_the_whole_side_makes_nobody_gone() -> None:
    pause = replace(WORKS, layers=({date(2026, 4, 6) + timedelta(days=n): DayKind.OFF for n in range(28)},))
    assert not is_gone(pause, pause, FRIDAY + timedelta(hours=5))


def test_who_is_gone_is_replaced_on_a_day_that_is_no_leave_yet() -> None:
    focal, alternate = PersonFacts(1, gone=True), PersonFacts(2)
    side = SideFacts(focal, alternate)
    on = date(2026, 4, 3)
    told = recipient(Recipient.PERSON, on, person=focal, side=side, other=SideFacts())
    assert told == alternate
    assert stand_in(focal, side, on) == alternate
    assert stand_in(alternate, SideFacts(focal, alternate), on) is None
