"""The list of the people of a group."""

from datetime import timedelta

import pytest

from handlers import joining, people
from handlers.refusals import NotYours
from handlers.reply import Button
from storage import groups, leave
from storage import people as stored
from storage.kinds import Standing


async def test_everybody_is_listed_by_side_and_role(stage):
    said = await stage.says("vte_trainer", "/people", people.show)
    lines = [line.replace("\u2068", "").replace("\u2069", "") for line in said.text.split("\n") if line]
    assert lines == [
        "<b>Vientiane and Kunming</b>",
        "<b>Vientiane</b> – Technical College, Vientiane",
        "• Focal point, Vientiane · focal point",
        "• Alternate, Vientiane · alternate",
        "• Trainer, Vientiane · member",
        "<b>Kunming</b> – Technical College, Yunnan",
        "• Focal point, Kunming · focal point",
        "• Alternate, Kunming · alternate",
        "• Trainer, Kunming · member",
        "<b>Project</b>",
        "• Coordinator, project · coordinator",
        "• Observer, ministry · observer",
    ]
    assert said.buttons() == {}


async def test_who_is_away_is_shown_by_the_day_of_his_side(stage):
    today = stage.now.date()
    for key, first in (("vte_focal", 0), ("kmg_focal", 1)):
        person = stage.cast[key]
        await leave.write(
            stage.session,
            person_id=person.id,
            first=today + timedelta(days=first),
            last=today + timedelta(days=5),
            at=stage.now,
        )
    said = await stage.says("vte_trainer", "/people", people.show)
    assert said.text.count("away until Mon 6 Apr") == 1
    assert "⁨Focal point, Vientiane⁩ · focal point · away until Mon 6 Apr" in said.text


async def test_who_cannot_be_reached_gets_the_way_into_the_private_chat(stage):
    stage.cast["kmg_trainer"].private_open = False
    said = await stage.says("vte_trainer", "/people", people.show)
    assert "⁨Trainer, Kunming⁩ · member · no private chat" in said.text
    assert said.buttons()["Open private chat"].url.endswith("start=hello")
    alone = await stage.says("vte_trainer", "/people", people.show, private=True)
    assert "no private chat" in alone.text
    assert "Open private chat" not in alone.buttons()


@pytest.mark.parametrize(
    ("who", "buttons"),
    [
        pytest.param("kmg_focal", ["Confirm <b>&", "Invite"], id="that side's focal point"),
        pytest.param("coordinator", ["Confirm <b>&", "Invite"], id="a coordinator"),
        pytest.param("vte_focal", ["Invite"], id="the other side's focal point"),
        pytest.param("kmg_trainer", [], id="a member"),
    ],
)
async def test_who_waits_is_confirmed_from_the_list(stage, who, buttons):
    stage.cast["stranger"].name = "<b>&"
    kunming = (await groups.sides(stage.session, stage.group.id))[1]
    await stage.presses("stranger", Button("", "join.side", {"side": kunming.id}), joining.ask)
    said = await stage.says(who, "/people", people.show)
    assert "• ⁨&lt;b&gt;&amp;⁩, for Kunming" in said.text
    assert list(said.buttons()) == buttons
    if "Confirm <b>&" in buttons:
        await stage.presses(who, said.buttons()["Confirm <b>&"], joining.confirm)
        assert await stored.active(stage.session, stage.cast["stranger"].id, stage.group.id)


async def test_a_side_without_people_says_so(stage):
    for key in ("kmg_focal", "kmg_alternate", "kmg_trainer"):
        (await stored.membership(stage.session, stage.cast[key].id, stage.group.id)).standing = Standing.LEFT
    await stage.session.flush()
    said = await stage.says("vte_trainer", "/people", people.show)
    assert "Technical College, Yunnan\nnobody yet" in said.text


async def test_strangers_do_not_see_the_list(stage):
    with pytest.raises(NotYours):
        await stage.says("stranger", "/people", people.show)
