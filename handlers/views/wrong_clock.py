"""What coordinators read while the computer's clock is wrong."""

from handlers.reply import Page
from handlers.voice import Say


def reminders_wait(say: Say) -> Page:
    """To a coordinator, who can do nothing about it but know it."""
    return Page(
        say(
            "The clock of the computer I run on is wrong, so reminders wait until it is right. Nothing is lost. "
            "I answer as always; please write dates with day and month until then. "
            "Whoever runs me sees the same and has to set the clock."
        )
    )
