"""Cities at the end of what people write, in three languages."""

import pytest

from handlers.rules.places import CITIES, Place, place_at_end

OWN = {"Kunming": "Asia/Shanghai", "Vientiane": "Asia/Vientiane"}


@pytest.mark.parametrize(
    ("text", "days", "city", "zone"),
    [
        ("13 April to 17 April Kunming", "13 April to 17 April", "Kunming", "Asia/Shanghai"),
        ("13-17 April in Luang Prabang", "13-17 April", "Luang Prabang", "Asia/Vientiane"),
        ("until Friday, kuala lumpur", "until Friday", "kuala lumpur", "Asia/Kuala_Lumpur"),
        ("tomorrow Asia/Bangkok", "tomorrow", "Asia/Bangkok", "Asia/Bangkok"),
        ("4月13日到4月17日去昆明", "4月13日到4月17日", "昆明", "Asia/Shanghai"),
        ("明天曼谷", "明天", "曼谷", "Asia/Bangkok"),
        ("13 ຫາ 17 ເມສາ ຢູ່ບາງກອກ", "13 ຫາ 17 ເມສາ", "ບາງກອກ", "Asia/Bangkok"),
        ("Geneva", "", "Geneva", "Europe/Zurich"),
        ("5 May to 9 May New York", "5 May to 9 May", "New York", "America/New_York"),
    ],
)
def test_a_city_is_found_behind_the_days(text: str, days: str, city: str, zone: str) -> None:
    assert place_at_end(text, OWN) == (days, Place(city, zone))


@pytest.mark.parametrize(
    "text", ["", "13 April", "Kunming 13 April", "13 April Nowhere", "13 April Xkunming", "5 East"]
)
def test_what_ends_with_no_city_has_none(text: str) -> None:
    assert place_at_end(text, OWN) is None


def test_a_city_of_the_group_wins_over_one_of_the_same_name() -> None:
    assert place_at_end("tomorrow Vientiane", {"Vientiane": "America/Lima"}) == (
        "tomorrow",
        Place("Vientiane", "America/Lima"),
    )


@pytest.mark.parametrize(("zone", "name"), [(zone, name) for zone, names in CITIES for name in names])
def test_every_city_of_the_list_is_found(zone: str, name: str) -> None:
    assert place_at_end(f"13 April {name}", {}) == ("13 April", Place(name, zone))


def test_at_the_end_of_a_long_text_no_city_is_looked_for() -> None:
    assert place_at_end("ຳ" * 4000 + " Kunming", {}) is None
    assert place_at_end("13 April " * 20 + "Kunming", {}) is not None
