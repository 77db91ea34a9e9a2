"""/find over real HTTP."""


async def test_words_find_decisions_tasks_and_people(bed):
    await bed.hears("vte_trainer", "/decide The module plan starts in May.")
    await bed.hears("vte_focal", "/task Send the module plan to the trainers")
    said = await bed.hears("observer", "/find PLAN module")
    assert "Found for “PLAN module”: 2" in said.text
    await bed.presses("observer", said, "T1")
    assert bed.last(bed.group, "Given by")
    assert "Trainer, Kunming" in (await bed.hears("observer", "/find trainer")).text


async def test_more_than_a_page_is_turned(bed):
    for number in range(8):
        await bed.hears("vte_focal", f"/task Visit {number}")
    said = await bed.hears("coordinator", "/find visit", private=True)
    assert "page 1 of 2" in said.text
    await bed.presses("coordinator", said, "More ›")
    assert "Visit 0" in bed.last("coordinator", "page 2 of 2").text


async def test_no_words_are_answered_with_how_to_write_it(bed):
    assert "/find WORDS" in (await bed.hears("vte_focal", "/find")).text


async def test_a_stranger_finds_nothing(bed):
    assert "You are not a member" in (await bed.hears("stranger", "/find plan")).text
