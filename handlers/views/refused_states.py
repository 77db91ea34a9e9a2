"""The sentence for what a record's state does not allow."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from handlers.voice import Say

Values = Mapping[str, Any]


def not_now(say: Say, values: Values) -> Markup:
    name, state = values.get("name", ""), _state(say, str(values.get("state", "")))
    return say("{name} is {state}, so that is not possible now.", name=name, state=state)


def _state(say: Say, state: str) -> Markup:
    words = {
        "open": say("open"),
        "in_progress": say("in progress"),
        "waiting": say("waiting for the other side"),
        "blocked": say("blocked"),
        "reported": say("done, waits for the OK"),
        "done": say("done"),
        "cancelled": say("cancelled"),
        "proposed": say("proposed"),
        "agreed": say("agreed"),
        "objected": say("objected to"),
        "withdrawn": say("withdrawn"),
        "superseded": say("superseded"),
        "dropped": say("called off"),
        "meeting_asked": say("without a time yet"),
        "meeting_proposed": say("without a time yet"),
        "meeting_fixed": say("not open"),
        "meeting_open": say("going on"),
        "meeting_held": say("over"),
        "meeting_cancelled": say("called off"),
        "minutes_agreed": say("agreed"),
        "minutes_unopposed": say("agreed"),
        "taken_off": say("taken off the shelf"),
        "granted": say("granted"),
        "partly": say("granted in part"),
        "declined": say("declined"),
        "asked": say("asked for"),
        "question": say("asked back"),
        "begun": say("begun"),
        "nothing_imported": say("without anything to take back"),
        "taken_back": say("taken back already"),
        "older_than_a_day": say("older than 24 hours"),
    }
    return words.get(state, say("in another state"))
