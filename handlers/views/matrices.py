"""An action matrix that was sent: how its columns were read, which rows could not be, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules.date_reading import Doubt
from handlers.rules.matrices import Holder, Matrix, MatrixRow, RowFault, RowWrong
from handlers.rules.matrix_words import Column
from handlers.rules.names import task_names
from handlers.rules.text import clip
from handlers.views.tasks import state_word
from handlers.voice import Say

LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")
EXAMPLE = "Activity,Responsible,Due date,Status,Remarks\nDraft module 3,Kunming,2027-03-15,in progress,"
SHOWN = 10
"""Dates to look at, and rows that cannot be read, on one page."""
QUOTED_DATE = 24
SAMPLE = 3
QUOTED = 40
LISTED = 80


@dataclass(frozen=True)
class MatrixFacts:
    """A matrix as it was read; `args` lead to the draft of it, `labels` say what whoever holds a row is called."""

    name: str
    matrix: Matrix
    args: dict[str, Any]
    labels: Mapping[Holder, str]


def ask(say: Say) -> Page:
    """The question for the file."""
    text = say(
        "Please send the action matrix as an XLSX or CSV file. Its first line names the columns, in English, Chinese "
        "or Lao: activity, responsible, due date, status, remarks. For example:\n<pre>{example}</pre>",
        example=EXAMPLE,
    )
    return Page(text, ask=say("An XLSX or CSV file"))


def preview(facts: MatrixFacts, wanted: int) -> View:
    """How the file was read, and the buttons to import it or not: once every date that is doubtful was shown."""
    pages = max(1, ceil((len(facts.matrix.doubtful) + len(facts.matrix.faults)) / SHOWN))
    page = min(max(wanted, 1), pages)

    def view(say: Say) -> Page:
        parts = [say("<b>{name}</b>", name=facts.name), LINE.join(_columns(say, facts.matrix))]
        if facts.matrix.rows:
            first = [_sample(say, row, facts.labels) for row in facts.matrix.rows[:SAMPLE]]
            parts.append(LINE.join((say("The first rows as I read them:"), *first)))
        parts += [LINE.join(lines) for lines in _to_look_at(say, facts.matrix, page) if lines]
        return Page(PARAGRAPH.join(parts), _buttons(say, facts, page, pages))

    return view


def column_word(say: Say, column: Column) -> Markup:
    """What a column is called."""
    return {
        Column.ACTIVITY: say("Activity"),
        Column.TASK: say("Task"),
        Column.RESPONSIBLE: say("Responsible"),
        Column.DUE: say("Due date"),
        Column.STATUS: say("Status"),
        Column.REMARKS: say("Remarks"),
        Column.AREA: say("Area"),
    }[column]


def _columns(say: Say, matrix: Matrix) -> list[Markup]:
    lines = [
        say("{column}: “{header}”", column=column_word(say, column), header=clip(header, QUOTED))
        for column, header in matrix.columns.items()
    ]
    if matrix.unknown:
        names = say.all_of([clip(header, QUOTED) for header in matrix.unknown])
        lines.append(say("Not read: {columns}", columns=names))
    return lines


def _to_look_at(say: Say, matrix: Matrix, page: int) -> tuple[list[Markup], list[Markup]]:
    """One page of the dates that are doubtful, and of the rows that cannot be read, which come after them."""
    first, last, dates = (page - 1) * SHOWN, page * SHOWN, len(matrix.doubtful)
    shown = matrix.doubtful[first:last]
    return (
        _doubts(say, shown, dates, all_seen=last >= dates) if shown else [],
        _faults(say, matrix.faults, matrix.faults[max(first - dates, 0) : max(last - dates, 0)]),
    )


def _doubts(say: Say, shown: Sequence[MatrixRow], number: int, *, all_seen: bool) -> list[Markup]:
    head = say.n("? {number} date may be another day:", "? {number} dates may be another day:", number)
    lines = [say("line {number}: {fault}", number=row.line, fault=_doubt(say, row)) for row in shown]
    wrong = say("Where that is wrong, please write it as in 2027-03-15 and send the file again.")
    return [head, *lines, wrong if all_seen else say("Please look at all of them before importing.")]


def _doubt(say: Say, row: MatrixRow) -> Markup:
    assert row.days is not None, "a row without a date has no doubtful one"
    text, day = clip(row.written, QUOTED_DATE), say.day(row.days.best, year=True)
    if row.days.second is not None:
        other = say.day(row.days.second, year=True)
        return say("“{text}” was read as {day}. It could also be {other}.", text=text, day=day, other=other)
    match row.days.doubt:
        case Doubt.BUDDHIST_YEAR:
            return say("“{text}”, a year of the Buddhist era, was read as {day}.", text=text, day=day)
        case Doubt.SHORT_YEAR:
            return say("“{text}”, where the year is short, was read as {day}.", text=text, day=day)
        case Doubt.FAR_AHEAD:
            return say("“{text}”, which is far ahead, was read as {day}.", text=text, day=day)
    return say("“{text}”, which is more than one day, was read as {day}.", text=text, day=day)


def _sample(say: Say, row: MatrixRow, labels: Mapping[Holder, str]) -> Markup:
    names = [labels.get(holder, "") for holder in row.holders]
    return say(
        "{line}: {text} · {who} · {due} · {state}",
        line=row.line,
        text=clip(row.text, LISTED),
        who=say.listed(say.name(name) for name in names if name) or "–",
        due=_due(say, row),
        state=state_word(say, row.state),
    )


def _due(say: Say, row: MatrixRow) -> str:
    if row.due is None:
        return "–"
    day = say.day(row.due, year=True)
    return f"{day} ?" if row.is_doubtful else day


def _faults(say: Say, faults: Sequence[RowFault], shown: Sequence[RowFault]) -> list[Markup]:
    if not faults:
        return [say("Every row can be read.")]
    head = say.n("{number} row cannot be read:", "{number} rows cannot be read:", len(faults))
    return [head, *(say("line {number}: {fault}", number=each.line, fault=_fault(say, each)) for each in shown)]


def _fault(say: Say, fault: RowFault) -> Markup:
    text = clip(fault.text, QUOTED)
    match fault.wrong:
        case RowWrong.NO_TEXT:
            return say("it does not say what is to be done")
        case RowWrong.LONG_TEXT:
            return say("a text is longer than 500 letters")
        case RowWrong.RESPONSIBLE:
            return say("“{text}” is no side and nobody of this group", text=text)
        case RowWrong.DATE:
            return say("“{text}” is no date I can read", text=text)
        case RowWrong.STATUS:
            return say("“{text}” is no status I know", text=text)
        case RowWrong.AREA:
            return say("“{text}” is no area of this group", text=text)


def _buttons(say: Say, facts: MatrixFacts, page: int, pages: int) -> Rows:
    before = (Button(say("‹ Back"), "matrix.page", {**facts.args, "page": page - 1}),) if page > 1 else ()
    after = (Button(say("More ›"), "matrix.page", {**facts.args, "page": page + 1}),) if page < pages else ()
    leaving = (Button(say("Leave it"), "matrix.drop", facts.args),)
    rows, all_seen = len(facts.matrix.rows), page * SHOWN >= len(facts.matrix.doubtful)
    if not rows or not all_seen:
        return tuple(row for row in (before + after, leaving) if row)
    whole = Button(say.n("Import {number} row", "Import {number} rows", rows), "matrix.write", facts.args)
    alone = Button(say("As tasks only"), "matrix.write", {**facts.args, "alone": 1})
    return tuple(row for row in (before + after, (whole,), (alone, *leaving)) if row)


def imported(name: str, numbers: Sequence[int], activities: int, args: dict[str, Any] | None) -> View:
    """What was imported, and the button that takes it back as a whole; no buttons where `args` is None."""

    def view(say: Say) -> Page:
        count = say.n(
            "{name} is imported: {number} task, {names}.",
            "{name} is imported: {number} tasks, {names}.",
            len(numbers),
            name=clip(name, QUOTED),
            names=task_names(numbers[0], numbers[-1]),
        )
        lines = [count]
        if activities:
            lines.append(say.n("{number} activity in the plan.", "{number} activities in the plan.", activities))
        if args is None:
            return Page(LINE.join(lines))
        lines.append(say("It can be taken back for 24 hours, as long as nothing of it was changed."))
        plan = Button(say("Open the plan"), "plan.all", {"group": args["group"]})
        return Page(LINE.join(lines), ((Button(say("Take it back"), "matrix.undo", args), plan),))

    return view


def taken_back(name: str, tasks: int) -> View:
    """The import is off again."""
    return lambda say: Page(
        say.n(
            "The import of {name} is taken back, with its {number} task.",
            "The import of {name} is taken back, with its {number} tasks.",
            tasks,
            name=clip(name, QUOTED),
        )
    )


def left(say: Say) -> Page:
    """Nothing was imported."""
    return Page(say("Nothing was changed."))


def matrix_unread(say: Say, values: Mapping[str, Any]) -> Markup:
    """Why a file is no matrix."""
    if values.get("most"):
        return say("The file has more than {most} rows. Please send it in several parts.", most=values["most"])
    return say(
        "I found no columns in that. One of the first lines has to name at least the activity and one of responsible, "
        "due date, status, remarks. For example:\n<pre>{example}</pre>",
        example=values.get("example", ""),
    )


def import_stays(say: Say, values: Mapping[str, Any]) -> Markup:
    """Why an import cannot be taken back as a whole any more."""
    names = list(values.get("names", ()))
    shown = say.listed([*names[:SAMPLE], "…"] if len(names) > SAMPLE else names)
    return say(
        "The import can no longer be taken back as a whole: {names} changed since. /drop cancels a single task.",
        names=shown,
    )
