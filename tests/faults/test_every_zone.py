"""In every zone of the world, around every change of its clocks from 2025 to 2035: one telling a day, on each day.

In every run a sample of the zones by the seed, by hand all of them:
FOCALPOINT_ZONES=600 python -m pytest tests/faults/test_every_zone.py -s
"""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest

from handlers.rules.digesting import digest_moment
from handlers.rules.moments import Quiet, moment, next_allowed
from handlers.rules.working_time import ONE_DAY, WorkingTime, parse_week

COUNT = int(os.environ.get("FOCALPOINT_ZONES", "40"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261127"))
HOUR, STEP = timedelta(hours=1), timedelta(minutes=5)
FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
WEEKS = ("Mon-Sun 00:00-24:00", "Mon-Sun 02:00-03:00", "Mon-Sun 00:00-01:00 23:00-24:00", "Mon-Fri 08:00-16:00")
QUIETS = (Quiet(), Quiet(time(23), time(2, 30)))
KNOWN = ("Asia/Vientiane", "Asia/Shanghai", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "Asia/Beirut")
"""Always among them: no changes, half an hour, at midnight."""


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """The hours in which the clocks of a zone change."""
    at, offset = FIRST, FIRST.astimezone(zone).utcoffset()
    while at < LAST:
        later = at + ONE_DAY
        if later.astimezone(zone).utcoffset() != offset:
            while (at + HOUR).astimezone(zone).utcoffset() == offset:
                at += HOUR
            yield at
            later = at + HOUR
            offset = later.astimezone(zone).utcoffset()
        at = later


def tellings(working: WorkingTime, quiet: Quiet, start: datetime, end: datetime) -> list[date]:
    """The local dates on which a person with something to hear every day is told, as the tick does it."""
    told: list[date] = []
    now = start
    while now < end:
        planned = moment(7, working, now, quiet)
        if planned is None:
            return told  # quiet whenever he is at work
        if planned > now:
            now = planned
            continue
        day = working.local_date(now)
        assert day not in told, f"{working.zone}: {day} twice"
        told.append(day)
        following = next_allowed(working.day_begins(day + ONE_DAY), working, quiet)
        assert following is not None
        assert following > now, f"{working.zone}: stuck on {day}"
        now = following
    return told


def workable(working: WorkingTime, quiet: Quiet, start: datetime, end: datetime) -> list[date]:
    """The local dates that have a moment in which he is at work and it is not quiet, looked at each five minutes."""
    days: dict[date, None] = {}
    for number in range((end - start) // STEP):
        local = (start + STEP * number).astimezone(working.zone)
        if local.time() not in quiet and any(local.time() in span for span in working.week.get(local.weekday(), ())):
            days[local.date()] = None
    return list(days)


def chosen() -> list[str]:
    """The zones of this run."""
    every = sorted(available_timezones())
    return sorted({*KNOWN, *Random(SEED).sample(every, min(COUNT, len(every)))})


@pytest.mark.timeout(3600)
def test_everybody_is_told_once_on_each_date_that_has_a_working_moment() -> None:
    seen, days = 0, 0
    for name in chosen():
        zone = ZoneInfo(name)
        for number, at in enumerate(changes(zone)):
            start = datetime.combine(at.astimezone(zone) - 2 * ONE_DAY, time(0), tzinfo=zone).astimezone(UTC)
            working = WorkingTime(zone, parse_week(WEEKS[(number // 2) % len(WEEKS)]))
            quiet = QUIETS[(number // 2 // len(WEEKS)) % len(QUIETS)]
            expected = workable(working, quiet, start, start + 5 * ONE_DAY)
            assert tellings(working, quiet, start, start + 5 * ONE_DAY)[: len(expected)] == expected, f"{name} at {at}"
            seen, days = seen + 1, days + len(expected)
    sys.stdout.write(f"\nseed {SEED}: {len(chosen())} zones, {seen} changes of clocks, {days} days\n")
    assert seen > COUNT, "a run without changes proves nothing"


def test_a_group_has_one_digest_a_week_in_every_zone_at_every_hour() -> None:
    seen = 0
    for name in chosen():
        zone = ZoneInfo(name)
        working = WorkingTime(zone, parse_week(WEEKS[0]))
        for at in list(changes(zone))[:4]:
            day = at.astimezone(zone).date()
            for hour in range(24):
                found = digest_moment(day, day.weekday(), time(hour, 30), zone, working, working)
                assert found is not None
                local, meant = found.astimezone(zone), datetime.combine(day, time(hour, 30), tzinfo=zone)
                skipped = meant.astimezone(UTC).astimezone(zone).time() != meant.time()
                assert skipped or local.date() == day, f"{name}: the digest of {day} at {hour}:30"
                assert found - meant.astimezone(UTC) <= HOUR
                seen += 1
    assert seen > COUNT
