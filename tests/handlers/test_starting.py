"""First words: the greeting, the private route, the group of a private chat, cancelling."""

import pytest

from handlers import starting
from handlers.refusals import BadCode, NotAMember
from handlers.reply import Answer, Button, Document
from storage import dialogues, founding, memberships
from storage.kinds import Role


async def test_start_in_private_greets_and_opens_the_private_route(stage, now):
    person = stage.cast["kmg_trainer"]
    person.private_open, person.closed_since = False, now
    said = await stage.says("kmg_trainer", "/start", starting.start, private=True)
    assert (person.private_open, person.closed_since) == (True, None)
    assert "Vientiane and Kunming" in said.text
    assert list(said.buttons()) == ["What you can write", "Privacy", "English", "中文", "ພາສາລາວ"]


async def test_a_stranger_learns_how_to_come_in(stage):
    said = await stage.says("stranger", "/start hello", starting.start, private=True)
    assert "/join" in said.text
    assert "Vientiane and Kunming" not in said.text


async def test_start_in_a_group_only_shows_the_way_into_the_private_chat(stage):
    said = await stage.says("vte_trainer", "/start", starting.start)
    assert said.buttons()["Open private chat"].url == "https://t.me/focalpoint_bot?start=hello"


async def test_an_unknown_payload_is_refused(stage):
    with pytest.raises(BadCode):
        await stage.says("vte_trainer", "/start nonsense", starting.start, private=True)


async def test_a_payload_opens_the_file_of_own_data(stage):
    said = await stage.says("vte_trainer", "/start mydata", starting.start, private=True)
    assert said.of(Document)


async def test_whoever_is_in_several_groups_can_change_between_them(stage, now):
    other = await founding.found(stage.session, draft_named("North & South"), now)
    person = stage.cast["coordinator"]
    await memberships.admit(
        stage.session, person_id=person.id, group_id=other.id, side_id=None, role=Role.COORDINATOR, at=now
    )
    said = await stage.says("coordinator", "/start", starting.start, private=True)
    assert said.buttons()["North & South"].args == {"group": other.id}


async def test_the_chosen_group_is_remembered(stage):
    button = Button("", "group.choose", {"group": stage.group.id})
    said = await stage.presses("coordinator", button, starting.choose_group, private=True)
    assert stage.cast["coordinator"].current_group_id == stage.group.id
    assert "Vientiane and Kunming" in said.text


async def test_a_group_cannot_be_chosen_by_somebody_who_is_not_in_it(stage):
    button = Button("", "group.choose", {"group": stage.group.id})
    with pytest.raises(NotAMember):
        await stage.presses("stranger", button, starting.choose_group, private=True)


async def test_cancel_ends_the_open_question(stage, now):
    person = stage.cast["vte_trainer"]
    await dialogues.ask(
        stage.session,
        person_id=person.id,
        chat_id=person.telegram_id,
        thread_id=0,
        kind="leave.dates",
        args={},
        group_id=stage.group.id,
        prompt_key="ask:1",
        at=now,
    )
    said = await stage.says("vte_trainer", "/cancel", starting.cancel, private=True)
    assert "no longer wait" in said.text
    assert await dialogues.open_with(stage.session, person.id, person.telegram_id, now) is None


async def test_cancel_without_a_question_says_so(stage):
    said = await stage.says("vte_trainer", "/cancel", starting.cancel)
    assert "no open question" in said.text


@pytest.mark.parametrize("who", ["vte_focal", "observer", "stranger"])
async def test_the_privacy_text_is_the_same_for_everybody(stage, who):
    said = await stage.says(who, "/privacy", starting.explain_privacy)
    assert isinstance(said.reply.effects[0], Answer)
    assert "/mydata" in said.text
    assert "/forgetme" in said.text


def draft_named(name: str) -> founding.GroupDraft:
    """A second group with the least there can be."""
    rules = founding.MechanismDraft("0 person", 5, 0, "09:00", "20:00-07:00", 7)
    return founding.GroupDraft(name, sides=(), organisation=None, areas=(), mechanism=rules)
