"""One message in, one answer out, over real HTTP."""


async def test_a_proposal_gets_its_card(bed):
    card = await bed.hears("vte_trainer", "/decide We meet on the first Monday of each month.")
    assert "D1" in card.text
    assert "Agree" in card.buttons


async def test_both_sides_agree(bed):
    card = await bed.hears("vte_trainer", "/decide We meet on the first Monday of each month.")
    await bed.presses("vte_focal", card, "Agree")
    await bed.presses("kmg_focal", card, "Agree")
    assert bed.last(bed.group, "agreed by both")
