"""Playbooks to look at: the list, one with its steps, and one that was sent as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules.offsets import Anchor, Offset
from handlers.rules.playbooks import Party, Playbook, PlaybookFault, PlaybookWrong, Step, spoken_in
from handlers.rules.text import clip
from handlers.voice import Say

LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")
SHOWN = 8
"""Steps on one page."""
SHOWN_FAULTS = 10
QUOTED = 40
STEP = 160
"""UTF-16 units of a step in a list."""


@dataclass(frozen=True)
class PlaybookFacts:
    """A playbook as it is shown; `starts` says whether whoever reads may start it."""

    group_id: int
    playbook: Playbook
    starts: bool

    @property
    def args(self) -> dict[str, Any]:
        """What every button about it carries."""
        return {"group": self.group_id, "key": self.playbook.key}


def listed(group_id: int, found: Sequence[Playbook], page: int, pages: int, *, adds: bool) -> View:
    """The playbooks there are, with a button for each."""

    def view(say: Say) -> Page:
        text = say(
            "<b>Playbooks</b>\nA playbook is a list of steps around an event. "
            "Starting one writes an activity with all its tasks, dated from the days of the event."
        )
        rows: list[tuple[Button, ...]] = [
            (Button(_title(each, say), "playbook.show", {"group": group_id, "key": each.key}),) for each in found
        ]
        turning = _turning(say, "playbook.page", {"group": group_id}, page, pages)
        adding = (Button(say("Send one as a file"), "playbook.add", {"group": group_id}),) if adds else ()
        return Page(text, tuple(row for row in (*rows, turning, adding) if row))

    return view


def _turning(say: Say, press: str, args: dict[str, Any], page: int, pages: int) -> tuple[Button, ...]:
    before = (Button(say("‹ Back"), press, {**args, "page": page - 1}),) if page > 1 else ()
    after = (Button(say("More ›"), press, {**args, "page": page + 1}),) if page < pages else ()
    return before + after


def _title(playbook: Playbook, say: Say) -> str:
    return clip(spoken_in(playbook.title, say.language), 60)


def one(facts: PlaybookFacts, wanted: int) -> View:
    """A playbook with its steps, eight a page."""
    steps = facts.playbook.steps
    pages = max(1, ceil(len(steps) / SHOWN))
    page = min(max(wanted, 1), pages)

    def view(say: Say) -> Page:
        number = say.n("{number} step", "{number} steps", len(steps))
        title = say("<b>{title}</b> · {steps}", title=_title(facts.playbook, say), steps=number)
        start = (page - 1) * SHOWN
        shown = [step(say, facts.playbook, each) for each in steps[start : start + SHOWN]]
        starting = (Button(say("Start"), "playbook.start", facts.args),) if facts.starts else ()
        filing = (Button(say("Get the file"), "playbook.file", facts.args),)
        back = (Button(say("All playbooks"), "playbook.page", {"group": facts.group_id}),)
        turning = _turning(say, "playbook.show", facts.args, page, pages)
        return Page(
            PARAGRAPH.join((title, LINE.join(shown))), tuple(r for r in (starting, turning, filing + back) if r)
        )

    return view


def step(say: Say, playbook: Playbook, facts: Step) -> Markup:
    """One step: when, whose, what."""
    who = say.all_of([role(say, playbook.roles, party) for party in facts.parties])
    text = clip(spoken_in(facts.texts, say.language), STEP)
    return say("{when} · {who}: {text}", when=offset_words(say, facts.offset), who=who, text=text)


def role(say: Say, roles: Mapping[Party, Mapping[str, str]], party: Party) -> str:
    """What a party is called in a playbook."""
    if party in roles:
        return spoken_in(roles[party], say.language)
    return str({Party.HOST: say("host"), Party.SEND: say("sending side"), Party.PROJECT: say("project")}[party])


def offset_words(say: Say, offset: Offset) -> Markup:
    """When a step is due, counted from the event."""
    if offset.anchor is Anchor.OPEN:
        return say("no date")
    if offset.anchor is Anchor.MIDDLE:
        return say("in the middle")
    if offset.every:
        return say.n("every day from {start}", "every {number} days from {start}", offset.every, start=_plain(offset))
    return Markup.escape(_plain(offset))


def _plain(offset: Offset) -> str:
    return str(Offset(offset.anchor, offset.days)).replace("-", "−")


def given_out(say: Say) -> Page:
    """The words under the file."""
    return Page(
        say(
            "D is the first day of the event, E the last. Change the lines and send the file back with /playbook; "
            "under another name it is another playbook."
        )
    )


def ask_file(example: str) -> View:
    """The question for a file."""

    def view(say: Say) -> Page:
        text = say(
            "Please send the playbook as a CSV or XLSX file. The side is host, send, both or project; the offset is "
            "such as D-30, E+5, middle, D+7 every 7 or open. For example:\n<pre>{example}</pre>",
            example=example,
        )
        return Page(text, ask=say("A CSV or XLSX file"))

    return view


def preview(playbook: Playbook, args: dict[str, Any], *, replaces: bool) -> View:
    """What was read out of a file, and the buttons to keep it or not."""

    def view(say: Say) -> Page:
        number = say.n("{number} step", "{number} steps", len(playbook.steps))
        lines = [say("<b>{title}</b> · {steps}", title=_title(playbook, say), steps=number)]
        lines += [step(say, playbook, each) for each in playbook.steps[:SHOWN]]
        if len(playbook.steps) > SHOWN:
            lines.append(say.n("… and {number} more", "… and {number} more", len(playbook.steps) - SHOWN))
        if replaces:
            lines.append(say("It takes the place of the playbook of the same name in this group."))
        buttons = (Button(say("Keep it"), "playbook.keep", args), Button(say("Leave it"), "playbook.drop", args))
        return Page(LINE.join(lines), (buttons,))

    return view


def kept(args: dict[str, Any]) -> View:
    """The group has the playbook."""
    return lambda say: Page(
        say("The group has this playbook from now on."), ((Button(say("Open it"), "playbook.show", args),),)
    )


def left(say: Say) -> Page:
    """Nothing was kept."""
    return Page(say("Nothing was changed."))


def playbook_faults(say: Say, values: Mapping[str, Any]) -> Markup:
    """Every line that cannot be read, up to a few."""
    faults: Sequence[PlaybookFault] = values.get("faults", ())
    lines = [say("Nothing was changed, because some lines cannot be read:")]
    lines += [
        say("line {number}: {fault}", number=each.line, fault=_fault(say, each)) for each in faults[:SHOWN_FAULTS]
    ]
    if len(faults) > SHOWN_FAULTS:
        lines.append(say.n("and {number} more line", "and {number} more lines", len(faults) - SHOWN_FAULTS))
    return LINE.join(lines)


def _fault(say: Say, fault: PlaybookFault) -> Markup:
    text = clip(fault.text, QUOTED)
    match fault.wrong:
        case PlaybookWrong.NO_HEADER:
            return say("the first line has to name the columns: row, side, offset and a language such as en")
        case PlaybookWrong.NO_TITLE:
            return say("a line “title” with a title of at most 120 letters is missing")
        case PlaybookWrong.NO_STEPS:
            return say("there is no line “step”")
        case PlaybookWrong.TOO_MANY:
            return say("a playbook has at most 60 steps")
        case PlaybookWrong.ROW:
            return say("“{text}” is neither title nor host nor send nor step", text=text)
        case PlaybookWrong.SIDE:
            return say("“{text}” is neither host nor send nor both nor project", text=text)
        case PlaybookWrong.OFFSET:
            return say("“{text}” is no offset such as D-30, E+5, middle, D+7 every 7 or open", text=text)
        case PlaybookWrong.CONDITION:
            return say("“{text}” is no condition such as host=CN", text=text)
        case PlaybookWrong.NO_TEXT:
            return say("the step has no text")
        case PlaybookWrong.LONG_TEXT:
            return say("a text is longer than 300 letters")
