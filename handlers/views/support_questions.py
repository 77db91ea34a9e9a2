"""What is asked about a request for support, and the notes to those concerned."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules import text
from handlers.rules.due_picks import Pick
from handlers.rules.support import SupportStep
from handlers.views.support import kind_word, state_word
from handlers.voice import Say
from storage.kinds import SupportKind, SupportState

WORDS = 300
"""UTF-16 units of a request or an answer in a note."""
LABEL = 40
"""UTF-16 units of an activity on a button."""
Args = dict[str, Any]


def which_kind(name: str, args: Args) -> View:
    """What kind of support is it?"""

    def view(say: Say) -> Page:
        buttons = [Button(kind_word(say, kind), "support.kind", {**args, "kind": kind.value}) for kind in SupportKind]
        rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
        return Page(say("{name}: what is asked for?", name=name), rows)

    return view


def by_when(name: str, picks: Sequence[Pick], args: Args) -> View:
    """By when is it needed? Days on which both sides work."""

    def view(say: Say) -> Page:
        buttons = [
            Button(say.day(pick.day), "support.needed", {**args, "date": pick.day.isoformat()}) for pick in picks
        ]
        rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
        last = (
            Button(say("Another date"), "support.needed_ask", args),
            Button(say("No date"), "support.needed", args),
        )
        return Page(say("{name}: by when is it needed?", name=name), (*rows, last))

    return view


def which_activity(name: str, choices: Sequence[tuple[int, str, str]], args: Args) -> View:
    """For which activity is it needed? Each with its id, its name and its title."""

    def view(say: Say) -> Page:
        rows = [
            (Button(text.clip(f"{code} {title}", LABEL), "support.activity", {**args, "activity": activity_id}),)
            for activity_id, code, title in choices
        ]
        none = (Button(say("For none of them"), "support.activity", {**args, "activity": 0}),)
        return Page(say("{name}: for which activity?", name=name), (*rows, none))

    return view


def ask_date(name: str) -> View:
    """The question for a date."""

    def view(say: Say) -> Page:
        question = say("{name}: by when is it needed? For example 30 April or in 3 weeks. /cancel stops.", name=name)
        return Page(question, ask=say("A date"))

    return view


def complete(name: str) -> View:
    """What is said once nothing is asked any more."""
    return lambda say: Page(say("{name} is with the project. The coordinators are told.", name=name))


def ask_words(name: str, step: SupportStep) -> View:
    """The question for what is granted, why not, what else has to be known, or the answer to that."""

    def view(say: Say) -> Page:
        match step:
            case SupportStep.PARTLY:
                question = say("{name}: which part is granted? Please write it. /cancel stops.", name=name)
            case SupportStep.DECLINE:
                question = say("{name}: why is it not possible? Please write the reason. /cancel stops.", name=name)
            case SupportStep.ASK_BACK:
                question = say("{name}: what do you have to know? Please write the question. /cancel stops.", name=name)
            case _:
                question = say("{name}: please write the answer for the project. /cancel stops.", name=name)
        return Page(question, ask=say("In a few words"))

    return view


def moved(name: str, state: SupportState) -> View:
    """The receipt of a new state."""
    return lambda say: Page(say("{name}: support {state}.", name=name, state=state_word(say, state)))


def note(name: str, words: str, group: str, state: SupportState, reply: str, args: Args) -> View:
    """To whoever asked: what the project answers, in private or behind a mention."""

    def view(say: Say) -> Page:
        lines = [
            say("<b>{name}</b> {text}", name=name, text=text.clip(" ".join(words.split()), WORDS)),
            say("{group}: support {state}.", group=group, state=state_word(say, state)),
        ]
        if reply:
            lines.append(say("The project: {words}", words=text.clip(" ".join(reply.split()), WORDS)))
        row = [Button(say("Open {name}", name=name), "support.show", args)]
        if state is SupportState.QUESTION:
            row.insert(0, Button(say("Answer"), "support.explain", args))
        return Page(Markup("\n").join(lines), (tuple(row),))

    return view


def note_in_group(name: str, state: SupportState, args: Args) -> View:
    """The same in the group, behind a mention, when no private message reaches the person."""

    def view(say: Say) -> Page:
        opening = Button(say("Open {name}", name=name), "support.show", args)
        return Page(say("{name}: support {state}.", name=name, state=state_word(say, state)), ((opening,),))

    return view
