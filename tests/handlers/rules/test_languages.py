"""Which language somebody reads, and in which order a group reads its two."""

import pytest

from handlers.rules.languages import ALTERNATING, OWN_NAMES, SPOKEN, all_spoken, first_spoken, in_order, spoken


@pytest.mark.parametrize(
    ("written", "catalogue"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("zh", "zh_Hans"),
        ("zh-CN", "zh_Hans"),
        ("zh-hans", "zh_Hans"),
        ("zh_Hans", "zh_Hans"),
        ("zh-TW", "zh_Hans"),
        ("ZH-hant-HK", "zh_Hans"),
        ("lo", "lo"),
        ("lo-LA", "lo"),
        ("th", None),
        ("fr-CA", None),
        ("", None),
        (None, None),
    ],
)
def test_what_telegram_and_the_sides_write_is_understood(written, catalogue):
    assert spoken(written) == catalogue


@pytest.mark.parametrize(
    ("chosen", "telegram", "side", "read"),
    [
        pytest.param("lo", "en", "zh", "lo", id="chosen before everything"),
        pytest.param(None, "zh-hans", "lo", "zh_Hans", id="else what Telegram says"),
        pytest.param(None, "fr", "lo", "lo", id="else the side's"),
        pytest.param(None, None, "lo", "lo", id="Telegram says nothing"),
        pytest.param(None, "fr", "vi", "en", id="else English"),
    ],
)
def test_the_first_language_that_is_spoken_counts(chosen, telegram, side, read):
    assert first_spoken([chosen, telegram, side]) == read


def test_a_group_of_languages_nobody_speaks_reads_english():
    assert all_spoken(["fr", "vi"]) == ["en"]
    assert all_spoken(["lo", "zh", "zh-CN"]) == ["lo", "zh_Hans"]


@pytest.mark.parametrize(
    ("order", "turn", "expected"),
    [
        (ALTERNATING, 0, ["lo", "zh_Hans"]),
        (ALTERNATING, 1, ["zh_Hans", "lo"]),
        (ALTERNATING, 2, ["lo", "zh_Hans"]),
        ("zh_Hans", 0, ["zh_Hans", "lo"]),
        ("zh_Hans", 1, ["zh_Hans", "lo"]),
        ("en", 1, ["lo", "zh_Hans"]),
    ],
)
def test_the_languages_of_a_group_take_turns_or_keep_their_order(order, turn, expected):
    assert in_order(["lo", "zh_Hans"], order, turn) == expected


def test_every_language_has_a_name_of_its_own():
    assert set(OWN_NAMES) == set(SPOKEN)
