"""The greeting, the group a private chat is about, and a question left unanswered."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules.text import clip
from handlers.views import joining
from handlers.views.language import languages
from handlers.voice import Say

LABEL = 60
"""UTF-16 units of a group's name on a button."""
PARAGRAPH = Markup("\n\n")


def greeting(current: str, others: Sequence[tuple[int, str]], *, waits: bool = False) -> View:
    """What the bot is. `current` is the group this chat is about ("" for none), `others` are (id, name).

    `waits` says that he asked to join one and is not confirmed yet.
    """

    def view(say: Say) -> Page:
        parts = [
            say("Good day. I am Focalpoint, the notebook of a working group of two institutions in two countries."),
            say(
                "I keep what both sides agree, and who does what by when. "
                "I remind you here, in your own working time. Whoever asks how things stand gets an answer at once."
            ),
            _about(say, current, others, waits=waits),
        ]
        first = (Button(say("What you can write"), "help.show"), Button(say("Privacy"), "privacy.show"))
        switch = tuple((Button(clip(name, LABEL), "group.choose", {"group": group_id}),) for group_id, name in others)
        return Page(PARAGRAPH.join(parts), (first, languages(), *switch))

    return view


def _about(say: Say, current: str, others: Sequence[tuple[int, str]], *, waits: bool) -> Markup:
    if current:
        return say("This chat is about <b>{group}</b>.", group=current)
    if others:
        return say("Which working group is it about?")
    if waits:
        return joining.waits(say)
    return in_no_group(say)


def in_no_group(say: Say) -> Markup:
    """To somebody who belongs to no group."""
    return say("You are in no working group yet. Write /join in the chat of your group, or open your invitation.")


def in_group(private_chat: str) -> View:
    """The short greeting in a group, with the way into the private chat."""

    def view(say: Say) -> Page:
        return Page(
            say(
                "I keep the agreements and tasks of a working group. /help shows what you can write. "
                "Open the private chat once, so that I can remind you there."
            ),
            ((Button(say("Open private chat"), url=private_chat),),),
        )

    return view


def chosen(group: str) -> View:
    """The group this private chat is about from here on."""

    def view(say: Say) -> Page:
        return Page(say("This chat is now about <b>{group}</b>. Please write your command again.", group=group))

    return view


def cancelled(*, ended: bool) -> View:
    """The question is forgotten, or there was none."""

    def view(say: Say) -> Page:
        if ended:
            return Page(say("I no longer wait for an answer. Nothing was changed."))
        return Page(say("There is no open question. Nothing was changed."))

    return view
