"""What is said about personal data: what is kept, how it is had, how it is removed."""

from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.voice import Say

PARAGRAPH = Markup("\n\n")


def notice(say: Say) -> Page:
    """The privacy text, the same for everybody."""
    parts = [
        say("<b>What is stored about you</b>"),
        say(
            "Your name and username as Telegram shows them, the number of your account, your role and side, "
            "when you are away, and what you proposed, answered and did here, with the time."
        ),
        say(
            "I see only what is written to me: commands, answers to my questions, buttons. "
            "What people otherwise write in the group I neither read nor keep."
        ),
        say(
            "The members of your group see your name, role and leave. Who runs the bot can read the database. "
            "Nobody else gets anything."
        ),
        say(
            "/mydata gives you everything as a file. /forgetme removes your name and account; "
            "the records of the group stay, with “former member” in place of your name."
        ),
        say("Backups made before you write /forgetme keep what they hold for up to five weeks; then they are gone."),
        say("Passport numbers, dates of birth and health do not belong in this chat."),
    ]
    return Page(PARAGRAPH.join(parts))


def data(say: Say) -> Page:
    """The caption of the file."""
    return Page(say("This is everything stored about you. Other people appear in it by a number only."))


def data_in_private(link: str) -> View:
    """In a group: the way into the private chat, where the file comes."""

    def view(say: Say) -> Page:
        said = say("What is stored about you comes in the private chat only.")
        return Page(said, ((Button(say("Open private chat"), url=link),),))

    return view


def forgetting_in_private(link: str) -> View:
    """In a group: the way into the private chat, where it is asked once more."""

    def view(say: Say) -> Page:
        said = say("That is only between you and me. In the private chat I ask you once more.")
        return Page(said, ((Button(say("Open private chat"), url=link),),))

    return view


def confirm_forgetting(args: dict[str, Any]) -> View:
    """The last question before a name goes."""

    def view(say: Say) -> Page:
        said = say(
            "I remove your name, username, account number, language and leave, and you leave all your groups. "
            "Decisions and tasks stay, with “former member” in place of your name. This cannot be undone."
        )
        more = say("Where minutes name you among those without Telegram, by the same name, it is replaced as well.")
        row = (Button(say("Forget me"), "privacy.forget", args), Button(say("Keep everything"), "privacy.keep", args))
        return Page(Markup("\n\n").join((said, more)), (row,))

    return view


def forgotten(say: Say) -> Page:
    """It is done."""
    return Page(say("It is done: your name and account are removed. If you write to me again, you are new to me."))


def nothing_forgotten(say: Say) -> Page:
    """It is not done."""
    return Page(say("Nothing was removed."))


def somebody_left(say: Say) -> Page:
    """To the groups of somebody who was forgotten, without a name."""
    return Page(
        say(
            "A member left this working group, and the name was removed at that person's request. "
            "The records are kept. /people shows who is here; please look at the tasks without a person."
        )
    )
