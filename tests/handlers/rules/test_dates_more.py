"""More of what people write, on the days the bot ships: written down first, decided by thought, read afterwards."""

import csv
import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import storage
from handlers.rules import date_mixed
from handlers.rules.date_reading import Days, Found
from handlers.rules.dates import Known, UnreadableDate, read_date, split_due
from handlers.rules.day_layers import DayName
from handlers.rules.holiday_names import holidays
from handlers.rules.languages import SPOKEN, starting_with
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import DayKind

HERE = Path(__file__).parent
TABLE = json.loads((HERE / "date_phrases_more.json").read_text(encoding="utf-8"))
TABLE_OF_SATURDAY = json.loads((HERE / "date_phrases_saturday.json").read_text(encoding="utf-8"))
VIENTIANE = ZoneInfo("Asia/Vientiane")
NOW = datetime(2027, 3, 10, 10, 0, tzinfo=VIENTIANE)  # a Wednesday
SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=VIENTIANE)


def known_on(now: datetime) -> Known:
    """The days of Laos and China in the two years from then, and the working days of somebody with China's."""
    with (Path(storage.__file__).parent / "calendar_days.csv").open(encoding="utf-8") as lines:
        until = now.replace(year=now.year + 2)
        shipped = [(date.fromisoformat(row["date"]), row) for row in csv.DictReader(lines) if row["kind"] != DayKind.ON]
        ahead = [(day, row) for day, row in shipped if now.date() <= day <= until.date()]
    off = {day: DayKind.OFF for day, row in ahead if (row["country"], row["kind"]) == ("CN", "off")}
    return Known(
        WorkingTime(VIENTIANE, parse_week("Mon-Fri 08:00-12:00 13:00-17:00"), (off,)),
        holidays(
            (day, DayName(row["name_en"], row["name_local"], row["name_zh"], row["name_lo"])) for day, row in ahead
        ),
    )


KNOWN, KNOWN_ON_SATURDAY = known_on(NOW), known_on(SATURDAY)


def read(phrase: str, language: str, now: datetime = NOW, known: Known = KNOWN) -> str:
    """The reading, a second one, the doubt and the zone behind strokes; or "refused: why"."""
    try:
        found = read_date(phrase, now, VIENTIANE, starting_with(language, SPOKEN), known)
    except UnreadableDate as refusal:
        return f"refused: {refusal.reason}"
    shown = [
        f"{each.day}".removeprefix("2027-") + (f" {each.at:%H:%M}" if each.at else "")
        for each in (found, found.second)
        if each
    ]
    return " | ".join(filter(None, (*shown, found.doubt, found.zone and found.zone.key)))


@pytest.mark.parametrize("language", SPOKEN)
def test_what_people_write(language: str) -> None:
    assert {phrase: read(phrase, language) for phrase in TABLE[language]} == TABLE[language]


@pytest.mark.parametrize("language", SPOKEN)
def test_what_people_write_on_a_saturday_before_the_new_year(language: str) -> None:
    table = TABLE_OF_SATURDAY[language]
    assert {phrase: read(phrase, language, SATURDAY, KNOWN_ON_SATURDAY) for phrase in table} == table


def test_there_are_over_a_hundred_in_each_language() -> None:
    assert all(len(TABLE[language]) > 100 for language in SPOKEN)


@pytest.mark.parametrize("language", SPOKEN)
def test_whoever_reads_it_no_other_day_is_set_without_asking(language: str) -> None:
    """What is set at once for one reader is never silently another day for somebody else."""
    for written_in in SPOKEN:
        for phrase, meaning in TABLE[written_in].items():
            other = read(phrase, language)
            if "|" not in meaning and "|" not in other and "refused" not in meaning + other:
                assert other == meaning, phrase


@pytest.mark.parametrize(
    ("words", "text", "phrase"),
    [
        ("Send the plan by 下周五", "Send the plan", "下周五"),
        ("翻译教材 Friday前", "翻译教材", "Friday前"),
        ("Translate it before 国庆", "Translate it", "before 国庆"),
        ("Meet teacher 周老师 5pm", "Meet teacher 周老师 5pm", None),
    ],
)
def test_a_date_in_another_language_is_found_in_a_text(words: str, text: str, phrase: str | None) -> None:
    assert split_due(words, known=KNOWN) == (text, phrase)


def test_a_span_beside_a_day_is_no_time_of_it() -> None:
    def one(part: str, local: datetime) -> Found | None:
        days = {"friday": Days(date(2027, 3, 12)), "两个钟头后": Days(local.date())}
        return Found(days[part], time(local.hour, local.minute) if part != "friday" else None) if part in days else None

    assert date_mixed.read("friday 两个钟头后", NOW.astimezone(UTC), one) is None
