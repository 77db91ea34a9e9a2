"""The message from which a report is made: its period, the forms it can have, and how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules.periods import after, before
from handlers.rules.spans import Span
from handlers.views.report_tables import period_words
from handlers.voice import Say

NAMES: Mapping[str, str] = {"docx": "Word", "xlsx": "Excel", "csv": "CSV", "pdf": "PDF"}
"""What the forms are called in every language."""


@dataclass(frozen=True)
class PageFacts:
    """A period of a group's; `several` where a person can have it in the languages of both sides too."""

    group_id: int
    period: Span
    several: bool = False
    portable: bool = False

    @property
    def args(self) -> dict[str, Any]:
        """What every button carries."""
        return {"group": self.group_id, **days(self.period)}

    @property
    def forms(self) -> list[str]:
        """The forms that can be made here."""
        return [form for form in NAMES if self.portable or form != "pdf"]


def days(period: Span) -> dict[str, str]:
    """A period as the arguments of a button."""
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def choices(facts: PageFacts, made: str = "") -> View:
    """The period and a button for each form; `made` is the one that was just sent."""

    def view(say: Say) -> Page:
        lines = [say("<b>Report</b>: {period}", period=period_words(facts.period)(say))]
        if made:
            lines.append(say("{form} is sent.", form=NAMES[made]))
        else:
            lines.append(say("Which form do you want? Word is the one to sign."))
        return Page(Markup("\n").join(lines), _buttons(say, facts))

    return view


def _buttons(say: Say, facts: PageFacts) -> Rows:
    plain = tuple(Button(NAMES[form], "report.make", {**facts.args, "form": form}) for form in facts.forms)
    both = {**facts.args, "both": True}
    sides = (
        Button(say("Word, both languages"), "report.make", {**both, "form": "docx"}),
        Button(say("Excel, both languages"), "report.make", {**both, "form": "xlsx"}),
    )
    turning = (
        Button(say("‹ Before"), "report.turn", {"group": facts.group_id, **days(before(facts.period))}),
        Button(say("After ›"), "report.turn", {"group": facts.group_id, **days(after(facts.period))}),
    )
    return (plain, *((each,) for each in sides if facts.several), turning)


def under_way(facts: PageFacts, form: str) -> View:
    """The same message while the file is being made."""

    def view(say: Say) -> Page:
        title = say("<b>Report</b>: {period}", period=period_words(facts.period)(say))
        return Page(Markup("\n").join((title, say("Making {form} …", form=NAMES[form]))))

    return view


def below(period: Span) -> View:
    """What stands below the file."""
    return lambda say: Page(say("Progress report, {period}", period=period_words(period)(say)))


def announced(period: Span) -> View:
    """What the group hears when a report is made in private."""
    return lambda say: Page(
        say("A report of this group was made: {period}. It names no persons.", period=period_words(period)(say))
    )
