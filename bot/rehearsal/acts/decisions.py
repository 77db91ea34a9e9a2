"""Thursday 2 April: one decision agreed by both sides, one objected to with a reason and replaced."""

from bot.rehearsal.stage import Stage

CURRICULUM = (
    "Both schools write the curricula for the automotive and the electrical trade together, module by module, "
    "and neither changes a module that was agreed without telling the other. #curriculum"
)
EXCHANGE = "The first exchange of trainers takes place in Vientiane from 13 to 17 April. #trainers"
OBJECTION = "14 to 16 April is Pi Mai, our new year. The workshops are closed and nobody could receive the guests."
BETTER = "The first exchange of trainers takes place in Vientiane from 18 to 22 May. #trainers"


async def agree(stage: Stage) -> None:
    """D1: proposed by one side, agreed by both."""
    stage.transcript.chapter("A decision that both sides agree to")
    await stage.until(4, 2, 9)
    await stage.says("vte_focal", f"/decide {CURRICULUM}")
    await stage.presses("vte_focal", stage.card("D1"), "Agree")
    stage.expect(stage.said("group", "D1 is agreed by both sides") == 0, "one side alone does not make an agreement")
    await stage.presses("kmg_focal", stage.card("D1"), "Agree")
    stage.expect(stage.said("group", "D1 is agreed by both sides") == 1, "the group heard once that D1 is agreed")
    toast = await stage.presses("vte_trainer", stage.card("D1"), "History")
    stage.expect(not toast, "everybody of the group may read the history")


async def replace(stage: Stage) -> None:
    """D2: objected to with a reason, and superseded by D3."""
    stage.transcript.chapter("An objection, and a better proposal")
    await stage.until(4, 2, 13, 30)
    await stage.says("kmg_focal", f"/decide {EXCHANGE}")
    await stage.presses("kmg_focal", stage.card("D2"), "Agree")
    toast = await stage.presses("kmg_trainer", stage.card("D2"), "Agree")
    stage.expect("not yours" in toast, "a member who is no focal point cannot agree for his side")
    await stage.presses("vte_focal", stage.card("D2"), "Object")
    await stage.says("vte_focal", OBJECTION, reply_to=stage.finds("group", "what is the objection"))
    stage.expect("D2 · objected" in stage.card("D2").text, "D2 shows the objection")
    stage.expect("Pi Mai" in stage.card("D2").text, "D2 shows its reason")
    await stage.says("kmg_focal", f"/supersede D2 {BETTER}")
    await stage.presses("kmg_focal", stage.card("D3"), "Agree")
    await stage.presses("vte_focal", stage.card("D3"), "Agree")
    stage.expect("D2 · superseded" in stage.card("D2").text, "D2 is superseded")
    stage.expect("D3 has taken its place" in stage.card("D2").text, "D2 points to D3")
    stage.expect("taken the place of D2" in stage.card("D3").text, "D3 points back to D2")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await agree(stage)
    await replace(stage)
