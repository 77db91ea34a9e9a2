"""What is said about chats themselves."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.reply import Page
from handlers.voice import Say


def waits_for_code(say: Say) -> Page:
    """The one sentence in a chat that no working group uses yet."""
    return Page(
        say(
            "Good day. I keep the agreements and tasks of a working group. "
            "A coordinator binds this chat with <code>/link CODE</code>; without that I leave in ten minutes."
        )
    )


def goes_out(say: Say) -> Page:
    """Said before the bot leaves a chat nobody bound."""
    return Page(say("Nobody bound this chat to a working group, so I leave. You can add me again at any time."))


def put_out(group: str, say: Say) -> Page:
    """To the coordinators: the bot cannot write to the group any more."""
    return Page(
        say(
            "I was removed from the chat of <b>{group}</b> and cannot write there. "
            "Nothing is lost: add me again, and I go on where I was.",
            group=group,
        )
    )


def person_left(person: str, group: str, say: Say) -> Page:
    """To the coordinators: somebody went out of the chat and so out of the group."""
    return Page(
        say(
            "{person} left the chat of <b>{group}</b> and is no longer a member of the working group. "
            "Please look at the tasks this person had.",
            person=say.name(person),
            group=group,
        )
    )


def was_away(since: datetime, until: datetime, cities: Sequence[tuple[str, ZoneInfo]], say: Say) -> Page:
    """To a group, after an outage longer than Telegram keeps updates."""
    return Page(
        say(
            "I could not be reached from {since} to {until}. What you sent me in the first part of that time "
            "may be lost: please look whether something is missing and send it again.",
            since=say.moment(since, cities),
            until=say.moment(until, cities),
        )
    )


def was_restored(since: datetime, until: datetime, cities: Sequence[tuple[str, ZoneInfo]], say: Say) -> Page:
    """To a group, after the records were put back from a backup."""
    return Page(
        say(
            "My records had to be put back from a backup. What you sent me between {since} and {until} "
            "may be missing: please look and send it again. What I said in that time still stands above.",
            since=say.moment(since, cities),
            until=say.moment(until, cities),
        )
    )
