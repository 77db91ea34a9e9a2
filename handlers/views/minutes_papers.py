"""The minutes of a meeting, or the report of a workshop, as a paper that both sides sign."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.papers.paper import Block, Heading, Image, Paper, Paragraph, Table
from handlers.rules.minutes import AgreedFacts, AnswerFacts, AttendeeFacts, MinutesFacts, SaidFacts, StepFacts
from handlers.rules.names import meeting_name
from handlers.rules.text import without_tag
from handlers.rules.wordings import read_in
from handlers.views.decisions import state_word
from handlers.views.language import language_name
from handlers.views.meetings import minutes_word
from handlers.views.minutes import answered
from handlers.views.report_tables import Tongues, Words, area, signatures
from handlers.voice import Say
from storage.kinds import DecisionState


def paper(facts: MinutesFacts, voices: Sequence[Say], photo: bytes | None) -> Paper:
    """The whole document; `photo` is a picture of the meeting, if somebody sent one."""
    both = Tongues(voices)
    return Paper(
        name="minutes",
        title=both(_title(facts)),
        language=voices[0].language,
        facts=_facts(facts, both),
        blocks=[
            *_part(both, lambda say: say("Those present"), _people(both, facts.present)),
            *_part(both, lambda say: say("Apologies"), _people(both, facts.apologies)),
            *_said(facts, both),
            *_part(both, lambda say: say("What was agreed"), _agreed(facts, both)),
            *_part(both, lambda say: say("Next steps"), _steps(facts.steps, facts, both)),
            *_left(facts, both),
            *_answers(facts, both),
            *([Image(photo)] if photo else []),
        ],
        signatures=signatures(both, facts.sides),
        signed=f"{both(_title(facts))}: {facts.title}, {both(_day(facts))}",
    )


def _title(facts: MinutesFacts) -> Words:
    def words(say: Say) -> Markup:
        first = say("Minutes of {name}", name=meeting_name(facts.number))
        return first if facts.edition == 1 else say("{first} · edition {edition}", first=first, edition=facts.edition)

    return words


def _day(facts: MinutesFacts) -> Words:
    return lambda say: say.day(facts.starts_at.astimezone(facts.cities[0][1]).date(), year=True)


def _facts(facts: MinutesFacts, both: Tongues) -> list[tuple[str, str]]:
    found: list[tuple[Words, str]] = [
        (lambda say: say("Title"), facts.title),
        (lambda say: say("Working group"), facts.group),
        (lambda say: say("When"), both(lambda say: say.in_full(facts.starts_at, facts.cities, facts.ended_at))),
        (lambda say: say("How it was held"), " – ".join(filter(None, (facts.place, facts.link)))),
        (lambda say: say("Languages"), both(_languages(facts))),
        (lambda say: say("Moderator"), _named(facts.moderator, both)),
        (lambda say: say("Minute taker"), _named(facts.minute_taker, both)),
        (lambda say: say("Interpreter"), _named(facts.interpreter, both)),
        (lambda say: say("Next meeting"), both(_next(facts))),
        (lambda say: say("State"), both(lambda say: minutes_word(say, facts.state))),
    ]
    return [(both(label), value) for label, value in found if value]


def _named(name: str, both: Tongues) -> str:
    """A person's name, in words of each language where he is a former member; nothing for nobody."""
    return both(lambda say: say.name(name)) if name else ""


def _next(facts: MinutesFacts) -> Words:
    """The meeting that takes over what was left, and its time once that is fixed."""
    name, at = "" if facts.next_number is None else meeting_name(facts.next_number), facts.next_at
    return lambda say: name if at is None else say.listed([name, say.in_full(at, facts.cities)])


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
    return Table(
        columns, [(each.side, each.institution, _named(each.name, both), each.title) for each in people], (3, 5, 5, 5)
    )


def _said(facts: MinutesFacts, both: Tongues) -> list[Block]:
    """What was said, point by point of the agenda."""
    found: list[Block] = []
    for number, point in enumerate((each for each in facts.points if each.text), 1):
        speaker = f" ({_named(point.speaker, both)})" if point.speaker else ""
        found.append(Paragraph(f"{number}. {point.text}{speaker}"))
        found += [Paragraph(_sentence(each, both)) for each in point.said]
    found += [Paragraph(_sentence(each, both)) for point in facts.points if not point.text for each in point.said]
    return [Heading(both(lambda say: say("What was said"), "\n")), *found] if found else []


def _sentence(said: SaidFacts, both: Tongues) -> str:
    name = _named(said.name, both)
    who = f"{name} ({said.side})" if name and said.side else name or said.side
    return f"– {who}: {said.text}" if who else f"– {said.text}"


def _agreed(facts: MinutesFacts, both: Tongues) -> Table:
    columns = both.each(
        lambda say: say("Area"),
        lambda say: say("No."),
        lambda say: say("Decision"),
        lambda say: say("State"),
        lambda say: say("Answers"),
    )
    rows = [
        (
            both(area(each.area), "\n"),
            each.name,
            both(_agreed_on(each), "\n"),
            both(_stating(each.state), "\n"),
            both(_answered(each.answers, facts), "\n"),
        )
        for each in sorted(facts.agreed, key=lambda each: each.area)
    ]
    return Table(columns, rows, (3, 2, 7, 3, 6))


def _answered(answers: Sequence[AnswerFacts], facts: MinutesFacts) -> Words:
    """Which person answered for which side, and who wrote it down for him; a line each."""

    def words(say: Say) -> str:
        lines = [line for each in answers for line in answered(say, each, facts.cities[0][1]).splitlines()]
        return Markup("\n").join(Markup(line).striptags() for line in lines)

    return words


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
    rows = [(s.name, s.text, s.side, _named(s.person, both), _due(s, facts, both)) for s in steps]
    return Table(columns, rows, (2, 7, 3, 4, 4))


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


def _answers(facts: MinutesFacts, both: Tongues) -> list[Block]:
    """Who answered these minutes for which side; nothing before anybody did."""
    if all(each.verdict is None for each in facts.answers):
        return []
    words = both(_answered(facts.answers, facts), "\n")
    return [Heading(both(lambda say: say("Answers to the minutes"), "\n")), Paragraph(words)]
