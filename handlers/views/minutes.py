"""The minutes of a meeting as a message: time and place, who was there, what was said, agreed and given to do."""

from itertools import groupby
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules.minutes import (
    AgreedFacts,
    AnswerFacts,
    AttendeeFacts,
    MinutesFacts,
    PointFacts,
    SaidFacts,
    StepFacts,
)
from handlers.rules.names import meeting_name
from handlers.rules.wordings import read_in
from handlers.views.decision_records import by_coordinator
from handlers.views.decisions import state_word
from handlers.views.language import language_name
from handlers.views.meetings import minutes_word
from handlers.views.tasks import DueFacts, due_words
from handlers.voice import Say
from storage.kinds import MinutesState, Verdict

LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")
DASH = Markup("– {}")


def whole(facts: MinutesFacts, *, recording: bool = False) -> View:
    """The whole minutes, to read; with `recording` to somebody who may record an answer for another."""

    def view(say: Say) -> Page:
        record = ((Button(say("Record an answer"), "minutes.on_behalf", facts.args),),) if recording else ()
        return Page(PARAGRAPH.join(body(say, facts)), (*record, _paper(say, facts)))

    return view


def _paper(say: Say, facts: MinutesFacts) -> tuple[Button, ...]:
    return (Button(say("As a Word document"), "minutes.paper", facts.args),)


def to_answer(facts: MinutesFacts) -> View:
    """The same to somebody who speaks for a side, with the two answers."""

    def view(say: Say) -> Page:
        parts = body(say, facts)
        if facts.answer_by is not None and facts.state is MinutesState.SENT:
            parts.append(_until(say, facts))
        rows: Rows = (
            (Button(say("Agree"), "minutes.agree", facts.args), Button(say("Object"), "minutes.object", facts.args)),
            _paper(say, facts),
        )
        return Page(PARAGRAPH.join(parts), rows)

    return view


def _until(say: Say, facts: MinutesFacts) -> Markup:
    assert facts.last_day is not None, "asked before"
    day = say.day(facts.last_day)
    return say("Please agree or object by {day}. Without an objection by then the minutes stand as they are.", day=day)


def body(say: Say, facts: MinutesFacts) -> list[Markup]:
    """The minutes, paragraph by paragraph."""
    parts = [
        _heading(say, facts),
        _frame(say, facts),
        _people(say, say("<b>Present</b>"), facts.present),
        _people(say, say("<b>Apologies</b>"), facts.apologies),
        _points(say, facts.points),
        _agreed(say, facts.agreed),
        _steps(say, facts),
        _left(say, facts),
        _answers(say, facts),
    ]
    return [part for part in parts if part]


def _heading(say: Say, facts: MinutesFacts) -> Markup:
    name, state = meeting_name(facts.number), minutes_word(say, facts.state)
    first = say("<b>Minutes of {name}</b> · {state}", name=name, state=state)
    if facts.edition > 1:
        first = say("{first} · edition {edition}", first=first, edition=facts.edition)
    return LINE.join([first, Markup("<b>{}</b>").format(facts.title)])


def _frame(say: Say, facts: MinutesFacts) -> Markup:
    minutes = max(1, round((facts.ended_at - facts.starts_at).total_seconds() / 60))
    length = say.n("{number} minute", "{number} minutes", minutes)
    lines = [say("{moment} · {length}", moment=say.moment(facts.starts_at, facts.cities), length=length)]
    if facts.place:
        lines.append(say("Place: {place}", place=facts.place))
    if facts.link:
        lines.append(say("Link: {link}", link=facts.link))
    if facts.languages:
        names = [language_name(say, each) for each in facts.languages]
        lines.append(say("Languages: {names}", names=say.all_of(names)))
    if facts.moderator:
        lines.append(say("Moderator: {name}", name=say.name(facts.moderator)))
    if facts.minute_taker:
        lines.append(say("Minutes: {name}", name=say.name(facts.minute_taker)))
    if facts.interpreter:
        lines.append(say("Interpreter: {name}", name=say.name(facts.interpreter)))
    return LINE.join(lines)


def _people(say: Say, title: Markup, people: tuple[AttendeeFacts, ...]) -> Markup:
    if not people:
        return Markup("")
    lines = [title]
    for institution, group in groupby(people, key=lambda each: (each.side, each.institution)):
        side, of = institution
        names = say.listed(_person(say, each) for each in group)
        place = say.listed(each for each in (side, of) if each)
        lines.append(say("{place}: {names}", place=place, names=names) if place else names)
    return LINE.join(lines)


def _person(say: Say, person: AttendeeFacts) -> Markup:
    name = Markup("{}").format(say.name(person.name))
    return say("{name} ({title})", name=name, title=person.title) if person.title else name


def _points(say: Say, points: tuple[PointFacts, ...]) -> Markup:
    if not points:
        return Markup("")
    lines = [say("<b>What was said</b>")]
    number = 0
    for point in points:
        if point.text:
            number += 1
            lines.append(Markup("{}. {}").format(number, " ".join(point.text.split())))
        lines += [_said(say, each) for each in point.said]
    return LINE.join(lines)


def _said(say: Say, said: SaidFacts) -> Markup:
    if not said.name:
        return DASH.format(said.text)
    if said.side:
        return say("– {name} ({side}): {text}", name=say.name(said.name), side=said.side, text=said.text)
    return say("– {name}: {text}", name=say.name(said.name), text=said.text)


def _agreed(say: Say, agreed: tuple[AgreedFacts, ...]) -> Markup:
    if not agreed:
        return Markup("")
    lines = [say("<b>What was agreed</b>")]
    for area, rows in groupby(agreed, key=lambda each: each.area):
        if area:
            lines.append(Markup("<i>{}</i>").format(say.area(area)))
        lines += [_decision(say, each) for each in rows]
    return LINE.join(lines)


def _decision(say: Say, decision: AgreedFacts) -> Markup:
    words = " ".join(read_in(say.language, decision.text, decision.others).split())
    return say(
        "<b>{name}</b> · {state} · {text}", name=decision.name, state=state_word(say, decision.state), text=words
    )


def _steps(say: Say, facts: MinutesFacts) -> Markup:
    if not facts.steps:
        return Markup("")
    return LINE.join([say("<b>Next steps</b>"), *(_step(say, each, facts) for each in facts.steps)])


def _step(say: Say, step: StepFacts, facts: MinutesFacts) -> Markup:
    who = say("{side}, {name}", side=step.side, name=say.name(step.person)) if step.person else step.side
    due = due_words(say, DueFacts(step.due, step.due_at), facts.cities)
    words = " ".join(step.text.split())
    return say("<b>{name}</b> {text} – {who}, {due}", name=step.name, text=words, who=who, due=due)


def _left(say: Say, facts: MinutesFacts) -> Markup:
    lines: list[Markup] = []
    if facts.left:
        lines.append(say("<b>Left to the next meeting</b>"))
        lines += [DASH.format(" ".join(each.split())) for each in facts.left]
    if facts.next_number is not None:
        lines.append(_next(say, facts))
    if facts.photo_id:
        lines.append(say("There is a photo of the meeting."))
    return LINE.join(lines)


def _next(say: Say, facts: MinutesFacts) -> Markup:
    name = meeting_name(facts.next_number or 0)
    if facts.next_at is None:
        return say("Next meeting: {name}", name=name)
    return say("Next meeting: {name}, {moment}", name=name, moment=say.moment(facts.next_at, facts.cities))


def _answers(say: Say, facts: MinutesFacts) -> Markup:
    return LINE.join(answered(say, each, facts.cities[0][1]) for each in facts.answers)


def answered(say: Say, answer: AnswerFacts, zone: ZoneInfo) -> Markup:
    """What one side said, who said so and when, and who wrote it down for him."""
    if answer.verdict is None or answer.at is None:
        return say("<b>{side}</b>: no answer yet", side=answer.side)
    day, who = say.day(answer.at.astimezone(zone).date()), say.name(answer.person)
    said = say("agreed") if answer.verdict is Verdict.AGREE else say("objected")
    lines = [say("<b>{side}</b>: {said} · {who}, {day}", side=answer.side, said=said, who=who, day=day)]
    if answer.reason:
        lines.append(say("Reason: {reason}", reason=answer.reason))
    if answer.recorder:
        lines.append(by_coordinator(say, answer.recorder, answer.person, answer.evidence))
    return LINE.join(lines)
