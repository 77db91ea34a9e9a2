"""The plan over the wire: an activity with its tasks, a playbook, and a matrix sent as a spreadsheet."""

import io
import re
from datetime import date, timedelta

import xlsxwriter
from sqlmodel import select

from storage.engine import Database
from storage.tables import Activity, Task


def spreadsheet(rows):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return out.getvalue()


async def all_of(bed, table):
    database = Database(bed.settings.database_url)
    async with database.reading() as session:
        found = list((await session.exec(select(table).order_by(table.id))).all())
    await database.close()
    return found


async def pressed(bed, who, button):
    """`who` presses a button of the newest message of the group that has it."""
    message = next(each for each in reversed(bed.said(bed.group)) if button in each.buttons)
    await bed.presses(who, message, button)
    return bed.last(bed.group)


async def test_an_activity_and_its_task(bed):
    card = await bed.hears("vte_focal", "/plan add Exchange visit #tot")
    assert "A1 · planned" in card.text
    await bed.hears("vte_focal", "/task Book the room A1 by 10 April")
    await bed.hears("vte_focal", "/done T1")
    card = await bed.hears("observer", "/a1")
    assert "A1 · done" in card.text
    plan = await bed.hears("coordinator", "/plan", private=True)
    assert "Training of trainers: 1 done" in plan.text


async def test_a_playbook_is_started_and_moved(bed):
    listed = await bed.hears("coordinator", "/playbook")
    await bed.presses("coordinator", listed, "Exchange visit of trainers")
    await pressed(bed, "coordinator", "Start")
    await pressed(bed, "coordinator", "20")
    await pressed(bed, "coordinator", "24")
    for button in ("Kunming", "Training of trainers", "Exchange visit of trainers", "Begin"):
        await pressed(bed, "coordinator", button)
    [row] = await all_of(bed, Activity)
    tasks = await all_of(bed, Task)
    assert (row.first_day, row.last_day) == (date(2026, 4, 20), date(2026, 4, 24))
    assert {task.activity_id for task in tasks} == {row.id}
    assert len({task.number for task in tasks}) == 22
    await pressed(bed, "coordinator", "All of them are done")
    await bed.hears("coordinator", "/a1")
    before = {task.id: task for task in await all_of(bed, Task)}
    for button in ("Change", "Period", "27", "30"):
        await pressed(bed, "coordinator", button)
    after = {task.id: task for task in await all_of(bed, Task)}
    moved = [task for task in after.values() if task.due != before[task.id].due]
    assert moved
    assert all(task.due - before[task.id].due >= timedelta(1) for task in moved)
    assert "steps moved" in bed.last(bed.group, "steps moved").text


async def test_a_spreadsheet_is_imported_and_stays_once_something_was_changed(bed):
    rows = [["Activity", "Responsible", "Due date", "Status"]]
    rows += [["起草模块", "Kunming", date(2026, 5, 15), "进行中"], ["Print", "老方", "30 April", ""]]
    rows += [["Bind", "Hanoi", "", ""]]
    bed.cast["coordinator"].sends_document(bed.group, "plan.xlsx", spreadsheet(rows), caption="/import")
    await bed.settle()
    shown = bed.last(bed.group, "1 row cannot be read")
    assert "“Hanoi” is no side and nobody of this group" in shown.text
    await pressed(bed, "coordinator", "Import 2 rows")
    assert [(task.text, task.due) for task in await all_of(bed, Task)] == [
        ("起草模块", date(2026, 5, 15)),
        ("Print", date(2026, 4, 30)),
    ]
    await bed.hears("kmg_focal", "/progress T1")
    await bed.hears("coordinator", "/import undo")
    assert "T1 changed since. /drop cancels a single task." in bed.last(bed.group).text
    assert {task.state for task in await all_of(bed, Task)} == {"in_progress", "open"}


async def test_a_date_of_a_spreadsheet_that_may_be_another_day_is_shown_as_such(bed):
    rows = [["Activity", "Responsible", "Due date"]]
    rows += [["Draft", "Kunming", "4/5/2026"], ["Print", "Kunming", "Q3 2026"], ["Bind", "Kunming", date(2026, 5, 15)]]
    bed.cast["coordinator"].sends_document(bed.group, "plan.xlsx", spreadsheet(rows), caption="/import")
    await bed.settle()
    shown = bed.last(bed.group, "2 dates may be another day").text
    assert "2: Draft · ⁨Kunming⁩ · Mon 4 May 2026 ? · open" in shown
    assert "line 2: “4/5/2026” was read as Mon 4 May 2026. It could also be Sun 5 Apr 2026." in shown
    assert "line 3: “Q3 2026”, which is more than one day, was read as Wed 30 Sep 2026." in shown
    assert "4: Bind · ⁨Kunming⁩ · Fri 15 May 2026 · open" in shown
    await pressed(bed, "coordinator", "Import 3 rows")
    dues = [task.due for task in await all_of(bed, Task)]
    assert dues == [date(2026, 5, 4), date(2026, 9, 30), date(2026, 5, 15)]


async def test_an_import_is_taken_back_as_a_whole(bed):
    rows = [["Activity", "Responsible"], ["Draft", "Kunming"], ["Print", "both"]]
    bed.cast["coordinator"].sends_document(bed.group, "plan.xlsx", spreadsheet(rows), caption="/import")
    await bed.settle()
    await pressed(bed, "coordinator", "Import 2 rows")
    await pressed(bed, "coordinator", "Take it back")
    assert {task.state for task in await all_of(bed, Task)} == {"cancelled"}


async def test_a_matrix_is_read_from_the_file_replied_to(bed):
    rows = [["Activity", "Responsible"], ["Draft", "Kunming"]]
    sent = bed.cast["kmg_focal"].sends_document(bed.group, "plan.xlsx", spreadsheet(rows))
    shown = await bed.hears("kmg_focal", "/import", reply_to=sent)
    assert "Every row can be read." in shown.text


BROKEN = set(range(7, 500, 25))
"""Twenty rows of five hundred."""
FAULTS = (("Hanoi", "15 May"), ("Kunming", "soon"))


async def test_of_a_spreadsheet_of_five_hundred_rows_the_right_twenty_are_refused(bed):
    rows = [["Activity 活动", "Responsible 负责方", "Due date 截止日期"]]
    for n in range(500):
        who, due = FAULTS[n % 2] if n in BROKEN else ("Kunming", date(2026, 5, 15))
        rows.append([f"Draft {n}", who, due])
    bed.cast["coordinator"].sends_document(bed.group, "plan.xlsx", spreadsheet(rows), caption="/import")
    await bed.settle()
    shown = bed.last(bed.group, "20 rows cannot be read")
    refused = set()
    for button in ("More ›", "Import 480 rows"):
        refused |= {int(found) for found in re.findall(r"^line (\d+):", shown.text, re.MULTILINE)}
        await bed.presses("coordinator", shown, button)
    assert refused == {n + 2 for n in BROKEN}
    written = {task.text: task.due for task in await all_of(bed, Task)}
    assert written == {f"Draft {n}": date(2026, 5, 15) for n in range(500) if n not in BROKEN}
