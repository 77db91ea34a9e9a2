"""Dates, distances, numbers and lists as each language writes them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from handlers.rules.languages import SPOKEN
from handlers.voice import Say
from storage.privacy import FORMER

MONDAY = date(2026, 4, 20)
CITIES = (("Vientiane", ZoneInfo("Asia/Vientiane")), ("Kunming", ZoneInfo("Asia/Shanghai")))


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [
        ("en", "Mon 20 Apr", "Mon 20 Apr 2026"),
        ("zh_Hans", "4月20日 周一", "2026年4月20日 周一"),
        ("lo", "ວັນຈັນ 20 ເມສາ", "ວັນຈັນ 20 ເມສາ 2026"),
    ],
)
def test_a_date_has_its_weekday_and_a_gregorian_year(language, short, long):
    say = Say(language)
    assert (say.day(MONDAY), say.day(MONDAY, year=True)) == (short, long)


@pytest.mark.parametrize(
    ("language", "days", "words"),
    [
        ("en", 45, "in 45 days"),
        ("en", 400, "in 400 days"),
        ("en", 1, "in 1 day"),
        ("en", -3, "3 days ago"),
        ("en", 0, "today"),
        ("zh_Hans", 45, "45天后"),
        ("zh_Hans", -3, "3天前"),
        ("lo", 45, "ໃນອີກ 45 ມື້"),
        ("lo", -1, "1 ມື້ກ່ອນ"),
    ],
)
def test_a_distance_is_counted_in_days(language, days, words):
    assert Say(language).days_away(date.fromordinal(MONDAY.toordinal() + days), MONDAY) == words


@pytest.mark.parametrize(("language", "shown"), [("en", "12,345"), ("zh_Hans", "12,345"), ("lo", "12.345")])
def test_a_number_has_latin_digits(language, shown):
    assert Say(language).number(12345) == shown


@pytest.mark.parametrize(("language", "shown"), [("en", "a, b, and c"), ("zh_Hans", "a、b和c"), ("lo", "a, b, c")])
def test_a_list_is_joined_as_the_language_does(language, shown):
    assert Say(language).all_of(["a", "b", "c"]) == shown


@pytest.mark.parametrize(("language", "shown"), [("en", "a, b"), ("zh_Hans", "a、b"), ("lo", "a, b")])
def test_a_list_without_an_and_has_the_comma_of_the_language(language, shown):
    assert Say(language).listed(["a", "b"]) == shown


def test_a_list_keeps_markup_and_escapes_what_people_wrote():
    assert Say("zh_Hans").listed([Markup("<b>一</b>"), "<二>"]) == "<b>一</b>、&lt;二&gt;"


@pytest.mark.parametrize(("language", "shown"), [("en", "former member"), ("zh_Hans", "前成员"), ("lo", "ອະດີດສະມາຊິກ")])
def test_who_was_forgotten_is_called_so_in_the_readers_language(language, shown):
    assert Say(language).name(FORMER) == f"\u2068{shown}\u2069"


def test_a_moment_shows_both_cities_inside_one_entity():
    shown = str(Say("zh_Hans").moment(datetime(2026, 4, 20, 8, 0, tzinfo=UTC), CITIES))
    assert shown.startswith('<tg-time unix="1776672000" format="wDt">')
    assert "4月20日 周一 15:00 Vientiane / 4月20日 周一 16:00 Kunming" in shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ("Mon 20 Apr", "Fri 24 Apr 2026")),
        ("zh_Hans", ("2026年4月20日 周一", "4月24日 周五")),
        ("lo", ("ວັນຈັນ 20 ເມສາ", "ວັນສຸກ 24 ເມສາ 2026")),
    ],
)
def test_the_year_of_a_stretch_stands_once_where_the_language_writes_it(language, shown):
    assert Say(language).span(MONDAY, date(2026, 4, 24)) == shown


def test_a_stretch_over_two_years_names_both():
    assert Say("zh_Hans").span(date(2026, 12, 28), date(2027, 1, 8)) == ("2026年12月28日 周一", "2027年1月8日 周五")


def test_months_are_named_in_ones_own_language_whoever_asked_first():
    july = date(2026, 7, 1)
    for _ in range(2):
        assert [Say(each).month(july) for each in ("zh_Hans", "lo", "en")] == ["7月", "ກ.ລ.", "Jul"]
    assert [Say(each).month(july, year=True) for each in ("zh_Hans", "en")] == ["2026年7月", "July 2026"]


def test_a_paper_says_each_date_once_with_its_year():
    begins = datetime(2026, 4, 20, 8, 0, tzinfo=UTC)
    said = Say("en").in_full(begins, CITIES, begins + timedelta(minutes=50))
    assert said == "Mon 20 Apr 2026, 15:00–15:50 Vientiane / 16:00–16:50 Kunming"
    late = Say("zh_Hans").in_full(datetime(2026, 4, 20, 16, 30, tzinfo=UTC), CITIES)
    assert late == "2026年4月20日 周一 23:30 Vientiane / 2026年4月21日 周二 00:30 Kunming"


@pytest.mark.parametrize("language", SPOKEN)
def test_no_date_of_a_year_holds_signs_that_nobody_sees(language):
    say = Say(language)
    days = [date.fromordinal(MONDAY.toordinal() + n) for n in range(366)]
    written = "".join(say.day(day, year=True) + say.days_away(day, MONDAY) for day in days)
    assert "\u200b" not in written
    assert not [char for char in written if "\u0ed0" <= char <= "\u0ed9"]
