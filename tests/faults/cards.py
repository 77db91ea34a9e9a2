"""First cards of tasks, as the stand-in server's log shows them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from weakref import WeakKeyDictionary

from bot.rehearsal.calls import Call
from bot.rehearsal.server import BotApiServer

CARD = re.compile(r"<b>T(\d+)</b> · [\w ]+\n\n(Point \d+)\n")


Card = tuple[int, str, int]
"""Number, point, chat."""


class Said:
    """What the log of one server showed so far; asked again, it reads on where it stopped."""

    def __init__(self) -> None:
        self._read = 0
        self.messages = 0
        self.cards: Counter[Card] = Counter()
        self.points: set[str] = set()

    def read_on(self, server: BotApiServer) -> "Said":
        """The same, with what the log holds by now."""
        for text, chat in _sent(server.log[self._read :]):
            self.messages += 1
            if card := CARD.match(text):
                self.cards[int(card[1]), card[2], chat] += 1
                self.points.add(card[2])
        self._read = len(server.log)
        return self


_SAID: WeakKeyDictionary[BotApiServer, Said] = WeakKeyDictionary()


def said(server: BotApiServer) -> Said:
    """Everything this server was told to send; cheap enough to be asked after every call of a long run."""
    return _SAID.setdefault(server, Said()).read_on(server)


def _sent(calls: Iterable[Call]) -> Iterator[tuple[str, int]]:
    for call in calls:
        if call.ok and call.method == "sendMessage":
            yield str(call.params.get("text")), int(call.params["chat_id"])


def sent(server: BotApiServer) -> list[tuple[str, int]]:
    """(text, chat) of each message that was sent."""
    return list(_sent(server.log))


def cards(server: BotApiServer) -> Counter[Card]:
    """How often each first card was sent; one given in private is shown in the group too."""
    return said(server).cards


def shown(server: BotApiServer) -> Counter[tuple[str, int]]:
    """How often each point's card was shown in each chat."""
    return Counter({(point, chat): times for (_, point, chat), times in cards(server).items()})


def answered(server: BotApiServer) -> frozenset[str]:
    """The points whose card was shown; a fault may lie over a call that was done."""
    return frozenset(said(server).points)
