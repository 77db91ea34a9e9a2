"""The questions about a task that wait for a typed answer."""

from handlers.reply import Page, View
from handlers.voice import Say
from storage.kinds import TaskState


def ask_reason(name: str, state: TaskState) -> View:
    """The question why a task is blocked or cancelled."""

    def view(say: Say) -> Page:
        if state is TaskState.BLOCKED:
            question = say("{name}: what stands in the way? Please write it in a few words. /cancel stops.", name=name)
        else:
            question = say("{name}: why is it dropped? Please write the reason. /cancel keeps it.", name=name)
        return Page(question, ask=say("The reason"))

    return view


def ask_decline(name: str) -> View:
    """The question why somebody declines a task."""

    def view(say: Say) -> Page:
        return Page(
            say("{name}: why can you not take it? Please write the reason. /cancel stops.", name=name),
            ask=say("The reason"),
        )

    return view


def ask_due(name: str) -> View:
    """The question for a date."""

    def view(say: Say) -> Page:
        question = say(
            "{name}: by when? For example 30 April, Friday, in 3 days, or 30/4 15:00. /cancel stops.", name=name
        )
        return Page(question, ask=say("A date"))

    return view


def ask_evidence(name: str) -> View:
    """The question for something that shows that a task is done."""

    def view(say: Say) -> Page:
        question = say("{name}: please send a file, a photo or a link. /cancel stops.", name=name)
        return Page(question, ask=say("A file, a photo or a link"))

    return view
