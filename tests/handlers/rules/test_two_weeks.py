"""Two weeks side by side: the hours in common by the clocks of both, and the narrow table."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.day_layers import DayName, Layer
from handlers.rules.two_weeks import two_weeks
from handlers.rules.working_time import WorkingTime, parse_week
from handlers.views.when import WIDTH, WhenFacts, coming, grid
from handlers.voice import Say
from storage.kinds import DayKind

PI_MAI = {date(2026, 4, d): DayKind.OFF for d in (14, 15, 16)}
NAMES = dict.fromkeys(PI_MAI, DayName("Lao New Year's Day", zh="老挝新年", lo="ບຸນປີໃໝ່ລາວ"))
VTE = WorkingTime(ZoneInfo("Asia/Vientiane"), parse_week("Mon-Fri 08:00-12:00 13:00-16:00"), (PI_MAI,), names=(NAMES,))
KMG = WorkingTime(
    ZoneInfo("Asia/Shanghai"), parse_week("Mon-Fri 08:30-12:00 14:00-17:30"), ({date(2026, 4, 18): DayKind.ON},)
)
LIMA = WorkingTime(ZoneInfo("America/Lima"), parse_week("Mon-Fri 08:00-16:00"))
MONDAY = date(2026, 4, 13)


def test_common_hours_stand_on_both_clocks():
    day = two_weeks(VTE, KMG, MONDAY)[0]
    assert day.common.first == ((time(8), time(11)), (time(13), time(16)))
    assert day.common.second == ((time(9), time(12)), (time(14), time(17)))
    assert day.common.minutes == 6 * 60


def test_a_day_off_of_one_side_has_no_hours_in_common_and_a_reason():
    day = two_weeks(VTE, KMG, MONDAY)[1]
    assert day.common.minutes == 0
    assert [(side, reason.layer, reason.works) for side, reason in day.off] == [(0, Layer.COUNTRY, False)]


def test_a_make_up_saturday_has_its_reason_too():
    assert [(side, reason.works) for side, reason in two_weeks(VTE, KMG, MONDAY)[5].off] == [(1, True)]


def test_sides_half_a_world_apart_share_nothing():
    assert {day.common.minutes for day in two_weeks(VTE, LIMA, MONDAY)} == {0}


def test_work_to_midnight_is_shared_to_the_last_minute():
    late = WorkingTime(ZoneInfo("Asia/Vientiane"), parse_week("Mon 20:00-24:00"))
    night = WorkingTime(ZoneInfo("Asia/Vientiane"), parse_week("Mon 22:00-24:00"))
    assert two_weeks(late, night, MONDAY)[0].common.minutes == 120


@pytest.mark.parametrize("other", [KMG, LIMA])
def test_the_table_fits_a_phone_and_has_signs_of_one_width(other):
    lines = grid(two_weeks(VTE, other, MONDAY))
    assert max(map(len, lines)) <= WIDTH
    assert all(line.isascii() for line in lines)
    assert sum(bool(line) for line in lines) == 15


@pytest.mark.parametrize(("language", "name"), [("zh_Hans", "老挝新年"), ("lo", "ບຸນປີໃໝ່ລາວ"), ("en", "Lao New Year")])
def test_reasons_come_in_the_reader_s_language(language, name):
    page = coming(WhenFacts(("Vientiane", "Kunming"), tuple(two_weeks(VTE, KMG, MONDAY))))(Say(language))
    assert name in str(page.text)
