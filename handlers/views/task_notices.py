"""Notes about a task to the persons concerned: in private, and what the group reads where that is closed."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.views.tasks import Cities, DueFacts, due_words
from handlers.voice import Say

NOTE = 300
"""UTF-16 units of a task's text or of a reason in a note."""


@dataclass(frozen=True)
class NoteFacts:
    """The task a note is about. `args` name its part and its group for the buttons."""

    name: str
    text: str
    group: str
    due: DueFacts
    cities: Cities
    args: dict[str, Any]


def yours(facts: NoteFacts, giver: str, *, asked: bool) -> View:
    """To the person a task was given to; with buttons where he has to accept it."""

    def view(say: Say) -> Page:
        if asked:
            lead = say("{name} asks you to take on a task in {group}:", name=say.name(giver), group=facts.group)
            return Page(_note(say, lead, facts), _accepting(say, facts))
        lead = say("{name} gave you a task in {group}:", name=say.name(giver), group=facts.group)
        return _opened(say, lead, facts)

    return view


def yours_in_group(facts: NoteFacts, *, asked: bool) -> View:
    """The same in the group, behind a mention, when no private message reaches the person."""

    def view(say: Say) -> Page:
        if not asked:
            return Page(say("<b>{name}</b> is given to you.", name=facts.name))
        said = say("<b>{name}</b> is offered to you. Please accept or decline it.", name=facts.name)
        return Page(said, _accepting(say, facts))

    return view


def was_declined(facts: NoteFacts, person: str, reason: str) -> View:
    """To the focal point and the giver of a task that somebody declined."""

    def view(say: Say) -> Page:
        lead = say("{person} cannot take a task in {group}:", person=say.name(person), group=facts.group)
        reasons = say("Reason: {reason}", reason=text.clip(" ".join(reason.split()), NOTE))
        return Page(_note(say, lead, facts) + Markup("\n") + reasons, ((Button(say("Who?"), "task.who", facts.args),),))

    return view


def was_declined_in_group(facts: NoteFacts) -> View:
    """The same in the group: by task alone."""

    def view(say: Say) -> Page:
        said = say("<b>{name}</b> is nobody's at the moment.", name=facts.name)
        return Page(said, ((Button(say("Who?"), "task.who", facts.args),),))

    return view


def reworded(facts: NoteFacts, person: str) -> View:
    """To the person responsible: his task was put into other words."""

    def view(say: Say) -> Page:
        lead = say("{person} put your task in {group} into other words:", person=say.name(person), group=facts.group)
        return _opened(say, lead, facts)

    return view


def reworded_in_group(facts: NoteFacts) -> View:
    """The same in the group: by task alone."""
    return lambda say: Page(say("<b>{name}</b> was put into other words.", name=facts.name))


def was_handed_back(facts: NoteFacts, person: str) -> View:
    """To the person responsible: what he waited for from the other side has come."""

    def view(say: Say) -> Page:
        lead = say("{person} in {group}: our part is done, you can go on.", person=say.name(person), group=facts.group)
        return _opened(say, lead, facts)

    return view


def was_handed_back_for(facts: NoteFacts, person: str) -> View:
    """The same from a coordinator, whose part it is not."""

    def view(say: Say) -> Page:
        who = say.name(person)
        lead = say("{person} in {group}: the other side's part is done, you can go on.", person=who, group=facts.group)
        return _opened(say, lead, facts)

    return view


def was_handed_back_in_group(facts: NoteFacts) -> View:
    """The same in the group: by task alone."""
    return lambda say: Page(say("the other side did its part of <b>{name}</b>: you can go on.", name=facts.name))


def wants_date(facts: NoteFacts, person: str, wanted: DueFacts, entry: int) -> View:
    """To the focal point: somebody of his side asks for another date."""

    def view(say: Say) -> Page:
        lead = say("{person} asks for another date in {group}:", person=say.name(person), group=facts.group)
        asks = say("Asked for: {due}", due=due_words(say, wanted, facts.cities))
        return Page(_note(say, lead, facts) + Markup("\n") + asks, (_answers(say, facts, entry),))

    return view


def wants_date_in_group(facts: NoteFacts, wanted: DueFacts, entry: int) -> View:
    """The same in the group: by task alone."""

    def view(say: Say) -> Page:
        due = due_words(say, wanted, facts.cities)
        said = say("another date is asked for <b>{name}</b>: {due}.", name=facts.name, due=due)
        return Page(said, (_answers(say, facts, entry),))

    return view


def _opened(say: Say, lead: Markup, facts: NoteFacts) -> Page:
    opening = Button(say("Open {name}", name=facts.name), "task.show", facts.args)
    return Page(_note(say, lead, facts), ((opening,),))


def _answers(say: Say, facts: NoteFacts, entry: int) -> tuple[Button, ...]:
    args = {**facts.args, "entry": entry}
    return (
        Button(say("Accept new date"), "task.due_accept", args),
        Button(say("Keep old date"), "task.due_keep", args),
    )


def _accepting(say: Say, facts: NoteFacts) -> Rows:
    accept = Button(say("Accept"), "task.accept", facts.args)
    return ((accept, Button(say("Decline"), "task.decline", facts.args)),)


def _note(say: Say, lead: Markup, facts: NoteFacts) -> Markup:
    shown = text.clip(" ".join(facts.text.split()), NOTE)
    title = say("<b>{name}</b> {text}", name=facts.name, text=shown)
    due = say("Due: {due}", due=due_words(say, facts.due, facts.cities))
    return Markup("\n").join([lead, title, due])


def wants_sign(facts: NoteFacts, person: str, note: str, files: int) -> View:
    """To who speaks for the other side: a task was reported as done and waits for the OK."""

    def view(say: Say) -> Page:
        lead = say("{person} reports in {group} as done:", person=say.name(person), group=facts.group)
        lines = [_note(say, lead, facts)]
        if note:
            lines.append(say("<i>{note}</i>", note=text.clip(" ".join(note.split()), NOTE)))
        args = facts.args
        rows: list[tuple[Button, ...]] = [
            (Button(say("OK, done"), "task.confirm", args), Button(say("Send back"), "task.send_back", args))
        ]
        if files:
            rows.append((Button(say("Evidence"), "task.files", args),))
        return Page(Markup("\n").join(lines), tuple(rows))

    return view


def wants_sign_in_group(facts: NoteFacts) -> View:
    """The same in the group, behind a mention."""

    def view(say: Say) -> Page:
        args = facts.args
        signing = (Button(say("OK, done"), "task.confirm", args), Button(say("Send back"), "task.send_back", args))
        return Page(say("<b>{name}</b> is reported as done and waits for your OK.", name=facts.name), (signing,))

    return view


def was_signed(name: str, words: str, missing: str, args: dict[str, Any]) -> View:
    """To the person responsible: it is done, or what is missing."""

    def view(say: Say) -> Page:
        title = say("<b>{name}</b> {text}", name=name, text=text.clip(" ".join(words.split()), NOTE))
        opening = Button(say("Open {name}", name=name), "task.show", args)
        if not missing:
            return Page(
                title + Markup("\n") + say("The other side confirmed it: it is done. Thank you."), ((opening,),)
            )
        lines = (title, say("It was sent back:"), say("<i>{note}</i>", note=text.clip(missing, NOTE)))
        return Page(Markup("\n").join(lines), ((opening,),))

    return view
