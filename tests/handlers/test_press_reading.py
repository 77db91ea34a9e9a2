"""Which buttons of a card its reader is shown in private: those he may press, and no other."""

import pytest

from bot.presses import PRESSES
from handlers import (
    activities,
    agendas,
    decision_records,
    decision_texts,
    decisions,
    meetings,
    shelf,
    support,
    task_checklist,
    task_moves,
    tasks,
)
from handlers.heard import Attachment
from handlers.press_reading import PressReader
from handlers.refusals import NotYours, Refusal, WhichPart
from handlers.reply import Answer, Button, ShowCard
from handlers.rules.press_rights import ACTS
from storage import groups, leave, people
from storage import tasks as stored_tasks
from storage.sessions import savepoint
from tests.handlers.conftest import CAST

FILE = (Attachment("document", file_id="DOC-1", name="plan.pdf"),)
MORE = ("area", "activity", "after", "repeat", "drop")
"""Presses of a task that stand behind [More]."""


async def task(stage):
    return await stage.says("vte_focal", "/task Write unit 1 @vte_trainer by 20 April", tasks.create)


async def nobodys_task(stage):
    return await stage.says("vte_trainer", "/task Write unit 1", tasks.create)


async def offered_task(stage):
    return await stage.says("vte_trainer", "/task Write unit 1 @kmg_focal", tasks.create)


async def task_of_two(stage):
    return await stage.says("vte_focal", "/task Write unit 1 @vte_trainer @kmg_focal by 20 April", tasks.create)


async def reported_task(stage):
    (await groups.mechanism(stage.session, stage.group.id)).countersign = True
    await task(stage)
    await stage.says("vte_trainer", "/done T1", task_moves.done, attachments=FILE)
    return await stage.says("vte_trainer", "/t1", tasks.show, args={"number": 1, "part": 0})


async def finished_task(stage):
    await task(stage)
    await stage.says("vte_trainer", "/done T1", task_moves.done)
    return await stage.says("vte_trainer", "/t1", tasks.show, args={"number": 1, "part": 0})


async def decision(stage):
    return await stage.says("vte_trainer", "/decide We meet on Mondays", decisions.propose)


async def recorded_decision(stage):
    card = await decision(stage)
    (args,) = {button.args["id"] for button in card.buttons().values()}
    said = {"id": args, "group": stage.group.id, "person": stage.cast["kmg_focal"].id, "verdict": "agree"}
    await stage.says("coordinator", "Letter of 1 April", decision_records.recorded, args=said)
    return await stage.says("vte_focal", "/d1", decisions.show, args={"number": 1})


async def worded_decision(stage):
    await decision(stage)
    await stage.says("vte_trainer", "/text D1 每周一开会", decision_texts.write)
    return await stage.says("vte_focal", "/d1", decisions.show, args={"number": 1})


async def meeting(stage):
    return await stage.says("kmg_trainer", "/meet Module plan", meetings.meet)


async def fixed_meeting(stage):
    return await stage.says("kmg_trainer", "/meet Module plan at 12 May 10:00", meetings.meet)


async def file(stage):
    return await stage.says("kmg_trainer", "/share Final plan", shelf.share, attachments=FILE)


async def request_for_support(stage):
    return await stage.says("kmg_trainer", "/support An expert on welding", support.ask)


async def activity(stage):
    return await stage.says("vte_focal", "Course for trainers", activities.typed)


class TakenBack(Exception):
    """What a press did is not wanted."""


async def may(stage, who, button):
    """Whether the handler of a button lets somebody, whatever else it says; nothing of it stays."""
    if button.press == "task.who":  # the list of those to choose from is anybody's to read
        return await gives(stage, who, button)
    try:
        async with savepoint(stage.session):
            await stage.presses(who, button, PRESSES[button.press])
            raise TakenBack
    except NotYours:
        return False
    except WhichPart:
        return await on_a_part(stage, who, button)
    except (Refusal, TakenBack):
        return True
    finally:
        for row in list(stage.session.identity_map.values()):
            await stage.session.refresh(row)


async def gives(stage, who, button):
    """Whether he may give it to somebody who has no part of it yet."""
    having = {part.assignee_id for part in await parts_of(stage, button)}
    takers = [person.id for key, person in stage.cast.items() if key not in ("observer", "stranger")]
    giving = [{**button.args, "person": person_id} for person_id in takers if person_id not in having]
    return any([await may(stage, who, Button("", "task.give", args)) for args in giving])


async def on_a_part(stage, who, button):
    """Whether he may do it to a part that he names."""
    named = [{**button.args, "part": each.id} for each in await parts_of(stage, button)]
    return any([await may(stage, who, Button("", button.press, args)) for args in named])


async def parts_of(stage, button):
    return await stored_tasks.parts_of(stage.session, await stored_tasks.get(stage.session, button.args["id"]))


async def checklist(stage):
    await task_of_two(stage)
    await stage.says("vte_focal", "/step T1 Translate", task_checklist.step)
    (first, _) = await stored_tasks.by_number(stage.session, stage.group.id, 1)
    button = Button("", "task.steps", {"id": first.id, "group": stage.group.id})
    return await stage.presses("vte_focal", button, task_checklist.listed)


async def agenda(stage):
    await decision(stage)
    await fixed_meeting(stage)
    await stage.says("vte_focal", "/agenda M1 Unit 1", agendas.agenda)
    return await stage.says("vte_focal", "/agenda M1", agendas.agenda)


async def plan(stage):
    return await stage.says("vte_focal", "/plan", activities.plan)


@pytest.mark.parametrize(
    "made",
    [
        task, nobodys_task, offered_task, task_of_two, reported_task, finished_task, decision, recorded_decision,
        worded_decision, meeting, fixed_meeting, file, request_for_support, activity, checklist, agenda, plan,
    ],
    ids=lambda made: made.__name__,
)  # fmt: skip
@pytest.mark.parametrize("who", sorted(set(CAST)))
async def test_a_button_is_shown_to_whoever_may_press_it(stage, made, who):
    said = await made(stage)
    shown_in = ShowCard if said.of(ShowCard) else Answer
    buttons = [each for row in said.page(shown_in).rows for each in row if each.press in ACTS]
    buttons += [
        Button(name, f"task.{name}", each.args) for each in buttons if each.press == "task.who" for name in MORE
    ]
    assert buttons
    reader = PressReader(stage.session, await people.active(stage.session, stage.cast[who].id, stage.group.id))
    shown = {each.press for each in buttons if await reader.may_press(each)}
    allowed = {each.press for each in buttons if await may(stage, who, each)}
    if who.endswith("alternate"):  # he is shown what he may do once he stands in for his focal point
        focal = stage.cast[who.replace("alternate", "focal")]
        today = stage.now.date()
        await leave.write(stage.session, person_id=focal.id, first=today, last=today, at=stage.now)
        allowed |= {each.press for each in buttons if await may(stage, who, each)}
    assert shown == allowed
