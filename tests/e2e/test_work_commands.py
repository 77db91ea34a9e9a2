"""Steps, order, repeating, review and the counter-sign over real HTTP: the happy way of each, and a refusal."""

from datetime import UTC, datetime

from tests.e2e.test_task_commands import given


async def test_a_checklist_is_kept_and_ticked(bed):
    card = await given(bed)
    await bed.hears("vte_trainer", "/step T1 Ask for two offers")
    assert "Steps: 0/1" in card.text
    await bed.presses("kmg_trainer", card, "More")
    await bed.presses("kmg_trainer", card, "Steps")
    steps = bed.last(bed.group, "0 of 1 steps done")
    assert "not yours to change" in await bed.presses("kmg_trainer", steps, "☐ Ask for two offers")
    await bed.presses("vte_trainer", steps, "☐ Ask for two offers")
    assert "1 of 1 steps done" in steps.text
    assert "Steps: 1/1" in card.text


async def test_a_task_comes_after_another_and_never_in_a_circle(bed):
    await given(bed)
    card = await given(bed, "Translate unit 1 @vte_alternate by 24 April")
    await bed.hears("vte_focal", "/after T2 T1")
    assert "Comes after T1, which is not done yet" in card.text
    assert "cannot come after it" in (await bed.hears("vte_focal", "/after T1 T2")).text


async def test_while_the_first_is_late_its_person_is_asked(bed):
    await bed.hears("vte_focal", "/task Draft unit 1 @vte_trainer by 2 April")
    await bed.hears("kmg_focal", "/task Translate unit 1 @kmg_trainer by 7 April")
    await bed.hears("kmg_focal", "/after T2 T1")
    before = len(bed.said(bed.cast["kmg_trainer"]))
    await bed.at(datetime(2026, 4, 3, 3, 0, tzinfo=UTC))
    told = bed.last("vte_trainer", "T2 Translate unit 1").text
    assert "T1 has to be done first." in told
    assert len(bed.said(bed.cast["kmg_trainer"])) == before


async def test_a_task_comes_again_when_it_is_due(bed):
    card = await given(bed, "Send the report @vte_trainer by 8 April")
    await bed.presses("vte_focal", card, "More")
    await bed.presses("vte_focal", card, "Repeat")
    await bed.presses("vte_focal", card, "every month, day 8")
    await bed.at(datetime(2026, 4, 8, 3, 0, tzinfo=UTC))
    assert "Due: Fri 8 May" in bed.last(bed.group, "T2 · open").text
    await bed.at(datetime(2026, 4, 9, 3, 0, tzinfo=UTC))
    assert bed.last(bed.group, "T3") is None
    assert "as a rule" in (await bed.hears("vte_focal", "/repeat T2 now and then")).text


async def test_a_decision_is_reviewed_on_its_day(bed):
    card = await bed.hears("vte_focal", "/decide We meet on Mondays")
    for who in ("vte_focal", "kmg_focal"):
        await bed.presses(who, card, "Agree")
    await bed.hears("vte_focal", "/review D1 10 April")
    assert "To be reviewed on Fri 10 Apr 2026" in card.text
    await bed.at(datetime(2026, 4, 10, 3, 0, tzinfo=UTC))
    asked = bed.last(bed.group, "Does D1 still hold?")
    assert "not yours to change" in await bed.presses("vte_trainer", asked, "It still holds")
    for who in ("vte_focal", "kmg_focal"):
        await bed.presses(who, asked, "It still holds")
    assert "both sides said so" in bed.last(bed.group).text


async def test_a_task_is_done_with_evidence_and_the_ok_of_the_other_side(bed):
    rules = await bed.hears("coordinator", "/mechanism", private=True)
    await bed.presses("coordinator", rules, "Evidence and OK")
    await bed.presses("coordinator", rules, "Yes, with evidence and OK")
    card = await given(bed)
    question = await bed.hears("vte_trainer", "/done T1 Sent to both")
    assert "asks for evidence" in question.text
    bed.cast["vte_trainer"].sends_document(bed.group, "unit.pdf", reply_to=question)
    await bed.settle()
    assert card.text.startswith("T1 · done, waits for the OK")
    await bed.presses("kmg_focal", bed.last("kmg_focal", "as done:"), "Send back")
    await bed.hears("kmg_focal", "Page 2 is missing", private=True)
    assert card.text.startswith("T1 · in progress")
    assert "Page 2 is missing" in bed.last("vte_trainer").text
    question = await bed.hears("vte_trainer", "/done T1 Complete now")
    bed.cast["vte_trainer"].sends_document(bed.group, "unit-2.pdf", reply_to=question)
    await bed.settle()
    assert "not yours to change" in await bed.presses("vte_focal", card, "OK, done")
    await bed.presses("kmg_focal", bed.last("kmg_focal", "as done:"), "OK, done")
    assert card.text.startswith("T1 · done")
    assert "it is done" in bed.last("vte_trainer").text
