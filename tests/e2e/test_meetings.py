"""Meetings over real HTTP: called, chosen, invited with calendar files that another program can read."""

from datetime import UTC, datetime

import icalendar
import pytest

TEN = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)


def calendar_of(bed, message):
    """The event of the calendar file that came with a message, and its method."""
    stored = bed.server.world.files.by_id[message.content["document"]["file_id"]]
    calendar = icalendar.Calendar.from_ical(stored.content)
    (event,) = calendar.walk("VEVENT")
    return event, calendar


async def test_both_sides_choose_a_time_and_everybody_gets_a_file(bed):
    card = await bed.hears("vte_trainer", "/meet Module plan")
    assert await bed.presses("vte_focal", card, "1") == "M1: your side can come then. Press it again to take that back."
    assert "not yours to change" in await bed.presses("kmg_trainer", card, "1")
    await bed.presses("kmg_focal", card, "1")
    assert "fixed" in card.text
    assert "M1 Module plan is fixed: Thu 2 Apr, 09:00 Vientiane / Thu 2 Apr, 10:00 Kunming" in bed.last(bed.group).text
    invitation = bed.last("kmg_trainer", "You are invited to M1 Module plan")
    event, calendar = calendar_of(bed, invitation)
    assert (str(calendar["method"]), int(event["sequence"]), str(event["status"])) == ("PUBLISH", 0, "CONFIRMED")
    assert event["dtstart"].dt == datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
    assert str(event["dtstart"].dt.tzinfo) == "Asia/Shanghai"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert await bed.presses("kmg_trainer", invitation, "Coming") == "M1: you come."
    assert "Coming: 1" in card.text


async def test_a_file_keeps_its_name_for_calendars_when_the_time_changes(bed):
    await bed.hears("vte_focal", "/meet Module plan at 12 May 10:00")
    first, _ = calendar_of(bed, bed.last("vte_trainer", "invited"))
    assert first["dtstart"].dt == TEN
    assert [str(alarm["action"]) for alarm in first.walk("VALARM")] == ["DISPLAY"]
    assert "Tue 12 May, 10:00 Vientiane / Tue 12 May, 11:00 Kunming" in str(first["description"])


@pytest.mark.parametrize("words", ["/meet", "/m9", "/meetings soon"])
async def test_wrong_words_get_a_sentence(bed, words):
    assert (await bed.hears("vte_focal", words)).text


async def test_meetings_are_called_in_the_group(bed):
    assert "chat of a working group" in (await bed.hears("vte_focal", "/meet Plan", private=True)).text
    await bed.hears("vte_focal", "/meet Plan")
    listed = await bed.hears("vte_focal", "/meetings", private=True)
    assert "M1 · time being chosen · Plan" in listed.text
    await bed.presses("vte_focal", listed, "M1")
    assert "When can you come?" in bed.last("vte_focal").text
