"""Parts of months, quarters and years: the first ten days, the middle, the end; and the day to propose in each."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.rules.date_reading import Days, Doubt, add_months, month_end, real_day

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
HALVES = frozenset({"first", "second"})


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included, and the one to propose where none is said."""

    first: date
    last: date
    proposed: date

    @classmethod
    def of(cls, first: date, last: date, proposed: date | None = None) -> "Period":
        """A period; without a proposal its last day."""
        return cls(first, last, proposed or last)


def month(first: date) -> Period:
    """A whole month, given by any day of it."""
    return Period.of(first.replace(day=1), month_end(first.year, first.month))


def ten_days(of: date, third: int) -> Period:
    """The first (0), second or last (2) ten days of a month, given by any day of it."""
    first = of.replace(day=1 + 10 * third)
    return Period.of(first, month_end(of.year, of.month) if third == 2 else of.replace(day=10 * (third + 1)))


def half(of: date, second: bool) -> Period:
    """The first or second half of a month, given by any day of it."""
    if second:
        return Period.of(of.replace(day=16), month_end(of.year, of.month))
    return Period.of(of.replace(day=1), of.replace(day=15))


def beginning(of: date) -> Period:
    """The first days of a month: nobody says how many."""
    return Period.of(of.replace(day=1), of.replace(day=10), of.replace(day=5))


def middle(of: date) -> Period:
    """The days around the fifteenth of a month."""
    return Period.of(of.replace(day=11), of.replace(day=20), of.replace(day=15))


def nth_week(of: date, number: int) -> Period:
    """The first (1) to fourth seven days of a month, or its last (0), given by any day of it."""
    end = month_end(of.year, of.month)
    last = of.replace(day=7 * number) if number else end
    return Period.of(last - timedelta(6), last)


def year_part(year: int, part: str) -> Period:
    """The "beginning" of a year (its January), its "middle" (June and July), its "first" or "second" half."""
    if part == "beginning":
        return Period.of(date(year, 1, 1), date(year, 1, 31))
    if part == "middle":
        return Period.of(date(year, 6, 1), date(year, 7, 31), date(year, 6, 30))
    if part == "first":
        return Period.of(date(year, 1, 1), date(year, 6, 30))
    return Period.of(date(year, 7, 1), date(year, 12, 31))


def some_day_of_year(year: int, part: str, today: date) -> Days | None:
    """Some day of a part of a year; of its halves as of any several months."""
    period = year_part(year, part)
    return some_months(period) if part in HALVES else some_day(period, today)


def months(
    first: int, last: int, today: date, *, begins_in: int | None = None, ends_in: int | None = None
) -> Period | None:
    """Whole months from one to another (1 to 12), in the years written or the next ones in which they are not over.

    A year that is written once is that of the month beside it. None where they are no range.
    """
    if ends_in is None:
        ends_in = today.year if begins_in is None else begins_in + (last < first)
        if begins_in is None and month_end(real_day(ends_in, last, 1).year, last) < today:
            ends_in += 1
    begins_in = ends_in - (last < first) if begins_in is None else begins_in
    begin, end = real_day(begins_in, first, 1), real_day(ends_in, last, 1)
    return Period.of(begin, month_end(end.year, end.month)) if begin < end else None


def quarters(first: int, last: int, today: date, year: int | None) -> Period | None:
    """From one quarter (1 to 4) to the same or a later one, in that year or the next in which they are not over."""
    return months(3 * first - 2, 3 * last, today, ends_in=year) if first <= last else None


def near_quarter(today: date, ahead: int) -> Period:
    """This quarter (0), or one that many quarters ahead."""
    last = quarter_end(today, ahead)
    return Period.of(add_months(last.replace(day=1), -2), last)


def some_months(period: Period | None) -> Days | None:
    """Some day of several months: their last one is proposed, the last working day where these are known."""
    return Days(period.last, doubt=Doubt.SEVERAL_MONTHS) if period else None


def before_months(period: Period | None) -> Days | None:
    """The same of the day before them; asked about, because some mean their end."""
    return Days(period.first - timedelta(1), doubt=Doubt.SEVERAL_MONTHS) if period else None


def quarter_end(today: date, ahead: int) -> date:
    """The last day of this quarter (0), or of one that many quarters ahead."""
    last = add_months(today.replace(day=1), 2 - (today.month - 1) % 3 + 3 * ahead)
    return month_end(last.year, last.month)


def week(today: date, ahead: int) -> Period:
    """Monday to Sunday of this week (0) or of one ahead; Friday is proposed."""
    monday = today + timedelta(7 * ahead - today.weekday())
    return Period.of(monday, monday + timedelta(SUNDAY), monday + timedelta(FRIDAY))


def week_of(day: date, today: date) -> Days:
    """Some day of the week in which a day lies; Friday is proposed."""
    return some_day(week(day, 0), today, Doubt.SOME_DAY_OF_A_WEEK)


def some_day(period: Period, today: date, doubt: Doubt = Doubt.SOME_DAY) -> Days:
    """The day to propose, or the period's last one where that is past; asked about."""
    return Days(period.proposed if period.proposed >= today else period.last, doubt=doubt)


def before(period: Period) -> Days:
    """The last day before a period; asked about, because some mean the period's own end."""
    return Days(period.first - timedelta(1), doubt=Doubt.SOME_DAY)


def weekend(today: date, ahead: int) -> Days:
    """Saturday of this week (0) or of one ahead, with Sunday as the other meaning; asked about."""
    monday = week(today, ahead).first
    return Days(monday + timedelta(SATURDAY), monday + timedelta(SUNDAY), Doubt.SOME_DAY)


def end_of_week(today: date, ahead: int) -> Days:
    """Friday of this week (0) or of one ahead, with Sunday as the other meaning."""
    found = week(today, ahead)
    return Days(found.proposed, found.last, Doubt.FRIDAY_OR_SUNDAY)


def before_date(days: Days) -> Days:
    """Before a day: on it at the latest, or the day before. What the day itself leaves open comes first."""
    if days.doubt is Doubt.TODAY_OR_LATER and days.second:
        later = max(days.best, days.second)  # nobody asks for something before today
        return Days(later, later - timedelta(1), Doubt.BEFORE_OR_ON)
    return days if days.doubt else Days(days.best, days.best - timedelta(1), Doubt.BEFORE_OR_ON)


def nth_weekday(of: date, number: int, weekday: int) -> date | None:
    """The weekday (0 is Monday) of a month that is the first (1) to fifth, or the last (0); None if there is none."""
    if number == 0:
        end = month_end(of.year, of.month)
        return end - timedelta((end.weekday() - weekday) % 7)
    first = of.replace(day=1)
    found = first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))
    return found if found.month == of.month else None
