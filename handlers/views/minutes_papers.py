"""The minutes of a meeting, or the report of a workshop, as a paper that both sides sign."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.papers.paper import Block, Heading, Image, Paper, Paragraph, Table
from handlers.rules.minutes import AgreedFacts, AttendeeFacts, MinutesFacts, SaidFacts, StepFacts
from handlers.rules.names import meeting_name
from handlers.rules.text import without_tag
from handlers.rules.wordings import read_in
from handlers.views.decisions import state_word
from handlers.views.language import language_name
from handlers.views.meetings import minutes_word
from handlers.views.report_tables import Tongues, Words, area, signatures
from handlers.voice import Say
from storage.kinds import DecisionState


def paper(facts: MinutesFacts, voices: Sequence[Say], photo: bytes | None) -> Paper:
    """The whole document; `photo` is a picture of the meeting, if somebody sent one."""
    both = Tongues(voices)
    return Paper(
        name="minutes",
        title=both(lambda say: say("Minutes of {name}", name=meeting_name(facts.number))),
        language=voices[0].language,
        facts=_facts(facts, both),
        blocks=[
            *_part(both, lambda say: say("Those present"), _people(both, facts.present)),
            *_part(both, lambda say: say("Apologies"), _people(both, facts.apologies)),
            *_said(facts, both),
            *_part(both, lambda say: say("What was agreed"), _agreed(facts, both)),
            *_part(both, lambda say: say("Next steps"), _steps(facts.steps, facts, both)),
            *_left(facts, both),
            *([Image(photo)] if photo else []),
        ],
        signatures=signatures(both, facts.sides),
    )


def _facts(facts: MinutesFacts, both: Tongues) -> list[tuple[str, str]]:
    found: list[tuple[Words, str]] = [
        (lambda say: say("Title"), facts.title),
        (lambda say: say("Working group"), facts.group),
        (lambda say: say("When"), both(lambda say: say.in_full(facts.starts_at, facts.cities, facts.ended_at))),
        (lambda say: say("How it was held"), " – ".join(filter(None, (facts.place, facts.link)))),
        (lambda say: say("Languages"), both(_languages(facts))),
        (lambda say: say("Moderator"), facts.moderator),
        (lambda say: say("Minute taker"), facts.minute_taker),
        (lambda say: say("Interpreter"), facts.interpreter),
        (lambda say: say("State"), both(lambda say: minutes_word(say, facts.state))),
    ]
    return [(both(label), value) for label, value in found if value]


def _languages(facts: MinutesFacts) -> Words:
    return lambda say: say.all_of([language_name(say, each) for each in facts.languages]) if facts.languages else ""


def _part(both: Tongues, title: Words, table: Table) -> list[Block]:
    """A part with its table; nothing at all where there is nothing to show."""
    return [Heading(both(title, "\n")), table] if table.rows else []


def _people(both: Tongues, people: Sequence[AttendeeFacts]) -> Table:
    columns = both.each(
        lambda say: say("Side"),
        lambda say: say("Institution"),
        lambda say: say("Name"),
        lambda say: say("Title or function"),
    )
    return Table(columns, [(each.side, each.institution, each.name, each.title) for each in people], (3, 5, 5, 5))


def _said(facts: MinutesFacts, both: Tongues) -> list[Block]:
    """What was said, point by point of the agenda."""
    found: list[Block] = []
    for number, point in enumerate((each for each in facts.points if each.text), 1):
        speaker = f" ({point.speaker})" if point.speaker else ""
        found.append(Paragraph(f"{number}. {point.text}{speaker}"))
        found += [Paragraph(_sentence(each)) for each in point.said]
    found += [Paragraph(_sentence(each)) for point in facts.points if not point.text for each in point.said]
    return [Heading(both(lambda say: say("What was said"), "\n")), *found] if found else []


def _sentence(said: SaidFacts) -> str:
    who = f"{said.name} ({said.side})" if said.name and said.side else said.name or said.side
    return f"– {who}: {said.text}" if who else f"– {said.text}"


def _agreed(facts: MinutesFacts, both: Tongues) -> Table:
    columns = both.each(
        lambda say: say("Area"), lambda say: say("No."), lambda say: say("Decision"), lambda say: say("State")
    )
    rows = [
        (
            both(area(each.area), "\n"),
            each.name,
            both(_agreed_on(each), "\n"),
            both(_stating(each.state), "\n"),
        )
        for each in sorted(facts.agreed, key=lambda each: each.area)
    ]
    return Table(columns, rows, (4, 2, 9, 3))


def _agreed_on(point: AgreedFacts) -> Words:
    return lambda say: Markup.escape(without_tag(read_in(say.language, point.text, point.others)))


def _stating(state: DecisionState) -> Words:
    return lambda say: state_word(say, state)


def _steps(steps: Sequence[StepFacts], facts: MinutesFacts, both: Tongues) -> Table:
    columns = both.each(
        lambda say: say("No."),
        lambda say: say("Task"),
        lambda say: say("Side"),
        lambda say: say("Person"),
        lambda say: say("Due date"),
    )
    return Table(columns, [(s.name, s.text, s.side, s.person, _due(s, facts, both)) for s in steps], (2, 7, 3, 4, 4))


def _due(step: StepFacts, facts: MinutesFacts, both: Tongues) -> str:
    at, day = step.due_at, step.due
    if at is not None:
        return both(lambda say: say.in_full(at, facts.cities), "\n")
    return "" if day is None else both(lambda say: say.day(day, year=True), "\n")


def _left(facts: MinutesFacts, both: Tongues) -> list[Block]:
    if not facts.left:
        return []
    title = Heading(both(lambda say: say("Left for the next meeting"), "\n"))
    return [title, *(Paragraph(f"– {each}") for each in facts.left)]
