"""The living card of a task."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.rules.names import task_name
from handlers.rules.recurrence import Repeat
from handlers.rules.states import CLOSED_TASKS
from handlers.views.attachments import word_of
from handlers.views.recurrence import words as rule_words
from handlers.voice import Say
from storage.kinds import Acceptance, Role, TaskState

LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")
NOTES = 200
"""UTF-16 units that the notes of all parts may take on a card."""
NAME = 60
"""UTF-16 units of a person's name on a card; half of it where there are several."""
EVIDENCE = 3
"""Pieces of evidence that a card names."""
EVIDENCE_NAME = 40
"""UTF-16 units of each."""
Cities = tuple[tuple[str, ZoneInfo], ...]


@dataclass(frozen=True)
class DueFacts:
    """A date, and the instant where somebody gave a time; both None for no date."""

    day: date | None = None
    at: datetime | None = None


NO_DATE = DueFacts()


@dataclass(frozen=True)
class PartFacts:
    """One person's part. `person` is empty while it is nobody's, `by` who else than he put it into its state."""

    part: int
    side: str
    person: str
    state: TaskState
    since: date
    acceptance: Acceptance = Acceptance.ACCEPTED
    by: Role | None = None
    note: str = ""
    due: DueFacts = NO_DATE
    asked: DueFacts = NO_DATE


@dataclass(frozen=True)
class CardFacts:
    """Everything a card shows. `id` is the row of the first part; `back` leads to a page of a list."""

    id: int
    group_id: int
    number: int
    text: str
    parts: tuple[PartFacts, ...]
    giver: str
    given_on: date
    cities: Cities
    area: str = ""
    activity: str = ""
    evidence: tuple[tuple[str, str], ...] = ()
    files: int = 0
    steps: tuple[int, int] = (0, 0)
    after: tuple[str, bool] | None = None
    repeats: Repeat | None = None
    back: dict[str, Any] | None = None

    @property
    def args(self) -> dict[str, Any]:
        """What every button of the card carries."""
        return {"id": self.id, "group": self.group_id, **(self.back or {})}

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return all(part.state in CLOSED_TASKS for part in self.parts)


def state_word(say: Say, state: TaskState) -> Markup:
    """A task's state in words."""
    return {
        TaskState.OPEN: say("open"),
        TaskState.IN_PROGRESS: say("in progress"),
        TaskState.WAITING: say("with the other side"),
        TaskState.BLOCKED: say("blocked"),
        TaskState.REPORTED: say("done, waits for the OK"),
        TaskState.DONE: say("done"),
        TaskState.CANCELLED: say("cancelled"),
    }[state]


def due_words(say: Say, due: DueFacts, cities: Cities, *, year: bool = False) -> str | Markup:
    """A due date with its weekday, and with its `year` where that is not plain; a given time in both cities."""
    if due.at is not None:
        return say.moment(due.at, cities)
    return say.day(due.day, year=year) if due.day is not None else say("no date yet")


def card(facts: CardFacts) -> View:
    """The card of a task: its text, by when, whose part is how far, and what can be done."""

    def view(say: Say) -> Page:
        parts = [_heading(say, facts), Markup.escape(facts.text), _people(say, facts), _frame(say, facts)]
        return Page(PARAGRAPH.join(parts), _buttons(say, facts))

    return view


def _heading(say: Say, facts: CardFacts) -> Markup:
    states = list(dict.fromkeys(part.state for part in facts.parts))
    name = task_name(facts.number)
    if len(states) == 1:
        return say("<b>{name}</b> · {state}", name=name, state=state_word(say, states[0]))
    done = sum(part.state is TaskState.DONE for part in facts.parts)
    return say("<b>{name}</b> · {done} of {all} done", name=name, done=done, all=len(facts.parts))


def _frame(say: Say, facts: CardFacts) -> Markup:
    lines = []
    if not _dues_differ(facts):
        lines.append(_due(say, facts, facts.parts[0]))
    if facts.area:
        lines.append(say("Area: {area}", area=say.area(facts.area)))
    if facts.activity:
        lines.append(say("Activity: {name}", name=facts.activity))
    if facts.repeats is not None:
        lines.append(say("Comes again {rule}", rule=rule_words(say, facts.repeats)))
    if facts.steps[1]:
        lines.append(say("Steps: {done}/{all}", done=facts.steps[0], all=facts.steps[1]))
    if facts.after is not None:
        lines.append(_after(say, *facts.after))
    if facts.evidence:
        lines.append(_evidence(say, facts))
    lines.append(
        say("Given by {name}, {day}", name=say.name(text.clip(facts.giver, NAME)), day=say.day(facts.given_on))
    )
    return LINE.join(lines)


def _after(say: Say, name: str, still_open: bool) -> Markup:
    if still_open:
        return say("Comes after {name}, which is not done yet", name=name)
    return say("Comes after {name}, which is closed", name=name)


def _dues_differ(facts: CardFacts) -> bool:
    return len({(part.due, part.asked) for part in facts.parts}) > 1


def _due(say: Say, facts: CardFacts, part: PartFacts) -> Markup:
    due, asked = (
        due_words(say, each, facts.cities, year=each.day is not None and each.day.year != facts.given_on.year)
        for each in (part.due, part.asked)
    )
    if part.asked.day is None:
        return say("Due: {due}", due=due)
    return say("Due: {due} (asked for: {asked})", due=due, asked=asked)


def _people(say: Say, facts: CardFacts) -> Markup:
    return LINE.join(line for part in facts.parts for line in _part(say, facts, part))


def _part(say: Say, facts: CardFacts, part: PartFacts) -> list[Markup]:
    alone = len(facts.parts) == 1
    head = say("<b>{side}</b>: {who}", side=part.side, who=_who(say, part, NAME if alone else NAME // 2))
    state = state_word(say, TaskState.OPEN) if part.state is TaskState.OPEN else _since(say, part)
    if not alone:
        name = task_name(facts.number, part.part)
        head = say("{name} · {rest} · {state}", name=name, rest=head, state=state)
    lines = [head]
    if alone and part.state is not TaskState.OPEN:
        lines.append(state)
    if part.note:
        note = text.clip(" ".join(part.note.split()), NOTES // len(facts.parts))
        lines.append(say("<i>{note}</i>", note=note))
    if _dues_differ(facts):
        lines.append(_due(say, facts, part))
    return lines


def _who(say: Say, part: PartFacts, room: int) -> str | Markup:
    if not part.person:
        return say("nobody yet")
    name = say.name(text.clip(part.person, room))
    return say("{name} (not yet accepted)", name=name) if part.acceptance is Acceptance.ASKED else name


def _since(say: Say, part: PartFacts) -> Markup:
    day, state = say.day(part.since), state_word(say, part.state)
    if part.by is Role.COORDINATOR:
        return say("{state} since {day}, by the coordinator", state=state, day=day)
    if part.by is Role.ALTERNATE:
        return say("{state} since {day}, by the alternate", state=state, day=day)
    if part.by is Role.FOCAL_POINT:
        return say("{state} since {day}, by the focal point", state=state, day=day)
    return say("{state} since {day}", state=state, day=day)


def _evidence(say: Say, facts: CardFacts) -> Markup:
    shown = [evidence_word(say, *each) for each in facts.evidence[:EVIDENCE]]
    more = len(facts.evidence) - len(shown)
    if more:
        shown.append(say.n("{number} more", "{number} more", more))
    return say("Evidence: {list}", list=say.listed(shown))


def evidence_word(say: Say, kind: str, name: str) -> Markup:
    """One piece of evidence in a word: a link as it is, a file by its name."""
    if name:
        return Markup.escape(text.clip(" ".join(name.split()), EVIDENCE_NAME))
    return word_of(say, kind)


def _buttons(say: Say, facts: CardFacts) -> Rows:
    last = [Button(say("History"), "task.history", facts.args)]
    if not facts.closed:
        last.append(Button(say("More"), "task.more", facts.args))
    if facts.files:
        last.insert(0, Button(say("Evidence"), "task.files", facts.args))
    if facts.back is not None:
        last.append(Button(say("Back to the list"), "tasks.page", {"group": facts.group_id, **facts.back}))
    middle = (
        _closed(say, facts) if facts.closed else (*_accepting(say, facts), *_across(say, facts), *_live(say, facts))
    )
    return (*middle, tuple(last))


def _accepting(say: Say, facts: CardFacts) -> Rows:
    waiting = any(p.acceptance is Acceptance.ASKED and p.state not in CLOSED_TASKS for p in facts.parts)
    if not waiting:
        return ()
    return ((Button(say("Accept"), "task.accept", facts.args), Button(say("Decline"), "task.decline", facts.args)),)


def _across(say: Say, facts: CardFacts) -> Rows:
    """What the other side answers: that a report is right, or that what it was waited for has come."""
    states, args = {part.state for part in facts.parts}, facts.args
    signing = (Button(say("OK, done"), "task.confirm", args), Button(say("Send back"), "task.send_back", args))
    handing = (Button(say("Our part is done"), "task.hand_back", args),)
    return tuple(row for state, row in ((TaskState.REPORTED, signing), (TaskState.WAITING, handing)) if state in states)


def _live(say: Say, facts: CardFacts) -> Rows:
    args, dated = facts.args, any(part.due.day is not None for part in facts.parts)
    return (
        (Button(say("Done"), "task.done", args), Button(say("In progress"), "task.progress", args)),
        (Button(say("Blocked"), "task.blocked", args), Button(say("With the other side"), "task.waiting", args)),
        (
            Button(say("Change date") if dated else say("When?"), "task.due", args),
            Button(say("Who?"), "task.who", args),
        ),
    )


def _closed(say: Say, facts: CardFacts) -> Rows:
    reopen = Button(say("Reopen"), "task.reopen", facts.args)
    if not any(part.state is TaskState.DONE for part in facts.parts):
        return ((reopen,),)
    return ((Button(say("Add evidence"), "task.evidence", facts.args), reopen),)
