"""Thursday 2 April: one decision agreed by both sides, one objected to with a reason and replaced."""

from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads

CURRICULUM = (
    "ທັງສອງໂຮງຮຽນຂຽນຫຼັກສູດສາຂາລົດຍົນ ແລະ ສາຂາໄຟຟ້າຮ່ວມກັນ ເທື່ອລະໂມດູນ. ໂມດູນທີ່ຕົກລົງແລ້ວ ຝ່າຍໃດຈະປ່ຽນຕ້ອງແຈ້ງອີກຝ່າຍກ່ອນ. #curriculum"
)
EXCHANGE = "第一次培训师交流于4月13日至17日在万象举行。 #trainers"
OBJECTION = "ວັນທີ 14 ຫາ 16 ເມສາ ເປັນບຸນປີໃໝ່ລາວ. ໂຮງຝຶກງານປິດ ແລະ ບໍ່ມີຜູ້ໃດຮັບແຂກໄດ້."
BETTER = "第一次培训师交流于5月18日至22日在万象举行。 #trainers"


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
    stage.expect(reads(toast, "not yours"), "a member who is no focal point cannot agree for his side")
    await stage.presses("vte_focal", stage.card("D2"), "Object")
    await stage.says("vte_focal", OBJECTION, reply_to=stage.finds("group", "what is the objection"))
    stage.expect(reads(stage.card("D2").text, "D2 · objected"), "D2 shows the objection")
    stage.expect(reads(stage.card("D2").text, "ບຸນປີໃໝ່ລາວ"), "D2 shows its reason")
    await stage.says("kmg_focal", f"/supersede D2 {BETTER}")
    await stage.presses("kmg_focal", stage.card("D3"), "Agree")
    await stage.presses("vte_focal", stage.card("D3"), "Agree")
    stage.expect(reads(stage.card("D2").text, "D2 · superseded"), "D2 is superseded")
    stage.expect(reads(stage.card("D2").text, "D3 has taken its place"), "D2 points to D3")
    stage.expect(reads(stage.card("D3").text, "taken the place of D2"), "D3 points back to D2")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await agree(stage)
    await replace(stage)
