"""The sentence for every refusal: what was not possible, and what to do instead."""

from handlers.refusals import Refusal
from handlers.reply import Page, View
from handlers.voice import Say


def sentence(refusal: Refusal) -> View:
    """What is said instead of doing it."""
    from handlers.views.refusal_sentences import ROWS, SENTENCES  # those of everything that can be refused

    kind, values = type(refusal), refusal.values

    def view(say: Say) -> Page:
        return Page(SENTENCES[kind](say, values), ROWS[kind](say, values) if kind in ROWS else ())

    return view


def our_fault(code: str) -> View:
    """The apology for a fault of ours, with the code under which it stands in the log."""

    def view(say: Say) -> Page:
        return Page(
            say(
                "Something went wrong on my side, and nothing was changed. Please try again later. "
                "If it happens again, tell the person who runs the bot this code: <code>{code}</code>",
                code=code,
            )
        )

    return view
