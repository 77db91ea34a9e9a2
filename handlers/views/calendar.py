"""The calendars of a group: the next days off of both sides, and a country's year."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules.calendar_words import Run
from handlers.voice import Say
from storage.kinds import DayKind, YearState

LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")


@dataclass(frozen=True)
class UnconfirmedYear:
    """A country's calendar of a year that nobody confirmed; missing when there are no days at all."""

    country: str
    year: int
    state: YearState


@dataclass(frozen=True)
class PlaceFacts:
    """A side with its next days, in order."""

    name: str
    country: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class CalendarFacts:
    """Both sides; `years` are the pages to open, `own` the sides (id, name) whose own days the asker may change."""

    group_id: int
    places: tuple[PlaceFacts, ...]
    years: tuple[tuple[str, int], ...]
    unconfirmed: tuple[UnconfirmedYear, ...] = ()
    own: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class YearFacts:
    """A country's year; `earlier` and `later` say whether there is a page before and behind it."""

    group_id: int
    country: str
    year: int
    state: YearState
    runs: tuple[Run, ...]
    may_change: bool = False
    earlier: bool = False
    later: bool = False


def country_name(country: str, say: Say) -> str:
    """A country in the reader's language; its two letters where the language has no word for it."""
    return _territories(say.language).get(country, country)


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(language).territories)


def coming(facts: CalendarFacts) -> View:
    """The next days off, and days that are worked although they look free, of both sides."""

    def view(say: Say) -> Page:
        parts = [say("<b>The next days off and make-up working days</b>")]
        parts += [_place(say, place) for place in facts.places]
        parts += [unconfirmed(facts.unconfirmed, say)] if facts.unconfirmed else []
        return Page(PARAGRAPH.join(parts), _rows(say, facts))

    return view


def _place(say: Say, place: PlaceFacts) -> Markup:
    lines = [say("<b>{side}</b>", side=place.name), *(run_line(run, say) for run in place.runs)]
    return LINE.join(lines if place.runs else [*lines, say("No days are known.")])


def run_line(run: Run, say: Say, *, year: bool = False) -> Markup:
    """One line: the day or days with weekdays, and what they are."""
    days = run_days(run, say, year=year)
    name = run.name.spoken(say.language)
    if run.kind is DayKind.OBSERVANCE:
        return say("• {days}: {name} (no day off)", days=days, name=name)
    if run.kind is DayKind.ON:
        return say("• {days}: at work – {name}", days=days, name=name)
    if run.own:
        return say("• {days}: {name} (own days off)", days=days, name=name)
    return say("• {days}: {name}", days=days, name=name)


def run_days(run: Run, say: Say, *, year: bool = False) -> str:
    """The day of a run, or its first and last."""
    first, last = say.day(run.first, year=year), say.day(run.last, year=year)
    return first if run.first == run.last else f"{first} – {last}"


def unconfirmed(years: Iterable[UnconfirmedYear], say: Say) -> Markup:
    """One line for each calendar that nobody confirmed."""
    return LINE.join(_unconfirmed(each, say) for each in years)


def _unconfirmed(each: UnconfirmedYear, say: Say) -> Markup:
    country = country_name(each.country, say)
    if each.state is YearState.MISSING:
        return say(
            "⚠ {country} {year}: there is no calendar yet, only weekends are known.", country=country, year=each.year
        )
    return say("⚠ {country} {year}: not confirmed yet, days may change.", country=country, year=each.year)


def _rows(say: Say, facts: CalendarFacts) -> Rows:
    years = tuple(
        Button(
            say("{country} {year}", country=country_name(country, say), year=year),
            "calendar.year",
            {"group": facts.group_id, "country": country, "year": year},
        )
        for country, year in facts.years
    )
    own = tuple(
        (Button(say("Own days: {side}", side=name), "calendar.own", {"group": facts.group_id, "side": side_id}),)
        for side_id, name in facts.own
    )
    return (years, *own)


def year_page(facts: YearFacts) -> View:
    """A country's days of one year, and what a coordinator can do about them."""

    def view(say: Say) -> Page:
        title = say("<b>{country} {year}</b>", country=country_name(facts.country, say), year=facts.year)
        lines = [title, _state(facts.state, say), Markup(), *(run_line(run, say) for run in facts.runs)]
        return Page(LINE.join(lines), _year_rows(say, facts))

    return view


def _state(state: YearState, say: Say) -> Markup:
    match state:
        case YearState.CONFIRMED:
            return say("This calendar is confirmed.")
        case YearState.PROVISIONAL:
            return say("⚠ This calendar is not confirmed yet, days may change.")
        case YearState.MISSING:
            return say("⚠ There is no calendar for this year yet, only weekends are known.")


def _year_rows(say: Say, facts: YearFacts) -> Rows:
    args = {"group": facts.group_id, "country": facts.country, "year": facts.year}
    turning = [Button(f"◀ {facts.year - 1}", "calendar.year", args | {"year": facts.year - 1})] if facts.earlier else []
    turning += [Button(f"{facts.year + 1} ▶", "calendar.year", args | {"year": facts.year + 1})] if facts.later else []
    rows = [tuple(turning)] if turning else []
    if facts.may_change:
        if facts.state is YearState.PROVISIONAL:
            rows.append((Button(say("Confirm {year}", year=facts.year), "calendar.confirm", args),))
        rows.append((Button(say("Add days"), "calendar.add", args), Button(say("Change a day"), "calendar.pick", args)))
        rows.append((Button(say("Import a file"), "calendar.import", args),))
    rows.append((Button(say("Back"), "calendar.back", {"group": facts.group_id}),))
    return tuple(rows)


def confirmed(country: str, year: int) -> View:
    """To the group: somebody stands up for a calendar now."""

    def view(say: Say) -> Page:
        return Page(
            say("The calendar of {country} for {year} is confirmed.", country=country_name(country, say), year=year)
        )

    return view
