"""Requests for support over real HTTP: asked in the group, answered in private, cards that follow."""


async def test_a_request_is_answered_in_private_and_every_card_follows(bed):
    await bed.hears("vte_trainer", "/support An expert on welding by 30 April")
    card = bed.last(bed.group, "An expert on welding")
    private = bed.last("coordinator", "An expert on welding")
    await bed.presses("vte_trainer", bed.last(bed.group, "what is asked for?"), "Expert")
    assert "Kind: Expert\nNeeded by: Thu 30 Apr" in card.text
    assert "Kind: Expert" in private.text
    await bed.presses("coordinator", private, "Ask back")
    await bed.hears("coordinator", "For how many trainers?", private=True)
    await bed.presses("vte_trainer", bed.last("vte_trainer", "For how many trainers?"), "Answer")
    await bed.hears("vte_trainer", "Twelve", private=True)
    again = bed.last("coordinator", "The answer: Twelve")
    assert "granted" in await bed.presses("coordinator", again, "Granted")
    assert card.text.startswith("S1 · support granted since Wed 1 Apr")
    assert "support granted" in bed.last("vte_trainer", "An expert").text
    await bed.presses("kmg_focal", card, "History")
    assert "S1: history" in card.text


async def test_what_is_asked_in_private_has_its_card_in_the_group_too(bed):
    await bed.hears("kmg_trainer", "/support A letter of invitation", private=True)
    assert "A letter of invitation" in bed.last(bed.group, "S1").text
    await bed.presses("kmg_trainer", bed.last("kmg_trainer", "A letter of invitation"), "Withdraw")
    assert "support withdrawn" in bed.last(bed.group, "S1").text
    assert "No request is open" in (await bed.hears("observer", "/support")).text
    assert "A letter of invitation" in (await bed.hears("observer", "/s1")).text
