"""24 April to 4 May: somebody is on leave, the alternate is asked; a decision waits for one side."""

from datetime import date

from bot.rehearsal.reminders import reminders
from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads


async def away(stage: Stage) -> None:
    """27 to 30 April the trainer is away: the alternate hears of T3."""
    stage.transcript.chapter("Somebody is on leave")
    await stage.until(4, 24, 9)
    await stage.says("vte_trainer", "/away 27 ເມສາ - 30 ເມສາ", private=True)
    stage.expect(
        stage.said("vte_trainer", "Alternate, Vientiane is asked meanwhile"), "leave says who is asked meanwhile"
    )
    await stage.until(4, 29, 18)
    stage.expect(
        stage.reminded("vte_alternate", "T3", on=date(2026, 4, 29)), "the alternate was nudged about T3 instead"
    )
    away = [one for one in reminders(stage.server.log, stage.cast) if one.who == "vte_trainer" and one.day.month == 4]
    stage.expect(all(one.day.day < 27 for one in away), "nobody on leave was nudged")


async def one_side_waits(stage: Stage) -> None:
    """30 April: D4 waits for Vientiane, and only Vientiane is nudged about it."""
    stage.transcript.chapter("A decision that waits for one side")
    await stage.until(4, 30, 9)
    stage.expect(stage.reminded("vte_focal", "D4"), "the side that had not answered D4 was nudged")
    stage.expect(not stage.reminded("kmg_focal", "D4"), "the side that had agreed to D4 was left in peace")
    await stage.presses("vte_focal", stage.finds("vte_focal", "A friendly reminder"), "Open D4")
    await stage.presses("vte_focal", stage.card("D4", "vte_focal"), "Agree")
    stage.expect(stage.said("group", "D4 is agreed by both sides") == 1, "D4 was agreed by a press in private")


async def back(stage: Stage) -> None:
    """4 May: the trainer is back, a day late, and says so by the button under his nudge."""
    stage.transcript.chapter("Back from leave")
    await stage.until(5, 4, 9)
    nudge = stage.finds("vte_trainer", "A friendly reminder")
    stage.expect(
        reads(nudge.text, "T3") and reads(nudge.text, "was due"), "back at work, the trainer was nudged about T3"
    )
    await stage.presses("vte_trainer", nudge, "Done")
    stage.expect(reads(stage.card("T3").text, "T3 · done"), "T3 is done by the button under the nudge")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await away(stage)
    await one_side_waits(stage)
    await back(stage)
