"""A report as a paper: every heading and column in each language, what people wrote as they wrote it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from markupsafe import Markup

from handlers.papers.paper import Block, Heading, Paper, Paragraph, Sheet, Signature, Table
from handlers.report_facts import ActivityLine, MeetingLine, ReportFacts, TaskRow
from handlers.rules.activities import ActivityState
from handlers.rules.reports import Advice, Recommended
from handlers.rules.spans import Span
from handlers.rules.wordings import read_in
from handlers.views import activities as activity_words
from handlers.views import decisions as decision_words
from handlers.views import meetings as meeting_words
from handlers.views import tasks as task_words
from handlers.voice import Say

BETWEEN = " · "
Words = Callable[[Say], str]
State = TypeVar("State")


@dataclass(frozen=True)
class Tongues:
    """Says one thing in all languages of a paper."""

    voices: Sequence[Say]

    def __call__(self, words: Words, between: str = BETWEEN) -> str:
        """The same words in every language, each wording once and without markup."""
        return between.join(dict.fromkeys(Markup(words(say)).unescape() for say in self.voices))

    def each(self, *columns: Words) -> tuple[str, ...]:
        """Several, such as the columns of a table: one language below the other."""
        return tuple(self(words, "\n") for words in columns)


def period_words(period: Span) -> Words:
    """From when until when a report is."""
    return lambda say: say(
        "{first} – {last}", first=say.day(period.first, year=True), last=say.day(period.last, year=True)
    )


def paper(facts: ReportFacts, voices: Sequence[Say]) -> Paper:
    """The whole report."""
    both = Tongues(voices)
    return Paper(
        name="report",
        title=both(lambda say: say("Progress report")),
        language=voices[0].language,
        facts=_facts(facts, both),
        blocks=[
            *_part(both, lambda say: say("Summary"), Paragraph(both(_summary(facts), "\n"))),
            *_table(both, lambda say: say("Meetings held"), _meetings(both, facts.meetings, facts)),
            *_table(both, lambda say: say("Decisions"), _decisions(both, facts)),
            *_table(both, lambda say: say("Activities"), activities(both, facts.activities)),
            *_table(both, lambda say: say("Delays, reasons and recommendations"), _delays(both, facts)),
            *_table(both, lambda say: say("Participants by side and sex"), _participants(both, facts)),
            *_next(both, facts),
        ],
        signatures=_signatures(both, facts),
        sheets=_sheets(both, facts),
        lines=tasks(both, facts.tasks, "\n"),
    )


def _facts(facts: ReportFacts, both: Tongues) -> list[tuple[str, str]]:
    said = [
        (both(lambda say: say("Working group")), facts.group),
        (both(lambda say: say("Period")), both(period_words(facts.period))),
        *((name, institution) for name, institution in facts.sides),
    ]
    if facts.support_name:
        said.append((both(lambda say: say("Supported by")), facts.support_name))
    return [*said, (both(lambda say: say("Made on")), both(lambda say: say.day(facts.made_on, year=True)))]


def _summary(facts: ReportFacts) -> Words:
    standing = [line.state for line in facts.activities]

    def words(say: Say) -> Markup:
        return Markup(" ").join(
            (
                say.n("{number} meeting held.", "{number} meetings held.", len(facts.meetings)),
                say.n("{number} decision.", "{number} decisions.", len(facts.decisions)),
                say(
                    "Activities: {planned} in the plan, {done} done, {delayed} delayed or at risk.",
                    planned=len(standing),
                    done=standing.count(ActivityState.DONE),
                    delayed=standing.count(ActivityState.LATE) + standing.count(ActivityState.AT_RISK),
                ),
            )
        )

    return words


def _part(both: Tongues, title: Words, *blocks: Block) -> list[Block]:
    return [Heading(both(title, "\n")), *blocks]


def _table(both: Tongues, title: Words, table: Table) -> list[Block]:
    """A part with its table; where there is nothing to show, the part says so."""
    nothing = Paragraph(both(lambda say: say("Nothing in this period.")))
    return _part(both, title, table if table.rows else nothing)


def _meetings(both: Tongues, lines: Iterable[MeetingLine], facts: ReportFacts) -> Table:
    columns = both.each(
        lambda say: say("No."),
        lambda say: say("Meeting"),
        lambda say: say("When"),
        lambda say: say("Where"),
        lambda say: say("Minutes"),
    )
    rows = [(line.name, line.title, both(_when(line, facts)), line.place, both(_minutes(line))) for line in lines]
    return Table(columns, rows, (2, 6, 6, 4, 3))


def _when(line: MeetingLine, facts: ReportFacts) -> Words:
    return lambda say: Markup(say.moment(line.starts_at, facts.cities)).striptags()


def _minutes(line: MeetingLine) -> Words:
    state = line.minutes
    return lambda say: Markup("–") if state is None else meeting_words.minutes_word(say, state)


def _decisions(both: Tongues, facts: ReportFacts) -> Table:
    columns = both.each(
        lambda say: say("No."), lambda say: say("Decision"), lambda say: say("State"), lambda say: say("Date")
    )
    rows = [
        (line.name, line.text, both(_stating(decision_words.state_word, line.state)), both(_dated(line.day)))
        for line in facts.decisions
    ]
    return Table(columns, rows, (2, 9, 3, 4))


def activities(both: Tongues, lines: Iterable[ActivityLine]) -> Table:
    """Activities with their area, side, period, state and numbers."""
    columns = both.each(
        lambda say: say("No."),
        lambda say: say("Activity"),
        lambda say: say("Area"),
        lambda say: say("Lead"),
        lambda say: say("Period"),
        lambda say: say("State"),
        lambda say: say("Indicators"),
    )
    return Table(columns, [_activity(both, line) for line in lines], (2, 6, 4, 3, 5, 3, 4))


def _activity(both: Tongues, line: ActivityLine) -> tuple[str, ...]:
    done = f" ({line.done}/{line.total})" if line.total else ""
    return (
        line.name,
        both(_titled(line), "\n"),
        line.area,
        line.lead,
        both(lambda say: activity_words.period(say, line.first, line.last)),
        both(_stating(activity_words.state_word, line.state)) + done,
        "\n".join(f"{text}: {_number(actual)}/{_number(target)}" for text, target, actual in line.indicators),
    )


def _titled(line: ActivityLine) -> Words:
    return lambda say: Markup.escape(read_in(say.language, line.title, dict(line.titles)))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _delays(both: Tongues, facts: ReportFacts) -> Table:
    columns = both.each(
        lambda say: say("No."),
        lambda say: say("Activity"),
        lambda say: say("State"),
        lambda say: say("Reason"),
        lambda say: say("Recommendation"),
    )
    rows = [
        (
            line.name,
            both(_titled(line), "\n"),
            both(_stating(activity_words.state_word, line.state)),
            line.delay or both(lambda say: say("not given")),
            both(_advice(line.advice), "\n"),
        )
        for line in facts.activities
        if line.advice is not None
    ]
    return Table(columns, rows, (2, 6, 3, 5, 6))


def _advice(advised: Recommended | None) -> Words:
    def words(say: Say) -> Markup:
        if advised is None:
            return Markup()
        tasks = say.all_of(advised.tasks)
        return {
            Advice.UNBLOCK: say("Take up what blocks {tasks}.", tasks=tasks),
            Advice.ANSWER: say("Ask the other side for its answer to {tasks}.", tasks=tasks),
            Advice.NEW_DATES: say("Agree on new dates for {tasks}.", tasks=tasks)
            if advised.tasks
            else say("Agree on a new period."),
            Advice.GIVE_TASKS: say("Write down its tasks, with who and by when."),
        }[advised.advice]

    return words


def _participants(both: Tongues, facts: ReportFacts) -> Table:
    columns = both.each(
        lambda say: say("Activity"), lambda say: say("Side"), lambda say: say("Women"), lambda say: say("Men"),
        lambda say: say("Sum"),
    )  # fmt: skip
    counted = [(line.name, *each) for line in facts.activities for each in line.participants]
    rows = [(name, side, str(women), str(men), str(women + men)) for name, side, women, men in counted]
    if len(rows) > 1:
        women, men = sum(each[2] for each in counted), sum(each[3] for each in counted)
        rows.append((both(lambda say: say("Total")), "", str(women), str(men), str(women + men)))
    return Table(columns, rows, (4, 6, 2, 2, 2))


def _next(both: Tongues, facts: ReportFacts) -> list[Block]:
    """What comes in the period after this one."""
    title = _part(both, lambda say: say("Next period"), Paragraph(both(period_words(facts.next_period))))
    found: list[Block] = [
        table
        for table in (
            _meetings(both, facts.next_meetings, facts),
            activities(both, facts.next_activities),
            tasks(both, facts.next_tasks, "\n"),
        )
        if table.rows
    ]
    return title + (found or [Paragraph(both(lambda say: say("Nothing is planned for it yet.")))])


def tasks(both: Tongues, rows: Iterable[TaskRow], between: str) -> Table:
    """Tasks with everything but persons."""
    columns = tuple(
        both(words, between)
        for words in (
            lambda say: say("No."),
            lambda say: say("Task"),
            lambda say: say("Activity"),
            lambda say: say("Area"),
            lambda say: say("Side"),
            lambda say: say("Due date"),
            lambda say: say("State"),
            lambda say: say("Remarks"),
        )
    )
    return Table(columns, [_task(both, row) for row in rows], (2, 7, 2, 4, 3, 3, 3, 4))


def _task(both: Tongues, row: TaskRow) -> tuple[str, ...]:
    state = both(_stating(task_words.state_word, row.state))
    late = both(lambda say: say("late")) if row.late else ""
    due = row.due.isoformat() if row.due else ""
    return (row.name, row.text, row.activity, row.area, row.side, due, ", ".join(filter(None, (state, late))), row.note)


def _stating(words: Callable[[Say, State], Markup], state: State) -> Words:
    return lambda say: words(say, state)


def _dated(day: date) -> Words:
    return lambda say: say.day(day, year=True)


def _signatures(both: Tongues, facts: ReportFacts) -> tuple[Signature, ...]:
    name, day = both(lambda say: say("Name")), both(lambda say: say("Date"))
    return tuple(Signature(institution or side, name, day) for side, institution in facts.sides)


def _sheets(both: Tongues, facts: ReportFacts) -> list[Sheet]:
    """An overview, one sheet for each area, then what belongs to the group as a whole."""
    first = Sheet(both(lambda say: say("Activities")), activities(both, facts.activities))
    areas = [
        Sheet(area or both(lambda say: say("Without an area")), tasks(both, rows, "\n"))
        for area in (*facts.areas, "")
        if (rows := [row for row in facts.tasks if row.area == area])
    ]
    rest = [
        Sheet(both(lambda say: say("Decisions")), _decisions(both, facts)),
        Sheet(both(lambda say: say("Meetings")), _meetings(both, facts.meetings, facts)),
        Sheet(both(lambda say: say("Participants")), _participants(both, facts)),
    ]
    return [first, *areas, *rest]
