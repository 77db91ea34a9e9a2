"""The help on what is asked of the supporting project, and on the shelf."""

from collections.abc import Callable, Mapping

from handlers.views.help_topic import Topic
from handlers.voice import Say

SUPPORT_HELP: Mapping[str, Callable[[Say], Topic]] = {
    "step": lambda say: Topic(
        say("Add a step to the checklist of a task"),
        say("/step T17 TEXT"),
        say(
            "A step is ticked by its button behind “Steps” on the card, which shows how many are done. "
            "Example: <code>/step T17 Ask for two offers</code>"
        ),
    ),
    "after": lambda say: Topic(
        say("Say that a task comes after another one"),
        say("/after T17 T12"),
        say(
            "While T12 is late, its person hears of T17, not the one who waits. "
            "<code>/after T17 off</code> takes it away. Example: <code>/after T17 T12</code>"
        ),
    ),
    "repeat": lambda say: Topic(
        say("Let a task come again by a rule"),
        say("/repeat T17 RULE"),
        say(
            "The next one is given when the last is closed or due, on a working day of its side. "
            "Without a rule it shows the usual ones. <code>/repeat T17 off</code> ends it. "
            "Example: <code>/repeat T17 every month on the 5th</code>"
        ),
    ),
    "review": lambda say: Topic(
        say("Say when a decision is to be looked at again"),
        say("/review D3 DATE"),
        say(
            "On that day, when both sides are at work, I ask the group once whether it still holds. "
            "<code>/review D3 off</code> takes it away. Example: <code>/review D3 in 6 months</code>"
        ),
    ),
    "share": lambda say: Topic(
        say("Put a file or a link on the shelf of the group"),
        say("/share [WORDS] [#area]"),
        say(
            "Write it below a file, a photo or a video you send, as a reply to a message with a file, a voice message "
            "or a link, or with a link behind it. "
            "The file stays in this group. Example: <code>/share Module plan, final #curriculum</code>"
        ),
    ),
    "shelf": lambda say: Topic(
        say("What the group has on its shelf"),
        say("/shelf [#area|WORDS]"),
        say("It lists the files and links, newest first. Example: <code>/shelf module plan</code>"),
    ),
    "f6": lambda say: Topic(
        say("Get one file from the shelf, here F6"),
        say("/f6"),
        say("The number behind the f is the file's. I send it here, or in the private chat when you ask there."),
    ),
    "support": lambda say: Topic(
        say("Ask the project for support"),
        say("/support TEXT [by DATE]"),
        say(
            "An expert, funding, a translation, equipment, a letter: I ask for the kind and the date by buttons, "
            "and the coordinators answer. Without words, it lists what is open. "
            "Example: <code>/support An expert on welding for five days by 30 April</code>"
        ),
    ),
    "s5": lambda say: Topic(
        say("Show one request for support, here S5"),
        say("/s5"),
        say("The number behind the s is the request's. The button below the card shows its history."),
    ),
}
