"""Bad weather for the stand-in server: faults by kind and by chance, until so many have struck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from bot.rehearsal.faults import Fault, FaultKind
from bot.rehearsal.records import Json

UNSURE = frozenset({FaultKind.TRUNCATED, FaultKind.EMPTY, FaultKind.DROP, FaultKind.RESET})
"""After these nobody knows whether the call was done; the bot makes such a call once more, and only once."""
OPEN = frozenset({FaultKind.HANG, FaultKind.SILENT})
"""The same with a connection that stays open: only for a client whose patience is short."""
SURE = (FaultKind.FLOOD, FaultKind.GATEWAY, FaultKind.NOT_OK)
SURE_WITHOUT_CHAT = (FaultKind.GATEWAY, FaultKind.NOT_OK)
"""A 429 for a call that belongs to no chat would be one for all."""
GATEWAYS = (500, 502, 503, 504)
LONGEST_FLOOD = 40
HARMLESS: Mapping[str, Sequence[str]] = {
    "answerCallbackQuery": ("Bad Request: query is too old and response timeout expired or query ID is invalid",),
    "editMessageText": ("Bad Request: message is not modified", "Bad Request: message to edit not found"),
    "sendMessage": ("Bad Request: message to be replied not found",),
}
"""What Telegram refuses although nothing is wrong, by method."""


@dataclass
class Weather:
    """Each call meets a fault with the probability `odds`, `total` times over all; polls are left alone.

    A flood is of one chat: a 429 does not say how far it reaches, and calls to other chats are on their way already.
    """

    chance: Random
    total: int
    odds: float = 0.85
    half_open: int = 0
    """How many of the calls may meet a connection that stays open without an answer."""
    struck: int = 0
    _unsure: set[str] = field(default_factory=set)

    def strike(self, method: str, chat_id: int | None, raw: Json) -> Fault | None:
        """The fault this call meets, counted; None when it may pass."""
        if method.startswith("get") or self.struck >= self.total or self.chance.random() >= self.odds:
            return None
        self.struck += 1
        fault = self._fault(method, chat_id, raw)
        fault.injected = 1
        return fault

    def _fault(self, method: str, chat_id: int | None, raw: Json) -> Fault:
        sure = SURE if chat_id is not None else SURE_WITHOUT_CHAT
        kinds = [*sure, *self._unsure_ones(method, raw)]
        if chat_id is not None and method in HARMLESS and self._is_reply(method, raw):
            kinds.append(FaultKind.STATUS)
        kind = self.chance.choice(kinds)
        fault = Fault(kind, method, chat_id, status=self.chance.choice(GATEWAYS))
        if kind is FaultKind.STATUS:
            fault.status, fault.description = 400, self.chance.choice(HARMLESS[method])
        if kind is FaultKind.NOT_OK:
            fault.status, fault.description = 500, "Internal Server Error"
        self.half_open -= kind in OPEN
        fault.retry_after = self.chance.randint(1, LONGEST_FLOOD)
        if kind in UNSURE | OPEN:
            self._unsure.add(_name(method, raw))
        return fault

    def _unsure_ones(self, method: str, raw: Json) -> Sequence[FaultKind]:
        if _name(method, raw) in self._unsure:
            return ()
        return sorted(UNSURE | OPEN if self.half_open else UNSURE)

    @staticmethod
    def _is_reply(method: str, raw: Json) -> bool:
        """A message that answers nothing is never refused for what it answers."""
        return method != "sendMessage" or "reply_parameters" in raw


def _name(method: str, raw: Json) -> str:
    """What tells one call from another: its words, or the press it answers."""
    return f"{method} {raw.get('chat_id')} {raw.get('text') or raw.get('callback_query_id') or sorted(raw)}"
