"""The living card of an activity, and what can be changed on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules.activities import ActivityState
from handlers.rules.names import activity_name
from handlers.rules.text import clip
from handlers.views.language import language_name, own_name
from handlers.voice import Say

LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")
TITLE = 200
"""UTF-16 units of each title on a card."""
SHOWN = 300
"""UTF-16 units of an output or a reason on a card."""
Args = dict[str, Any]


@dataclass(frozen=True)
class IndicatorFacts:
    """What is counted, how much of it is meant, and how much there is."""

    id: int
    text: str
    target: float | None = None
    actual: float | None = None


@dataclass(frozen=True)
class ActivityFacts:
    """Everything the card of an activity shows. `titles` are (language, text), the original first.

    `participants` are (side, women, men); `missing` the languages of the sides that have no title yet; `done` and
    `all` count the parts of its tasks that were not cancelled; `back` leads to the page of the plan it came from.
    """

    id: int
    group_id: int
    number: int
    titles: tuple[tuple[str, str], ...]
    state: ActivityState
    area: str = ""
    first_day: date | None = None
    last_day: date | None = None
    lead: str = ""
    support: str = ""
    output: str = ""
    indicators: tuple[IndicatorFacts, ...] = ()
    participants: tuple[tuple[str, int, int], ...] = ()
    delay: str = ""
    missing: tuple[str, ...] = ()
    done: int = 0
    all: int = 0
    back: Args = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How people call it: A4."""
        return activity_name(self.number)

    @property
    def args(self) -> Args:
        """What every button of the card carries."""
        return {"activity": self.id, "group": self.group_id, **self.back}


def state_word(say: Say, state: ActivityState) -> Markup:
    """An activity's state in words."""
    return {
        ActivityState.PLANNED: say("planned"),
        ActivityState.ON_TRACK: say("on track"),
        ActivityState.AT_RISK: say("at risk"),
        ActivityState.LATE: say("late"),
        ActivityState.DONE: say("done"),
        ActivityState.DROPPED: say("called off"),
    }[state]


def period(say: Say, first: date | None, last: date | None) -> Markup:
    """From when until when, or that nobody said so yet."""
    if first is None or last is None:
        return say("no dates yet")
    if first == last:
        return Markup.escape(say.day(first, year=True))
    begins, ends = say.span(first, last)
    return say("{first} – {last}", first=begins, last=ends)


def card(facts: ActivityFacts) -> View:
    """The card of an activity: its titles, when, who, what it is to bring, and how it stands."""

    def view(say: Say) -> Page:
        heading = say("<b>{name}</b> · {state}", name=facts.name, state=state_word(say, facts.state))
        parts = [heading, *_titles(facts), LINE.join(_frame(say, facts))]
        return Page(PARAGRAPH.join(parts), _buttons(say, facts))

    return view


def _titles(facts: ActivityFacts) -> list[Markup]:
    """The title in every language there is; without a label while there is only one."""
    if len(facts.titles) == 1:
        return [Markup("<b>{}</b>").format(clip(facts.titles[0][1], TITLE))]
    lines = [Markup("{}: <b>{}</b>").format(own_name(language), clip(title, TITLE)) for language, title in facts.titles]
    return [LINE.join(lines)]


def _frame(say: Say, facts: ActivityFacts) -> list[Markup]:
    lines = [say("When: {period}", period=period(say, facts.first_day, facts.last_day))]
    if len(facts.titles) > 1:
        lines.append(say("Original: {language}", language=language_name(say, facts.titles[0][0])))
    if facts.area:
        lines.append(say("Area: {area}", area=say.area(facts.area)))
    lines.append(_sides(say, facts))
    if facts.output:
        lines.append(say("Expected output: {text}", text=clip(facts.output, SHOWN)))
    lines += [say("Indicator: {text}", text=indicator(say, each)) for each in facts.indicators]
    if facts.participants:
        lines.append(
            say("Took part: {sides}", sides=Markup("; ").join(_count(say, *each) for each in facts.participants))
        )
    lines.append(say("Tasks: {done} of {all} done", done=facts.done, all=facts.all))
    if facts.delay:
        lines.append(say("Reason for delay: {text}", text=clip(facts.delay, SHOWN)))
    return lines


def _sides(say: Say, facts: ActivityFacts) -> Markup:
    lead = facts.lead or say("not said yet")
    if not facts.support:
        return say("Leads: {side}", side=lead)
    return say("Leads: {side} · supports: {other}", side=lead, other=facts.support)


def indicator(say: Say, facts: IndicatorFacts) -> Markup:
    """An indicator with its numbers, such as "Trainers trained: 12 of 20"."""
    actual = "–" if facts.actual is None else say.number(facts.actual)
    if facts.target is None and facts.actual is None:
        return Markup.escape(facts.text)
    if facts.target is None:
        return say("{text}: {actual}", text=facts.text, actual=actual)
    return say("{text}: {actual} of {target}", text=facts.text, actual=actual, target=say.number(facts.target))


def _count(say: Say, side: str, women: int, men: int) -> Markup:
    return say("{side} {women} women, {men} men", side=side, women=women, men=men)


def _buttons(say: Say, facts: ActivityFacts) -> Rows:
    back = (
        (Button(say("Back to the plan"), "plan.area", {"group": facts.group_id, **facts.back}),) if facts.back else ()
    )
    if facts.state is ActivityState.DROPPED:
        return tuple(row for row in ((Button(say("Tasks"), "activity.tasks", facts.args),), back) if row)
    doing = (
        Button(say("Tasks"), "activity.tasks", facts.args),
        Button(say("New task"), "activity.task", facts.args),
    )
    telling = (
        Button(say("Participants"), "activity.participants", facts.args),
        Button(say("Reason for delay"), "activity.delay", facts.args),
    )
    counting = tuple(
        Button(say("Count: {text}", text=clip(each.text, 30)), "activity.count", {**facts.args, "indicator": each.id})
        for each in facts.indicators
    )
    changing = (Button(say("Change"), "activity.change", facts.args),)
    return tuple(row for row in (doing, telling, counting, changing, back) if row)


def sheet(facts: ActivityFacts) -> View:
    """What can be changed, in place of the card."""

    def view(say: Say) -> Page:
        args = facts.args
        rows: list[tuple[Button, ...]] = [
            (
                Button(say("Period"), "activity.month", args),
                Button(say("Area"), "activity.area", args),
            ),
            (
                Button(say("Lead side"), "activity.lead", args),
                Button(say("Supporting side"), "activity.support", args),
            ),
            (
                Button(say("Expected output"), "activity.output", args),
                Button(say("Indicators"), "activity.indicators", args),
            ),
        ]
        titles = tuple(
            Button(
                say("Title in {language}", language=language_name(say, language)),
                "activity.title",
                {**args, "language": language},
            )
            for language in facts.missing
        )
        rows += [titles] if titles else []
        last = (Button(say("Call the activity off"), "activity.drop", args), _to_card(say, args))
        return Page(say("<b>{name}</b>: what is to be changed?", name=facts.name), (*rows, last))

    return view


def _to_card(say: Say, args: Args) -> Button:
    return Button(say("Back to the card"), "activity.card", args)


def choice(question: str, name: str, args: Args, press: str, choices: Sequence[tuple[int, str]]) -> View:
    """A side or an area to press, in place of the card; `question` says which: "lead", "support" or "area"."""

    def view(say: Say) -> Page:
        asked = {
            "lead": say("{name}: which side leads?", name=name),
            "support": say("{name}: who supports?", name=name),
            "area": say("{name}: which area?", name=name),
            "participants": say("{name}: participants of which side?", name=name),
        }[question]
        shown = say.area if question == "area" else str
        rows = [
            (
                Button(
                    Markup.escape(clip(shown(label), 40)) if label else say("None"), press, {**args, "choice": number}
                ),
            )
            for number, label in choices
        ]
        return Page(asked, (*rows, (_to_card(say, args),)))

    return view
