"""In which language a text is, and whose wording is still missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import wordings
from handlers.rules.nudging import DecisionStage

ALL = ["lo", "zh_Hans", "en"]
LAO, KUNMING, THIRD = 1, 2, 3


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        pytest.param("ພວກເຮົາປະຊຸມວັນຈັນ", ["lo"], id="Lao"),
        pytest.param("ຮ່ວມມືກັບໂຄງການ ILO", ["lo"], id="Lao with a Latin name"),
        pytest.param("我们每周一开会。", ["zh_Hans"], id="Chinese"),
        pytest.param("我们每周一用 Zoom 开会。", ["zh_Hans"], id="Chinese with a Latin name"),
        pytest.param("We meet on Mondays.", ["en"], id="English"),
        pytest.param("We meet in 昆明 on Mondays.", ["en"], id="English with a Chinese name"),
        pytest.param("使用 Moodle", ["zh_Hans", "en"], id="as much of one as of the other"),
        pytest.param("15:00 → 16:00", ALL, id="no letters"),
        pytest.param("Встреча", [], id="a script of none of them"),
    ],
)
def test_the_letters_tell_the_language(text, languages):
    assert wordings.fitting(text, ALL) == languages


@pytest.mark.parametrize(
    ("text", "wishes", "language"),
    [
        pytest.param("我们开会。", ["lo", "en"], "zh_Hans", id="no wish fits, but a language the bot speaks does"),
        pytest.param("Встреча", ["lo", "en"], "en", id="letters of no language known: English"),
        pytest.param("我们开会。", ["lo", "zh-hans"], "zh_Hans", id="the wish that fits"),
        pytest.param("Nous nous réunissons.", ["lo", "fr"], "fr", id="a language the bot does not speak"),
        pytest.param("We meet.", [None, "vi-VN", "en"], "vi", id="letters of several languages: the first wish"),
        pytest.param("We meet.", ["lo", "zh"], "en", id="Latin letters and no wish with them"),
        pytest.param("15:00", ["lo"], "lo", id="no letters"),
    ],
)
def test_the_language_of_an_original(text, wishes, language):
    assert wordings.language_of(text, wishes) == language


@pytest.mark.parametrize(
    ("written", "name"),
    [("zh-hans", "zh_Hans"), ("zh-TW", "zh_Hans"), ("lo", "lo"), ("en-GB", "en"), ("vi-VN", "vi"), ("fr", "fr")],
)
def test_a_language_has_one_name(written, name):
    assert wordings.named(written) == name
    assert wordings.named(name) == name


@pytest.mark.parametrize(
    ("sides", "original", "confirmed", "missing"),
    [
        pytest.param({LAO: "lo", KUNMING: "zh-hans"}, "lo", {}, [KUNMING], id="the other side's"),
        pytest.param({LAO: "lo", KUNMING: "zh_Hans"}, "en", {}, [LAO, KUNMING], id="an original of neither side"),
        pytest.param({LAO: "lo", KUNMING: "zh_Hans"}, "lo", {"zh_Hans": [KUNMING]}, [], id="confirmed"),
        pytest.param({LAO: "lo", KUNMING: "zh_Hans"}, "lo", {"zh_Hans": []}, [KUNMING], id="written, not confirmed"),
        pytest.param({LAO: "lo", KUNMING: "zh_Hans"}, "lo", {"zh_Hans": [LAO]}, [KUNMING], id="by the wrong side"),
        pytest.param({LAO: "en", KUNMING: "en"}, "en", {}, [], id="one language for all"),
        pytest.param({LAO: "en", THIRD: "en-GB"}, "lo", {"en": [LAO]}, [THIRD], id="one wording, two sides"),
    ],
)
def test_whose_wording_is_missing(sides, original, confirmed, missing):
    assert wordings.missing(sides, original, confirmed) == missing


def test_every_stage_of_an_answer_has_one_of_a_wording():
    assert set(wordings.STAGES) == set(DecisionStage)
    assert set(wordings.STAGES.values()) == set(wordings.WordingStage)


@given(st.text())
def test_any_text_has_a_language_and_fits_only_known_ones(text):
    assert wordings.language_of(text, []) in ("en", "zh_Hans", "lo")
    assert set(wordings.fitting(text, ALL)) <= set(ALL)
