"""Times of day that every language's grammar shares: which hours are clear, which could be either half of the day."""

from datetime import time

from handlers.rules.date_reading import Days, Doubt, Found, Reason, UnreadableDate, real_time

_NIGHT_OR_AFTERNOON = range(1, 7)
_EITHER_HALF = 7


def at_clock(days: Days, hour: str, minute: str | None) -> Found:
    """A day with a time in digits and no word for the part of the day.

    03:00 and 15:00 are clear; 3:00 is taken as the afternoon's and asked about, 7:00 as the morning's. 0:00 could be
    either midnight of the day: UnreadableDate(NO_SUCH_TIME). 24:00 is its end; 24 without minutes is refused.
    """
    if hour == "24" and minute is not None and int(minute) == 0:
        return Found(days, ends_day=True)
    at = real_time(int(hour), int(minute or 0))
    if at == time(0):
        raise UnreadableDate(Reason.NO_SUCH_TIME)
    if hour.startswith("0") or at.hour not in (*_NIGHT_OR_AFTERNOON, _EITHER_HALF):
        return Found(days, at)
    later = at.replace(hour=at.hour + 12)
    best, other = (at, later) if at.hour == _EITHER_HALF else (later, at)
    return Found(days, best, other, Doubt.MORNING_OR_EVENING)


def in_part(days: Days, hour: int, minute: int, hours: range) -> Found:
    """A day with an hour and a part of the day, which covers `hours` of the 24; UnreadableDate where these differ."""
    fitting = [each for each in (hour, hour + 12) if hour and each in hours]
    if len(fitting) != 1:
        raise UnreadableDate(Reason.NO_SUCH_TIME)
    return Found(days, real_time(fitting[0], minute))
