"""Calendar files, read by other means than those that wrote them: zones, long words of every script, changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.views.calendar_files import EventFacts, written
from handlers.views.meetings import MeetingFacts
from handlers.voice import Say
from storage.kinds import MeetingState
from tests.icalendar_reader import event_of

LAO, CHINESE = "ກອງປະຊຸມປຶກສາຫາລືກ່ຽວກັບໂມດູນໄຟຟ້າລົດຍົນ" * 4, "关于汽车电气模块能力标准和课时的讨论会" * 6
NASTY = "Plan; part 1, \\n and <b>\nBEGIN:VEVENT\r\nSUMMARY:mine"
VIENTIANE, KUNMING = ZoneInfo("Asia/Vientiane"), ZoneInfo("Asia/Shanghai")
TEN = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)


def file(
    title="Module plan", *, zone=VIENTIANE, at=TEN, state=MeetingState.FIXED, sequence=0, language="en", **meeting
):
    facts = MeetingFacts(
        id=1,
        group_id=1,
        number=2,
        title=title,
        state=state,
        starts_at=at,
        minutes=90,
        cities=(("Vientiane", VIENTIANE), ("Kunming", KUNMING)),
        **meeting,
    )
    event = EventFacts(facts, "u@focalpoint.invalid", sequence, "Both", at, at + timedelta(minutes=90), zone, at)
    return written(event, Say(language)).content


@pytest.mark.parametrize(
    ("zone", "local"),
    [
        pytest.param("Asia/Vientiane", "20260512T100000", id="Vientiane"),
        pytest.param("Asia/Shanghai", "20260512T110000", id="Kunming"),
        pytest.param("Asia/Kathmandu", "20260512T084500", id="a quarter of an hour off"),
        pytest.param("Europe/Berlin", "20260512T050000", id="in summer time"),
        pytest.param("America/Lima", "20260511T220000", id="the day before"),
    ],
)
def test_it_begins_at_the_same_instant_on_every_clock(zone, local):
    event = event_of(file(zone=ZoneInfo(zone)))
    assert (event.lines["DTSTART"].value, event.lines["DTSTART"].parameters["TZID"]) == (local, zone)
    assert (event.begins, event.ends - event.begins) == (TEN, timedelta(minutes=90))


@pytest.mark.parametrize("month", [1, 7], ids=["winter", "summer"])
def test_a_zone_with_two_offsets_is_described_with_both(month):
    at = datetime(2026, month, 12, 3, 0, tzinfo=UTC)
    assert event_of(file(zone=ZoneInfo("Europe/Berlin"), at=at)).begins == at


@pytest.mark.parametrize("title", [LAO, CHINESE, NASTY, "🙂" * 40], ids=["Lao", "Chinese", "signs", "wide signs"])
def test_words_of_every_script_come_out_as_they_went_in(title):
    event = event_of(file(title, place=title, language="lo"))
    assert event.text("SUMMARY") == f"M2 {title}".replace("\r\n", "\n")
    assert event.text("LOCATION") == title.replace("\r\n", "\n")


@pytest.mark.parametrize("language", ["en", "zh_Hans", "lo"])
def test_it_says_both_cities_times_in_the_readers_language(language):
    said = event_of(file(language=language)).text("DESCRIPTION")
    assert str(Say(language).in_cities(TEN, (("Vientiane", VIENTIANE), ("Kunming", KUNMING)))) in said
    assert "<" not in said


def test_a_change_grows_the_sequence_and_calling_off_takes_it_out():
    first, changed = event_of(file()), event_of(file(sequence=3))
    off = event_of(file(sequence=4, state=MeetingState.CANCELLED))
    assert len({each.text("UID") for each in (first, changed, off)}) == 1
    assert [each.lines["SEQUENCE"].value for each in (first, changed, off)] == ["0", "3", "4"]
    assert [(each.method, each.text("STATUS")) for each in (changed, off)] == [
        ("PUBLISH", "CONFIRMED"),
        ("CANCEL", "CANCELLED"),
    ]
    assert [each.alarm for each in (changed, off)] == [timedelta(minutes=15), None]
