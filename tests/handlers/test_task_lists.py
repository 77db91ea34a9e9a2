"""Lists of tasks: which are in them, how they are paged, and who is named where."""

from datetime import date

import pytest

from handlers import task_lists, tasks
from handlers.refusals import NoSuchChoice, NotAMember, WhoIsThat
from handlers.reply import Answer, Edit
from storage import tasks as stored
from storage.kinds import TaskState


@pytest.fixture
async def shelf(stage):
    """T1 overdue, T2 with a date ahead, T3 of Kunming without a date, T4 done."""
    for words in (
        "Write unit 1 @vte_trainer by 2026-04-02 #curriculum",
        "Write unit 2 @vte_trainer by 2026-04-20",
        "Translate unit 1 @kmg_focal #tot",
        "Call <b>the</b> college @vte_trainer",
    ):
        await stage.says("vte_focal", f"/task {words}", tasks.create)
    found = {number: (await stored.by_number(stage.session, stage.group.id, number))[0] for number in range(1, 5)}
    found[1].due = date(2026, 3, 31)
    found[4].state = TaskState.DONE
    await stage.session.flush()
    return found


def named(page):
    """The names of the tasks on a page, in their order."""
    return [part.split("</b>")[0] for part in str(page.text).split("<b>")[2:]]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        pytest.param("", ["T1", "T2", "T3"], id="open ones, by date"),
        pytest.param("open", ["T1", "T2", "T3"], id="open"),
        pytest.param("overdue", ["T1"], id="overdue"),
        pytest.param("@vte_trainer", ["T1", "T2"], id="of a person"),
        pytest.param("#tot", ["T3"], id="of an area"),
        pytest.param("#CURRICULUM", ["T1"], id="of an area in capitals"),
        pytest.param("Kunming", ["T3"], id="of a side"),
        pytest.param("vientiane", ["T1", "T2"], id="of a side in small letters"),
    ],
)
async def test_what_is_listed(stage, shelf, words, names):
    said = await stage.says("observer", f"/tasks {words}".strip(), task_lists.listed)
    assert named(said.page(Answer)) == names
    assert len(shelf) == 4


async def test_mine(stage, shelf):
    said = await stage.says("vte_trainer", "/mine", task_lists.mine, private=True)
    assert named(said.page()) == ["T1", "T2"]
    assert "My open tasks" in said.text
    shelf[1].state = shelf[2].state = TaskState.DONE
    said = await stage.says("vte_trainer", "/mine", task_lists.mine, private=True)
    assert "Nothing is open here" in said.text


async def test_nothing_overdue(stage):
    said = await stage.says("vte_focal", "/tasks overdue", task_lists.listed)
    assert "Nothing is overdue." in said.text


@pytest.mark.parametrize(
    ("private", "words", "named", "marked"),
    [
        pytest.param(False, "", False, True, id="a group reads what is overdue, by task"),
        pytest.param(True, "", True, True, id="in private the person stands beside it"),
        pytest.param(False, "@vte_trainer", True, False, id="a list of one person in a group says nothing of late"),
        pytest.param(True, "@vte_trainer", True, True, id="in private it does"),
    ],
)
async def test_who_is_named_where(stage, shelf, private, words, named, marked):
    said = await stage.says("kmg_focal", f"/tasks {words}".strip(), task_lists.listed, private=private)
    assert ("Trainer, Vientiane" in said.text) is named
    assert ("Tue 31 Mar, overdue" in said.text) is marked
    assert shelf[1].due == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("who", "words", "refusal"),
    [
        pytest.param("vte_focal", "#sports", NoSuchChoice, id="no such area"),
        pytest.param("vte_focal", "Bangkok", NoSuchChoice, id="no such side"),
        pytest.param("vte_focal", "@ministry", WhoIsThat, id="no such person"),
    ],
)
async def test_refusals(stage, who, words, refusal):
    with pytest.raises(refusal):
        await stage.says(who, f"/tasks {words}", task_lists.listed)


async def test_a_stranger_has_no_list_of_his_own(stage):
    with pytest.raises(NotAMember):
        await stage.says("stranger", "/mine", task_lists.mine)


async def test_paging_and_opening(stage):
    for number in range(8):
        await stage.says("vte_focal", f"/task Write unit {number}", tasks.create)
    said = await stage.says("vte_focal", "/tasks", task_lists.listed)
    assert "8 · page 1 of 2" in said.text
    assert [label for label in said.buttons() if label.startswith("T")] == ["T1", "T2", "T3", "T4", "T5", "T6"]
    second = await stage.presses("vte_focal", said.buttons()["More ›"], task_lists.page)
    assert named(second.page(Edit)) == ["T7", "T8"]
    card = await stage.presses("vte_focal", second.buttons(Edit)["T8"], tasks.shown)
    assert "Write unit 7" in card.page(Edit).text
    back = await stage.presses("vte_focal", card.buttons(Edit)["Back to the list"], task_lists.page)
    assert named(back.page(Edit)) == ["T7", "T8"]


async def test_parts_stand_apart_and_share_a_button(stage):
    await stage.says("coordinator", "/task Write @vte_trainer @kmg_focal", tasks.create)
    said = await stage.says("vte_focal", "/tasks", task_lists.listed)
    assert named(said.page()) == ["T1a", "T1b"]
    assert [label for label in said.buttons() if label.startswith("T")] == ["T1"]


async def test_texts_are_escaped(stage, shelf):
    shelf[4].state = TaskState.OPEN
    said = await stage.says("vte_focal", "/tasks", task_lists.listed)
    assert "Call &lt;b&gt;the&lt;/b&gt; college" in said.text
