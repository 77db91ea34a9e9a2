"""Receipts of what is written down while a meeting goes on."""

from handlers.reply import Page, View
from handlers.voice import Say


def noted(name: str) -> View:
    """The receipt of a note."""
    return lambda say: Page(say("{name}: noted.", name=name))


def photo(name: str) -> View:
    """The receipt of a photo."""

    def view(say: Say) -> Page:
        return Page(say("{name}: the photo is kept with the minutes.", name=name))

    return view
