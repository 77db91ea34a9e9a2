"""The group's rules in words, and the buttons that change them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from handlers.reply import Button, Page, Rows
from handlers.rules.ladder import Ladder, Recipient, Rung
from handlers.rules.languages import ALTERNATING, starting_with
from handlers.rules.mechanism import Rule, read_digest
from handlers.rules.working_time import weekday
from handlers.views.language import language_name
from handlers.voice import Say
from storage.tables import Side

_DAY = re.compile(r"[A-Z][a-z]{2}")


@dataclass(frozen=True)
class MechanismFacts:
    """The rules of one group; `ladder` from its earliest rung to its latest, `digest_weekday` 0 is Monday."""

    group_id: int
    group: str
    ladder: tuple[Rung, ...]
    answer_days: int
    digest_weekday: int
    digest_hour: str
    quiet: str
    catch_up_days: int
    on_behalf: bool
    wordings: bool
    countersign: bool
    languages: tuple[str, ...]
    language_order: str
    sides: tuple[Side, ...]
    may_change: bool


def rules(facts: MechanismFacts, say: Say) -> Page:
    """All the rules, one paragraph each."""
    reminders = say("Reminders about a task, in working days of the responsible side:")
    parts = [
        say("<b>How {group} works</b>", group=facts.group),
        say(
            "A decision counts when both sides agreed. A side has {number} working days to answer.",
            number=facts.answer_days,
        ),
        reminders + Markup("\n") + _ladder(facts.ladder, say),
        say("What is older than {number} days is only listed.", number=facts.catch_up_days),
        say(
            "Digest: {day} at {hour}, on the first day both sides work.",
            day=_weekday(facts.digest_weekday, say),
            hour=facts.digest_hour,
        ),
        say("Quiet hours: {hours}.", hours=facts.quiet) if facts.quiet else say("There are no quiet hours."),
        _on_behalf(facts.on_behalf, say),
        _wordings(facts.wordings, say),
        _countersign(facts.countersign, say),
        *_languages(facts, say),
        *(say("{side} works {week}.", side=side.name, week=_week(side.week, say)) for side in facts.sides),
    ]
    return Page(Markup("\n\n").join(parts), _buttons(facts, say) if facts.may_change else ())


def _on_behalf(allowed: bool, say: Say) -> Markup:
    if allowed:
        return say("A coordinator may record an answer for somebody who cannot reach the bot, with the evidence.")
    return say("Nobody records an answer for somebody else.")


def _wordings(asked: bool, say: Say) -> Markup:
    if asked:
        return say("Each side also confirms the text in its own language before a decision counts.")
    return say("A decision can have its text in each language; it counts without that too.")


def _countersign(asked: bool, say: Say) -> Markup:
    if asked:
        return say("A task is done with a file, a photo or a link and the OK of the other side or the coordinator.")
    return say("A task is done when the person responsible says so.")


def _languages(facts: MechanismFacts, say: Say) -> list[Markup]:
    if len(facts.languages) < 2:
        return []
    if facts.language_order == ALTERNATING:
        names = say.all_of(language_name(say, each) for each in facts.languages)
        return [say("What I write here comes in {languages}; they take turns in coming first.", languages=names)]
    names = say.all_of(language_name(say, each) for each in starting_with(facts.language_order, facts.languages))
    return [say("What I write here comes in {languages}, in this order.", languages=names)]


def _ladder(rungs: Iterable[Rung], say: Say) -> Markup:
    return Markup("\n").join(Markup("• ") + _rung(rung, say) for rung in rungs)


def _rung(rung: Rung, say: Say) -> Markup:
    who = _who(rung.recipient, say)
    if rung.offset == 0:
        return say("on the day: {who}", who=who)
    if rung.offset < 0:
        return say.n("{number} day before: {who}", "{number} days before: {who}", -rung.offset, who=who)
    return say.n("{number} day after: {who}", "{number} days after: {who}", rung.offset, who=who)


def _who(recipient: Recipient, say: Say) -> Markup:
    if recipient is Recipient.COORDINATOR:
        return say("the coordinator")
    return say("the focal point") if recipient is Recipient.FOCAL_POINT else say("the person responsible")


def _weekday(number: int, say: Say, width: Literal["abbreviated", "wide"] = "wide") -> str:
    from babel.dates import get_day_names

    return str(get_day_names(width, locale=say.language)[number])


def _week(pattern: str, say: Say) -> str:
    """A pattern of working hours with its days as the reader calls them."""
    return _DAY.sub(lambda found: _weekday(weekday(found[0]), say, "abbreviated"), pattern)


def _buttons(facts: MechanismFacts, say: Say) -> Rows:
    def button(label: Markup, rule: Rule, side: int = 0) -> Button:
        return Button(label, "mechanism.choose", {"group": facts.group_id, "rule": rule.value, "side": side})

    weeks = tuple(button(say("Hours: {side}", side=side.name), Rule.WEEK, side.id) for side in facts.sides)
    return (
        (button(name(Rule.LADDER, say), Rule.LADDER), button(name(Rule.ANSWER_DAYS, say), Rule.ANSWER_DAYS)),
        (button(name(Rule.DIGEST, say), Rule.DIGEST), button(name(Rule.QUIET, say), Rule.QUIET)),
        (button(name(Rule.ON_BEHALF, say), Rule.ON_BEHALF),),
        (button(name(Rule.WORDINGS, say), Rule.WORDINGS), button(name(Rule.COUNTERSIGN, say), Rule.COUNTERSIGN)),
        *(((button(name(Rule.LANGUAGE_ORDER, say), Rule.LANGUAGE_ORDER),),) if len(facts.languages) > 1 else ()),
        (Button(say("Our own words"), "term.list", {"group": facts.group_id}),),
        weeks,
    )


def name(rule: Rule, say: Say) -> Markup:
    """What a rule is called on a button and in a sentence."""
    match rule:
        case Rule.LADDER:
            return say("Reminders")
        case Rule.DIGEST:
            return say("Digest")
        case Rule.QUIET:
            return say("Quiet hours")
        case Rule.ANSWER_DAYS:
            return say("Time to answer")
        case Rule.ON_BEHALF:
            return say("Recording for others")
        case Rule.COUNTERSIGN:
            return say("Evidence and OK")
        case Rule.WORDINGS:
            return say("Text in each language")
        case Rule.LANGUAGE_ORDER:
            return say("Order of languages")
        case Rule.WEEK:
            return say("Working hours")


def choices(group_id: int, rule: Rule, side_id: int, values: Sequence[str], say: Say) -> Page:
    """One rule and what can be chosen for it."""
    args = {"group": group_id, "rule": rule.value, "side": side_id}
    rows = [(Button(_label(rule, value, say), "mechanism.set", args | {"value": value}),) for value in values]
    if rule not in (Rule.ON_BEHALF, Rule.WORDINGS, Rule.COUNTERSIGN, Rule.LANGUAGE_ORDER):
        rows.append((Button(say("Write it yourself"), "mechanism.ask", args),))
    rows.append((Button(say("Back"), "mechanism.back", {"group": group_id}),))
    return Page(say("{rule}: what shall it be?", rule=name(rule, say)), tuple(rows))


def _label(rule: Rule, value: str, say: Say) -> str | Markup:
    if rule is Rule.ANSWER_DAYS:
        return say.n("{number} working day", "{number} working days", int(value))
    if rule is Rule.ON_BEHALF:
        return say("Yes, a coordinator may") if value == "yes" else say("No, nobody")
    if rule is Rule.COUNTERSIGN:
        return say("Yes, with evidence and OK") if value == "yes" else say("No, the word is enough")
    if rule is Rule.WORDINGS:
        return say("Yes, each side confirms its own") if value == "yes" else say("No, one text is enough")
    if rule is Rule.LANGUAGE_ORDER:
        return say("In turns") if value == ALTERNATING else say("{language} first", language=language_name(say, value))
    if rule is Rule.DIGEST:
        day, hour = read_digest(value)
        return f"{_weekday(day, say, 'abbreviated')} {hour}"
    if rule is Rule.WEEK:
        return _week(value, say)
    return value


def _in_words(rule: Rule, value: str, say: Say) -> str | Markup:
    """A value inside a sentence: reminders one below the other, as in the rules, and not as they are typed."""
    if rule is Rule.LADDER:
        return Markup("\n") + _ladder(Ladder.parse(value).rungs, say)
    return _label(rule, value, say)


def question(rule: Rule, example: str, say: Say) -> Page:
    """Asks for a rule of one's own."""
    text = say("{rule}: please write it, for example <code>{example}</code>", rule=name(rule, say), example=example)
    return Page(text, ask=example)


def changed(rule: Rule, side: str, value: str, say: Say) -> Page:
    """To the group: what changed."""
    shown = _in_words(rule, value, say)
    if side:
        return Page(say("The working hours of {side} are now: {value}.", side=side, value=shown))
    return Page(say("Our rules changed. {rule}: {value}.", rule=name(rule, say), value=shown))


def proposed(say: Say) -> Page:
    """To the focal point: his change waits for the coordinator."""
    return Page(say("The coordinator is asked whether it shall be so."))


def proposal(group: str, group_id: int, person: str, rule: Rule, side_id: int, value: str, say: Say) -> Page:
    """To the coordinator: a focal point proposes a change."""
    args = {"group": group_id, "rule": rule.value, "side": side_id}
    text = say(
        "{person} proposes for {group}: {rule} shall be {value}.",
        person=say.name(person), group=group, rule=name(rule, say), value=_in_words(rule, value, say),
    )  # fmt: skip
    yes = Button(say("Make it so"), "mechanism.set", args | {"value": value})
    return Page(text, ((yes, Button(say("Leave it as it is"), "mechanism.back", {"group": group_id})),))
