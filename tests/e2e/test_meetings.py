"""Meetings over real HTTP: called, chosen, invited with calendar files that another program can read."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from lxml import etree

from tests.icalendar_reader import event_of

TEN = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)


def calendar_of(bed, message):
    """The event of the calendar file that came with a message, and its method."""
    stored = bed.server.world.files.by_id[message.content["document"]["file_id"]]
    calendar = icalendar.Calendar.from_ical(stored.content)
    (event,) = calendar.walk("VEVENT")
    assert event_of(stored.content).begins == event["dtstart"].dt  # read by another library as well
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
    assert await bed.presses("kmg_trainer", invitation, "Coming") == "M1: you are coming."
    assert "Coming: 1" in card.text


async def test_a_file_keeps_its_name_for_calendars_when_the_time_changes(bed):
    await bed.hears("vte_focal", "/meet Module plan at 12 May 10:00")
    first, _ = calendar_of(bed, bed.last("vte_trainer", "invited"))
    assert first["dtstart"].dt == TEN
    assert [str(alarm["action"]) for alarm in first.walk("VALARM")] == ["DISPLAY"]
    assert "Tue 12 May, 10:00 Vientiane / Tue 12 May, 11:00 Kunming" in str(first["description"])


async def test_a_doubtful_time_is_asked_about_when_called_and_when_moved(bed):
    await bed.hears("vte_focal", "/meet Module plan at 12 May 3:00")
    card, question = bed.last(bed.group, "M1 · time not clear yet"), bed.last(bed.group, "at which time of the day?")
    assert "Tue 12 May, 15:00 Vientiane / Tue 12 May, 16:00 Kunming" in question.text
    assert "1" not in card.buttons
    assert "the time is fixed" in await bed.presses("vte_focal", question, "Tue 12 May 2026, 15:00")
    assert "fixed" in card.text
    await bed.presses("vte_focal", card, "Arrange")
    await bed.presses("vte_focal", card, "Set a time")
    moved = await bed.hears("vte_focal", "Monday 12 May 10:00", reply_to=bed.last(bed.group, "when?"))
    assert "weekday and date do not fit together" in moved.text
    await bed.presses("vte_focal", card, "Back to the card")
    assert "Tue 12 May, 15:00 Vientiane" in card.text
    await bed.presses("vte_focal", moved, "Tue 12 May 2026, 10:00")
    event, _ = calendar_of(bed, bed.last("kmg_trainer", "M1"))
    assert (event["dtstart"].dt, int(event["sequence"])) == (TEN, 1)


def minutes_of(bed, who):
    return bed.last(who, "Minutes of M1")


def word_of(bed, message):
    """The words of a Word document that came with a message."""
    stored = bed.server.world.files.by_id[message.content["document"]["file_id"]]
    with zipfile.ZipFile(io.BytesIO(stored.content)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    return "".join(body.itertext("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))


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


async def test_a_calendar_follows_every_change_and_forgets_what_is_called_off(bed):
    card = await bed.hears("vte_focal", "/meet Module plan at 12 May 10:00")
    first, _ = calendar_of(bed, bed.last("kmg_trainer", "invited"))
    await bed.presses("vte_focal", card, "Arrange")
    await bed.presses("vte_focal", card, "Place or link")
    await bed.hears("vte_focal", "Room 2", reply_to=bed.last(bed.group, "where is it held?"))
    await bed.at(bed.clock.now() + timedelta(minutes=11))
    second, calendar = calendar_of(bed, bed.last("kmg_trainer", "has changed"))
    assert (str(second["uid"]), int(second["sequence"])) == (str(first["uid"]), 1)
    assert (str(second["location"]), str(calendar["method"])) == ("Room 2", "PUBLISH")
    shown = await bed.hears("vte_focal", "/m1")
    await bed.presses("vte_focal", shown, "Arrange")
    await bed.presses("vte_focal", shown, "Call the meeting off")
    await bed.hears("vte_focal", "The interpreter is ill", reply_to=bed.last(bed.group, "why is it called off?"))
    last, calendar = calendar_of(bed, bed.last("kmg_trainer", "is called off"))
    assert (str(calendar["method"]), str(last["status"]), int(last["sequence"])) == ("CANCEL", "CANCELLED", 2)
    assert str(last["uid"]) == str(first["uid"])
    assert not last.walk("VALARM")


async def test_from_the_reminder_to_minutes_that_both_agreed(bed):
    card = await bed.hears("vte_focal", "/meet Module plan at 12 May 10:00")
    await bed.presses("kmg_focal", card, "Coming")
    await bed.hears("kmg_trainer", "/agenda M1 Module plan @vte_focal 15 min")
    await bed.at(TEN - timedelta(minutes=14))
    assert "begins soon" in bed.last("kmg_focal").text
    opened = await bed.hears("vte_focal", "/open M1")
    assert "▶ 1. Module plan · 15 minutes" in opened.text
    await bed.presses("kmg_focal", opened, "I am here")
    await bed.hears("vte_focal", "/note @kmg_focal We can start in May")
    assert "photo" in (await bed.hears("vte_focal", "/photo M1")).text
    await bed.hears("coordinator", "/agreed Both colleges start in May")
    await bed.presses("kmg_focal", bed.last("kmg_focal", "wrote down that you agreed"), "Confirm")
    await bed.hears("vte_focal", "/task Send the list @kmg_focal by 30 May")
    await bed.hears("vte_focal", "/next")
    await bed.hears("vte_focal", "/close")
    for who in ("vte_focal", "kmg_focal"):
        minutes = bed.last(who, "Minutes of M1")
        assert "We can start in May" in minutes.text
        assert "D1 · agreed · Both colleges start in May" in minutes.text
        assert "T1 Send the list – Kunming" in minutes.text
        await bed.presses(who, minutes, "Agree")
    assert "The minutes of M1 Module plan are agreed by both sides." in bed.last(bed.group).text
    await bed.presses("observer", await bed.hears("kmg_trainer", "/m1"), "History")
    assert "M1: history" in bed.last(bed.group).text
    assert "⁨Focal point, Kunming⁩ agreed to the minutes." in bed.last(bed.group).text
    await bed.presses("vte_focal", minutes_of(bed, "vte_focal"), "As a Word document")
    document = bed.last("vte_focal", "with places to sign")
    assert document.content["document"]["file_name"] == "minutes-M1-2026-05-12.docx"
    written = word_of(bed, document)
    assert "We can start in May" in written
    assert "Both colleges start in May" in written
    assert "Send the list" in written
    assert written.count("Name: ____") == 2
    assert "Minutes of M1: Module plan, Tue 12 May 2026" in written
    assert written.count("Kunming: agreed · Focal point, Kunming, Tue 12 May") == 2  # to the decision, to the minutes
    assert "Vientiane: agreed · Focal point, Vientiane, Tue 12 May" in written


async def test_an_agenda_stays_open_while_points_are_added_to_it(bed):
    await bed.hears("vte_focal", "/decide One plan for both")
    await bed.hears("vte_focal", "/decide One workshop a year")
    card = await bed.hears("vte_focal", "/meet Module plan at 12 May 10:00")
    other = await bed.hears("kmg_focal", "/m1", private=True)
    for button in ("Agenda", "D1", "D2"):
        await bed.presses("vte_focal", card, button)
    assert "2. D2 One workshop a year" in card.text
    assert "Back to the card" in card.buttons
    assert "2. D2 One workshop a year" in other.text
    await bed.presses("vte_focal", card, "Back to the card")
    await bed.presses("kmg_focal", other, "Coming")
    assert "Coming: 1" in card.text


async def test_a_coordinator_records_an_answer_to_minutes_and_the_person_contests_it(bed):
    await bed.hears("vte_focal", "/meet Module plan at 12 May 10:00")
    await bed.at(TEN)
    await bed.hears("vte_focal", "/open M1")
    await bed.hears("vte_focal", "/close")
    await bed.presses("vte_focal", bed.last("vte_focal", "Minutes of M1"), "Agree")
    await bed.presses("coordinator", await bed.hears("coordinator", "/m1"), "Read the minutes")
    await bed.presses("coordinator", bed.last("coordinator", "Minutes of M1"), "Record an answer")
    choices = bed.last("coordinator", "whose answer")
    await bed.presses("coordinator", choices, "Focal point, Kunming · Kunming")
    await bed.presses("coordinator", choices, "Agrees")
    await bed.hears("coordinator", "By telephone, 13 May", private=True)
    assert "are agreed by both sides" in bed.last(bed.group).text
    told = bed.last("kmg_focal", "you agree to the minutes")
    assert "By telephone, 13 May" in told.text
    minutes = next(each for each in reversed(bed.said(bed.cast["vte_focal"])) if "As a Word document" in each.buttons)
    await bed.presses("vte_focal", minutes, "As a Word document")
    written = word_of(bed, bed.last("vte_focal", "with places to sign"))
    assert "Recorded by the coordinator Coordinator, project for Focal point, Kunming: By telephone, 13 May" in written
    await bed.presses("kmg_focal", told, "Contest")
    assert "no longer counts" in told.text
    await bed.presses("vte_focal", minutes, "As a Word document")
    written = word_of(bed, bed.last("vte_focal", "with places to sign"))
    assert "Kunming: no answer yet" in written
    assert "By telephone" not in written
    assert "The minutes wait for an answer again" in bed.last(bed.group).text
