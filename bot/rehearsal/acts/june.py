"""Friday 29 May: three languages at work: a date on a holiday, a search, a wording, both calendars side by side."""

from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads

VISAS = "准备六月来访老师的签证和保险"
WORDING = "ການແລກປ່ຽນຄູຝຶກຄັ້ງທຳອິດ ຈັດຂຶ້ນທີ່ວຽງຈັນ ແຕ່ວັນທີ 18 ຫາ 22 ພຶດສະພາ."


async def on_a_holiday(stage: Stage) -> None:
    """T9 is due on the Dragon Boat Festival: the bot says so and offers days on which both sides work."""
    stage.transcript.chapter("A date on a holiday of one side, and words that are no date")
    await stage.until(5, 29, 14)
    await stage.says("kmg_focal", f"/task {VISAS} @kmg_alternate 截止6月19日 #trainers")
    stage.expect(stage.said("group", "端午节"), "a due date on the Dragon Boat Festival is asked about, by its name")
    await stage.says("kmg_focal", "/due T9 尽快", private=True)
    stage.expect(stage.said("kmg_focal", "尽快"), "words that are no date are refused with a sentence")
    stage.expect(VISAS in stage.card("T9").text, "T9 stands as it was written")


async def found(stage: Stage) -> None:
    """A search in Lao finds what was written in Chinese."""
    stage.transcript.chapter("Found in another language, written in both")
    await stage.says("vte_trainer", "/find ວີຊາ", private=True)
    stage.expect(stage.said("vte_trainer", VISAS), "ວີຊາ finds the task about 签证")
    await stage.says("vte_focal", f"/text D3 {WORDING}")
    stage.expect(WORDING in stage.card("D3").text, "D3 shows its Lao wording beside the Chinese original")


async def side_by_side(stage: Stage) -> None:
    """Two weeks of both sides, the coming days off, and the language a person reads."""
    stage.transcript.chapter("Two calendars, and each person's language")
    await stage.says("coordinator", "/when", private=True)
    stage.expect(
        stage.said("coordinator", "Hours in common"), "the coordinator sees the hours both sides have in common"
    )
    await stage.says("kmg_alternate", "/calendar", private=True)
    stage.expect(stage.said("kmg_alternate", "中秋节"), "the next days off come by name, in Chinese")
    await stage.says("vte_alternate", "/language", private=True)
    question = stage.finds("vte_alternate", "Which language shall it be?")
    await stage.presses("vte_alternate", question, "English")
    await stage.says("vte_alternate", "/mine", private=True)
    said = stage.server.world.from_bot(stage.cast["vte_alternate"])[-1].text
    stage.expect(not reads(said, "ໜ້າວຽກ"), "who chose English reads English")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await on_a_holiday(stage)
    await found(stage)
    await side_by_side(stage)
