"""An offered task is accepted, or declined with a reason that reaches those who have to see to it."""

import pytest

from handlers import task_acceptance, task_moves, tasks
from handlers.heard import Mention
from handlers.refusals import NotYours, StaleButton
from handlers.reply import Button, Private, Toast
from handlers.voice import Say
from storage import dialogues, journal
from storage import tasks as stored
from storage.kinds import Acceptance, Subject


@pytest.fixture
async def task(stage):
    """T1, which the focal point of Vientiane asks a trainer in Kunming to take on."""
    mention = Mention("Trainer", telegram_id=stage.cast["kmg_trainer"].telegram_id)
    await stage.says("vte_focal", "/task Translate unit 1 Trainer", tasks.create, mentions=(mention,))
    return (await stored.by_number(stage.session, stage.group.id, 1))[0]


def button(stage, name, **args):
    return Button("", f"task.{name}", {"group": stage.group.id, **args})


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        pytest.param("kmg_trainer", True, id="the person asked"),
        pytest.param("kmg_focal", True, id="his focal point"),
        pytest.param("vte_focal", False, id="not whoever asked"),
        pytest.param("coordinator", False, id="not the coordinator"),
        pytest.param("kmg_alternate", False, id="not an alternate whose focal point is there"),
    ],
)
async def test_who_accepts(stage, task, who, allowed):
    if not allowed:
        with pytest.raises(NotYours):
            await stage.presses(who, button(stage, "accept", id=task.id), task_acceptance.accept)
        return
    said = await stage.presses(who, button(stage, "accept", id=task.id), task_acceptance.accept)
    assert task.acceptance is Acceptance.ACCEPTED
    assert said.page(Toast).text == "T1 is accepted."
    assert (await journal.of(stage.session, Subject.TASK, task.id))[-1].change == "task accepted"


async def test_accepting_twice_is_stale(stage, task):
    await stage.presses("kmg_trainer", button(stage, "accept", id=task.id), task_acceptance.accept)
    with pytest.raises(StaleButton):
        await stage.presses("kmg_trainer", button(stage, "accept", id=task.id), task_acceptance.accept)


async def test_a_dropped_offer_is_stale(stage, task):
    await stage.says("vte_focal", "/drop T1 Not needed", task_moves.drop)
    with pytest.raises(StaleButton):
        await stage.presses("kmg_trainer", button(stage, "accept", id=task.id), task_acceptance.accept)


async def test_declining_needs_a_reason_and_leaves_the_task_to_the_focal_point(stage, task):
    said = await stage.presses("kmg_trainer", button(stage, "decline", part=task.id), task_acceptance.decline)
    assert said.page().ask
    assert task.acceptance is Acceptance.ASKED
    question = await dialogues.open_with(stage.session, stage.cast["kmg_trainer"].id, -1001, stage.now)
    said = await stage.says("kmg_trainer", "I am in the <field>", task_acceptance.decline, args=question.args)
    assert (task.assignee_id, task.acceptance) == (None, Acceptance.DECLINED)
    assert {note.person_id for note in said.of(Private)} == {stage.cast["kmg_focal"].id, stage.cast["vte_focal"].id}
    page = said.of(Private)[0].view(Say("en"))
    assert "Reason: I am in the &lt;field&gt;" in page.text
    assert page.rows[0][0].press == "task.who"
    assert "Trainer" not in said.of(Private)[0].otherwise(Say("en")).text
    card = (await tasks.card_of(stage.session, task))(Say("en"))
    assert "<b>Kunming</b>: nobody yet" in card.text
    entry = (await journal.of(stage.session, Subject.TASK, task.id))[-1]
    assert (entry.before["assignee"], entry.after["note"]) == (stage.cast["kmg_trainer"].id, "I am in the <field>")


async def test_whoever_declines_is_not_told_of_it(stage, task):
    said = await stage.says("kmg_focal", "No time", task_acceptance.decline, args={"part": task.id})
    assert [note.person_id for note in said.of(Private)] == [stage.cast["vte_focal"].id]


@pytest.fixture
async def offers(stage):
    """T1a and T1b, offered to two persons in Kunming, and T1c in Vientiane."""
    await stage.says("coordinator", "/task Write @kmg_focal @kmg_alternate @vte_trainer", tasks.create)
    return await stored.by_number(stage.session, stage.group.id, 1)


@pytest.mark.parametrize(
    ("who", "accepted"),
    [
        pytest.param("kmg_alternate", [False, True, False], id="everybody takes on his own"),
        pytest.param("kmg_focal", [True, False, False], id="a focal point his own first"),
        pytest.param("vte_focal", [False, False, True], id="a focal point those of his side"),
    ],
)
async def test_which_of_several_offers_is_accepted(stage, offers, who, accepted):
    await stage.presses(who, button(stage, "accept", id=offers[0].id), task_acceptance.accept)
    assert [task.acceptance is Acceptance.ACCEPTED for task in offers] == accepted


async def test_a_focal_point_then_accepts_for_his_side(stage, offers):
    for _ in range(2):
        await stage.presses("kmg_focal", button(stage, "accept", id=offers[0].id), task_acceptance.accept)
    assert [task.acceptance is Acceptance.ACCEPTED for task in offers] == [True, True, False]
    with pytest.raises(NotYours):
        await stage.presses("kmg_focal", button(stage, "accept", id=offers[0].id), task_acceptance.accept)
