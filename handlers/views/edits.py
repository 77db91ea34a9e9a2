"""What is said about a message that was changed."""

from handlers.reply import Page, View


def not_read_again() -> View:
    """To whoever made a command of a message that had done nothing."""
    return lambda say: Page(say("I do not read a changed message again. Please write it as a new message."))
