"""First cards of tasks, as the stand-in server's log shows them."""

import re
from collections import Counter

from bot.rehearsal.server import BotApiServer

CARD = re.compile(r"<b>T(\d+)</b> · [\w ]+\n\n(Point \d+)\n")


def sent(server: BotApiServer) -> list[tuple[str, int]]:
    """(text, chat) of each message that was sent."""
    calls = [call.params for call in server.log if call.ok and call.method == "sendMessage"]
    return [(str(params.get("text")), int(params["chat_id"])) for params in calls]


def cards(server: BotApiServer) -> Counter[tuple[int, str, int]]:
    """How often each first card was sent: (number, point, chat); one given in private is shown in the group too."""
    return Counter((int(card[1]), card[2], chat) for text, chat in sent(server) if (card := CARD.match(text)))


def shown(server: BotApiServer) -> Counter[tuple[str, int]]:
    """How often each point's card was shown in each chat."""
    return Counter({(point, chat): times for (_, point, chat), times in cards(server).items()})


def answered(server: BotApiServer) -> set[str]:
    """The points whose card was shown; a fault may lie over a call that was done."""
    return {point for point, _ in shown(server)}
