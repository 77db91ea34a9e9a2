"""The sentence for a date that cannot be taken, by its reason."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from handlers.rules.text import clip
from handlers.voice import Say

Values = Mapping[str, Any]
QUOTED = 60
"""UTF-16 units of what somebody wrote that a refusal repeats."""


def date_unread(say: Say, values: Values) -> Markup:
    quoted = clip(str(values.get("text", "")), QUOTED)
    match str(values.get("reason", "")):
        case "past":
            return say("“{text}” is already past. Please give a date from today on.", text=quoted)
        case "too_far":
            return say("“{text}” is too far ahead. Please give a date within five years.", text=quoted)
        case "no_calendar":
            return say(
                "“{text}”: no calendar of that year with this holiday is known yet. "
                "Please give the date itself, such as 2026-04-30.",
                text=quoted,
            )
        case "no_such_time":
            return say(
                "I cannot tell the time in “{text}”. Please write it like 09:00 or 17:30, "
                "and 23:59 for the end of a day.",
                text=quoted,
            )
        case "weekday_differs":
            return say("In “{text}” weekday and date do not fit together. Please give one of them.", text=quoted)
        case "no_such_day":
            return say("There is no such day as “{text}”. Please look at the calendar and write it again.", text=quoted)
    return say(
        "I cannot read “{text}” as a date. You can write 2026-04-30, 30/4, 30 April, tomorrow, Friday or in 3 days.",
        text=quoted,
    )
