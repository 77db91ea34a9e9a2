"""What the commands for coming in, for language and privacy, and for who is who are for."""

from collections.abc import Callable, Mapping

from handlers.views.help_topic import Topic
from handlers.voice import Say

PEOPLE: Mapping[str, Callable[[Say], Topic]] = {
    "start": lambda say: Topic(
        say("What this bot is, and the private chat with it"),
        say("/start"),
        say(
            "Write it to me in private once. From then on I can remind you there, in your own working time. "
            "An invitation opens with the same command by itself."
        ),
    ),
    "help": lambda say: Topic(
        say("What you can write, with examples"),
        say("/help [command]"),
        say("With a command behind it, it explains that one. Example: <code>/help task</code>"),
    ),
    "language": lambda say: Topic(
        say("Choose the language in which I write to you"),
        say("/language"),
        say(
            "English, Chinese or Lao, by button. It concerns you alone; in the group I use the languages of both sides."
        ),
    ),
    "cancel": lambda say: Topic(
        say("Forget the question I asked you"),
        say("/cancel"),
        say("When I wait for a reason or a date from you, this ends the question. Nothing is changed."),
    ),
    "privacy": lambda say: Topic(
        say("What is stored about you, and who sees it"),
        say("/privacy"),
        say("It also says how to get what is stored about you, and how to have it removed."),
    ),
    "link": lambda say: Topic(
        say("Bind this chat or topic to a working group"),
        say("/link CODE"),
        say(
            "A coordinator writes it in the group chat, or in one topic of it. "
            "The code works once; it comes from the person who runs the bot. Example: <code>/link kF3x9Qa2</code>"
        ),
    ),
    "unlink": lambda say: Topic(
        say("Separate this chat from its working group"),
        say("/unlink"),
        say("A coordinator asks for it, and a focal point confirms it by button. All records are kept."),
    ),
    "join": lambda say: Topic(
        say("Become a member of the working group"),
        say("/join"),
        say(
            "Write it in the group and press your side. The focal point of that side or a coordinator confirms. "
            "People of the supporting organisation press its name."
        ),
    ),
    "people": lambda say: Topic(
        say("Who belongs to the group, and who is away"),
        say("/people"),
        say(
            "It lists both sides with their focal points and alternates. "
            "It also shows who is away and whom I cannot reach in private."
        ),
    ),
    "focal": lambda say: Topic(
        say("Name the focal point of a side"),
        say("/focal @person"),
        say(
            "A coordinator names a member of a side. It counts once that side says yes by button. "
            "Somebody without a username is named by a reply to one of his messages. "
            "Example: <code>/focal @trainer</code>"
        ),
    ),
    "alternate": lambda say: Topic(
        say("Name who stands in for a focal point"),
        say("/alternate @person"),
        say(
            "A focal point names a member of his own side. The alternate acts while the focal point is away, "
            "or after 48 hours without an answer. Example: <code>/alternate @trainer</code>"
        ),
    ),
}
