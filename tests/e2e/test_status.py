"""/status and /overdue over real HTTP: in the group by task, in private for the coordinator."""

from datetime import UTC, datetime

TEN_DAYS_ON = datetime(2026, 4, 11, 2, 0, tzinfo=UTC)
"""Saturday 11 April 2026, 09:00 in Vientiane."""


async def test_the_group_sees_how_it_stands(bed):
    await bed.hears("vte_trainer", "/decide We meet on the first Monday of each month.")
    await bed.hears("vte_focal", "/task Send the module plan by 3 April #curriculum")
    await bed.hears("vte_focal", "/task Book the room")
    await bed.hears("vte_focal", "/done T2")
    said = await bed.hears("kmg_trainer", "/status")
    assert "2 tasks: 1 done, 1 open" in said.text
    assert "▓▓░░░ 1/2 Vientiane" in said.text
    assert "░░░░░ 0/1 Curriculum development" in said.text
    assert "D1: waits for Vientiane and Kunming, since today" in said.text


async def test_a_task_of_both_sides_is_one_task_in_every_count(bed):
    await bed.hears("vte_focal", "/plan add Exchange visit #tot")
    await bed.hears("vte_focal", "/task Agree on the dates A1 #tot @vte_focal @kmg_focal by 3 April")
    await bed.hears("vte_focal", "/done T1a")
    bed.clock.move_to(TEN_DAYS_ON)
    said = await bed.hears("kmg_trainer", "/status")
    assert "1 task: 1 in progress" in said.text
    assert "▓▓▓▓▓ 1/1 Vientiane" in said.text
    assert "░░░░░ 0/1 Kunming" in said.text
    assert "░░░░░ 0/1 Training of trainers" in said.text
    assert "Later than planned: 1\nT1b" in said.text
    assert "Tasks: 0 of 1 done" in (await bed.hears("kmg_trainer", "/a1")).text
    listed = await bed.hears("coordinator", "/status", private=True)
    assert "Vientiane and Kunming: ░░░░░ 0/1 · 1 later than planned" in listed.text


async def test_an_overdue_task_is_named_without_its_person(bed):
    await bed.hears("vte_focal", "/task Send the module plan @vte_trainer by 3 April")
    bed.clock.move_to(TEN_DAYS_ON)
    said = await bed.hears("coordinator", "/overdue")
    assert "T1 Send the module plan · Vientiane, Fri 3 Apr" in said.text
    assert "Trainer" not in said.text
    await bed.presses("coordinator", said, "T1")
    assert bed.last(bed.group, "Due: Fri 3 Apr")


async def test_a_coordinator_goes_from_the_list_into_a_group_and_back(bed):
    await bed.hears("vte_focal", "/task Send the module plan @vte_trainer by 3 April")
    bed.clock.move_to(TEN_DAYS_ON)
    listed = await bed.hears("coordinator", "/status", private=True)
    assert "Vientiane and Kunming: ░░░░░ 0/1 · 1 later than planned" in listed.text
    await bed.presses("coordinator", listed, "Vientiane and Kunming")
    opened = bed.last("coordinator", "By side")
    assert "Trainer, Vientiane" in opened.text  # in private with names
    await bed.presses("coordinator", opened, "All my groups")
    assert bed.last("coordinator", "Your working groups").message_id == listed.message_id


async def test_a_choice_nobody_knows_is_refused_with_those_there_are(bed):
    said = await bed.hears("vte_focal", "/status #gardening")
    assert "I do not know that choice" in said.text
    assert "#curriculum" in said.text


async def test_a_stranger_reads_no_status(bed):
    said = await bed.hears("stranger", "/status")
    assert "You are not a member" in said.text
    assert "You are not a member" in (await bed.hears("stranger", "/overdue")).text
