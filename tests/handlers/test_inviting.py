"""Invitations: made by those who may, opened once, in private."""

import re
from datetime import timedelta

import pytest

from handlers import inviting, starting
from handlers.refusals import AlreadyMember, BadCode, NotYours, StaleButton
from handlers.reply import Answer, Button, Post, Private
from handlers.voice import Say
from storage import founding, journal, people
from storage.kinds import CodeKind, Role, Standing, Subject


def invite(stage):
    return Button("", "people.invite", {"group": stage.group.id})


def code_in(page):
    return re.search(r"start=([\w-]+)", str(page.text))[1]


async def invitation(stage, who="kmg_focal"):
    said = await stage.presses(who, invite(stage), inviting.offer, private=True)
    return code_in(said.page(Answer))


async def member_code(stage, **extra):
    return await founding.make_code(
        stage.session, **{"kind": CodeKind.MEMBER, "group_id": stage.group.id, "at": stage.now} | extra
    )


async def opens(stage, code, who="stranger", **extra):
    return await stage.says(who, f"/start {code}", starting.start, private=True, **extra)


async def test_a_focal_point_invites_to_his_own_side(stage):
    code = await invitation(stage)
    said = await opens(stage, code)
    member = await people.active(stage.session, stage.cast["stranger"].id, stage.group.id)
    kunming = await people.active(stage.session, stage.cast["kmg_focal"].id, stage.group.id)
    assert (member.role, member.side_id) == (Role.MEMBER, kunming.side_id)
    assert "Welcome, ⁨Stranger⁩" in said.text
    assert "joined by invitation, for Kunming" in said.page(Post).text
    assert stage.cast["stranger"].current_group_id == stage.group.id
    (entry,) = await journal.of(stage.session, Subject.MEMBERSHIP, member.id)
    assert entry.change == "joined by invitation"


async def test_a_coordinator_chooses_the_side(stage):
    offered = await stage.presses("coordinator", invite(stage), inviting.offer, private=True)
    made = await stage.presses("coordinator", offered.buttons()["Vientiane"], inviting.make, private=True)
    await opens(stage, code_in(made.page(Answer)))
    member = await people.active(stage.session, stage.cast["stranger"].id, stage.group.id)
    focal = await people.active(stage.session, stage.cast["vte_focal"].id, stage.group.id)
    assert member.side_id == focal.side_id


async def test_in_the_group_the_link_goes_to_the_private_chat(stage):
    said = await stage.presses("kmg_focal", invite(stage), inviting.offer)
    assert said.of(Answer) == []
    (told,) = said.of(Private)
    assert told.person_id == stage.cast["kmg_focal"].id
    assert told.otherwise(Say("en")).rows[0][0].url.endswith("start=hello")


@pytest.mark.parametrize("who", ["kmg_trainer", "kmg_alternate", "observer", "stranger"])
async def test_others_do_not_invite(stage, who):
    with pytest.raises(NotYours):
        await stage.presses(who, invite(stage), inviting.offer)


async def test_a_focal_point_does_not_invite_to_the_other_side(stage):
    focal = await people.active(stage.session, stage.cast["vte_focal"].id, stage.group.id)
    with pytest.raises(NotYours):
        await stage.presses("kmg_focal", Button("", "invite.side", {"side": focal.side_id}), inviting.make)


async def test_a_side_that_is_not_there_is_an_old_button(stage):
    with pytest.raises(StaleButton):
        await stage.presses("coordinator", Button("", "invite.side", {"side": 4711}), inviting.make)


async def test_an_invitation_works_once(stage):
    code = await invitation(stage)
    await opens(stage, code)
    with pytest.raises(BadCode):
        await opens(stage, code, "stranger")


async def test_an_invitation_grows_old(stage):
    code = await invitation(stage)
    with pytest.raises(BadCode):
        await opens(stage, code, now=stage.now + timedelta(days=8))


async def test_an_invitation_ends_with_the_membership_of_whoever_made_it(stage):
    code = await invitation(stage)
    (await people.membership(stage.session, stage.cast["kmg_focal"].id, stage.group.id)).standing = Standing.LEFT
    await stage.session.flush()
    with pytest.raises(BadCode):
        await opens(stage, code)


async def test_a_member_does_not_use_up_an_invitation(stage):
    code = await invitation(stage)
    with pytest.raises(AlreadyMember):
        await opens(stage, code, "vte_focal")


async def test_the_code_of_a_group_is_no_invitation(stage):
    with pytest.raises(BadCode):
        await opens(stage, await member_code(stage, kind=CodeKind.GROUP))


async def test_the_command_line_makes_a_coordinator(stage):
    code = await member_code(stage, kind=CodeKind.COORDINATOR)
    said = await opens(stage, code)
    member = await people.active(stage.session, stage.cast["stranger"].id, stage.group.id)
    assert (member.role, member.side_id) == (Role.COORDINATOR, None)
    assert "/link CODE" in said.text
    assert "is a coordinator of this group" in said.page(Post).text


async def test_a_member_of_a_side_who_becomes_coordinator_speaks_for_it_no_more(stage):
    await opens(stage, await member_code(stage, kind=CodeKind.COORDINATOR), "vte_focal")
    member = await people.active(stage.session, stage.cast["vte_focal"].id, stage.group.id)
    assert (member.role, member.side_id) == (Role.COORDINATOR, None)
    entries = await journal.of(stage.session, Subject.MEMBERSHIP, member.id)
    assert entries[-1].before == {"role": "focal_point"}


async def test_a_coordinator_is_not_made_twice(stage):
    with pytest.raises(AlreadyMember):
        await opens(stage, await member_code(stage, kind=CodeKind.COORDINATOR), "coordinator")
