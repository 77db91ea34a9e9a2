"""Wednesday 1 April: the chat is bound, people join, focal points and alternates are named."""

from bot.rehearsal.cast import CAST, KUNMING, TITLE, VIENTIANE
from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads

SIDES = (("vte", VIENTIANE), ("kmg", KUNMING))
NAMES = {part.key: part.name for part in CAST}


async def bind(stage: Stage) -> None:
    """A coordinator comes by his invitation and binds the chat with the code."""
    stage.transcript.chapter("The chat becomes the room of a working group")
    stage.transcript.happened(
        "On the computer where the bot runs, “focalpoint group add” and “focalpoint coordinator add” have printed "
        "a code for the chat and an invitation for the coordinator."
    )
    await stage.opens("coordinator", stage.codes["coordinator"], "follows the invitation")
    stage.expect(stage.said("coordinator", "You are a coordinator"), "the invitation made its opener a coordinator")
    stage.transcript.happened("The coordinator opens a group in Telegram, adds everybody, and adds the bot.")
    everybody = [stage.cast[part.key] for part in CAST]
    stage.room = stage.server.world.group(TITLE, everybody, kind="supergroup")
    await stage.settle()
    stage.expect(stage.said("group", "/link CODE"), "a chat that nobody bound got one sentence")
    await stage.says("coordinator", f"/link {stage.codes['link']}")
    stage.expect(stage.said("group", "now belongs to the working group"), "the code bound the chat")


async def join(stage: Stage) -> None:
    """Two people say which side they are on and become its focal points; they confirm the rest of their sides."""
    stage.transcript.chapter("Everybody says which side they are on")
    await stage.presses("vte_focal", stage.finds("group", "Please press Join"), "Join")
    for key, side in SIDES:
        await _join(stage, f"{key}_focal", side, "coordinator")
    stage.transcript.chapter("Focal points and alternates")
    for key, side in SIDES:
        await _name_focal_point(stage, key, side)
        await _join(stage, f"{key}_alternate", side, f"{key}_focal")
        await _join(stage, f"{key}_trainer", side, f"{key}_focal")
        await stage.says(f"{key}_focal", f"/alternate @{key}_alternate")
        stage.expect(stage.said("group", f"is the alternate of {side}"), f"{side} has its alternate")


async def _join(stage: Stage, who: str, side: str, confirming: str) -> None:
    toast = await stage.presses(who, stage.finds("group", "Which side of"), side)
    stage.expect(NAMES[confirming] in toast, f"{NAMES[who]} was told who confirms")
    question = stage.finds(confirming, f"{NAMES[who]} asks to join")
    await stage.presses(confirming, question, "Confirm")
    stage.expect(stage.said(confirming, f"{NAMES[who]} is a member"), f"{NAMES[who]} is a member")
    await stage.opens_private(who, stage.finds("group", f"{NAMES[who]}: welcome"))


async def _name_focal_point(stage: Stage, key: str, side: str) -> None:
    await stage.says("coordinator", f"/focal @{key}_focal")
    question = stage.finds(f"{key}_focal", "Do you agree for")
    await stage.presses(f"{key}_focal", question, "Agree")
    stage.expect(stage.said("group", f"is the focal point of {side}"), f"{side} said yes to its focal point")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await bind(stage)
    await join(stage)
    await stage.says("coordinator", "/people")
    listed = stage.finds("group", "Technical college in Vientiane").text
    stage.expect(not reads(listed, "no private chat"), "everybody can be reached in private")
