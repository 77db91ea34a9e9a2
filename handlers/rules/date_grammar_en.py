"""English dates: by Friday 5pm, before Pi Mai, within 5 working days, 3 in the afternoon on the 20th."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache

from handlers.rules import date_grammar_en_clock as clock
from handlers.rules import date_grammar_en_days as single
from handlers.rules import date_grammar_en_periods as whole
from handlers.rules import date_grammar_en_words as en
from handlers.rules import date_holidays
from handlers.rules.date_grammar_en_words import by_rules, count_of, normal
from handlers.rules.date_periods import before_date
from handlers.rules.date_reading import Days, Doubt, Found, Known, add_months

_LETTER = re.compile("[a-z]")
_DAYS_OF = {"day": 1, "week": 7}
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Compiled when the first English phrase is read."""
    work = "(?:working|business|work|office)[ -]days?"
    inside = "(?:in|within)(?: the next)?"
    return {
        "opening": re.compile(
            r"(?:(?P<till>by|until|till|(?:no|not) later than|(?:at )?(?:the )?latest|on or before|before or on"
            r"|(?:due|due date|deadline)(?: is)?):? |on |date: ?)+"
        ),
        "closing": re.compile(r" (?:at the latest|at latest|latest|or (?:earlier|before)|please)$"),
        "before": re.compile(r"(?:before|prior to|ahead of) (?P<rest>.+)"),
        "eod": re.compile(r"eod(?: on| of)? (?P<first>.+)|(?P<last>.+?)(?: by| at)? eod|eod"),
        "end": re.compile(r"(?:the )?end of (?P<day>.+)"),
        "hours": re.compile(
            rf"{inside} {en.COUNT} (?P<unit>hour|hr|minute|min)s?|{en.COUNT.replace('count', 'more')} "
            r"(?P<units>hour|hr|minute|min)s? from now"
        ),
        "ahead": re.compile(
            rf"(?:{inside} )(?P<count>\d{{1,6}}|an?) (?P<unit>day|week|month|quarter|year)(?:'s|s?'?)(?: time)?"
        ),
        "later": re.compile(rf"{en.COUNT} (?P<unit>day|week|month|quarter|year)s? (?:from now|from today|later)"),
        "work": re.compile(rf"(?:{inside} )?{en.COUNT} {work}(?:'s|'?)(?: time| from now| from today)?"),
        "next_work": re.compile(rf"(?:the )?next {work}"),
        "work_of": re.compile(rf"(?:the )?(?P<rank>1st|last) {work} (?:of|in) {en.SOME_MONTH}"),
        "earlier": re.compile(rf"(?:{en.COUNT} (?P<unit>day|week)s?|(?:the )?(?P<one>day)) before (?P<rest>.+)"),
    }


def read(phrase: str, local: datetime, known: Known) -> Found | None:
    """What an English phrase means; `phrase` is folded, `local` the reader's now. None if this is no English date."""
    if not phrase.isascii() or not _LETTER.search(phrase):
        return None
    words = _patterns()["closing"].sub("", normal(phrase))
    opening = _patterns()["opening"].match(words)
    words = words[opening.end() :] if opening else words
    if match := _patterns()["hours"].fullmatch(words):
        return _after_hours(match, local)
    if match := _patterns()["before"].fullmatch(words):
        return _before(match["rest"], local.date(), known)
    if found := _on(words, local.date(), known):
        return found
    holiday = date_holidays.before if opening and opening["till"] else date_holidays.on
    days = holiday(words, local.date(), known)
    return Found(days) if days else None


def _on(words: str, today: date, known: Known) -> Found | None:
    if days := (
        _day(words, today, known) or by_rules(whole.within(), words, today) or by_rules(whole.open_ones(), words, today)
    ):
        return Found(days)
    return _by_end_of_day(words, today, known) or _with_clock(words, today, known)


def _day(words: str, today: date, known: Known) -> Days | None:
    """One day: named, the last one of something, or so many days ahead."""
    return (
        by_rules(single.days(), words, today)
        or by_rules(whole.ends(), words, today)
        or _ahead(words, today)
        or _working(words, today, known)
        or _earlier(words, today, known)
    )


def _before(words: str, today: date, known: Known) -> Found | None:
    if days := by_rules(single.days(), words, today):
        return Found(before_date(days))
    if days := by_rules(whole.ends(), words, today) or by_rules(whole.before(), words, today):
        return Found(days)
    if found := _by_end_of_day(words, today, known) or _with_clock(words, today, known):
        return found
    days = date_holidays.before(words, today, known)
    return Found(days) if days else None


def _ahead(words: str, today: date) -> Days | None:
    match = _patterns()["ahead"].fullmatch(words) or _patterns()["later"].fullmatch(words)
    if match is None or match["count"] == "0":
        return None
    count, unit = count_of(match), match["unit"]
    if unit in _MONTHS_OF:
        return Days(add_months(today, count * _MONTHS_OF[unit]))
    return Days(today + timedelta(count * _DAYS_OF[unit]))


def _working(words: str, today: date, known: Known) -> Days | None:
    patterns = _patterns()
    if match := patterns["work"].fullmatch(words):
        return date_holidays.working_days(count_of(match), today, known) if match["count"] != "0" else None
    if patterns["next_work"].fullmatch(words):
        return date_holidays.working_days(1, today, known)
    match = patterns["work_of"].fullmatch(words)
    if match is None or known.working is None:
        return None
    of, doubt = en.month_of(match, today)
    last = add_months(of, 1) - timedelta(1)
    find = known.working.working_day_on_or_before if match["rank"] == "last" else known.working.working_day_on_or_after
    day = find(last if match["rank"] == "last" else of)
    return Days(day, doubt=doubt) if day else None


def _earlier(words: str, today: date, known: Known) -> Days | None:
    """So many days or weeks before a date or a holiday."""
    match = _patterns()["earlier"].fullmatch(words)
    if match is None or match["count"] == "0":
        return None
    ahead = (count_of(match) if match["count"] else 1) * _DAYS_OF[match["unit"] or match["one"]]
    days = by_rules(single.days(), match["rest"], today)
    if days is None:
        return date_holidays.before(match["rest"], today, known, ahead)
    return None if days.second else Days(days.best - timedelta(ahead), doubt=days.doubt)


def _by_end_of_day(words: str, today: date, known: Known) -> Found | None:
    """A day whose end is meant: that is the day, without a time."""
    if match := _patterns()["eod"].fullmatch(words):
        day = match["first"] or match["last"]
        days = _day(day, today, known) if day else Days(today)
        return Found(days) if days else None
    match = _patterns()["end"].fullmatch(words)
    days = by_rules(single.days(), match["day"], today) if match else None
    return Found(days) if days else None


def _with_clock(words: str, today: date, known: Known) -> Found | None:
    for timed in clock.timed(words):
        days = _day(timed.rest, today, known) if timed.rest else Days(today)
        if days is not None:
            return timed.on(days)
    day, part = clock.day_and_part(words)
    days = _day(day, today, known) if part else None
    return Found(days, doubt=Doubt.PART_OF_DAY) if days else None


def _after_hours(match: re.Match[str], local: datetime) -> Found | None:
    if match["count"] == "0" or match["more"] == "0":
        return None
    count = count_of(match) if match["count"] else int(match["more"]) if match["more"].isdecimal() else 1
    span = timedelta(hours=count) if (match["unit"] or match["units"])[0] == "h" else timedelta(minutes=count)
    # Hours are counted on the clock of the world, not on the wall: clocks may change in between.
    then = (local.astimezone(UTC) + span).astimezone(local.tzinfo)
    return Found(Days(then.date()), then.time().replace(second=0, microsecond=0))
