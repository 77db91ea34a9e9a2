"""/calendar, /when and /travel over real HTTP: read by everybody, changed by who may, wrong answers refused."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from bot.rehearsal.faults import FaultKind
from storage import calendars, leases
from storage.kinds import DayKind
from storage.tables import InstitutionDay, JournalEntry, Travel


async def journal(bed) -> list[str]:
    async with bed.program.database.reading() as session:
        return [entry.change for entry in (await session.exec(select(JournalEntry))).all()]


async def days(bed, country: str) -> dict[date, DayKind]:
    async with bed.program.database.reading() as session:
        return await calendars.days(session, country)


async def open_year(bed, who: str, label: str):
    page = await bed.hears(who, "/calendar", private=True)
    await bed.presses(who, page, label)
    return bed.last(who)


async def test_everybody_reads_the_next_days_off_of_both_sides(bed):
    page = await bed.hears("vte_trainer", "/calendar")
    assert "Tue 14 Apr – Thu 16 Apr: Lao New Year's Day" in page.text
    assert "Sun 5 Apr: Tomb-Sweeping Day" in page.text
    assert "Sat 9 May: at work – Make-up working day" in page.text
    assert "Laos 2026" in page.buttons


async def test_a_year_is_read_by_a_member_but_not_changed(bed):
    page = await open_year(bed, "vte_trainer", "China 2026")
    assert "This calendar is confirmed" in page.text
    await bed.presses("vte_trainer", page, "2027 ▶")
    assert "not confirmed yet" in bed.last("vte_trainer").text
    assert not {"Confirm 2027", "Add days"} & set(bed.last("vte_trainer").buttons)


async def test_a_coordinator_confirms_a_year_once(bed):
    page = await open_year(bed, "coordinator", "China 2026")
    await bed.presses("coordinator", page, "2027 ▶")
    await bed.presses("coordinator", bed.last("coordinator"), "Confirm 2027")
    assert "This calendar is confirmed" in bed.last("coordinator").text
    assert "The calendar of China for 2027 is confirmed" in bed.last(bed.group).text
    assert (await journal(bed)).count("calendar confirmed") == 1


async def test_who_may_not_is_refused_at_the_button(bed):
    page = await bed.hears("coordinator", "/calendar")
    await bed.presses("coordinator", page, "China 2026")
    page = bed.last(bed.group)
    assert "not yours to change" in await bed.presses("kmg_focal", page, "Add days")


async def test_a_coordinator_adds_days_by_dialogue(bed):
    await bed.presses("coordinator", await open_year(bed, "coordinator", "Laos 2026"), "Add days")
    await bed.presses("coordinator", bed.last("coordinator"), "Days off")
    assert "cannot read" in (await bed.hears("coordinator", "some day", private=True)).text
    await bed.hears("coordinator", "2026-04-13", private=True)
    written = await bed.hears("coordinator", "Pi Mai, first day\n老挝新年", private=True)
    assert "Mon 13 Apr 2026: Pi Mai, first day" in written.text
    assert (await days(bed, "LA"))[date(2026, 4, 13)] is DayKind.OFF
    async with bed.program.database.reading() as session:
        group_id = 1
        assert await leases.marked(session, f"calendar_changed:{group_id}") is not None


async def test_a_coordinator_changes_renames_and_removes_a_day(bed):
    await bed.presses("coordinator", await open_year(bed, "coordinator", "Laos 2026"), "Change a day")
    await bed.presses("coordinator", bed.last("coordinator"), "Thu 16 Apr · Lao New Year's Day")
    await bed.presses("coordinator", bed.last("coordinator"), "Make it a working day")
    assert (await days(bed, "LA"))[date(2026, 4, 16)] is DayKind.ON
    await bed.presses("coordinator", bed.last("coordinator"), "Rename")
    assert "Open day" in (await bed.hears("coordinator", "Open day", private=True)).text
    await bed.presses("coordinator", bed.last("coordinator"), "Open the calendar")
    await bed.presses("coordinator", bed.last("coordinator"), "Change a day")
    await bed.presses("coordinator", bed.last("coordinator"), "Thu 16 Apr · Open day")
    await bed.presses("coordinator", bed.last("coordinator"), "Remove")
    assert date(2026, 4, 16) not in await days(bed, "LA")
    assert {"calendar day written", "calendar day removed"} <= set(await journal(bed))


async def test_a_focal_point_writes_the_semester_break_of_his_own_side(bed):
    page = await bed.hears("vte_focal", "/calendar", private=True)
    assert "Own days: Kunming" not in page.buttons
    await bed.presses("vte_focal", page, "Own days: Vientiane")
    await bed.presses("vte_focal", bed.last("vte_focal"), "Add days off")
    assert "before the first" in (await bed.hears("vte_focal", "2026-04-10 2026-04-06", private=True)).text
    await bed.hears("vte_focal", "2026-04-06 – 2026-04-10", private=True)
    await bed.hears("vte_focal", "Semester break\n学期假", private=True)
    read = await bed.hears("kmg_trainer", "/calendar")
    assert "Mon 6 Apr – Fri 10 Apr: Semester break (own days off)" in read.text
    await bed.presses("kmg_trainer", await bed.hears("kmg_trainer", "/language", private=True), "中文")
    assert "学期假（本单位休息）" in (await bed.hears("kmg_trainer", "/calendar", private=True)).text
    await bed.presses("vte_focal", bed.last("vte_focal"), "Open the calendar")
    await bed.presses("vte_focal", bed.last("vte_focal"), "Remove: Semester break")
    async with bed.program.database.reading() as session:
        assert (await session.exec(select(InstitutionDay))).all() == []


async def test_lines_of_a_calendar_are_shown_before_they_are_written(bed):
    await bed.presses("coordinator", await open_year(bed, "coordinator", "China 2026"), "Import a file")
    broken = "date,kind,name_en\n2027-02-30,on,Make-up working day\n2027-02-13,free,Day"
    refused = (await bed.hears("coordinator", broken, private=True)).text
    assert "line 2: “2027-02-30” is not a date" in refused
    assert "line 3: “free” is not a kind of day" in refused
    good = "date,kind,name_en\n2027-02-13,on,Make-up working day\n2027-02-10,remove,\n2027-01-01,off,New Year's Day"
    preview = await bed.hears("coordinator", good, private=True)
    assert "+ Sat 13 Feb 2027: at work – Make-up working day" in preview.text
    assert "− Wed 10 Feb 2027: removed" in preview.text
    assert "1 day is known already" in preview.text
    assert date(2027, 2, 13) not in await days(bed, "CN")
    await bed.presses("coordinator", preview, "Write it")
    assert (await days(bed, "CN"))[date(2027, 2, 13)] is DayKind.ON
    assert date(2027, 2, 10) not in await days(bed, "CN")
    assert (await journal(bed))[-2:] == ["calendar day removed", "calendar day written"]


async def test_a_calendar_is_sent_as_a_file(bed):
    await bed.presses("coordinator", await open_year(bed, "coordinator", "China 2026"), "Import a file")
    chat = bed.last("coordinator").chat
    bed.cast["coordinator"].sends_document(chat, "photo.pdf", b"%PDF")
    await bed.settle()
    assert "could not read a calendar" in bed.last("coordinator").text
    table = "date,kind,name_zh\n2027-02-13,on,调休上班".encode("gb18030")
    bed.cast["coordinator"].sends_document(chat, "Days.CSV", table)
    await bed.settle()
    await bed.presses("coordinator", bed.last("coordinator"), "Write it")
    assert (await days(bed, "CN"))[date(2027, 2, 13)] is DayKind.ON


async def test_a_file_that_cannot_be_fetched_loses_nothing(bed):
    await bed.presses("coordinator", await open_year(bed, "coordinator", "China 2026"), "Import a file")
    chat, table = bed.last("coordinator").chat, b"date,kind,name_en\n2027-02-13,on,Make-up working day"
    bed.server.faults.add(FaultKind.GATEWAY, method="getFile")
    bed.cast["coordinator"].sends_document(chat, "days.csv", table)
    await bed.settle()
    assert "could not read a calendar" in bed.last("coordinator").text
    bed.cast["coordinator"].sends_document(chat, "days.csv", table)
    await bed.settle()
    assert "Write it" in bed.last("coordinator").buttons


async def test_when_shows_two_weeks_in_a_narrow_table(bed):
    await bed.at(datetime(2026, 4, 3, 2, 0, tzinfo=UTC))
    page = await bed.hears("vte_trainer", "/when")
    table = page.text.split("\n\n")[1:4]
    rows = [line for part in table for line in part.splitlines()]
    assert "5  03/04  + +   5:00  a" in rows
    assert "1  06/04  + -" in rows
    assert "2  14/04  - +" in rows
    assert max(map(len, rows)) <= 34
    assert "a: 08:00–11:00, 13:00–15:00 Vientiane = 09:00–12:00, 14:00–16:00 Kunming" in page.text
    assert "Tue 14 Apr, Vientiane: Lao New Year's Day" in page.text
    assert "Mon 6 Apr, Kunming: Tomb-Sweeping Day (observed)" in page.text


@pytest.mark.parametrize("command", ["/calendar", "/when", "/travel"])
async def test_calendars_are_for_members(bed, command):
    assert "not a member" in (await bed.hears("stranger", command)).text


async def test_a_year_nobody_confirmed_is_marked(bed):
    await bed.at(datetime(2026, 12, 28, 2, 0, tzinfo=UTC))
    for command in ("/calendar", "/when"):
        assert "China 2027: not confirmed yet" in (await bed.hears("vte_trainer", command)).text


async def test_a_journey_is_written_shown_and_called_off(bed):
    said = await bed.hears("vte_trainer", "/travel 13 April to 17 April Kunming", private=True)
    assert "From Mon 13 Apr 2026 to Fri 17 Apr 2026 you work in Kunming" in said.text
    await bed.at(datetime(2026, 4, 14, 2, 0, tzinfo=UTC))
    assert "in Kunming until Fri 17 Apr" in (await bed.hears("kmg_focal", "/people")).text
    await bed.hears("vte_trainer", "/travel", private=True)
    await bed.presses("vte_trainer", bed.last("vte_trainer", "you work in Kunming"), "Call off")
    assert "in Kunming" not in (await bed.hears("kmg_focal", "/people")).text
    async with bed.program.database.reading() as session:
        row = (await session.exec(select(Travel))).one()
    assert (row.zone, row.ended_on) == ("Asia/Shanghai", date(2026, 4, 13))


async def test_a_journey_is_typed_as_an_answer_and_a_slip_loses_nothing(bed):
    await bed.hears("vte_trainer", "/travel", private=True)
    assert "do not know the city" in (await bed.hears("vte_trainer", "13 April to 17 April Nowhere", private=True)).text
    assert "cannot read" in (await bed.hears("vte_trainer", "soon Bangkok", private=True)).text
    said = await bed.hears("vte_trainer", "13 April to 17 April in Bangkok", private=True)
    assert "you work in Bangkok" in said.text
