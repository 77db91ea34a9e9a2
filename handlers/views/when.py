"""Two weeks in one small table: digits and signs in the grid, every word below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from markupsafe import Markup

from handlers.reply import Page, View
from handlers.rules.day_layers import Layer, Reason
from handlers.rules.two_weeks import Common, JointDay
from handlers.views.calendar import LINE, PARAGRAPH, UnconfirmedYear, unconfirmed
from handlers.voice import Say

WIDTH = 34
"""Columns of fixed width that a phone shows without breaking a line."""
AT_WORK, OFF = "+", "-"
LETTERS = "abcdefghijklmn"


@dataclass(frozen=True)
class WhenFacts:
    """Both sides by name, and the days in order."""

    sides: tuple[str, str]
    days: tuple[JointDay, ...]
    unconfirmed: tuple[UnconfirmedYear, ...] = ()


def coming(facts: WhenFacts) -> View:
    """The table with its legend, the common hours, and the days off with their reasons."""

    def view(say: Say) -> Page:
        letters = _letters(facts.days)
        parts = [
            say("<b>The coming two weeks</b>"),
            Markup("<pre>{}</pre>").format("\n".join(grid(facts.days))),
            _legend(say, facts),
            *([_hours(say, facts.sides, letters)] if letters else []),
            *([_reasons(say, facts)] if any(day.off for day in facts.days) else []),
            *([unconfirmed(facts.unconfirmed, say)] if facts.unconfirmed else []),
        ]
        return Page(PARAGRAPH.join(parts), ())

    return view


def grid(days: Sequence[JointDay]) -> list[str]:
    """One line a day, with signs of one width only: the scripts of the readers have letters of many widths."""
    letters = _letters(days)
    lines = ["   dd/mm  1 2   h:mm"]
    for number, each in enumerate(days):
        if number and each.day.weekday() == 0:
            lines.append("")
        lines.append(_row(each, letters))
    return [line.rstrip() for line in lines]


def _row(each: JointDay, letters: dict[Common, str]) -> str:
    first, second = (AT_WORK if reason.works else OFF for reason in each.reasons)
    hours, minutes = divmod(each.common.minutes, 60)
    shared = f"{hours}:{minutes:02}  {letters[each.common]}" if each.common.minutes else ""
    return f"{each.day.isoweekday()}  {each.day:%d/%m}  {first} {second}   {shared}"


def _letters(days: Sequence[JointDay]) -> dict[Common, str]:
    different = dict.fromkeys(each.common for each in days if each.common.minutes)
    return dict(zip(different, LETTERS, strict=False))


def _legend(say: Say, facts: WhenFacts) -> Markup:
    first, second = facts.sides
    return LINE.join(
        (
            say("Columns: day of the week (1 is Monday), date, 1 {first}, 2 {second}, hours in common.",
                first=first, second=second),
            say("{at_work} at work, {off} not at work", at_work=AT_WORK, off=OFF),
        )
    )  # fmt: skip


def _hours(say: Say, sides: tuple[str, str], letters: dict[Common, str]) -> Markup:
    lines = [say("<b>Hours in common</b>")]
    for common, letter in letters.items():
        lines.append(
            say(
                "{letter}: {first_hours} {first} = {second_hours} {second}",
                letter=letter,
                first=sides[0],
                second=sides[1],
                first_hours=_clock(say, common.first),
                second_hours=_clock(say, common.second),
            )
        )
    return LINE.join(lines)


def _clock(say: Say, stretches: Sequence[tuple[time, time]]) -> str:
    return say.listed(f"{start:%H:%M}–{end:%H:%M}" for start, end in stretches)


def _reasons(say: Say, facts: WhenFacts) -> Markup:
    lines = [say("<b>Days off and make-up days</b>")]
    for each in facts.days:
        lines += [_reason(say, each, facts.sides[side], reason) for side, reason in each.off]
    return LINE.join(lines)


def _reason(say: Say, each: JointDay, side: str, reason: Reason) -> Markup:
    name = reason.name.spoken(say.language) if reason.name else ""
    day = say.day(each.day)
    if reason.works:
        return say("{day}, {side}: at work – {name}", day=day, side=side, name=name)
    if not name or reason.layer is Layer.LEAVE:
        return say("{day}, {side}: day off", day=day, side=side)
    return say("{day}, {side}: {name}", day=day, side=side, name=name)
