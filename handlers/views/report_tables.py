"""The tables of a report: every column in each language, what people wrote as they wrote it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from markupsafe import Markup

from handlers.papers.paper import Signature, Table
from handlers.report_facts import ActivityLine, MeetingLine, ReportFacts, SupportLine, TaskRow
from handlers.rules.reports import Advice, Recommended
from handlers.rules.spans import Span
from handlers.rules.text import without_tag
from handlers.rules.wordings import read_in
from handlers.views import activities as activity_words
from handlers.views import decisions as decision_words
from handlers.views import meetings as meeting_words
from handlers.views import support as support_words
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


def area(name: str) -> Words:
    """The name of an area, of which some are known in every language."""
    return lambda say: say.area(name)


def meetings(both: Tongues, lines: Iterable[MeetingLine], facts: ReportFacts) -> Table:
    """Meetings with their times in both cities, and how their minutes stand."""
    columns = both.each(
        lambda say: say("No."),
        lambda say: say("Meeting"),
        lambda say: say("When"),
        lambda say: say("Where"),
        lambda say: say("Minutes"),
    )
    rows = [
        (line.name, line.title, both(_when(line, facts), "\n"), line.place, both(_minutes(line), "\n"))
        for line in lines
    ]
    return Table(columns, rows, (2, 6, 6, 4, 3))


def _when(line: MeetingLine, facts: ReportFacts) -> Words:
    return lambda say: say.in_full(line.starts_at, facts.cities)


def _minutes(line: MeetingLine) -> Words:
    state = line.minutes
    return lambda say: Markup("–") if state is None else meeting_words.minutes_word(say, state)


def decisions(both: Tongues, facts: ReportFacts) -> Table:
    """What was proposed or settled in the period."""
    columns = both.each(
        lambda say: say("No."), lambda say: say("Decision"), lambda say: say("State"), lambda say: say("Date")
    )
    rows = [
        (
            line.name,
            without_tag(line.text),
            both(_stating(decision_words.state_word, line.state), "\n"),
            both(_dated(line.day), "\n"),
        )
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
        both(area(line.area), "\n"),
        line.lead,
        both(lambda say: activity_words.period(say, line.first, line.last), "\n"),
        both(_stating(activity_words.state_word, line.state), "\n") + done,
        "\n".join(f"{text}: {_number(actual)}/{_number(target)}" for text, target, actual in line.indicators),
    )


def _titled(line: ActivityLine) -> Words:
    return lambda say: Markup.escape(read_in(say.language, line.title, dict(line.titles)))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def delays(both: Tongues, facts: ReportFacts) -> Table:
    """Activities that are late or at risk: why, and what to do first."""
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
            both(_stating(activity_words.state_word, line.state), "\n"),
            line.delay or both(lambda say: say("not given"), "\n"),
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


def participants(both: Tongues, facts: ReportFacts) -> Table:
    """Who took part, by activity, side and sex, with a total."""
    columns = both.each(
        lambda say: say("Activity"), lambda say: say("Side"), lambda say: say("Women"), lambda say: say("Men"),
        lambda say: say("Sum"),
    )  # fmt: skip
    counted = [(line.name, *each) for line in facts.activities for each in line.participants]
    rows = [(name, side, str(women), str(men), str(women + men)) for name, side, women, men in counted]
    if len(rows) > 1:
        women, men = sum(each[2] for each in counted), sum(each[3] for each in counted)
        rows.append((both(lambda say: say("Total"), "\n"), "", str(women), str(men), str(women + men)))
    return Table(columns, rows, (4, 6, 2, 2, 2))


def support(both: Tongues, lines: Iterable[SupportLine]) -> Table:
    """What was asked of the supporting organisation, and what it answered."""
    columns = both.each(
        lambda say: say("No."),
        lambda say: say("Request"),
        lambda say: say("Kind"),
        lambda say: say("Needed by"),
        lambda say: say("State"),
        lambda say: say("Answer"),
    )
    return Table(columns, [_asked(both, line) for line in lines], (2, 6, 3, 4, 3, 5))


def _asked(both: Tongues, line: SupportLine) -> tuple[str, ...]:
    kind = "" if line.kind is None else both(_stating(support_words.kind_word, line.kind), "\n")
    needed = "" if line.needed_by is None else both(_dated(line.needed_by), "\n")
    state = both(_stating(support_words.state_word, line.state), "\n")
    return (line.name, line.text, kind, needed, state, line.reply)


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
    return Table(columns, [_task(both, row) for row in rows], (5, 15, 7, 9, 8, 9, 7, 8))


def _task(both: Tongues, row: TaskRow) -> tuple[str, ...]:
    due = row.due.isoformat() if row.due else ""
    area_, state = both(area(row.area), "\n"), both(_standing(row), "\n")
    return (row.name, row.text, row.activity, area_, row.side, due, state, row.note)


def _standing(row: TaskRow) -> Words:
    def words(say: Say) -> Markup:
        state = task_words.state_word(say, row.state)
        return say.listed([state, say("late")]) if row.late else state

    return words


def signatures(both: Tongues, sides: Iterable[tuple[str, str]]) -> tuple[Signature, ...]:
    """A place to sign for each side; `sides` are names with their institutions."""
    lines = [both(words) for words in (lambda say: say("Signature"), lambda say: say("Name"), lambda say: say("Date"))]
    return tuple(Signature(institution or side, tuple(lines)) for side, institution in sides)


def _stating(words: Callable[[Say, State], Markup], state: State) -> Words:
    return lambda say: words(say, state)


def _dated(day: date) -> Words:
    return lambda say: say.day(day, year=True)
