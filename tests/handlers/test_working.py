"""Working moments from the real rows: two countries' calendars, an institution's own days, leave, travel."""

from datetime import UTC, date, datetime

import pytest

from handlers import calendar_changes, working
from handlers.rules.day_layers import Layer
from storage import calendars, groups, journal, leases, leave, own_days, people, travel
from storage.journal import Cause
from storage.kinds import DayKind, Subject

VTE, KMG = 0, 1


@pytest.fixture
async def sides(stage):
    await calendars.load_shipped(stage.session)
    return await groups.sides(stage.session, stage.group.id)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("side", "at", "then"),
    [
        pytest.param(VTE, "2026-04-13T09:30", "2026-04-17T01:00", id="the eve of Pi Mai after work: Friday"),
        pytest.param(KMG, "2026-04-14T00:00", "2026-04-14T00:00", id="Kunming works through Pi Mai"),
        pytest.param(KMG, "2026-09-30T09:00", "2026-10-08T00:00", id="the eve of China's National Day: eight days on"),
        pytest.param(VTE, "2026-12-01T10:00", "2026-12-03T01:00", id="the eve of the Lao National Day"),
        pytest.param(KMG, "2026-05-08T09:00", "2026-05-09T00:00", id="a make-up Saturday"),
        pytest.param(VTE, "2026-05-08T10:00", "2026-05-11T01:00", id="where the same Saturday is free"),
        pytest.param(KMG, "2026-09-19T03:00", "2026-09-20T00:00", id="a make-up Sunday"),
        pytest.param(VTE, "2026-11-24T01:00", "2026-11-24T01:00", id="That Luang is worked where nobody says else"),
        pytest.param(VTE, "2031-04-15T01:00", "2031-04-15T01:00", id="in a year without data the week alone counts"),
        pytest.param(KMG, "2031-10-04T01:00", "2031-10-06T00:00", id="and its weekends"),
    ],
)
async def test_a_side_works_by_its_country(stage, sides, side, at, then):
    assert (await working.of_place(stage.session, sides[side])).next_moment(utc(at)) == utc(then)


async def test_that_luang_is_off_where_the_institution_says_so(stage, sides):
    await own_days.add(
        stage.session,
        side_id=sides[VTE].id,
        first=date(2026, 11, 24),
        last=date(2026, 11, 24),
        kind=DayKind.OFF,
        name="Boun That Luang",
        by=None,
        at=stage.now,
    )
    vientiane, kunming = [await working.of_place(stage.session, side) for side in sides]
    assert vientiane.next_moment(utc("2026-11-24T01:00")) == utc("2026-11-25T01:00")
    assert kunming.works_on(date(2026, 11, 24))
    reason = vientiane.why(date(2026, 11, 24))
    assert (reason.layer, reason.name.en) == (Layer.INSTITUTION, "Boun That Luang")


async def test_an_institution_can_work_on_a_holiday_within_its_own_break(stage, sides):
    days = {"side_id": sides[VTE].id, "by": None, "at": stage.now}
    first, last = date(2026, 4, 13), date(2026, 4, 17)
    await own_days.add(stage.session, first=first, last=last, kind=DayKind.OFF, name="Break", **days)
    day = date(2026, 4, 15)
    await own_days.add(stage.session, first=day, last=day, kind=DayKind.ON, name="Enrolment", **days)
    vientiane = await working.of_place(stage.session, sides[VTE])
    assert [d for d in range(13, 18) if vientiane.works_on(date(2026, 4, d))] == [15]


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Lao New Year's Day"), ("zh_Hans", "老挝新年"), ("lo", "ບຸນປີໃໝ່ລາວ")]
)
async def test_a_day_off_has_its_name_in_three_languages(stage, sides, language, name):
    reason = (await working.of_place(stage.session, sides[VTE])).why(date(2026, 4, 15))
    assert reason.name.spoken(language) == name


@pytest.mark.parametrize(("language", "name"), [("en", "Semester break"), ("zh_Hans", "学期假"), ("lo", "ພັກພາກຮຽນ")])
async def test_a_day_of_an_institution_has_its_name_in_three_languages_too(stage, sides, language, name):
    day = date(2026, 4, 20)
    await own_days.add(
        stage.session,
        side_id=sides[VTE].id,
        first=day,
        last=day,
        kind=DayKind.OFF,
        name="Semester break\n学期假\nພັກພາກຮຽນ",
        by=None,
        at=stage.now,
    )
    reason = (await working.of_place(stage.session, sides[VTE])).why(day)
    assert reason.name.spoken(language) == name


async def test_a_person_has_his_leave_and_his_journeys(stage):
    person = stage.cast["vte_trainer"]
    await leave.write(stage.session, person_id=person.id, first=date(2026, 4, 6), last=date(2026, 4, 7), at=stage.now)
    await travel.write(
        stage.session,
        person_id=person.id,
        first=date(2026, 4, 8),
        last=date(2026, 4, 10),
        city="Geneva",
        zone="Europe/Zurich",
        at=stage.now,
    )
    member = await people.membership(stage.session, person.id, stage.group.id)
    own = await working.of_member(stage.session, member, date(2026, 4, 1))
    assert own.next_moment(utc("2026-04-03T10:00")) == utc("2026-04-08T06:00")
    assert own.next_moment(utc("2026-04-10T15:00")) == utc("2026-04-13T01:00")


async def test_a_change_plans_anew_only_where_the_country_counts(stage):
    await calendars.load_shipped(stage.session)
    row = (await calendars.named(stage.session, "CN", date(2027, 2, 10)))[0]
    await calendar_changes.remove(stage.session, Cause(stage.now), row, group_id=stage.group.id)
    assert await calendars.groups_of(stage.session, ["TH"]) == []
    await calendar_changes.took_effect(stage.session, await calendars.groups_of(stage.session, ["CN"]), stage.now)
    assert await leases.marked(stage.session, calendar_changes.changed_mark(stage.group.id)) == stage.now
    (entry,) = await journal.of(stage.session, Subject.CALENDAR, row.id)
    assert (entry.change, entry.before["status"], entry.after["status"]) == (
        "calendar day removed",
        "provisional",
        "removed",
    )
