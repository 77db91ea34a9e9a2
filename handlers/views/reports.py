"""A report as a paper: every heading and column in each language, what people wrote as they wrote it."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.papers.paper import Block, Heading, Paper, Paragraph, Sheet, Table
from handlers.report_facts import ReportFacts
from handlers.rules.activities import ActivityState
from handlers.views import report_tables as tables
from handlers.views.report_tables import Tongues, Words, period_words
from handlers.voice import Say


def paper(facts: ReportFacts, voices: Sequence[Say]) -> Paper:
    """The whole report."""
    both = Tongues(voices)
    title = both(lambda say: say("Progress report"))
    return Paper(
        name="report",
        title=title,
        language=voices[0].language,
        facts=_facts(facts, both),
        blocks=[
            *_part(both, lambda say: say("Summary"), Paragraph(both(_summary(facts), "\n"))),
            *_table(both, lambda say: say("Meetings held"), tables.meetings(both, facts.meetings, facts)),
            *_table(both, lambda say: say("Decisions"), tables.decisions(both, facts)),
            *_table(both, lambda say: say("Activities"), tables.activities(both, facts.activities)),
            *_table(both, lambda say: say("Delays, reasons and recommendations"), tables.delays(both, facts)),
            *_table(both, lambda say: say("Participants by side and sex"), tables.participants(both, facts)),
            *_table(both, lambda say: say("Requests for support"), tables.support(both, facts.support)),
            *_next(both, facts),
        ],
        signatures=tables.signatures(both, facts.sides),
        signed=f"{title}: {both(period_words(facts.period))}",
        sheets=_sheets(both, facts),
        lines=tables.tasks(both, facts.tasks, "\n"),
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


def _next(both: Tongues, facts: ReportFacts) -> list[Block]:
    """What comes in the period after this one."""
    title = _part(both, lambda say: say("Next period"), Paragraph(both(period_words(facts.next_period))))
    found: list[Block] = [
        table
        for table in (
            tables.meetings(both, facts.next_meetings, facts),
            tables.activities(both, facts.next_activities),
            tables.tasks(both, facts.next_tasks, "\n"),
        )
        if table.rows
    ]
    return title + (found or [Paragraph(both(lambda say: say("Nothing is planned for it yet.")))])


def _sheets(both: Tongues, facts: ReportFacts) -> list[Sheet]:
    """An overview, one sheet for each area, then what belongs to the group as a whole."""
    first = Sheet(both(lambda say: say("Activities")), tables.activities(both, facts.activities))
    areas = [
        Sheet(both(tables.area(area)) or both(lambda say: say("Without an area")), tables.tasks(both, rows, "\n"))
        for area in (*facts.areas, "")
        if (rows := [row for row in facts.tasks if row.area == area])
    ]
    rest = [
        Sheet(both(lambda say: say("Decisions")), tables.decisions(both, facts)),
        Sheet(both(lambda say: say("Meetings")), tables.meetings(both, facts.meetings, facts)),
        Sheet(both(lambda say: say("Participants")), tables.participants(both, facts)),
        Sheet(both(lambda say: say("Support")), tables.support(both, facts.support)),
    ]
    return [first, *areas, *rest]
