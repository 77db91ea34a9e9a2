"""The agenda of a meeting: its points, their order, what is offered for it."""

from datetime import timedelta

import pytest

from handlers import (
    agendas,
    decisions,
    meetings,
    tasks,
)
from handlers.refusals import (
    NothingWritten,
    NotYours,
    StaleButton,
    WhoIsThat,
)
from handlers.reply import Edit, RefreshCard
from storage import agendas as agenda_rows
from tests.handlers.meetings import about, points, pressed


async def test_points_are_added_ordered_and_put_off(stage, meeting):
    await points(stage, "Module plan @vte_trainer 15 min", "Visit", "Room")
    shown = await stage.says("observer", "/agenda M1", agendas.agenda)
    assert "1. Module plan · 15 minutes · ⁨Trainer, Vientiane⁩" in shown.text
    assert "Together 15 minutes" in shown.text
    rows = await agenda_rows.of(stage.session, meeting.id)
    up = await pressed(stage, "vte_focal", meeting, agendas.move, item=rows[2].id, by=-1)
    assert [row.text for row in await agenda_rows.of(stage.session, meeting.id)] == ["Module plan", "Room", "Visit"]
    assert up.of(RefreshCard)
    await pressed(stage, "vte_focal", meeting, agendas.move, item=rows[0].id, by=-1)
    await pressed(stage, "vte_focal", meeting, agendas.minutes, item=rows[1].id, minutes=30)
    await pressed(stage, "vte_focal", meeting, agendas.leave, item=rows[2].id)
    chosen = await pressed(stage, "vte_focal", meeting, agendas.speaker, item=rows[1].id)
    assert "Who speaks to “Visit”?" in chosen.text
    trainer = stage.cast["kmg_trainer"].id
    last = await pressed(stage, "vte_focal", meeting, agendas.speaker, item=rows[1].id, person=trainer)
    assert "3. Visit · 30 minutes · ⁨Trainer, Kunming⁩" in str(last.page(Edit).text)
    assert "→ 2. Room" in str(last.page(Edit).text)
    point = await pressed(stage, "vte_focal", meeting, agendas.item, item=rows[2].id)
    assert "Back on the agenda" in point.buttons(Edit)


async def test_open_decisions_and_late_tasks_are_offered(stage, meeting):
    await stage.says("vte_focal", "/decide Same plan", decisions.propose)
    await stage.says("vte_focal", "/task Send the list by 2 April", tasks.create)
    shown = await stage.says("vte_focal", "/agenda M1", agendas.agenda, now=stage.now + timedelta(days=9))
    assert {"D1", "T1"} <= set(shown.buttons())
    taken = await stage.presses("vte_focal", shown.buttons()["D1"], agendas.take)
    assert "1. D1 Same plan" in str(taken.page(Edit).text)
    assert "D1" not in taken.buttons(Edit)
    with pytest.raises(StaleButton):
        await pressed(stage, "vte_focal", meeting, agendas.take, subject="task", of=99)


async def test_who_is_named_on_an_agenda_has_to_be_known(stage, meeting):
    with pytest.raises(WhoIsThat):
        await stage.says("kmg_trainer", "/agenda M1 Plan @nobody", agendas.agenda)
    with pytest.raises(NotYours):
        await stage.says("observer", "/agenda M1 Plan", agendas.agenda)
    asked = await pressed(stage, "kmg_trainer", meeting, agendas.ask_text)
    assert "what shall stand on the agenda?" in asked.text
    await stage.says("kmg_trainer", "Budget", agendas.typed, args=about(meeting))
    assert [row.text for row in await agenda_rows.of(stage.session, meeting.id)] == ["Budget"]


@pytest.mark.usefixtures("meeting")
async def test_which_meeting_is_asked_where_there_are_several(stage):
    await stage.says("vte_trainer", "/meet Another", meetings.meet)
    with pytest.raises(NothingWritten):
        await stage.says("vte_trainer", "/agenda", agendas.agenda)
