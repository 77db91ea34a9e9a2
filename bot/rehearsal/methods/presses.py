"""Answering a press."""

from bot.rehearsal.entities import units
from bot.rehearsal.presses import ANSWER_SECONDS
from bot.rehearsal.records import Json
from bot.rehearsal.refusals import bad
from bot.rehearsal.state import State

LONGEST_TOAST = 200
_TOO_LATE = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(state: State, parameters: Json) -> bool:
    """answerCallbackQuery: once, soon, and in at most 200 units."""
    press = state.presses.get(parameters["callback_query_id"])
    if press is None or press.answer is not None or press.expired:
        raise bad(_TOO_LATE)
    if state.clock() - press.at > ANSWER_SECONDS:
        raise bad(_TOO_LATE)
    if units(parameters.get("text", "")) > LONGEST_TOAST:
        raise bad("MESSAGE_TOO_LONG")
    _check_url(parameters.get("url"), state.bot.username or "")
    press.answer = {key: value for key, value in parameters.items() if key != "callback_query_id"}
    state.bell.ring()
    return True


def _check_url(url: str | None, name: str) -> None:
    """A press may open only a link to the bot itself."""
    if url is not None and not url.lower().startswith(f"https://t.me/{name.lower()}?start="):
        raise bad("URL_INVALID")
