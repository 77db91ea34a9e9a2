"""Lao spellings that mean the same compare as equal, and others stay apart."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.rules.lao import fold_lao

LAO = "".join(chr(point) for point in range(0x0E80, 0x0EE0) if unicodedata.category(chr(point)) != "Cn")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ອາທິດໜ້າ", "ອາທິດຫນ້າ", id="ho no"),
        pytest.param("ຄຸນໝິງ", "ຄຸນຫມິງ", id="ho mo"),
        pytest.param("ທາດຫຼວງ", "ທາດຫລວງ", id="ho lo"),
        pytest.param("ຫຼັງ", "ຫັຼງ", id="the lo below typed after the vowel"),
        pytest.param("ກຳນົດ", "ກໍາ" + "ນົດ", id="am in two signs"),
        pytest.param("ນ້ຳ", "ນ\u0ecd\u0ec9າ", id="am in two signs, tone last"),
        pytest.param("ນ້ຳ", "ນ\u0ec9\u0ecdາ", id="am in two signs, tone first"),
        pytest.param("ນ້ຳ", "ນ\u0eb3\u0ec9", id="tone after am"),
        pytest.param("ມື້", "ມ\u0ec9\u0eb7", id="tone before the vowel above"),
        pytest.param("ຜູ້", "ຜ\u0ec9\u0eb9", id="tone before the vowel below"),
        pytest.param("ໜ້າ", "ໜາ\u0ec9", id="tone after the long vowel"),
        pytest.param("ທ່ຽງ", "ທຽ\u0ec8ງ", id="tone after the ia vowel"),
        pytest.param("ມື້", "ມື້້", id="a tone typed twice"),
        pytest.param("ແປດ", "ເເປດ", id="two short e for one ae"),
        pytest.param("໑໕/໓/໒໐໒໗", "15/3/2027", id="Lao digits"),
        pytest.param("ວັນ\u200bສຸກ", "ວັນສຸກ", id="a zero-width space"),
        pytest.param("\ufeffວັນ\u2060ສຸກ", "ວັນສຸກ", id="other unseen signs"),
        pytest.param("ວັນ\u00a0ສຸກ\u3000 17", " ວັນ ສຸກ\n17", id="spaces of every kind"),
        pytest.param("ນະຄອນຫຼວງฯ", "ນະຄອນຫຼວງ ຯ", id="the Thai sign for cut words"),
        pytest.param("ຕ່າງ ໆ", "ຕ່າງๆ", id="the repeater apart, and the Thai one"),
    ],
)
def test_the_same_lao(one: str, other: str) -> None:
    assert fold_lao(one) == fold_lao(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ໜ້າ", "ໜາ", id="a tone is part of the word"),
        pytest.param("ຫ້າ", "ໜ້າ", id="five and next"),
        pytest.param("ເຂົ້າ", "ເຂົາ", id="rice and they"),
        pytest.param("ວັນ ສຸກ", "ວັນສຸກ", id="spaces are for the reader to judge"),
    ],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert fold_lao(one) != fold_lao(other)


@given(st.text("ເຫນມລ້່ໍາຳັຼະໆ \u200b໐a") | st.text(LAO) | st.text())
@example("ຳໍ້າາໍ")
@example("ເ\u200bເເເ")
@example("ະ່ະ່")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_lao(fold_lao(text)) == fold_lao(text)


@given(st.text(LAO))
@example("຺່")
@example("ະໍາ")
def test_unicode_forms_fold_alike(text: str) -> None:
    forms = {fold_lao(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert forms == {fold_lao(text)}


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x21)))
def test_what_is_not_lao_stays(text: str) -> None:
    assert fold_lao(text) == text
