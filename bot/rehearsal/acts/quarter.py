"""29 June to 1 July: what was held stands in the plan, and the quarter is reported, on paper and in pictures."""

from collections.abc import Iterator

from bot.rehearsal.cast import TITLE
from bot.rehearsal.messages import Message
from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads

EXCHANGE = "First exchange of trainers #trainers"
LIST = "Send both schools the list of participants @coordinator A2 by 30 June"
WHO = "coordinator"
READERS = ("vte_focal", "kmg_focal", "coordinator")
"""One of each language: Lao, Chinese, English."""


async def held(stage: Stage) -> None:
    """The exchange of May becomes an activity: its days, its task, and who took part."""
    stage.transcript.chapter("What was held stands in the plan")
    await stage.until(6, 29, 9, 30)
    await stage.says(WHO, f"/plan add {EXCHANGE}", private=True)
    card = stage.card("A2", WHO)
    await stage.walks(WHO, card, "Change", "Lead side", "Vientiane", "Change", "Period", "‹", "18", "22")
    for side, words in (("Vientiane", "6 4"), ("Kunming", "2 3")):
        await stage.walks(WHO, card, "Participants", side)
        await stage.says(WHO, words, private=True, reply_to=stage.finds(WHO, "how many women and how many men"))
    await stage.says(WHO, f"/task {LIST}", private=True)
    await stage.says(WHO, "/done T33", private=True)
    await stage.says(WHO, "/a2", private=True)
    stage.expect(reads(stage.card("A2", WHO).text, "A2 · done"), "the exchange is done, because its task is")


async def drawn(stage: Stage) -> None:
    """The status and the plan as pictures, for the group and for one of each language."""
    stage.transcript.chapter("How things stand, as a picture")
    await stage.until(7, 1, 9)
    for command in ("/status", "/plan"):
        await stage.says("vte_focal", command)
        await stage.presses("vte_focal", _newest(stage, "group"), "As a picture")
        for who in READERS:
            await stage.says(who, command, private=True)
            if command == "/status" and who == WHO:
                await stage.presses(WHO, _newest(stage, WHO), TITLE)
            await stage.presses(who, _newest(stage, who), "As a picture")
    stage.expect(len(list(_pictures(stage))) == 2 * (1 + len(READERS)), "everybody got the pictures he asked for")


def _pictures(stage: Stage) -> Iterator[Message]:
    for chat in stage.server.world.chats.values():
        yield from (message for message in stage.server.world.from_bot(chat) if "photo" in message.content)


def _newest(stage: Stage, where: str) -> Message:
    return stage.server.world.from_bot(stage.group if where == "group" else stage.cast[where])[-1]


async def reported(stage: Stage) -> None:
    """The quarter on paper: for each of three languages, for both sides, to sign and to count."""
    stage.transcript.chapter("The quarter is reported")
    for who in READERS:
        await stage.says(who, "/report Q2", private=True)
        await stage.presses(who, _newest(stage, who), "Word")
    page = stage.finds(WHO, "Report: ")
    await stage.walks(WHO, page, "Excel", "CSV", "Word, both languages", "Excel, both languages")
    stage.expect(stage.said("group", "A report of this group was made"), "the group heard of the reports")
    names = [
        str(call.result["document"]["file_name"])
        for call in stage.server.log
        if call.ok and call.method == "sendDocument" and "report-" in str(call.result["document"]["file_name"])
    ]
    stage.expect(len(names) == 2 + len(READERS) + 2, f"every report came ({', '.join(sorted(set(names)))})")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await held(stage)
    await drawn(stage)
    await reported(stage)
