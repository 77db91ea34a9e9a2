"""What a nudge says: friendly, short, in private with buttons, in a group without the task's person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from handlers.reply import Button, Page, Rows
from handlers.rules.ladder import Stage
from handlers.rules.month_grid import Month
from handlers.rules.nudging import DecisionStage
from handlers.rules.support import SupportStage
from handlers.rules.text import clip
from handlers.rules.wordings import WordingStage, read_in
from handlers.views import month_grid
from handlers.views.month_grid import GridPresses
from handlers.voice import Say
from storage.kinds import TaskState

TEXT_UNITS = 160
BUTTON_ROWS = 20
"""Telegram takes 100 buttons under a message; what was answered makes room for the next."""
GROUP_UNITS = 32


class Line(NamedTuple):
    """One obligation in a bundle. `responsible` is named only to who has to help; `answered` once it was.

    `is_mine` is the reader's own task, or nobody's; `may_report` that he may say how it stands. `others` is the text in
    more languages, `opens` the press that shows the card of what is no task,
    `before` the open task that has to be done first.
    """

    name: str
    text: str
    stage: str
    group: str
    group_id: int
    task_id: int | None = None
    state: TaskState = TaskState.OPEN
    due: date | None = None
    due_at: datetime | None = None
    cities: tuple[tuple[str, ZoneInfo], ...] = ()
    note: str = ""
    responsible: str = ""
    days_late: int = 0
    is_mine: bool = True
    may_report: bool = True
    asked: date | None = None
    answered: bool = False
    others: Mapping[str, str] = MappingProxyType({})
    opens: str = "nudge.decision"
    before: str = ""


def bundle(lines: Sequence[Line], code: str, bundle_id: int, say: Say) -> Page:
    """The message of a person's working day."""
    heading = say.n("A friendly reminder:", "A friendly reminder, {number} points:", len(lines))
    parts = [heading, *_by_group(lines, say), Markup(f"<i>{escape(code)}</i>")]
    return Page(Markup("\n\n".join(parts)), _buttons(lines, bundle_id, say))


def _by_group(lines: Sequence[Line], say: Say) -> list[Markup]:
    groups = list(dict.fromkeys(line.group for line in lines))
    if len(groups) == 1:
        return [_line(line, say) for line in lines]
    found: list[Markup] = []
    for group in groups:
        found.append(Markup("<b>{group}</b>").format(group=group))
        found += [_line(line, say) for line in lines if line.group == group]
    return found


def _line(line: Line, say: Say) -> Markup:
    text = clip(read_in(say.language, line.text, line.others), TEXT_UNITS)
    title = Markup(f"<b>{escape(line.name)}</b> {escape(text)}")  # ten times as fast as Markup.format
    if line.answered:
        return Markup("✓ ") + title
    parts = [title, _why(line, say)]
    waits = _is_with_the_reader(line)
    if line.state is TaskState.WAITING and line.stage is not Stage.WAITING:
        parts.append(say("It waits for your side.") if waits else say("It waits for the other side."))
    if line.note and (waits or line.stage in (Stage.BLOCKED, Stage.WAITING)):
        parts.append(say("They wrote: {note}", note=clip(line.note, TEXT_UNITS)))
    if line.before:
        parts.append(say("{name} has to be done first.", name=line.before))
    if line.responsible:
        parts.append(say("Responsible: {who}", who=say.name(line.responsible)))
    return Markup("\n".join(parts))  # all of them are markup


def _is_with_the_reader(line: Line) -> bool:
    """Whether a task of the other side waits for what the reader's side does."""
    return line.state is TaskState.WAITING and not line.may_report


def _why(line: Line, say: Say) -> Markup:
    match line.stage:
        case DecisionStage.ANSWER_DUE | DecisionStage.ANSWER_LATE:
            asked = say.day(line.asked) if line.asked else ""
            return say("was proposed on {day} and waits for the answer of your side.", day=asked)
        case WordingStage.WORDING_DUE | WordingStage.WORDING_LATE:
            return say("is agreed by your side and waits for the wording in its language.")
        case SupportStage.UNANSWERED:
            return say("was asked of the project on {day} and waits for your answer until {due}.",
                day=say.day(line.asked) if line.asked else "", due=_due(line, say))  # fmt: skip
        case SupportStage.ASKED_BACK:
            return say("The project asks: {question}", question=clip(line.note, TEXT_UNITS))
        case Stage.BLOCKED:
            return say("is blocked and needs help.")
        case Stage.WAITING if line.state is TaskState.REPORTED:
            return say("was reported as done and waits for your OK.")
        case Stage.WAITING if line.may_report:
            return say("waits for the other side. Due: {due}.", due=_due(line, say))
        case Stage.WAITING:
            return say("waits for your side. Due: {due}.", due=_due(line, say))
        case Stage.FOCAL_POINT | Stage.COORDINATOR | Stage.LATE | Stage.STILL_LATE:
            return _late(line, say)
        case Stage.LISTED:
            return say("has been open since its date, {due}. Is it still needed?", due=_due(line, say))
        case Stage.LATER:
            return say("You asked to be reminded. Due: {due}.", due=_due(line, say))
        case _:
            return _ahead(line, say)


def _ahead(line: Line, say: Say) -> Markup:
    return _late(line, say) if line.days_late else say("is due {due}.", due=_due(line, say))


def _late(line: Line, say: Say) -> Markup:
    return say.n(
        "was due {due}, {number} working day ago.",
        "was due {due}, {number} working days ago.",
        line.days_late,
        due=_due(line, say),
    )


def _due(line: Line, say: Say) -> str | Markup:
    if line.due_at is not None:
        return say.moment(line.due_at, line.cities)
    return say.day(line.due) if line.due else ""


def _buttons(lines: Sequence[Line], bundle_id: int, say: Say) -> Rows:
    """All answers below a single task; a row for each of several, with the rest behind "More"."""
    open_ones = [line for line in lines if not line.answered]
    if len(lines) == 1 and open_ones and _can_answer(lines[0]):
        return _all_answers(lines[0], bundle_id, say)
    shown = open_ones[:BUTTON_ROWS]
    names = Counter(line.name for line in shown)
    return tuple(row for line in shown for row in _rows(line, bundle_id, say, shared=names[line.name] > 1))


def _can_answer(line: Line) -> bool:
    return line.task_id is not None and line.may_report


def _args(line: Line, bundle_id: int) -> dict[str, int]:
    return {"group": line.group_id, "task": line.task_id or 0, "bundle": bundle_id}


def _all_answers(line: Line, bundle_id: int, say: Say) -> Rows:
    args = _args(line, bundle_id)
    later = (Button(say("Later"), "nudge.later", args),) if line.is_mine else ()
    return (
        (
            Button(say("Done"), "nudge.done", args),
            Button(say("In progress"), "nudge.progress", args),
            Button(say("Blocked"), "nudge.blocked", args),
        ),
        (*later, Button(say("With the other side"), "nudge.waiting", args)),
    )


def _rows(line: Line, bundle_id: int, say: Say, *, shared: bool) -> Rows:
    """The buttons of one line of several; a name that another group's line has too goes with its group."""
    name = f"{line.name} ({clip(line.group, GROUP_UNITS)})" if shared else line.name
    first, *others = _row(line, name, bundle_id, say)
    return ((first,), tuple(others)) if shared and others else ((first, *others),)


def _row(line: Line, name: str, bundle_id: int, say: Say) -> tuple[Button, ...]:
    known = _args(line, bundle_id)
    if line.task_id is None:
        args: dict[str, int | str] = {"group": line.group_id, "name": line.name}
        return (Button(say("Open {name}", name=name), line.opens, args),)
    if _is_with_the_reader(line):
        handing = Button(say("{name}: our part is done", name=name), "nudge.hand_back", known)
        return (handing, Button(say("Open {name}", name=line.name), "nudge.task", known))
    if not line.may_report:
        return (Button(say("Open {name}", name=name), "nudge.task", known),)
    return (
        Button(say("{name} done", name=name), "nudge.done", known),
        Button(say("In progress"), "nudge.progress", known),
        Button(say("More"), "nudge.more", known),
    )


def single(line: Line, bundle_id: int, say: Say) -> Page:
    """One task of a bundle with all its answers, and the way back."""
    back = Button(say("Back"), "nudge.back", {"group": line.group_id, "bundle": bundle_id})
    return Page(_line(line, say), (*_all_answers(line, bundle_id, say), (back,)))


def later(line: Line, bundle_id: int, say: Say) -> Page:
    """When to be reminded again."""
    args = _args(line, bundle_id)
    choices = (
        Button(say("Next working day"), "nudge.snooze", args | {"days": 1}),
        Button(say("In 3 working days"), "nudge.snooze", args | {"days": 3}),
        Button(say("In 5 working days"), "nudge.snooze", args | {"days": 5}),
    )
    more = Button(say("Calendar"), "nudge.month", args)
    back = Button(say("Back"), "nudge.back", {"group": line.group_id, "bundle": bundle_id})
    text = say("When shall I remind you of {name} again?", name=line.name)
    return Page(text, (*((choice,) for choice in choices), (more,), (back,)))


def later_month(line: Line, bundle_id: int, month: Month, say: Say) -> Page:
    """When to be reminded again, with a month of days to press."""
    args = _args(line, bundle_id)
    text = say("When shall I remind you of {name} again?", name=line.name)
    title = Markup("{text} <b>{month}</b>").format(text=text, month=month_grid.name(say, month))
    grid = month_grid.rows(say, month, GridPresses("nudge.snooze_till", "nudge.month", args))
    back = Button(say("Back"), "nudge.later", args)
    return Page(Markup("\n").join((title, month_grid.legend(say, month))), (*grid, (back,)))


def in_group(lines: Sequence[Line], code: str, say: Say) -> Page:
    """To somebody whom no private message reaches: by task, without a word of who is late with what."""
    names = say.all_of([line.name for line in lines])
    return Page(
        Markup("{reminder}: {names} <i>{code}</i>\n{please}").format(
            reminder=say("a friendly reminder"),
            names=names,
            code=code,
            please=say("Please open a private chat with me, then I write to you there."),
        )
    )


def snoozed(name: str, day: date, say: Say) -> Page:
    """The toast after "later"."""
    return Page(say("I remind you of {name} again on {day}.", name=name, day=say.day(day)))


def told_enough(say: Say) -> Page:
    """The toast when it was put off three times."""
    return Page(say("It was put off three times already. Please say how it stands, or change its date."))
