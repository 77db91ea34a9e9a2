"""The help on what is asked of the supporting project."""

from collections.abc import Callable, Mapping

from handlers.views.help_topic import Topic
from handlers.voice import Say

SUPPORT_HELP: Mapping[str, Callable[[Say], Topic]] = {
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
