"""The log of what the bot asked for: the truth that tests hold against the bot's own records."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.rehearsal.records import Json


@dataclass(frozen=True)
class Call:
    """One request of the bot and how it ended; `fault` names the fault that was ordered for it, if any."""

    at: datetime
    method: str
    params: Json
    chat_id: int | None
    ok: bool
    status: int
    description: str | None = None
    result: Any = None
    fault: str | None = None

    def line(self) -> str:
        """One line for somebody who looks why a test failed; no longer than a screen is wide."""
        words = str(self.params.get("text") or self.params.get("caption") or "")[:60]
        end = "" if self.ok else f" -> {self.status} {self.description}"
        return f"{self.method} chat={self.chat_id} {words!r}{end}"
