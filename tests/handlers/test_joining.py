"""Joining: somebody says which side he is on, and that side or a coordinator confirms."""

from datetime import timedelta

import pytest

from handlers import joining
from handlers.refusals import NotYours, OnlyInGroups, StaleButton
from handlers.reply import Button, Edit, Post, Private, Toast
from storage import founding, groups, journal, memberships, people
from storage import leave as store
from storage.kinds import Role, Standing, Subject
from storage.tables import Person


async def membership(stage, who="stranger"):
    return await people.membership(stage.session, stage.cast[who].id, stage.group.id)


async def asks(stage, place="Kunming", who="stranger", **extra):
    """`who` writes /join and presses his side."""
    shown = await stage.says(who, "/join", joining.choose)
    return await stage.presses(who, shown.buttons()[place], joining.ask, **extra)


def asked_of(said, stage):
    """The keys of the cast who are asked to confirm, in order."""
    keys = {person.id: key for key, person in stage.cast.items()}
    return [keys[effect.person_id] for effect in said.of(Private)]


async def test_join_offers_both_sides_and_the_supporting_organisation(stage):
    said = await stage.says("stranger", "/join", joining.choose)
    assert list(said.buttons()) == ["Vientiane", "Kunming", "Project"]


async def test_the_greeting_becomes_the_choice(stage):
    said = await stage.presses("stranger", Button("Join", "join.choose"), joining.choose)
    assert said.of(Edit)


@pytest.mark.parametrize(
    ("place", "role", "asked"),
    [
        pytest.param("Kunming", Role.MEMBER, ["kmg_focal", "coordinator"], id="a side"),
        pytest.param("Project", Role.OBSERVER, ["coordinator"], id="the supporting organisation"),
    ],
)
async def test_who_may_confirm_is_asked(stage, place, role, asked):
    said = await asks(stage, place)
    member = await membership(stage)
    assert (member.standing, member.role, member.asked_at) == (Standing.ASKED, role, stage.now)
    assert asked_of(said, stage) == asked
    assert "To be confirmed by" in said.page(Toast).text
    (entry,) = await journal.of(stage.session, Subject.MEMBERSHIP, member.id)
    assert (entry.change, entry.after["standing"]) == ("asked to join", "asked")


async def test_an_alternate_is_asked_while_the_focal_point_is_away(stage):
    today = stage.now.date()
    await store.write(stage.session, person_id=stage.cast["kmg_focal"].id, first=today, last=today, at=stage.now)
    assert "kmg_alternate" in asked_of(await asks(stage), stage)


async def test_whoever_can_be_reached_is_asked_first_and_the_group_once(stage):
    stage.cast["kmg_focal"].private_open = False
    said = await asks(stage)
    assert asked_of(said, stage) == ["coordinator", "kmg_focal"]
    assert [effect.otherwise is not None for effect in said.of(Private)] == [True, False]


async def test_asking_twice_asks_nobody_twice(stage):
    await asks(stage)
    again = await asks(stage)
    assert again.of(Private) == []
    assert (await membership(stage)).version == 1


@pytest.mark.parametrize("who", ["vte_focal", "coordinator"])
@pytest.mark.parametrize("answer", ["Confirm", "No"])
async def test_a_question_about_a_side_given_up_says_which_one_was_chosen(stage, who, answer):
    first = await asks(stage, "Vientiane")
    await asks(stage, "Kunming")
    handler = joining.confirm if answer == "Confirm" else joining.refuse
    said = await stage.presses(who, first.buttons(Private)[answer], handler, private=True)
    assert "has chosen again and now asks to join for Kunming" in said.page(Edit).text
    assert said.buttons(Edit) == {}
    assert (await membership(stage)).standing is Standing.ASKED


async def test_a_name_is_never_markup(stage):
    stage.cast["stranger"].name = "<b>&"
    said = await asks(stage)
    assert "&lt;b&gt;&amp;" in said.page(Private).text


async def test_nobody_there_to_confirm_is_said(stage):
    for who in ("vte_focal", "vte_alternate", "coordinator"):
        (await membership(stage, who)).standing = Standing.LEFT
    await stage.session.flush()
    said = await asks(stage, "Vientiane")
    assert "Nobody here can confirm" in said.page(Toast).text


@pytest.mark.parametrize("who", ["kmg_focal", "coordinator"])
async def test_a_confirmed_person_is_a_member_and_greeted(stage, who):
    said = await asks(stage)
    done = await stage.presses(who, said.buttons(Private)["Confirm"], joining.confirm, private=True)
    member = await membership(stage)
    assert (member.standing, member.since) == (Standing.ACTIVE, stage.now)
    assert stage.cast["stranger"].current_group_id == stage.group.id
    (greeting,) = done.of(Private)
    assert greeting.person_id == stage.cast["stranger"].id
    assert "⁨Stranger⁩ is a member, for Kunming" in done.page(Post).text
    assert [e.change for e in await journal.of(stage.session, Subject.MEMBERSHIP, member.id)] == [
        "asked to join",
        "joined",
    ]


async def test_somebody_out_of_reach_is_greeted_in_the_group_alone(stage):
    stage.cast["stranger"].private_open = False
    said = await asks(stage)
    done = await stage.presses("kmg_focal", said.buttons(Private)["Confirm"], joining.confirm, private=True)
    assert done.of(Post) == []
    (greeting,) = done.of(Private)
    assert greeting.otherwise is not None


async def test_confirming_in_the_group_needs_no_second_message_there(stage):
    said = await asks(stage)
    done = await stage.presses("kmg_focal", said.buttons(Private)["Confirm"], joining.confirm)
    assert done.of(Post) == []


@pytest.mark.parametrize("who", ["vte_focal", "vte_trainer", "kmg_trainer", "kmg_alternate", "observer", "stranger"])
@pytest.mark.parametrize("answer", ["Confirm", "No"])
async def test_nobody_else_answers(stage, who, answer):
    said = await asks(stage)
    handler = joining.confirm if answer == "Confirm" else joining.refuse
    with pytest.raises(NotYours):
        await stage.presses(who, said.buttons(Private)[answer], handler)
    assert (await membership(stage)).standing is Standing.ASKED


async def test_the_supporting_organisation_is_confirmed_by_a_coordinator_alone(stage):
    said = await asks(stage, "Project")
    with pytest.raises(NotYours):
        await stage.presses("kmg_focal", said.buttons(Private)["Confirm"], joining.confirm)
    await stage.presses("coordinator", said.buttons(Private)["Confirm"], joining.confirm)
    assert (await membership(stage)).role is Role.OBSERVER


async def test_a_refused_person_is_no_member_and_may_ask_again(stage):
    said = await asks(stage)
    await stage.presses("kmg_focal", said.buttons(Private)["No"], joining.refuse)
    assert (await membership(stage)).standing is Standing.REFUSED
    again = await asks(stage)
    assert asked_of(again, stage) == ["kmg_focal", "coordinator"]
    assert (await membership(stage)).standing is Standing.ASKED


async def test_the_second_answer_only_shows_what_became_of_it(stage):
    said = await asks(stage)
    buttons = said.buttons(Private)
    await stage.presses("kmg_focal", buttons["Confirm"], joining.confirm)
    late = await stage.presses("coordinator", buttons["No"], joining.refuse)
    assert "is a member" in late.page(Edit).text
    assert (await membership(stage)).standing is Standing.ACTIVE


async def test_a_button_from_before_another_wish_confirms_nothing(stage):
    first = await asks(stage, "Kunming")
    await asks(stage, "Vientiane")
    await stage.presses("coordinator", first.buttons(Private)["Confirm"], joining.confirm)
    assert (await membership(stage)).standing is Standing.ASKED


async def test_a_member_is_told_that_he_is_one(stage):
    said = await stage.says("kmg_trainer", "/join", joining.choose)
    assert "already a member of Vientiane and Kunming, for Kunming" in said.text
    pressed = await stage.presses("kmg_trainer", Button("", "join.side", {"side": 1}), joining.ask)
    assert "already" in pressed.page(Toast).text


async def test_joining_happens_in_the_group(stage):
    with pytest.raises(OnlyInGroups):
        await stage.says("stranger", "/join", joining.choose, private=True)


async def test_the_side_of_another_group_is_no_choice(stage):
    rules = founding.MechanismDraft("0 person", 5, 0, "09:00", "20:00-07:00", 7)
    place = founding.PlaceDraft("Hanoi", "College", "VN", "Hanoi", "Asia/Ho_Chi_Minh", "Mon-Fri 08:00-16:00", "en")
    draft = founding.GroupDraft("Other", sides=(place,), organisation=None, areas=(), mechanism=rules)
    other = await founding.found(stage.session, draft, stage.now)
    (side,) = await groups.sides(stage.session, other.id)
    with pytest.raises(StaleButton):
        await stage.presses("stranger", Button("", "join.side", {"side": side.id}), joining.ask)


async def test_a_membership_of_another_group_is_not_confirmed_here(stage):
    rules = founding.MechanismDraft("0 person", 5, 0, "09:00", "20:00-07:00", 7)
    draft = founding.GroupDraft("Other", sides=(), organisation=None, areas=(), mechanism=rules)
    other = await founding.found(stage.session, draft, stage.now)
    somebody = Person(name="Somebody", created_at=stage.now - timedelta(days=1))
    stage.session.add(somebody)
    await stage.session.flush()
    member = await memberships.ask(
        stage.session, person_id=somebody.id, group_id=other.id, side_id=None, role=Role.OBSERVER, at=stage.now
    )
    button = Button("", "join.confirm", {"group": other.id, "member": member.id, "version": member.version})
    with pytest.raises(StaleButton):
        await stage.presses("coordinator", button, joining.confirm)
