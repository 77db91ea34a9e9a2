"""Focal points are named by a coordinator together with that side, alternates by the focal point."""

from datetime import timedelta

import pytest

from handlers import naming
from handlers.refusals import HasThePost, NothingWritten, NotOfASide, NotYours, StaleButton, WhoIsThat
from handlers.reply import Answer, Button, Edit, Post, Private
from storage import founding, journal, memberships, people
from storage.kinds import Role, Standing, Subject


async def member(stage, who):
    return await people.membership(stage.session, stage.cast[who].id, stage.group.id)


async def role(stage, who):
    return (await member(stage, who)).role


async def vacate(stage, *keys):
    for key in keys:
        (await member(stage, key)).role = Role.MEMBER
    await stage.session.flush()


async def named(stage, who="vte_trainer"):
    """The coordinator names somebody focal point."""
    return await stage.says("coordinator", f"/focal @{who}", naming.focal)


async def test_naming_a_focal_point_asks_the_present_one(stage):
    said = await named(stage)
    (asked,) = said.of(Private)
    assert asked.person_id == stage.cast["vte_focal"].id
    assert asked.otherwise is not None
    assert "⁨Focal point, Vientiane⁩ is asked" in said.page(Answer).text
    found = await member(stage, "vte_trainer")
    assert (found.role, found.asked_role, found.asked_by) == (
        Role.MEMBER,
        Role.FOCAL_POINT,
        stage.cast["coordinator"].id,
    )


async def test_with_the_sides_yes_the_posts_change(stage):
    said = await named(stage)
    done = await stage.presses("vte_focal", said.buttons(Private)["Agree"], naming.accept, private=True)
    assert await role(stage, "vte_trainer") is Role.FOCAL_POINT
    assert await role(stage, "vte_focal") is Role.MEMBER
    assert (await member(stage, "vte_trainer")).asked_role is None
    assert "⁨Trainer, Vientiane⁩ is the focal point of Vientiane" in done.page(Post).text
    assert [effect.person_id for effect in done.of(Private)] == [stage.cast["vte_trainer"].id]
    entries = await journal.of(stage.session, Subject.MEMBERSHIP, (await member(stage, "vte_trainer")).id)
    assert [entry.change for entry in entries] == ["focal point named", "focal point confirmed"]
    before = await journal.of(stage.session, Subject.MEMBERSHIP, (await member(stage, "vte_focal")).id)
    assert [(entry.before, entry.after) for entry in before] == [({"role": "focal_point"}, {"role": "member"})]


async def test_where_there_is_none_the_person_named_says_yes(stage):
    await vacate(stage, "vte_focal", "vte_alternate")
    said = await named(stage)
    assert [effect.person_id for effect in said.of(Private)] == [stage.cast["vte_trainer"].id]
    await stage.presses("vte_trainer", said.buttons(Private)["Agree"], naming.accept)
    assert await role(stage, "vte_trainer") is Role.FOCAL_POINT


@pytest.mark.parametrize("who", ["vte_trainer", "vte_alternate", "kmg_focal", "coordinator", "observer", "stranger"])
@pytest.mark.parametrize("answer", ["Agree", "No"])
async def test_nobody_else_says_yes_or_no(stage, who, answer):
    said = await named(stage)
    handler = naming.accept if answer == "Agree" else naming.decline
    with pytest.raises(NotYours):
        await stage.presses(who, said.buttons(Private)[answer], handler)
    assert await role(stage, "vte_focal") is Role.FOCAL_POINT


async def test_the_alternate_says_yes_when_the_focal_point_is_silent_for_two_days(stage):
    said = await named(stage)
    later = stage.now + timedelta(hours=48)
    await stage.presses("vte_alternate", said.buttons(Private)["Agree"], naming.accept, now=later)
    assert await role(stage, "vte_trainer") is Role.FOCAL_POINT


async def test_a_declined_naming_changes_nothing_and_the_coordinator_is_told(stage):
    said = await named(stage)
    done = await stage.presses("vte_focal", said.buttons(Private)["No"], naming.decline)
    assert await role(stage, "vte_trainer") is Role.MEMBER
    assert (await member(stage, "vte_trainer")).asked_role is None
    assert [effect.person_id for effect in done.of(Private)] == [stage.cast["coordinator"].id]


async def test_an_old_button_only_shows_how_things_stand(stage):
    said = await named(stage)
    buttons = said.buttons(Private)
    await stage.presses("vte_focal", buttons["No"], naming.decline)
    late = await stage.presses("vte_focal", buttons["Agree"], naming.accept)
    assert "does not become" in late.page(Edit).text
    assert await role(stage, "vte_trainer") is Role.MEMBER


async def test_somebody_who_left_meanwhile_does_not_become_it(stage):
    said = await named(stage)
    (await member(stage, "vte_trainer")).standing = Standing.LEFT
    await stage.session.flush()
    await stage.presses("vte_focal", said.buttons(Private)["Agree"], naming.accept)
    assert await role(stage, "vte_focal") is Role.FOCAL_POINT


async def test_naming_the_present_one_changes_nothing(stage):
    said = await named(stage, "vte_focal")
    assert "is the focal point of Vientiane" in said.text
    assert said.of(Private) == []


@pytest.mark.parametrize("who", ["vte_focal", "vte_alternate", "vte_trainer", "observer", "stranger"])
async def test_only_a_coordinator_names_focal_points(stage, who):
    with pytest.raises(NotYours):
        await stage.says(who, "/focal @vte_trainer", naming.focal)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        pytest.param("/focal", NothingWritten, id="nobody named"),
        pytest.param("/focal @nobody", WhoIsThat, id="nobody known"),
        pytest.param("/focal @observer", NotOfASide, id="somebody of no side"),
        pytest.param("/focal @coordinator", NotOfASide, id="the coordinator himself"),
    ],
)
async def test_who_cannot_be_named(stage, text, refusal):
    with pytest.raises(refusal):
        await stage.says("coordinator", text, naming.focal)


async def test_a_naming_of_another_group_is_not_answered_here(stage):
    rules = founding.MechanismDraft("0 person", 5, 0, "09:00", "20:00-07:00", 7)
    draft = founding.GroupDraft("Other", sides=(), organisation=None, areas=(), mechanism=rules)
    other = await founding.found(stage.session, draft, stage.now)
    elsewhere = await memberships.admit(
        stage.session,
        person_id=stage.cast["vte_trainer"].id,
        group_id=other.id,
        side_id=None,
        role=Role.MEMBER,
        at=stage.now,
    )
    button = Button("", "focal.accept", {"member": elsewhere.id, "version": elsewhere.version})
    with pytest.raises(StaleButton):
        await stage.presses("vte_focal", button, naming.accept)


async def test_a_focal_point_names_his_alternate_and_the_former_one_is_a_member(stage):
    said = await stage.says("vte_focal", "/alternate @vte_trainer", naming.alternate)
    assert await role(stage, "vte_trainer") is Role.ALTERNATE
    assert await role(stage, "vte_alternate") is Role.MEMBER
    assert "is the alternate of Vientiane" in said.text
    assert [effect.person_id for effect in said.of(Private)] == [stage.cast["vte_trainer"].id]
    entries = await journal.of(stage.session, Subject.MEMBERSHIP, (await member(stage, "vte_trainer")).id)
    assert [entry.change for entry in entries] == ["alternate named"]


async def test_named_in_private_the_group_hears_of_it(stage):
    said = await stage.says("vte_focal", "/alternate @vte_trainer", naming.alternate, private=True)
    assert "is the alternate of Vientiane" in said.page(Post).text


async def test_a_coordinator_names_the_alternate_of_a_side_without_focal_point(stage):
    await vacate(stage, "vte_focal")
    await stage.says("coordinator", "/alternate @vte_trainer", naming.alternate)
    assert await role(stage, "vte_trainer") is Role.ALTERNATE


@pytest.mark.parametrize(
    ("who", "person"),
    [
        pytest.param("coordinator", "vte_trainer", id="a coordinator, while there is a focal point"),
        pytest.param("kmg_focal", "vte_trainer", id="the other side's focal point"),
        pytest.param("vte_alternate", "vte_trainer", id="the alternate"),
        pytest.param("vte_trainer", "vte_trainer", id="a member himself"),
        pytest.param("observer", "vte_trainer", id="an observer"),
        pytest.param("stranger", "vte_trainer", id="a stranger"),
    ],
)
async def test_nobody_else_names_an_alternate(stage, who, person):
    with pytest.raises(NotYours):
        await stage.says(who, f"/alternate @{person}", naming.alternate)


async def test_a_focal_point_is_not_his_own_alternate(stage):
    with pytest.raises(HasThePost):
        await stage.says("vte_focal", "/alternate @vte_focal", naming.alternate)


async def test_naming_the_same_alternate_again_changes_nothing(stage):
    await stage.says("vte_focal", "/alternate @vte_alternate", naming.alternate)
    assert (await member(stage, "vte_alternate")).version == 1
