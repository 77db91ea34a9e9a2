"""Importing a matrix: looked at, written at once, taken back as a whole."""

from datetime import date, timedelta

import pytest

from handlers import matrices, task_moves
from handlers.heard import Attachment, Quoted
from handlers.refusals import ImportStays, MatrixUnread, NotNow, NotYours, StaleButton, TableUnread
from handlers.reply import Answer, Edit, Post
from handlers.views.refusals import sentence
from handlers.voice import Say
from storage import activities, groups, invariants, journal, tasks
from storage import matrices as stored
from storage.kinds import Acceptance, Subject, TaskState

HEAD = "Activity,Responsible,Due date,Status,Remarks\n"
SMALL = HEAD + "Draft module 3,Kunming,2026-05-15,in progress,\nTranslate,老方,30/4/2026,,\nPrint,Hanoi,,,\n"
BROKEN = set(range(7, 500, 25))
"""Twenty rows of five hundred."""
FAULTS = ("Draft {n},Hanoi,,,", "Draft {n},Kunming,soon,,", "Draft {n},Kunming,,maybe,", ",Kunming,,,")


def file(content, name="plan.xlsx"):
    return (Attachment("document", file_id="f", name=name, content=content),)


def big():
    rows = [FAULTS[n % 4].format(n=n) if n in BROKEN else f"Draft {n},Kunming,2026-05-15,done," for n in range(500)]
    return HEAD + "\n".join(rows)


async def imported(stage, content=SMALL, who="coordinator", button="Import 2 rows", **extra):
    said = await stage.says(who, "/import", matrices.show, attachments=file(content), **extra)
    private = {"private": extra.get("private", False)}
    return await stage.presses(who, said.buttons()[button], matrices.confirm, **private)


async def test_what_was_read_is_shown_before_anything_is_written(stage):
    said = await stage.says("coordinator", "/import", matrices.show, attachments=file(SMALL))
    text = said.page(Answer).text
    assert "Responsible: “Responsible”" in text
    assert "2: Draft module 3 · ⁨Kunming⁩ · Fri 15 May 2026 · in progress" in text
    assert "3: Translate · ⁨Vientiane⁩ · Thu 30 Apr 2026 · open" in text  # 老方, as it was read
    assert "1 row cannot be read:\nline 4: “Hanoi” is no side and nobody of this group" in text
    assert stage.group.last_task == 0


@pytest.mark.parametrize(
    ("written", "line"),
    [
        pytest.param("4/5/2026", "“4/5/2026” was read as Mon 4 May 2026. It could also be Sun 5 Apr 2026.", id="order"),
        pytest.param(
            "Mon 5 May 2026",
            "“Mon 5 May 2026” was read as Tue 5 May 2026. It could also be Mon 4 May 2026.",
            id="weekday",
        ),
        pytest.param(
            "before 15 May",
            "“before 15 May” was read as Fri 15 May 2026. It could also be Thu 14 May 2026.",
            id="before",
        ),
        pytest.param("Q3 2026", "“Q3 2026”, which is more than one day, was read as Wed 30 Sep 2026.", id="a quarter"),
        pytest.param("5至6月份", "“5至6月份”, which is more than one day, was read as Tue 30 Jun 2026.", id="months"),
        pytest.param(
            "9-10月", "“9-10月”, which is more than one day, was read as Fri 30 Oct 2026.", id="its working day"
        ),
        pytest.param("next week", "“next week”, which is more than one day, was read as Fri 10 Apr 2026.", id="a week"),
        pytest.param(
            "15/5/2569", "“15/5/2569”, a year of the Buddhist era, was read as Fri 15 May 2026.", id="Buddhist year"
        ),
        pytest.param("15/5/26", "“15/5/26”, where the year is short, was read as Fri 15 May 2026.", id="short year"),
        pytest.param("2028-05-15", "“2028-05-15”, which is far ahead, was read as Mon 15 May 2028.", id="far ahead"),
    ],
)
async def test_a_date_that_may_be_another_day_is_marked(stage, written, line):
    said = await stage.says(
        "coordinator", "/import", matrices.show, attachments=file(HEAD + f"Draft,Kunming,{written},,\n")
    )
    text = str(said.page(Answer).text)
    day = line.partition("was read as ")[2].partition(".")[0]
    assert f"2: Draft · ⁨Kunming⁩ · {day} ? · open" in text
    assert f"? 1 date may be another day:\nline 2: {line}\nWhere that is wrong, please write it as in" in text
    assert "Import 1 row" in said.buttons()


@pytest.mark.parametrize("written", ["2026-05-15", "15 May 2026", "15.5.2026", "1 March 2024", "", "2026年5月15日"])
async def test_a_date_that_is_plain_is_not_marked(stage, written):
    said = await stage.says("coordinator", "/import", matrices.show, attachments=file(HEAD + f"Draft,,{written},,\n"))
    assert "?" not in said.page(Answer).text


async def test_nothing_is_imported_before_every_doubtful_date_was_shown(stage):
    lines = [f"Draft {n},Kunming,4/5/2026,," for n in range(12)] + ["Print,Hanoi,,,"]
    said = await stage.says("coordinator", "/import", matrices.show, attachments=file(HEAD + "\n".join(lines)))
    assert "? 12 dates may be another day:" in said.page().text
    assert "Please look at all of them before importing." in said.page().text
    assert "1 row cannot be read:" in said.page().text
    assert set(said.buttons()) == {"More ›", "Leave it"}
    said = await stage.presses("coordinator", said.buttons()["More ›"], matrices.page)
    assert [line.split(":")[0] for line in str(said.page().text).splitlines() if line.startswith("line ")] == [
        "line 12", "line 13", "line 14",
    ]  # fmt: skip
    await stage.presses("coordinator", said.buttons()["Import 12 rows"], matrices.confirm)
    assert stage.group.last_task == 12


async def test_every_row_becomes_an_activity_with_a_task(stage):
    said = await imported(stage)
    assert "plan.xlsx is imported: 2 tasks, T1–T2.\n2 activities in the plan." in said.page(Edit).text
    sides = await groups.sides(stage.session, stage.group.id)
    [first] = await tasks.by_number(stage.session, stage.group.id, 1)
    [second] = await tasks.by_number(stage.session, stage.group.id, 2)
    assert (first.side_id, first.due, first.state) == (sides[1].id, date(2026, 5, 15), TaskState.IN_PROGRESS)
    assert (second.side_id, second.due, second.state) == (sides[0].id, date(2026, 4, 30), TaskState.OPEN)
    rows = await activities.all_of(stage.session, stage.group.id)
    assert {(row.title, row.lead_id) for row in rows} == {("Draft module 3", sides[1].id), ("Translate", sides[0].id)}
    assert await invariants.violations(stage.session) == []


async def test_tasks_of_one_activity_stand_under_it(stage):
    content = "Activity,Task,Who\nModule 3,Draft,Kunming\n,Review,both\n"
    await imported(stage, content)
    [row] = await activities.all_of(stage.session, stage.group.id)
    assert row.title == "Module 3"
    assert [t.text for t in (await activities.tasks_of(stage.session, [row.id]))[row.id]] == ["Draft", *["Review"] * 2]


async def test_as_tasks_only(stage):
    await imported(stage, button="As tasks only")
    assert await activities.all_of(stage.session, stage.group.id) == []
    assert stage.group.last_task == 2


async def test_of_five_hundred_rows_the_right_twenty_are_refused(stage):
    said = await stage.says("coordinator", "/import", matrices.show, attachments=file(big()))
    refused = set()
    for _ in range(2):
        lines = [line for line in str(said.page().text).splitlines() if line.startswith("line ")]
        refused |= {int(line.split()[1].rstrip(":")) for line in lines}
        button = next((b for label, b in said.buttons().items() if label == "More ›"), None)
        whole = said.buttons()["Import 480 rows"]
        said = await stage.presses("coordinator", button or whole, matrices.page if button else matrices.confirm)
    assert refused == {n + 2 for n in BROKEN}
    assert stage.group.last_task == stage.group.last_activity == 480
    written = {row.title for row in await activities.all_of(stage.session, stage.group.id)}
    assert written == {f"Draft {n}" for n in range(500) if n not in BROKEN}
    assert await invariants.violations(stage.session) == []
    assert await journal.first_fault(stage.session) is None


async def test_a_person_of_the_other_side_is_asked_first(stage):
    content = HEAD + "Draft,kmg_focal,,,\nPrint,vte_trainer,,,\nBind,kmg_focal,,done,\n"
    await imported(stage, content, who="vte_focal", button="Import 3 rows")
    found = [(await tasks.by_number(stage.session, stage.group.id, number))[0] for number in (1, 2, 3)]
    assert [task.acceptance for task in found] == [Acceptance.ASKED, Acceptance.ACCEPTED, Acceptance.ACCEPTED]
    assert found[0].assignee_id == stage.cast["kmg_focal"].id


async def test_a_second_press_imports_nothing(stage):
    said = await stage.says("coordinator", "/import", matrices.show, attachments=file(SMALL))
    button = said.buttons()["Import 2 rows"]
    await stage.presses("coordinator", button, matrices.confirm)
    again = await stage.presses("coordinator", button, matrices.confirm)
    assert "is imported: 2 tasks" in again.page(Edit).text
    assert stage.group.last_task == 2


async def test_as_a_reply_to_the_file_and_by_question(stage):
    quoted = Quoted(5, "", None, attachments=file(SMALL))
    said = await stage.says("kmg_focal", "/import", matrices.show, reply_to=quoted)
    assert "Import 2 rows" in said.buttons()
    asked = await stage.says("kmg_focal", "/import", matrices.show)
    assert "XLSX or CSV" in asked.text
    said = await stage.says("kmg_focal", "", matrices.sent, attachments=file(SMALL))
    assert "Import 2 rows" in said.buttons()


async def test_in_private_the_group_hears_of_it(stage):
    said = await imported(stage, private=True)
    assert "is imported" in said.page(Post).text
    assert said.page(Post).rows == ()


async def test_it_is_taken_back_as_a_whole(stage):
    said = await imported(stage)
    back = await stage.presses("coordinator", said.buttons(Edit)["Take it back"], matrices.undo)
    assert "is taken back, with its 2 tasks." in back.page(Edit).text
    row = await stored.get(stage.session, 1)
    assert {task.state for task in await stored.tasks_of(stage.session, row)} == {TaskState.CANCELLED}
    assert await activities.all_of(stage.session, stage.group.id) == []
    entry = (await journal.of(stage.session, Subject.TASK, 1))[-1]
    assert entry.change == "task dropped"
    assert await invariants.violations(stage.session) == []
    with pytest.raises(NotNow):
        await stage.presses("coordinator", said.buttons(Edit)["Take it back"], matrices.undo)


async def test_by_command_the_newest_one_is_taken_back(stage):
    await imported(stage)
    said = await stage.says("coordinator", "/import undo", matrices.show)
    assert "is taken back" in said.page(Answer).text
    with pytest.raises(NotNow):
        await stage.says("coordinator", "/import undo", matrices.show)


async def test_not_after_a_day_nor_once_something_was_changed_nor_by_somebody_else(stage):
    said = await imported(stage, who="vte_focal")
    button = said.buttons(Edit)["Take it back"]
    with pytest.raises(NotNow):
        await stage.presses("vte_focal", button, matrices.undo, now=stage.now + timedelta(hours=25))
    with pytest.raises(NotYours):
        await stage.presses("kmg_focal", button, matrices.undo)
    await stage.says("vte_focal", "/done T2", task_moves.done)
    with pytest.raises(ImportStays) as stays:
        await stage.presses("coordinator", button, matrices.undo)
    assert "as a whole: T2 changed since" in sentence(stays.value)(Say("en")).text


async def test_what_was_changed_of_an_import_is_named_up_to_three(stage):
    said = await imported(stage, HEAD + "".join(f"Draft {n},Kunming,,,\n" for n in range(4)), button="Import 4 rows")
    for number in (1, 2, 3, 4):
        await stage.says("kmg_focal", f"/progress T{number}", task_moves.progress)
    with pytest.raises(ImportStays) as stays:
        await stage.presses("coordinator", said.buttons(Edit)["Take it back"], matrices.undo)
    assert "as a whole: T1, T2, T3, … changed since" in sentence(stays.value)(Say("en")).text
    row = await stored.get(stage.session, 1)
    assert {task.state for task in await stored.tasks_of(stage.session, row)} == {TaskState.IN_PROGRESS}


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        pytest.param("", TableUnread, id="nothing that can be read"),
        pytest.param("a,b\n1,2\n", MatrixUnread, id="no columns"),
        pytest.param(HEAD + "Draft,,,,\n" * 1001, MatrixUnread, id="too long"),
    ],
)
async def test_files_that_are_no_matrix(stage, content, refusal):
    with pytest.raises(refusal):
        await stage.says("coordinator", "/import", matrices.show, attachments=file(content))


async def test_a_file_of_faults_alone_has_nothing_to_import(stage):
    said = await stage.says("coordinator", "/import", matrices.show, attachments=file(HEAD + "Draft,Hanoi,,,\n"))
    assert set(said.buttons()) == {"Leave it"}
    left = await stage.presses("coordinator", said.buttons()["Leave it"], matrices.drop)
    assert "Nothing was changed." in left.page(Edit).text
    with pytest.raises(StaleButton):
        await stage.presses("coordinator", said.buttons()["Leave it"], matrices.drop)


@pytest.mark.parametrize("who", ["vte_trainer", "observer"])
async def test_who_may_not_import(stage, who):
    with pytest.raises(NotYours):
        await stage.says(who, "/import", matrices.show, attachments=file(SMALL))
