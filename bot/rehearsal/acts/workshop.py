"""2 to 9 June: a workshop gets its time from two calendars, is held, written down, and agreed by both sides."""

from datetime import date

from bot.rehearsal.cast import CAST
from bot.rehearsal.messages import Message
from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads
from handlers.drawing.png import png

TITLE = "ກອງປະຊຸມປຶກສາຫາລື ກ່ຽວກັບໂມດູນໄຟຟ້າລົດຍົນ"
PLACE = "ຫ້ອງປະຊຸມ 2, ວຽງຈັນ https://example.org/room"
INTERPRETER = "ນາຍພາສາ ຈາກໂຄງການ"
HOURS = "讨论汽车电气模块的能力标准和课时 @vte_focal 20分钟"
SHEETS = "ໃບສັ່ງວຽກ ແລະ ອຸປະກອນທີ່ຍັງຂາດ @vte_trainer 15 ນາທີ"
GUESTS = "ທ່ານ ກ, ຫົວໜ້າໂຮງຝຶກງານ, Vientiane\n甲老师, 车间主任, Kunming"
OURS = "ຈຳນວນ 120 ຊົ່ວໂມງ ພຽງພໍ, ຖ້າ 80 ຊົ່ວໂມງ ເປັນພາກປະຕິບັດ."
THEIRS = "同意120学时，安全操作应单独列为一个单元。"
METERS = "ຂາດເຄື່ອງວັດແທກໄຟຟ້າ 6 ໜ່ວຍ; ທີ່ເຫຼືອມີຄົບແລ້ວ."
POINT = "ໂມດູນໄຟຟ້າລົດຍົນມີ 120 ຊົ່ວໂມງ, ໃນນັ້ນ 80 ຊົ່ວໂມງ ເປັນພາກປະຕິບັດ, ແລະ ເລີ່ມສອນໃນເດືອນ 9 ປີ 2026. #curriculum"
TRANSLATE = "把模块的任务单译成中文 @kmg_alternate 截止7月15日 #curriculum"
REPORT = "/done T8 https://example.org/report-1"
PEOPLE = {part.key: part.name for part in CAST}
COMING = ("vte_focal", "vte_trainer", "kmg_focal", "kmg_alternate")
ROOM = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><rect width="320" height="180" fill="#dfe7ea"/>'
    '<rect x="90" y="14" width="140" height="62" fill="#fdfdfb" stroke="#6b7a80" stroke-width="3"/>'
    '<path d="M104 34h90M104 48h110M104 62h70" stroke="#9db0b7" stroke-width="4"/>'
    '<rect x="40" y="120" width="240" height="42" rx="8" fill="#9a6a3c"/>{people}</svg>'
)
SEAT = '<circle cx="{x}" cy="98" r="11" fill="{skin}"/><rect x="{left}" y="108" width="30" height="22" rx="8"/>'


async def called(stage: Stage) -> None:
    """A workshop is called; the focal points choose among the times at which both sides work."""
    stage.transcript.chapter("A workshop finds its time in two calendars")
    await stage.until(6, 2, 9)
    await stage.says("vte_focal", f"/meet {TITLE}")
    card = stage.card("M1")
    stage.expect(reads(card.text, "When can you come?"), "the workshop is proposed with times to choose from")
    await _arranged(stage, card)
    await stage.walks("vte_focal", card, "3", "4")
    toast = await stage.presses("kmg_trainer", card, "4")
    stage.expect(reads(toast, "not yours to change"), "who speaks for no side chooses no time")
    stage.expect(not stage.said("group", "is fixed"), "one side alone fixes no time")
    await stage.presses("kmg_focal", card, "4")
    stage.expect(stage.said("group", "is fixed") == 1, "the group heard once that the time is fixed")


async def _arranged(stage: Stage, card: Message) -> None:
    """Where it is held, who leads it, writes and interprets, in which languages."""
    who = "vte_focal"
    await stage.walks(who, card, "Arrange", "Place or link")
    await stage.says(who, PLACE, reply_to=stage.finds("group", "where is it held?"))
    await stage.walks(who, card, "Arrange", "Moderator", "More ›", PEOPLE["vte_focal"])
    await stage.walks(who, card, "Arrange", "Minute taker", PEOPLE["kmg_alternate"])
    await stage.walks(who, card, "Arrange", "Interpreter", "Somebody else")
    await stage.says(who, INTERPRETER, reply_to=stage.finds("group", "what is the interpreter called?"))
    await stage.walks(who, card, "Arrange", "Languages", "ພາສາລາວ", "中文", "Back to the card")
    stage.expect("example.org" in card.text and INTERPRETER in card.text, "M1 shows how it is held")


async def prepared(stage: Stage) -> None:
    """Everybody is invited with a calendar file; the agenda grows; who did not answer is asked once."""
    stage.transcript.chapter("Invitations, an agenda, and one who has not answered")
    invited = [who for who in PEOPLE if stage.said(who, "You are invited to M1")]
    stage.expect(len(invited) == len(PEOPLE) - 1, "everybody who can be reached was invited in private")
    stage.expect(len(_calendars(stage)) == len(invited), "each invitation brought a file for the calendar")
    for who in COMING:
        await stage.presses(who, stage.finds(who, "You are invited to M1"), "Coming")
    await stage.presses("vte_alternate", stage.finds("vte_alternate", "You are invited to M1"), "Not coming")
    await stage.until(6, 3, 9)
    await stage.says("kmg_focal", f"/agenda M1 {HOURS}")
    await stage.says("vte_trainer", f"/agenda M1 {SHEETS}")
    await stage.until(6, 4, 18)
    stage.expect(stage.reminded("coordinator", "M1", on=date(2026, 6, 4)), "who has not answered was asked once")
    stage.expect(not stage.reminded("kmg_focal", "M1"), "who has answered was left in peace")
    await stage.presses("coordinator", stage.finds("coordinator", "waits for your answer"), "Coming")
    await stage.until(6, 8, 9)
    stage.expect(stage.said("kmg_focal", "is near"), "those who come heard of it on the last working day before")
    card = stage.card("M1")
    await stage.walks("vte_focal", card, "Agenda", "T8", "Back to the card")
    stage.expect("T8" in card.text, "a late task was offered for the agenda, and put on it")


def _calendars(stage: Stage) -> list[str]:
    documents = (call.result.get("document", {}) for call in stage.server.log if call.method == "sendDocument")
    return [name for each in documents if (name := str(each.get("file_name", ""))).endswith(".ics")]


async def held(stage: Stage) -> None:
    """It is opened, people are there, what is said is written down, both sides agree to a point, it is closed."""
    stage.transcript.chapter("The workshop is held")
    await stage.until(6, 8, 13)
    stage.expect(stage.said("kmg_alternate", "begins soon"), "those who come heard of it a quarter of an hour before")
    card = stage.card("M1")
    await stage.presses("vte_focal", card, "Open the meeting")
    await _present(stage, card)
    await _spoken(stage)
    await stage.says("vte_focal", f"/agreed {POINT}")
    notice = stage.finds("kmg_focal", "wrote down that you agreed")
    await stage.presses("kmg_focal", notice, "Confirm")
    stage.expect(reads(stage.card("D5").text, "D5 · agreed"), "what both sides said in session is agreed")
    await stage.says("kmg_focal", f"/task {TRANSLATE}")
    await stage.until(6, 8, 13, 30)
    await stage.says("vte_focal", "/next")
    await stage.says("vte_focal", f"/note @vte_trainer {METERS}")
    await stage.shows("kmg_alternate", png(_room()), "/photo M1")
    await stage.says("vte_focal", "/next")
    await stage.says("vte_focal", REPORT)
    await stage.until(6, 8, 13, 50)
    await stage.says("vte_focal", "/close")
    stage.expect(stage.said("group", "is over. The minutes are with both focal points") == 1, "the workshop is over")


async def _present(stage: Stage, card: Message) -> None:
    """Some press that they are there; the moderator marks one more, and writes down two without Telegram."""
    for who in COMING[1:]:
        await stage.presses(who, card, "I am here")
    await stage.walks("vte_focal", card, "Somebody else", PEOPLE["kmg_trainer"], "By name")
    await stage.says("vte_focal", GUESTS, reply_to=stage.finds("group", "who is there without Telegram?"))
    stage.expect(card.text.endswith(": 7"), "seven are there, two of them without Telegram")


async def _spoken(stage: Stage) -> None:
    await stage.says("vte_focal", f"/note {OURS}")
    await stage.says("kmg_alternate", f"/note @kmg_focal {THEIRS}")


def _room() -> str:
    """A picture of the workshop, drawn: no photo of anybody travels with the program."""
    skins = ("#c98f62", "#e0b18a", "#b97d52", "#dba77e", "#c98f62", "#e0b18a", "#b97d52")
    seats = (SEAT.format(x=64 + 32 * at, left=49 + 32 * at, skin=skin) for at, skin in enumerate(skins))
    return ROOM.format(people=f'<g fill="#3f5a66">{"".join(seats)}</g>')


async def minuted(stage: Stage) -> None:
    """The minutes are with both sides, each agrees, and they can be signed on paper."""
    stage.transcript.chapter("Minutes that both sides agree to")
    minutes = {who: stage.finds(who, "Minutes of M1") for who in ("vte_focal", "kmg_focal")}
    for who, message in minutes.items():
        said = all(words in message.text for words in (THEIRS, METERS, "T32", "D5"))
        stage.expect(said, f"the minutes for {PEOPLE[who]} hold what was said, agreed and given to do")
    await stage.presses("vte_focal", minutes["vte_focal"], "Agree")
    stage.expect(not stage.said("group", "The minutes of M1"), "one side alone does not agree minutes")
    await stage.until(6, 9, 9)
    await stage.presses("kmg_focal", minutes["kmg_focal"], "Agree")
    stage.expect(stage.said("group", "are agreed by both sides"), "the minutes are agreed by both sides")
    await stage.presses("kmg_focal", minutes["kmg_focal"], "As a Word document")
    await stage.presses("vte_trainer", stage.card("M1"), "History")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await called(stage)
    await prepared(stage)
    await held(stage)
    await minuted(stage)
