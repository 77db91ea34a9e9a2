"""7 to 22 April: the first nudges and digests; Vientiane celebrates, Kunming works; one task climbs the ladder."""

from datetime import date

from bot.rehearsal.cast import KUNMING, PI_MAI, VIENTIANE
from bot.rehearsal.reminders import private_messages, reminders
from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads

ERRAND = "清单要等仓库管理员，他明天回来。我明天发。"


DIGEST = "The week of our working group"


def april(day: int) -> date:
    """A day of April 2026."""
    return date(2026, 4, day)


async def first_reminders(stage: Stage) -> None:
    """The week after Qingming: nothing is due yet, the ladders begin."""
    stage.transcript.chapter("The first reminders, each side in its own morning")
    await stage.until(4, 6, 18)
    await stage.until(4, 7, 18)
    stage.expect(stage.said("group", DIGEST) == 0, "no digest in a week in which nothing is due")
    stage.expect(stage.reminded("vte_trainer", "T1", on=april(7)), "T1 was nudged five working days ahead, over Pi Mai")
    await stage.until(4, 8, 18)
    stage.expect(stage.reminded("kmg_trainer", "T2", on=april(8)), "T2 was nudged five working days ahead")


async def pi_mai(stage: Stage) -> None:
    """Pi Mai: nobody in Vientiane is written to; Kunming is."""
    stage.transcript.chapter("Pi Mai: Vientiane celebrates, Kunming works")
    await stage.until(4, 13, 16)
    stage.expect(stage.said("group", DIGEST) == 1, "the group had its digest on Monday 13 April")
    stage.expect(
        stage.reminded("vte_trainer", "T1", on=april(13)), "T1 was nudged on the last working day before Pi Mai"
    )
    await stage.until(4, 16, 20)
    log, cast = stage.server.log, stage.cast
    told = private_messages(log, cast, VIENTIANE, PI_MAI)
    stage.expect(not told, "nothing was written to anybody in Vientiane on 14, 15 and 16 April")
    during = [one for one in reminders(log, cast) if one.day in PI_MAI]
    stage.expect({one.side for one in during} == {KUNMING}, "only Kunming was nudged on 14, 15 and 16 April")
    for day in (14, 15, 16):
        stage.expect(stage.reminded("kmg_trainer", "T2", on=april(day)), f"T2 was nudged in Kunming on {day} April")


async def back_at_work(stage: Stage) -> None:
    """17 April: one is done, with a photo; the one in Kunming is late, and his focal point hears of it."""
    stage.transcript.chapter("A task done with evidence, another one late")
    await stage.until(4, 17, 9, 30)
    stage.expect(stage.reminded("vte_trainer", "T1", on=april(17)), "T1 was nudged on its day, the first after Pi Mai")
    stage.expect(stage.reminded("kmg_focal", "T2", on=april(17)), "two working days late: the focal point heard of T2")
    await stage.sends_photo("vte_trainer", "/done T1 ຂຽນໂມດູນແລ້ວ; ຮູບແມ່ນໜ້າປົກທີ່ເຊັນແລ້ວ")
    stage.expect(reads(stage.card("T1").text, "T1 · done"), "T1 is done")
    stage.expect(reads(stage.card("T1").text, "a photo"), "T1 shows its evidence, a photo")
    await stage.until(4, 20, 10)
    card = stage.card("T5")
    await stage.sends_file("kmg_alternate", "assessment-sheets-2025.pdf", "/done T5", reply_to=card)
    stage.expect(reads(stage.card("T5").text, "assessment-sheets-2025.pdf"), "T5 is done, with a file as evidence")


async def climb(stage: Stage) -> None:
    """22 April: five working days late, the coordinator hears of T2; the trainer answers by a button."""
    stage.transcript.chapter("The ladder reaches the coordinator")
    await stage.until(4, 22, 10)
    stage.expect(
        stage.reminded("coordinator", "T2", on=april(22)), "five working days late: the coordinator heard of T2"
    )
    stage.expect(len(stage.reminded("kmg_focal", "T2")) == 1, "the focal point heard of T2 once")
    await stage.says("kmg_trainer", f"/progress T2 {ERRAND}", private=True)
    stage.expect(reads(stage.card("T2").text, "T2 · in progress"), "T2 is in progress")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await first_reminders(stage)
    await pi_mai(stage)
    await back_at_work(stage)
    await climb(stage)
