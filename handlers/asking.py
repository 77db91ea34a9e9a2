"""Asking a person for words; they come back to the handler of the question with its arguments."""

from collections.abc import Mapping
from typing import Any

from handlers.reply import Answer, Reply, View, says
from handlers.request import Request
from storage import dialogues


async def ask(request: Request, *, kind: str, view: View, args: Mapping[str, Any]) -> Reply:
    """Ask whoever wrote or pressed, here; `kind` names the handler of the answer among the dialogues."""
    key = f"ask:{request.heard.update_id}"
    await dialogues.ask(
        request.session,
        person_id=request.person.id,
        chat_id=request.heard.chat_id,
        thread_id=request.heard.thread_id,
        kind=kind,
        args=args,
        group_id=request.here().id,
        prompt_key=key,
        at=request.now,
    )
    return says(Answer(view, key=key))
