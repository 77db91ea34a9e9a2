"""Friday 3 April: tasks for both sides, by words, by a reply, by buttons, and across the border."""

from bot.rehearsal.stage import Stage

MODULE = "Draft the module “Automotive electrics”, 120 hours: competencies, work orders, assessment sheets"
LIST = (
    "Before the training of trainers begins we need one list of the measuring instruments and the safety gear "
    "that the electrical workshop has, and of what is missing."
)
SAFETY = "ແປໃບກວດກາຄວາມປອດໄພຂອງໂຮງຝຶກງານເປັນພາສາລາວ"
SCHEDULE = "准备培训师交流的日程和住宿安排"
SHEETS = "Send two assessment sheets of yours from last year as examples"


async def in_words(stage: Stage) -> None:
    """T1: everything in one line."""
    stage.transcript.chapter("Tasks: in one line, by a reply, by buttons")
    await stage.until(4, 3, 9)
    await stage.says("vte_focal", f"/task {MODULE} @vte_trainer by 17 April #curriculum")
    stage.expect("Fri 17 Apr" in stage.card("T1").text, "T1 is shown back with weekday and date")
    stage.expect(stage.said("vte_trainer", "gave you a task"), "the trainer in Vientiane was told of T1 in private")


async def by_reply(stage: Stage) -> None:
    """T2: what somebody wrote becomes a task."""
    wish = await stage.says("kmg_alternate", LIST)
    trainer = stage.cast["kmg_trainer"]
    await stage.says(
        "kmg_focal",
        f"/task {trainer.first_name} by 15 April #training",
        reply_to=wish,
        mentions={trainer.first_name: trainer},
    )
    card = stage.card("T2").text
    stage.expect(
        "measuring instruments" in card and "Wed 15 Apr" in card, "T2 took its words from the message replied to"
    )
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
    stage.expect("Thu 30 Apr" in card and "Automotive trainer" in card, "T3 has its person and date by buttons")


async def in_chinese(stage: Stage) -> None:
    """T4: the other side, in Chinese, due on a Saturday on which Kunming works."""
    await stage.says("kmg_focal", f"/task {SCHEDULE} @kmg_alternate by 9 May #trainers")
    card = stage.card("T4").text
    stage.expect(SCHEDULE in card and "Sat 9 May" in card, "T4 stands as it was written, due on a make-up Saturday")


async def across(stage: Stage) -> None:
    """T5: asked of the other side, accepted, later done."""
    await stage.says("vte_focal", f"/task {SHEETS} @kmg_alternate by 24 April #curriculum")
    stage.expect("not yet accepted" in stage.card("T5").text, "a task for the other side is asked for, not ordered")
    await stage.presses("kmg_alternate", stage.finds("kmg_alternate", "asks you to take on a task"), "Accept")
    stage.expect("not yet accepted" not in stage.card("T5").text, "T5 is accepted")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await in_words(stage)
    await by_reply(stage)
    await by_buttons(stage)
    await in_chinese(stage)
    await across(stage)
