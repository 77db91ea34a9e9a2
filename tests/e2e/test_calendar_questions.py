"""What the bot says of calendars by itself: the yearly question, somebody gone for long, clocks of another city."""

from datetime import UTC, datetime

from sqlmodel import select

from storage import calendars
from storage.kinds import YearState
from storage.tables import Notice


def at(month: int, day: int, hour: int = 3, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, 0, tzinfo=UTC)


def told(bed, who: str, words: str) -> list[str]:
    return [message.text for message in bed.said(bed.cast[who]) if words in message.text]


async def test_coordinators_are_asked_about_china_in_autumn_once_and_at_work(bed):
    await bed.at(at(11, 14))
    await bed.at(at(11, 15))  # a Sunday
    assert told(bed, "coordinator", "is not confirmed yet") == []
    await bed.at(at(11, 16, hour=0))
    assert told(bed, "coordinator", "is not confirmed yet") == []
    await bed.at(at(11, 16))
    await bed.at(at(11, 17))
    assert len(told(bed, "coordinator", "The calendar of China for 2027 is not confirmed yet")) == 1
    assert told(bed, "vte_focal", "is not confirmed yet") == []
    await bed.presses("coordinator", bed.last("coordinator", "China for 2027"), "Confirm")
    assert "This calendar is confirmed" in bed.last("coordinator").text
    async with bed.program.database.reading() as session:
        assert (await calendars.states(session, "CN"))[2027] is YearState.CONFIRMED


async def test_laos_is_asked_about_in_spring_and_can_be_looked_at_first(bed):
    await bed.at(at(3, 26, year=2027))
    question = bed.last("coordinator", "The calendar of Laos for 2027 is not confirmed yet")
    await bed.presses("coordinator", question, "Show")
    assert "Lao New Year's Day" in bed.last("coordinator").text
    async with bed.program.database.reading() as session:
        matters = [row.matter for row in (await session.exec(select(Notice))).all()]
    assert "calendar:LA:2027" in matters


async def test_a_confirmed_year_is_not_asked_about(bed):
    await bed.at(at(4, 2))
    assert told(bed, "coordinator", "is not confirmed yet") == []


async def test_the_coordinator_hears_once_of_somebody_gone_for_long(bed):
    await bed.hears("vte_focal", "/away 6 April to 24 April", private=True)
    await bed.at(at(4, 2))
    assert told(bed, "coordinator", "is at work again") == []
    await bed.at(at(4, 6))
    await bed.at(at(4, 7))
    said = told(bed, "coordinator", "is at work again on Mon 27 Apr 2026")
    assert len(said) == 1
    assert "Focal point, Vientiane" in said[0]
    assert "I ask ⁨Alternate, Vientiane⁩ meanwhile" in said[0]


async def test_a_few_days_of_leave_are_nobody_s_business(bed):
    await bed.hears("vte_focal", "/away 6 April to 8 April", private=True)
    await bed.at(at(4, 6))
    assert told(bed, "coordinator", "is at work again") == []


async def test_a_traveller_is_reminded_in_working_hours_of_the_place(bed):
    await bed.hears("vte_trainer", "/travel 2 April to 30 April Geneva", private=True)
    await bed.hears("vte_focal", "/task Draft the module plan @vte_trainer by 9 April")
    await bed.at(at(4, 8, hour=2))  # nine in Vientiane, the middle of the night in Geneva
    assert told(bed, "vte_trainer", "friendly reminder") == []
    await bed.at(at(4, 8, hour=7))
    assert told(bed, "vte_trainer", "friendly reminder")


async def test_a_semester_break_moves_the_reminder_before_it(bed):
    await bed.hears("vte_focal", "/task Draft the module plan @vte_trainer by 10 April")
    await bed.at(at(4, 3))
    assert len(told(bed, "vte_trainer", "friendly reminder")) == 1
    page = await bed.hears("vte_focal", "/calendar", private=True)
    await bed.presses("vte_focal", page, "Own days: Vientiane")
    await bed.presses("vte_focal", bed.last("vte_focal"), "Add days off")
    await bed.hears("vte_focal", "2026-04-08 – 2026-04-10", private=True)
    await bed.hears("vte_focal", "Semester break", private=True)
    # The day before the last working day is the sixth now; it was the ninth.
    await bed.at(at(4, 6))
    assert len(told(bed, "vte_trainer", "friendly reminder")) == 2


async def test_status_marks_a_year_nobody_confirmed(bed):
    assert "not confirmed" not in (await bed.hears("vte_trainer", "/status")).text
    await bed.at(at(12, 28))
    assert "China 2027: not confirmed yet" in (await bed.hears("vte_trainer", "/status")).text
