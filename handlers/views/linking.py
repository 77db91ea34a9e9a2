"""What is said when a chat is bound to a working group, and when it is separated from it."""

from typing import Any

from handlers.reply import Button, Page, View
from handlers.voice import Say


def linked(group: str, private_chat: str) -> View:
    """The greeting in a chat that has just become the room of the group."""

    def view(say: Say) -> Page:
        rows = (
            (Button(say("Join"), "join.choose"),),
            (Button(say("Open private chat"), url=private_chat),),
        )
        return Page(
            say(
                "This chat now belongs to the working group <b>{group}</b>. I keep what both sides agree "
                "and who does what by when. Please press Join, each of you, and say which side you are on.",
                group=group,
            ),
            rows,
        )

    return view


def confirm(group: str, args: dict[str, Any]) -> View:
    """The question to the focal points whether the chat is to be separated."""

    def view(say: Say) -> Page:
        rows = ((Button(say("Separate"), "unlink.confirm", args), Button(say("Keep"), "unlink.keep", args)),)
        return Page(
            say(
                "A coordinator asks to separate this chat from the working group <b>{group}</b>. "
                "A focal point of either side confirms it here. All records are kept.",
                group=group,
            ),
            rows,
        )

    return view


def unlinked(group: str, *, leaves: bool) -> View:
    """The chat is separated; `leaves` when nothing else of it is bound."""

    def view(say: Say) -> Page:
        said = say("This chat no longer belongs to <b>{group}</b>. All records are kept.", group=group)
        if leaves:
            said += " " + say("I leave in ten minutes, unless it is bound again with <code>/link CODE</code>.")
        return Page(said)

    return view


def kept(group: str) -> View:
    """The chat stays the group's."""

    def view(say: Say) -> Page:
        return Page(say("This chat stays with the working group <b>{group}</b>.", group=group))

    return view
