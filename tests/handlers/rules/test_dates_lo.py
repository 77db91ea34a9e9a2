"""Lao dates: every phrase of the table in every way it is typed, what is asked about, what is refused and why."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.rules import date_grammar_lo
from handlers.rules.date_reading import Holiday, Known
from handlers.rules.dates import DateReading, Reading, UnreadableDate, read_date
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import DayKind

VIENTIANE = ZoneInfo("Asia/Vientiane")
NOW = datetime(2027, 3, 10, 10, 0, tzinfo=VIENTIANE)  # a Wednesday
TABLE: Mapping[str, Any] = json.loads((Path(__file__).parent / "date_phrases_lo.json").read_text(encoding="utf-8"))
PI_MAI = {date(2027, 4, day): DayKind.OFF for day in (14, 15, 16)}
WORKING = WorkingTime(VIENTIANE, parse_week("Mon-Fri 08:00-12:00 13:00-16:00"), (PI_MAI,))
HOLIDAYS = (
    Holiday("ວັນປີໃໝ່ສາກົນ", date(2027, 1, 1), date(2027, 1, 1)),
    Holiday("ບຸນປີໃໝ່ລາວ", date(2027, 4, 14), date(2027, 4, 16)),
    Holiday("ວັນກຳມະກອນສາກົນ", date(2027, 5, 1), date(2027, 5, 1)),
    Holiday("ວັນບຸນທາດຫລວງ", date(2027, 11, 13), date(2027, 11, 13)),
    Holiday("ວັນຊາດ", date(2027, 12, 2), date(2027, 12, 2)),
    Holiday("ວັນປີໃໝ່ສາກົນ", date(2028, 1, 1), date(2028, 1, 1)),
)
KNOWN = Known(working=WORKING, holidays=HOLIDAYS)
LAO_DIGITS = str.maketrans("0123456789", "໐໑໒໓໔໕໖໗໘໙")
MARKS = re.compile("([ັິ-ູົ])([່-໋])")


def meant(phrase: str, now: datetime = NOW, known: Known = KNOWN) -> DateReading:
    return read_date(phrase, now, VIENTIANE, ("lo",), known)


def shown(reading: Reading | DateReading | None) -> str:
    if reading is None:
        return ""
    at = f" {reading.at:%H:%M}" if reading.at else ""
    return f"{reading.day}{at}".removeprefix("2027-")


def read(phrase: str, now: datetime = NOW, known: Known = KNOWN) -> str:
    """What is read, in short: the reading, or "refused: why"; a second reading and the doubt behind strokes."""
    try:
        found = meant(phrase, now, known)
    except UnreadableDate as refusal:
        return f"refused: {refusal.reason}"
    return " | ".join(filter(None, (shown(found), shown(found.second), found.doubt or "")))


def without_spaces(phrase: str) -> str:
    """As Lao is written: a space stays only between two numbers."""
    return re.sub("(?<![0-9]) | (?![0-9])", "", phrase)


VARIANTS: Mapping[str, Callable[[str], str]] = {
    "ho no and ho mo in two letters": lambda phrase: phrase.replace("ໜ", "ຫນ").replace("ໝ", "ຫມ"),
    "ho lo in two letters": lambda phrase: phrase.replace("ຫຼ", "ຫລ"),
    "am in two signs": lambda phrase: phrase.replace("ຳ", "ໍາ"),
    "tone before vowel": lambda phrase: MARKS.sub(r"\2\1", phrase),
    "tone after the long vowel": lambda phrase: re.sub("([່-໋])(າ)", r"\2\1", phrase),
    "short u for long u": lambda phrase: phrase.replace("ຶ", "ື"),
    "ae in two letters": lambda phrase: phrase.replace("ແ", "ເເ"),
    "Lao digits": lambda phrase: phrase.translate(LAO_DIGITS),
    "full-width digits": lambda phrase: phrase.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)}),
    "no spaces": without_spaces,
    "more spaces": lambda phrase: "  " + phrase.replace(" ", " \u00a0 ") + " ",
    "zero-width spaces": lambda phrase: phrase.replace("ມື້", "ມື້\u200b").replace("ວັນ", "\u200bວັນ\u200b"),
    "a full stop behind": lambda phrase: phrase + ".",
}


@pytest.mark.parametrize("phrase", TABLE["accept"], ids=lambda phrase: phrase["text"])
def test_phrases_that_are_dates(phrase: Mapping[str, str]) -> None:
    assert read(phrase["text"]) == phrase["means"]


@pytest.mark.parametrize("phrase", TABLE["ask"], ids=lambda phrase: phrase["text"])
def test_phrases_that_leave_something_open(phrase: Mapping[str, str]) -> None:
    found = meant(phrase["text"])
    assert (shown(found), shown(found.second), found.doubt) == (phrase["means"], phrase["second"], phrase["doubt"])


@pytest.mark.parametrize(
    ("phrase", "reason"), [(phrase, reason) for reason, phrases in TABLE["refuse"].items() for phrase in phrases]
)
def test_phrases_that_are_refused(phrase: str, reason: str) -> None:
    assert read(phrase) == f"refused: {reason}"


@pytest.mark.parametrize("typed", VARIANTS.values(), ids=VARIANTS)
def test_each_phrase_means_the_same_however_it_is_typed(typed: Callable[[str], str]) -> None:
    phrases = [phrase["text"] for phrase in (*TABLE["accept"], *TABLE["ask"])]
    phrases += [phrase for refused in TABLE["refuse"].values() for phrase in refused]
    changed = {phrase: typed(phrase) for phrase in phrases if typed(phrase) != phrase}
    assert changed
    assert {phrase: read(other) for phrase, other in changed.items()} == {phrase: read(phrase) for phrase in changed}


@pytest.mark.parametrize(
    ("now", "phrase", "meaning"),
    [
        pytest.param("2027-03-10 16:00", "3 ໂມງແລງ", "refused: past", id="three is over"),
        pytest.param("2027-03-10 16:00", "ມື້ນີ້ 3 ໂມງ", "refused: past", id="both threes are over"),
        pytest.param("2027-03-10 04:00", "ມື້ນີ້ 3 ໂມງ", "03-10 15:00", id="one three is over"),
        pytest.param("2027-03-12 10:00", "ວັນສຸກໜ້າ", "03-19", id="next Friday on a Friday"),
        pytest.param("2027-03-14 10:00", "ວັນອາທິດ", "03-21 | 03-14 | today_or_later", id="Sunday on a Sunday"),
        pytest.param("2027-03-14 10:00", "ວັນຈັນອາທິດໜ້າ", "03-15", id="on Sunday the next week begins tomorrow"),
        pytest.param("2027-01-31 10:00", "ອີກ 1 ເດືອນ", "02-28", id="a month too short"),
        pytest.param("2027-12-31 10:00", "ມື້ອື່ນ", "2028-01-01", id="into the new year"),
        pytest.param("2027-12-10 10:00", "ທ້າຍເດືອນໜ້າ", "2028-01-31", id="over the new year"),
        pytest.param("2027-11-10 10:00", "ສິ້ນໄຕມາດໜ້າ", "2028-03-31", id="the next quarter"),
        pytest.param("2027-04-05 10:00", "ວັນທີ 31", "05-31", id="April has no 31st"),
        pytest.param("2027-03-10 23:59", "ມື້ນີ້", "03-10", id="a minute before midnight"),
        pytest.param("2027-04-13 10:00", "ກ່ອນປີໃໝ່ລາວ", "04-13", id="the eve itself"),
        pytest.param("2027-04-09 10:00", "ພາຍໃນ 5 ວັນເຮັດວຽກ", "04-21", id="over Pi Mai and a weekend"),
    ],
)
def test_the_corners_of_the_calendar(now: str, phrase: str, meaning: str) -> None:
    assert read(phrase, datetime.fromisoformat(now).replace(tzinfo=VIENTIANE)) == meaning


@pytest.mark.parametrize(
    ("phrase", "known", "meaning"),
    [
        pytest.param("ພາຍໃນ 5 ວັນເຮັດວຽກ", Known(), "refused: not_a_date", id="nobody knows the working days"),
        pytest.param("5 ວັນເຮັດວຽກ", KNOWN, "03-17", id="five working days by themselves"),
        pytest.param("ກ່ອນວັນຊາດ", Known(), "refused: not_a_date", id="nobody knows the holidays"),
        pytest.param("ກ່ອນທາດຫຼວງ", Known(holidays=HOLIDAYS), "11-12", id="the eve of a feast"),
        pytest.param("ກ່ອນວັນກຳມະກອນ", Known(holidays=HOLIDAYS), "04-30", id="the beginning of its name"),
        pytest.param("ກ່ອນຊາດ", KNOWN, "refused: not_a_date", id="three letters without their day"),
    ],
)
def test_what_has_to_be_known_of_the_calendar(phrase: str, known: Known, meaning: str) -> None:
    assert read(phrase, known=known) == meaning


def test_two_holidays_of_one_name_are_asked_about() -> None:
    both = (*HOLIDAYS, Holiday("ວັນຊາດ", date(2027, 10, 1), date(2027, 10, 5)))
    assert read("ກ່ອນວັນຊາດ", known=Known(holidays=both)) == "09-30 | 12-01 | which_holiday"


def test_a_holiday_of_exactly_that_name_comes_before_longer_names() -> None:
    both = (*HOLIDAYS, Holiday("ວັນຊາດຈີນ", date(2027, 10, 1), date(2027, 10, 5)))
    assert read("ກ່ອນວັນຊາດ", known=Known(holidays=both)) == "12-01"
    assert read("ກ່ອນວັນຊາດຈີນ", known=Known(holidays=both)) == "09-30"


def test_the_same_holiday_of_the_next_year_is_not_asked_about() -> None:
    again = (*HOLIDAYS, Holiday("ວັນຊາດ", date(2028, 12, 2), date(2028, 12, 2)))
    assert read("ກ່ອນວັນຊາດ", known=Known(holidays=again)) == "12-01"


def test_the_eve_of_a_holiday_is_a_working_day_where_these_are_known() -> None:
    monday = (Holiday("ວັນກຳມະກອນສາກົນ", date(2027, 5, 3), date(2027, 5, 3)),)
    assert read("ກ່ອນວັນກຳມະກອນ", known=Known(holidays=monday)) == "05-02"
    assert read("ກ່ອນວັນກຳມະກອນ", known=Known(WORKING, monday)) == "04-30"


@pytest.mark.parametrize(
    ("phrase", "zone"),
    [
        ("ວັນສຸກ 15:00 ເວລາວຽງຈັນ", "Asia/Vientiane"),
        ("ວັນສຸກ 15:00 (ຕາມເວລາຄຸນໝິງ)", "Asia/Shanghai"),
        ("ວັນສຸກ 15:00 (ຕາມເວລາຄຸນມິງ)", "Asia/Shanghai"),
        ("ວັນສຸກ ເວລາຄຸນຫມິງ 15:00", "Asia/Shanghai"),
        ("ເວລາປັກກິ່ງ ບ່າຍ 3 ໂມງ ວັນສຸກ", "Asia/Shanghai"),
        ("ວັນສຸກ ບ່າຍ 3 ໂມງ", None),
    ],
)
def test_a_city_says_whose_clock_is_meant(phrase: str, zone: str | None) -> None:
    found = meant(phrase)
    assert (shown(found), found.zone) == ("03-12 15:00", ZoneInfo(zone) if zone else None)


def test_without_the_word_for_time_a_city_is_a_city() -> None:
    assert date_grammar_lo.take_place("ວັນສຸກ ວຽງຈັນ") == ("ວັນສຸກ ວຽງຈັນ", None)
    assert read("ວັນສຸກ ວຽງຈັນ") == "refused: not_a_date"
    assert date_grammar_lo.take_place("15:00 Vientiane time") == ("15:00 Vientiane time", None)


MONTHS = ["ມັງກອນ", "ກຸມພາ", "ມີນາ", "ເມສາ", "ພຶດສະພາ", "ມິຖຸນາ", "ກໍລະກົດ", "ສິງຫາ", "ກັນຍາ", "ຕຸລາ", "ພະຈິກ", "ທັນວາ"]
WEEKDAYS = ["ຈັນ", "ອັງຄານ", "ພຸດ", "ພະຫັດ", "ສຸກ", "ເສົາ", "ອາທິດ"]


@given(st.dates(date(2027, 3, 11), date(2028, 9, 9)), st.sampled_from(list(VARIANTS.values())))
def test_a_full_date_is_read_as_it_was_written(day: date, typed: Callable[[str], str]) -> None:
    written = f"ວັນ{WEEKDAYS[day.weekday()]} ທີ {day.day} {MONTHS[day.month - 1]} {day.year}"
    assert meant(typed(written)) == DateReading(day)


@given(st.integers(1, 540))
def test_days_ahead_are_counted_in_words_as_in_digits(count: int) -> None:
    units = ["", "ໜຶ່ງ", "ສອງ", "ສາມ", "ສີ່", "ຫ້າ", "ຫົກ", "ເຈັດ", "ແປດ", "ເກົ້າ"]
    hundreds, tens, one = count // 100, count // 10 % 10, count % 10
    words = f"{units[hundreds]}ຮ້ອຍ" if hundreds else ""
    words += ["", "ສິບ", "ຊາວ"][tens] if tens < 3 else f"{units[tens]}ສິບ"
    words += "ເອັດ" if one == 1 and tens else units[one]
    assert meant(f"ອີກ{words}ມື້").day == meant(f"ອີກ {count} ມື້").day == NOW.date() + timedelta(count)


PIECES = (
    "ວັນ ທີ ວັນທີ ຈັນ ສຸກ ອາທິດ ເດືອນ ມີນາ ເມສາ ປີ ໜ້າ ນີ້ ອີກ ພາຍໃນ ກ່ອນ ມື້ ມື້ອື່ນ ໂມງ ເຊົ້າ ແລງ ບ່າຍ ທ່ຽງ ຄືນ ເຄິ່ງ ເວລາ ຕອນ ຕີ "
    "ທ້າຍ ສິ້ນ ຕົ້ນ ຂອງ ໃນ ສິບ ຊາວ ສາມ ໜຶ່ງ ພັນ ຮ້ອຍ ເອັດ ເຮັດວຽກ ລັດຖະການ ຊົ່ວໂມງ ນາທີ ໄຕມາດ ວຽງຈັນ ປີໃໝ່ລາວ ພ.ສ. ຄ.ສ. "
    "0 1 2 5 13 24 29 31 75 2027 2570 9999 : / - . h ( ) ່ ້ ຳ \u200b"
)


@given(st.lists(st.sampled_from([*PIECES.split(" "), " "]), max_size=12).map("".join), st.integers(0, 7000))
@example("ທ້າຍປີ 9999", 0)
@example("ວັນທີ 29 ກຸມພາ 2643", 0)
@example("ວັນສຸກ 0 ໂມງ 0 ນາທີ", 0)
def test_whatever_is_typed_is_read_ahead_or_refused(phrase: str, days: int) -> None:
    now = datetime(2020, 1, 1, 13, tzinfo=UTC) + timedelta(days)
    try:
        found = meant(phrase, now)
    except UnreadableDate:
        return
    today = now.astimezone(VIENTIANE).date()
    assert all(day >= today for day in (found.day, found.second and found.second.day) if day)
