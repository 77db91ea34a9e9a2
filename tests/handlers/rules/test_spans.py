"""First and last days in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.spans import BackwardsSpan, Span, UnreadableSpan, read_span

NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)  # a Wednesday
ZONE = ZoneInfo("Asia/Vientiane")


def april(first: int, last: int) -> Span:
    return Span(date(2026, 4, first), date(2026, 4, last))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        pytest.param("13 April to 17 April", april(13, 17), id="two dates with a word between"),
        pytest.param("from 13 April until 17 April", april(13, 17), id="from and until"),
        pytest.param("FROM 13 April TILL 17 April", april(13, 17), id="in capitals"),
        pytest.param("2026-04-13 2026-04-17", april(13, 17), id="two ISO dates side by side"),
        pytest.param("2026-04-13 - 2026-04-17", april(13, 17), id="with a hyphen"),
        pytest.param("2026-04-13–2026-04-17", april(13, 17), id="with a dash and no space"),
        pytest.param("13/4 17/4", april(13, 17), id="two short dates"),
        pytest.param("13-17 April", april(13, 17), id="one month for both, with a hyphen"),
        pytest.param("13 to 17 April", april(13, 17), id="one month for both, with a word"),
        pytest.param("13 April 17 April", april(13, 17), id="four words"),
        pytest.param("tomorrow to Friday", april(2, 3), id="in words"),
        pytest.param("4月13日到17日", april(13, 17), id="Chinese, the month written once"),
        pytest.param("4月13日至4月17日", april(13, 17), id="Chinese, with both months"),
        pytest.param("从4月13号到17号", april(13, 17), id="Chinese, as it is spoken"),
        pytest.param("4月13-17日", april(13, 17), id="Chinese, with a hyphen"),
        pytest.param("四月十三日到十七日", april(13, 17), id="Chinese, in numerals of its own"),
        pytest.param("明天到周五", april(2, 3), id="Chinese, in words"),
        pytest.param("到4月3日为止", april(1, 3), id="Chinese, from today on"),
        pytest.param("12月28日到1月3日", Span(date(2026, 12, 28), date(2027, 1, 3)), id="Chinese, over New Year"),
        pytest.param("13 ຫາ 17 ເມສາ", april(13, 17), id="Lao, the month written once"),
        pytest.param("ແຕ່ວັນທີ 13 ຫາ 17 ເມສາ", april(13, 17), id="Lao, with from"),
        pytest.param("13 ເມສາ ຫາ 17 ເມສາ", april(13, 17), id="Lao, with both months"),
        pytest.param("13 ເມສາ ເຖິງ 17 ເມສາ", april(13, 17), id="Lao, with another word"),
        pytest.param("ຮອດ 3 ເມສາ", april(1, 3), id="Lao, from today on"),
        pytest.param("today", april(1, 1), id="one day"),
        pytest.param("next week", april(6, 12), id="a whole week"),
        pytest.param("the week of 20 April", april(20, 26), id="the week of a day"),
        pytest.param("下周", april(6, 12), id="Chinese, a whole week"),
        pytest.param("ອາທິດໜ້າ", april(6, 12), id="Lao, a whole week"),
        pytest.param("this week", april(1, 5), id="what is left of this week"),
        pytest.param("  13   April  ", april(13, 13), id="one date with loose spaces"),
        pytest.param("until 3 April", april(1, 3), id="from today on"),
        pytest.param("30 April to 2 May", Span(date(2026, 4, 30), date(2026, 5, 2)), id="over the end of a month"),
        pytest.param(
            "28 December to 3 January", Span(date(2026, 12, 28), date(2027, 1, 3)), id="over the end of a year"
        ),
    ],
)
def test_days_are_read(text, span):
    assert read_span(text, NOW, ZONE) == span


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("soon", id="no date"),
        pytest.param("13 April to soon", id="only the first is a date"),
        pytest.param("until", id="a word alone"),
        pytest.param("到", id="a Chinese word alone"),
        pytest.param("13 April to next week", id="a week is no last day"),
        pytest.param("13 April to 17 April to 20 April", id="three dates"),
        pytest.param("2026-02-30 to 2026-04-03", id="a day that does not exist"),
        pytest.param("2025-04-13 to 2026-04-17", id="a first day long past"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_span_is_refused(text):
    with pytest.raises(UnreadableSpan):
        read_span(text, NOW, ZONE)


def test_the_refusal_names_the_part_and_the_reason():
    with pytest.raises(UnreadableSpan) as refusal:
        read_span("2026-04-13 to 2025-04-17", NOW, ZONE)
    assert (refusal.value.text, refusal.value.reason) == ("2025-04-17", "past")


def test_a_span_does_not_run_backwards():
    with pytest.raises(BackwardsSpan):
        read_span("17 April to 13 April", NOW, ZONE)


def test_today_is_the_day_of_the_zone():
    late = datetime(2026, 4, 1, 20, 0, tzinfo=UTC)
    assert read_span("today", late, ZONE) == april(2, 2)


@pytest.mark.parametrize("text", ["2 " * 60, "13 April to 17 April " * 10, "ກ່ອນ" * 30], ids=["days", "spans", "Lao"])
def test_what_is_longer_than_two_dates_is_not_read_in_every_way(text, monkeypatch):
    monkeypatch.setattr("handlers.rules.dates.read_date", pytest.fail)
    with pytest.raises(UnreadableSpan):
        read_span(text, NOW, ZONE)
