"""Starting, linking, joining, naming, leave and privacy over real HTTP: the happy way and a refusal each."""

import pytest

from storage import founding, groups
from storage.engine import Database
from storage.kinds import CodeKind


@pytest.fixture
async def code(bed):
    """A fresh one-time code of the group, of a kind."""

    async def made(kind):
        database = Database(bed.settings.database_url)
        async with database.writing() as session:
            group = (await groups.all_of(session))[0]
            written = await founding.make_code(session, kind=kind, group_id=group.id, at=bed.clock.now())
        await database.close()
        return written

    return made


async def joined(bed):
    chosen = await bed.hears("stranger", "/join")
    await bed.presses("stranger", chosen, "Kunming")
    await bed.presses("kmg_focal", bed.last("kmg_focal", "asks to join"), "Confirm")


async def test_start_and_help(bed):
    greeting = await bed.hears("vte_trainer", "/start", private=True)
    assert "Vientiane and Kunming" in greeting.text
    await bed.presses("vte_trainer", greeting, "What you can write")
    assert bed.last("vte_trainer", "/decide")
    assert "/task TEXT" in (await bed.hears("vte_trainer", "/help task")).text
    assert "There is no command “dance”" in (await bed.hears("vte_trainer", "/help dance")).text
    assert "/mydata" in (await bed.hears("stranger", "/privacy", private=True)).text
    assert "does not work" in (await bed.hears("vte_trainer", "/start nonsense", private=True)).text


async def test_a_stranger_joins_and_is_greeted_in_the_group(bed):
    await joined(bed)
    greeting = bed.last(bed.group, "welcome, you are a member for Kunming")
    assert "Open private chat" in greeting.buttons


async def test_somebody_with_a_private_chat_is_greeted_there(bed):
    await bed.hears("stranger", "/start", private=True)
    await joined(bed)
    assert "Welcome, ⁨Stranger⁩" in bed.last("stranger").text
    assert "⁨Stranger⁩ is a member, for Kunming" in bed.last(bed.group).text
    assert "already a member" in (await bed.hears("stranger", "/join")).text


async def test_only_that_side_confirms(bed):
    chosen = await bed.hears("stranger", "/join")
    await bed.presses("stranger", chosen, "Kunming")
    listed = await bed.hears("coordinator", "/people")
    assert "not yours to change" in await bed.presses("vte_focal", listed, "Confirm Stranger")
    await bed.presses("coordinator", listed, "Confirm Stranger")
    assert "⁨Stranger⁩ · member" in (await bed.hears("vte_focal", "/people", private=True)).text


async def test_whoever_waits_to_be_confirmed_reads_that_and_not_that_he_should_join(bed):
    chosen = await bed.hears("stranger", "/join")
    await bed.presses("stranger", chosen, "Kunming")
    said = await bed.hears("stranger", "/decide We meet on Mondays")
    assert "has still to confirm it" in said.text
    assert "/join" not in said.text
    for command in ("/start", "/mine", "/status"):
        said = await bed.hears("stranger", command, private=True)
        assert "has still to confirm it" in said.text
        assert "/join" not in said.text


@pytest.mark.parametrize("command", ["/mine", "/status", "/task Send the list", "/join"])
async def test_whoever_is_in_no_group_reads_in_private_how_he_comes_into_one(bed, command):
    said = await bed.hears("stranger", command, private=True)
    assert said.text.startswith("You are in no working group yet. Write /join in the chat of your group")


async def test_people_are_for_members(bed):
    assert "not a member" in (await bed.hears("stranger", "/people")).text


async def test_an_invitation_from_the_group_is_opened_in_private(bed):
    listed = await bed.hears("kmg_focal", "/people")
    assert "in private" in await bed.presses("kmg_focal", listed, "Invite")
    link = bed.last("kmg_focal", "start=").text.rpartition("start=")[2]
    assert "for Kunming" in (await bed.hears("stranger", f"/start {link}", private=True)).text
    assert "does not work" in (await bed.hears("observer", f"/start {link}", private=True)).text


async def test_a_coordinator_opens_the_invitation_of_the_command_line(bed, code):
    invitation = await code(CodeKind.COORDINATOR)
    assert "You are a coordinator" in (await bed.hears("stranger", f"/start {invitation}", private=True)).text


async def test_a_focal_point_and_an_alternate_are_named(bed):
    assert "is asked" in (await bed.hears("coordinator", "/focal @vte_trainer")).text
    await bed.presses("vte_focal", bed.last("vte_focal", "Do you agree"), "Agree")
    assert "⁨Trainer, Vientiane⁩ is the focal point" in bed.last(bed.group).text
    assert "is the alternate" in (await bed.hears("vte_trainer", "/alternate @vte_focal")).text
    assert "not yours to change" in (await bed.hears("vte_focal", "/focal @vte_focal")).text
    assert "I do not know" in (await bed.hears("coordinator", "/focal @nobody")).text
    assert "not yours to change" in (await bed.hears("kmg_focal", "/alternate @vte_focal")).text


async def test_a_chat_is_separated_and_bound_again(bed, code):
    asked = await bed.hears("coordinator", "/unlink")
    assert "not yours to change" in await bed.presses("vte_trainer", asked, "Separate")
    await bed.presses("kmg_focal", asked, "Separate")
    assert "no working group here" in (await bed.hears("vte_focal", "/people")).text
    written = await code(CodeKind.GROUP)
    assert "Only a coordinator" in (await bed.hears("vte_focal", f"/link {written}")).text
    greeting = await bed.hears("coordinator", f"/link {written}")
    await bed.presses("stranger", greeting, "Join")
    assert "not yours to change" in (await bed.hears("vte_focal", "/unlink")).text


async def test_away_and_back(bed):
    said = await bed.hears("vte_focal", "/away 13 April to 17 April")
    assert "Mon 13 Apr 2026" in said.text
    assert "cannot read" in (await bed.hears("vte_focal", "/away soon")).text
    assert "no longer away" in (await bed.hears("vte_focal", "/back")).text
    assert "not away" in (await bed.hears("vte_focal", "/back")).text


async def test_days_are_typed_as_an_answer_and_a_slip_loses_nothing(bed):
    await bed.hears("vte_focal", "/away", private=True)
    assert "cannot read" in (await bed.hears("vte_focal", "soon", private=True)).text
    assert "Mon 13 Apr 2026" in (await bed.hears("vte_focal", "13 April to 17 April", private=True)).text


async def test_a_question_is_cancelled(bed):
    await bed.hears("vte_focal", "/away", private=True)
    assert "no longer wait" in (await bed.hears("vte_focal", "/cancel", private=True)).text
    assert "no open question" in (await bed.hears("vte_focal", "/cancel", private=True)).text


async def test_own_data_come_as_a_file(bed):
    assert "private chat only" in (await bed.hears("vte_focal", "/mydata")).text
    file = await bed.hears("vte_focal", "/mydata", private=True)
    assert file.content["document"]["file_name"] == "focalpoint-my-data.json"


async def test_somebody_is_forgotten(bed):
    assert "private chat" in (await bed.hears("vte_trainer", "/forgetme")).text
    asked = await bed.hears("vte_trainer", "/forgetme", private=True)
    await bed.presses("vte_trainer", asked, "Forget me")
    assert "It is done" in bed.last("vte_trainer").text
    assert "A member left" in bed.last(bed.group).text
    assert "Trainer, Vientiane" not in (await bed.hears("vte_focal", "/people")).text
    assert "no working group yet" in (await bed.hears("vte_trainer", "/start", private=True)).text
