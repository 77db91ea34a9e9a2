"""10 to 18 June: a request to the supporting project is answered by a button; a task falls before a day off."""

from datetime import date

from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads

METERS = "ເຄື່ອງວັດແທກໄຟຟ້າ 6 ໜ່ວຍ ສຳລັບໂຮງຝຶກງານລົດຍົນ ກຳນົດ 31 ກໍລະກົດ"


async def asked(stage: Stage) -> None:
    """A trainer asks, the coordinator grants it in private, both cards follow."""
    stage.transcript.chapter("Support is asked for, and granted by a button")
    await stage.until(6, 10, 9)
    await stage.says("vte_trainer", f"/support {METERS}")
    await stage.presses("vte_trainer", stage.finds("group", "what is asked for?"), "Equipment")
    private = stage.card("S1", "coordinator")
    stage.expect(reads(private.text, "Equipment"), "the coordinator reads in private what is asked for")
    toast = await stage.presses("kmg_focal", stage.card("S1"), "Granted")
    stage.expect(reads(toast, "not yours"), "nobody but a coordinator answers for the project")
    await stage.presses("coordinator", private, "Granted")
    stage.expect(reads(stage.card("S1").text, "granted"), "the card in the group shows that it is granted")
    stage.expect(reads(stage.finds("vte_trainer", "S1 ").text, "granted"), "who asked was told in private")


async def before_a_day_off(stage: Stage) -> None:
    """T9 is due on the Dragon Boat Festival: its person hears of it on the days before, and none on the day."""
    stage.transcript.chapter("The Dragon Boat Festival: Kunming is off, Vientiane works")
    await stage.until(6, 18, 10)
    stage.expect(stage.reminded("kmg_alternate", "T9", on=date(2026, 6, 18)), "T9 was nudged on the day before")
    await stage.presses("kmg_alternate", stage.finds("kmg_alternate", "T9 "), "Done")
    before = len(stage.server.log)
    await stage.until(6, 19, 18)
    private = {stage.cast[who].id for who in ("kmg_focal", "kmg_alternate", "kmg_trainer")}
    told = [call for call in stage.server.log[before:] if call.method == "sendMessage" and call.chat_id in private]
    stage.expect(not told, "nothing was written to anybody in Kunming on 19 June")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await asked(stage)
    await before_a_day_off(stage)
