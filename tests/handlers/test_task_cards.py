"""The card of a task: shown again, opened, its buttons, how long it gets."""

import pytest

from handlers import tasks as handler
from handlers.refusals import (
    NoSuchRecord,
    StaleButton,
)
from handlers.reply import Edit, Private, ShowCard
from handlers.rules.text import MESSAGE_LIMIT, visible_units
from handlers.voice import Say
from storage import tasks
from storage.kinds import TaskState


async def parts_of(stage, number=1):
    return await tasks.by_number(stage.session, stage.group.id, number)


async def test_the_card_is_shown_again_by_its_name(stage):
    await stage.says("vte_focal", "/task Write unit 7 @vte_trainer @vte_alternate", handler.create)
    said = await stage.says("observer", "/t1b", handler.show, args={"number": 1, "part": 2})
    (card,) = said.of(ShowCard)
    assert card.subject_id == (await parts_of(stage))[0].id
    assert "Write unit 7" in said.text


async def test_there_is_no_such_task(stage):
    with pytest.raises(NoSuchRecord):
        await stage.says("vte_focal", "/t9", handler.show, args={"number": 9, "part": 0})


async def test_a_card_opened_from_a_list_leads_back_to_it(stage):
    await stage.says("vte_focal", "/task Write unit 8", handler.create)
    (task,) = await parts_of(stage)
    args = {"id": task.id, "group": stage.group.id, "which": "open", "of": 0, "page": 1}
    said = await stage.says("vte_focal", "", handler.shown, args=args)
    assert said.of(ShowCard)  # a link is no press: the card is posted
    button = type("Button", (), {"press": "task.show", "args": args})
    said = await stage.presses("vte_focal", button, handler.shown)
    assert said.buttons(Edit)["Back to the list"].args == {
        "group": stage.group.id,
        "which": "open",
        "of": 0,
        "page": 1,
    }


async def test_a_card_opened_from_a_note_is_posted(stage):
    said = await stage.says("vte_focal", "/task Write unit 9 @vte_trainer", handler.create)
    (note,) = said.of(Private)
    button = note.view(Say("en")).rows[0][0]
    shown = await stage.presses("vte_trainer", button, handler.shown, private=True)
    assert [card.subject_id for card in shown.of(ShowCard)] == [(await parts_of(stage))[0].id]


async def test_a_button_of_another_group_is_stale(stage):
    button = type("Button", (), {"press": "task.show", "args": {"id": 999, "group": stage.group.id}})
    with pytest.raises(StaleButton):
        await stage.presses("vte_focal", button, handler.shown)


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        pytest.param(
            TaskState.OPEN,
            {
                "Done",
                "In progress",
                "Blocked",
                "With the other side",
                "When?",
                "Who?",
                "History",
                "More",
            },
            id="live",
        ),
        pytest.param(TaskState.DONE, {"Add evidence", "Reopen", "History"}, id="done"),
        pytest.param(TaskState.CANCELLED, {"Reopen", "History"}, id="cancelled"),
    ],
)
async def test_the_buttons_of_a_card(stage, state, buttons):
    await stage.says("vte_focal", "/task Write unit 10", handler.create)
    (task,) = await parts_of(stage)
    task.state = state
    page = (await handler.card_of(stage.session, task))(Say("en"))
    assert {str(button.label) for row in page.rows for button in row} == buttons


async def test_a_full_card_fits_into_one_message_in_two_languages(stage):
    names = " ".join(f"@{key}" for key in ("vte_focal", "vte_alternate", "vte_trainer", "kmg_focal", "kmg_alternate"))
    await stage.says("coordinator", f"/task {'x' * 800} {names} @a @b @c", handler.create)
    for person in stage.cast.values():
        person.name = "N" * 128
    for task in await parts_of(stage):
        task.note, task.state = "y" * 1000, TaskState.BLOCKED
    page = (await handler.card_of(stage.session, task))(Say("en"))
    assert 2 * visible_units(str(page.text)) < MESSAGE_LIMIT


async def test_what_is_wanted_less_often_stands_behind_more(stage):
    said = await stage.says("vte_focal", "/task Write unit 10", handler.create)
    more = await stage.presses("observer", said.buttons(ShowCard)["More"], handler.more)
    assert set(more.buttons(Edit)) == {"Steps", "After", "Area", "Activity", "Repeat", "Drop", "Back to the card"}
    back = await stage.presses("observer", more.buttons(Edit)["Back to the card"], handler.card)
    assert set(back.buttons(Edit)) == set(said.buttons(ShowCard))
