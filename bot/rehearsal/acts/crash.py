"""Thursday 23 April: the process is killed in the middle of commands and started again; nothing is lost."""

import asyncio

from bot.rehearsal.cast import TITLE
from bot.rehearsal.expectations import StoryBroken
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads

ROOM = "ຈອງໂຮງຝຶກງານລົດຍົນ ແລະ ຫ້ອງປະຊຸມ ວັນທີ 18 ຫາ 22 ພຶດສະພາ"
HOSTS = "每位来访的培训师讲一节课，并旁听东道主的两节课。 #trainers"
BOARDS = "为来访培训师的课程准备六块接线板"
PATIENCE_SECONDS = 10


async def kill(stage: Stage) -> None:
    """One answer is on its way, one update is cut off with the line, then SIGKILL; one is written to a dead bot."""
    stage.transcript.chapter("The power fails in the middle of three commands")
    await stage.until(4, 23, 9)
    server = stage.server
    held = server.faults.add(FaultKind.HANG, method="sendMessage", chat_id=stage.group.id)
    cut = server.faults.add(FaultKind.DROP, method="getUpdates")
    stage.writes("vte_focal", f"/task {ROOM} @vte_alternate ກຳນົດ 8 ພຶດສະພາ #trainers")
    await server.wait_for(lambda: held.injected and cut.injected)
    given = server.world.updates.delivered
    stage.writes("kmg_focal", f"/decide {HOSTS}")
    await _handed_out(stage, given)
    await stage.bot.kill()
    stage.show()
    stage.transcript.happened(
        "The process is killed with SIGKILL. The first command is recorded, its answer was on the way to Telegram; "
        "the second was handed out by Telegram and lost with the line; the third finds nobody there."
    )
    trainer = stage.cast["kmg_trainer"]
    words = f"/task {BOARDS} {trainer.first_name} 截止 5月15日 #training"
    stage.writes("kmg_focal", words, mentions={trainer.first_name: trainer})
    server.faults.clear()


async def _handed_out(stage: Stage, before: int) -> None:
    """Until Telegram has given the next update out, over a line that is cut at that moment."""
    for _ in range(PATIENCE_SECONDS * 100):
        if stage.server.world.updates.delivered > before:
            return
        await asyncio.sleep(0.01)
    raise StoryBroken("The bot asked for no more updates.")


async def go_on(stage: Stage) -> None:
    """Started again, the bot answers all three, each once."""
    stage.transcript.happened("The program is started again, and goes on where it was.")
    await stage.goes_on()
    for name, words in (("T6", ROOM), ("D4", HOSTS), ("T7", BOARDS)):
        stage.expect(stage.said("group", f"{name} · ") == 1, f"{name} was recorded and answered once, over the crash")
        stage.expect(words in stage.card(name).text, f"{name} holds what was written")
    stage.expect(stage.said("group", "T8 · ") == 0, f"no task of {TITLE} was recorded twice")
    stage.expect(stage.server.world.updates.redelivered, "Telegram gave an update twice, and it was handled once")
    await stage.presses("kmg_focal", stage.card("D4"), "Agree")
    await stage.says("kmg_trainer", "/done T2 清单在共享文件夹里： https://example.org/instruments", private=True)
    stage.expect(reads(stage.card("T2").text, "example.org"), "T2 is done, with a link as evidence")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await kill(stage)
    await go_on(stage)
