"""What a row of an answer says beside whose and to what it is: the same for decisions and for minutes."""

from typing import Any

from handlers.request import Request
from storage.kinds import Verdict


def in_own_words(request: Request, verdict: Verdict, reason: str = "") -> dict[str, Any]:
    """The asker answers for himself."""
    return {"person_id": request.person.id, **_said(request, verdict, reason)}


def for_another(request: Request, verdict: Verdict, *, evidence: str, reason: str = "") -> dict[str, Any]:
    """The asker writes it down for somebody who said so elsewhere."""
    return {"recorded_by": request.person.id, "evidence": evidence, **_said(request, verdict, reason)}


def _said(request: Request, verdict: Verdict, reason: str) -> dict[str, Any]:
    heard = request.heard
    return {
        "verdict": verdict,
        "reason": reason,
        "bot_id": heard.bot_id,
        "update_id": heard.update_id,
        "answered_at": request.now,
    }
