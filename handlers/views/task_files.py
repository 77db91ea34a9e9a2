"""Sending evidence back: which piece, and what stands below it."""

from collections.abc import Sequence
from typing import Any

from handlers.reply import Button, Page, View
from handlers.views.shelf import shown_name
from handlers.views.tasks import evidence_word
from handlers.voice import Say


def choose(name: str, pieces: Sequence[tuple[int, str, str]], args: dict[str, Any]) -> View:
    """Which of several pieces: each with its id, kind and name."""

    def view(say: Say) -> Page:
        rows = tuple(
            (Button(evidence_word(say, kind, called), "task.file", {**args, "piece": piece}),)
            for piece, kind, called in pieces
        )
        return Page(say("{name}: which file?", name=name), rows)

    return view


def caption(kind: str, name: str) -> View:
    """What stands below a piece of evidence."""
    return lambda say: Page(shown_name(say, kind, name, ""))


def lost(name: str) -> View:
    """What is said where Telegram no longer has a piece."""
    return lambda say: Page(say("Telegram no longer has the file {name}. Please add it again.", name=name))
