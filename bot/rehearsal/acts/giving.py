"""Friday 3 April: tasks for both sides, by words, by a reply, by buttons, and across the border."""

from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads

MODULE = "ຮ່າງໂມດູນ “ໄຟຟ້າລົດຍົນ”, 120 ຊົ່ວໂມງ: ສະມັດຖະພາບ, ໃບສັ່ງວຽກ, ໃບປະເມີນ"
LIST = "师资培训开始之前，我们需要一份清单：电工车间现有的测量仪器和安全用具，以及还缺少什么。"
SAFETY = "ແປໃບກວດກາຄວາມປອດໄພຂອງໂຮງຝຶກງານເປັນພາສາລາວ"
SCHEDULE = "准备培训师交流的日程和住宿安排"
WHICH = "请告诉我们：需要哪个专业的评估表？"
SHEETS = "ສົ່ງໃບປະເມີນຂອງປີກາຍ ສອງໃບ ເປັນຕົວຢ່າງ"


async def in_words(stage: Stage) -> None:
    """T1: everything in one line."""
    stage.transcript.chapter("Tasks: in one line, by a reply, by buttons")
    await stage.until(4, 3, 9)
    await stage.says("vte_focal", f"/task {MODULE} @vte_trainer ກຳນົດ 17 ເມສາ #curriculum")
    stage.expect(reads(stage.card("T1").text, "Fri 17 Apr"), "T1 is shown back with weekday and date")
    stage.expect(stage.said("vte_trainer", "gave you a task"), "the trainer in Vientiane was told of T1 in private")


async def by_reply(stage: Stage) -> None:
    """T2: what somebody wrote becomes a task."""
    wish = await stage.says("kmg_alternate", LIST)
    trainer = stage.cast["kmg_trainer"]
    await stage.says(
        "kmg_focal",
        f"/task {trainer.first_name} 截止 4月15日 #training",
        reply_to=wish,
        mentions={trainer.first_name: trainer},
    )
    card = stage.card("T2").text
    stage.expect(reads(card, "测量仪器") and reads(card, "Wed 15 Apr"), "T2 took its words from the message replied to")
    stage.expect(stage.said("kmg_trainer", "gave you a task"), "the trainer in Kunming was told of T2 in private")


async def by_buttons(stage: Stage) -> None:
    """T3: who and when are given by buttons; its text is Lao and stays Lao."""
    await stage.says("vte_focal", f"/task {SAFETY}")
    await stage.presses("vte_focal", stage.card("T3"), "Who?")
    await stage.presses(
        "vte_focal", stage.finds("group", "T3: who does it?"), "Automotive trainer, Vientiane · Vientiane"
    )
    await stage.presses("vte_focal", stage.card("T3"), "When?")
    await stage.presses("vte_focal", stage.finds("group", "T3: by when?"), "End of the month, Thu 30 Apr")
    card = stage.card("T3").text
    stage.expect(SAFETY in card, "the Lao words of T3 stand as they were written")
    stage.expect(
        reads(card, "Thu 30 Apr") and reads(card, "Automotive trainer"), "T3 has its person and date by buttons"
    )


async def in_chinese(stage: Stage) -> None:
    """T4: the other side, in Chinese, due on a Saturday on which Kunming works; a slip is put right in the message."""
    slip = SCHEDULE.replace("住宿", "主宿")
    given = await stage.says("kmg_focal", f"/task {slip} @kmg_alternate 截止5月9日 #trainers")
    await stage.edits("kmg_focal", given, f"/task {SCHEDULE} @kmg_alternate 截止5月9日 #trainers")
    stage.expect(slip in stage.card("T4").text, "a message that is changed changes no task by itself")
    await stage.presses("kmg_focal", stage.finds("kmg_focal", "You changed your message"), "Change T4")
    card = stage.card("T4").text
    stage.expect(
        SCHEDULE in card and reads(card, "Sat 9 May"), "T4 stands as it was written, due on a make-up Saturday"
    )


async def across(stage: Stage) -> None:
    """T5: asked of the other side, accepted, held up by a question to that side, later done."""
    await stage.says("vte_focal", f"/task {SHEETS} @kmg_alternate ກຳນົດ 24 ເມສາ #curriculum")
    stage.expect(
        reads(stage.card("T5").text, "not yet accepted"), "a task for the other side is asked for, not ordered"
    )
    await stage.presses("kmg_alternate", stage.finds("kmg_alternate", "asks you to take on a task"), "Accept")
    stage.expect(not reads(stage.card("T5").text, "not yet accepted"), "T5 is accepted")
    await stage.says("kmg_alternate", f"/waiting T5 {WHICH}")
    await stage.presses("vte_focal", stage.card("T5"), "Our part is done")
    stage.expect(reads(stage.card("T5").text, "T5 · in progress"), "what T5 waited for came from the other side")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await in_words(stage)
    await by_reply(stage)
    await by_buttons(stage)
    await in_chinese(stage)
    await across(stage)
