"""8 to 29 May: Kunming works on a Saturday, a private chat is closed, the exchange takes place."""

from datetime import date

from bot.rehearsal.cast import KUNMING
from bot.rehearsal.reminders import reminders
from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads

DIGEST = "The week of our working group"
REPORT = "Write the report on the first exchange of trainers, with what to do differently next time"


def may(day: int) -> date:
    """A day of May 2026."""
    return date(2026, 5, day)


async def saturday(stage: Stage) -> None:
    """9 May, a make-up Saturday: Kunming works and is nudged, Vientiane rests."""
    stage.transcript.chapter("A Saturday on which only Kunming works")
    before = stage.said("group", DIGEST)
    await stage.until(5, 5, 18)
    stage.expect(stage.said("group", DIGEST) == before, "no digest on 4 and 5 May, days off in Kunming")
    await stage.until(5, 6, 18)
    stage.expect(stage.said("group", DIGEST) == before + 1, "the digest came on Wednesday 6 May, when both work")
    await stage.until(5, 8, 9)
    await stage.presses("vte_alternate", stage.finds("vte_alternate", "T6"), "Done")
    await stage.until(5, 9, 9)
    on_saturday = [one for one in reminders(stage.server.log, stage.cast) if one.day == may(9)]
    stage.expect({one.side for one in on_saturday} == {KUNMING}, "on Saturday 9 May only Kunming was nudged")
    stage.expect(stage.reminded("kmg_alternate", "T4", on=may(9)), "T4 was nudged on its day, the make-up Saturday")
    await stage.presses("kmg_alternate", stage.finds("kmg_alternate", "T4 "), "Done")
    stage.expect(reads(stage.card("T4").text, "T4 · done"), "T4 was done on the make-up Saturday")


async def closed_route(stage: Stage) -> None:
    """13 May: a trainer blocks the bot; his nudge becomes a mention in the group."""
    stage.transcript.chapter("A private chat is closed")
    await stage.until(5, 13, 9)
    stage.transcript.happened("Electrical trainer, Kunming blocks the bot.")
    stage.cast["kmg_trainer"].blocks_bot()
    await stage.settle()
    await stage.until(5, 14, 9)
    told = stage.reminded("kmg_trainer", "T7", on=may(14))
    stage.expect(len(told) == 1 and told[0].in_group, "T7 was nudged by a mention in the group")
    stage.expect(
        all("接线板" not in one.text for one in told), "the mention names the task, not what is late with whom"
    )
    await stage.says("coordinator", "/people", private=True)
    stage.expect(
        reads(stage.finds("coordinator", "Technical school").text, "no private chat"),
        "the coordinator sees who cannot be reached",
    )
    await stage.says("kmg_trainer", "/done T7 六块接线板都已测试")
    stage.expect(reads(stage.card("T7").text, "T7 · done"), "T7 is done")


async def exchange(stage: Stage) -> None:
    """18 to 29 May: the exchange, a last task, and a week without a digest."""
    stage.transcript.chapter("The exchange takes place")
    await stage.until(5, 22, 15)
    await stage.says("coordinator", f"/task {REPORT} @vte_focal by 5 June #trainers")
    await stage.presses("vte_focal", stage.finds("vte_focal", "asks you to take on a task"), "Accept")
    digests = stage.said("group", DIGEST)
    await stage.until(5, 25, 18)
    stage.expect(stage.said("group", DIGEST) == digests, "no digest in a week with nothing to say")
    await stage.until(5, 29, 9)
    stage.expect(stage.reminded("vte_focal", "T8", on=may(29)), "the ladder of T8 begins")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await saturday(stage)
    await closed_route(stage)
    await exchange(stage)
