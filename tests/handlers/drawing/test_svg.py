"""What is drawn fits, is never markup, and has a font for every letter."""

import json
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from handlers.drawing.png import png
from handlers.drawing.svg import FONTS, MORE, Sheet, fitting, width_of

CATALOGUES = Path("handlers/catalogues")
LARGEST = 3_000_000
"""Bytes of everything that travels for pictures."""


def drawn(words, **how):
    sheet = Sheet(720)
    sheet.text(20, 40, words, **how)
    return sheet.document(10)


def test_what_people_wrote_is_never_markup():
    assert "<script>" not in drawn("<script>alert(1)</script> & Co")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in drawn("<script>alert(1)</script> & Co")


def test_signs_that_cannot_be_drawn_are_left_out():
    assert png(drawn("a\u2068b\u2069c\u0001")) == png(drawn("abc"))


@pytest.mark.parametrize("words", ["day off · 休息日", "staff 人员", "ນ້ຳ 休息日", "A2 ການແລກປ່ຽນຄູຝຶກ ffi 喆堃"])
def test_each_script_is_drawn_in_its_own_font_without_losing_a_letter(words):
    """A ligature or a Lao vowel in front of it once made the renderer leave out what follows."""
    kept = png(drawn(words))
    for letter in words.replace(" ", ""):
        assert png(drawn(words.replace(letter, "", 1))) != kept, letter


@pytest.mark.parametrize("words", ["a" * 90, "课程开发" * 30, "ພັດທະນາຫຼັກສູດ " * 12])
def test_what_is_too_long_ends_early_and_says_so(words):
    line = fitting(words, 15, 300)
    assert line.endswith(MORE)
    assert 250 < width_of(line, 15) <= 300


def test_what_fits_stays_as_it_is():
    assert fitting("Curriculum\n development", 15, 300) == "Curriculum development"


def test_marks_above_and_below_lao_letters_take_no_room():
    assert width_of("ກິ້", 10) == width_of("ກ", 10)


@pytest.mark.parametrize("language", ["zh_Hans", "lo"])
def test_every_letter_of_the_catalogues_has_a_font(language):
    known = set(json.loads((FONTS / "widths.json").read_text(encoding="utf-8")))
    known |= set((FONTS / "name_characters.txt").read_text(encoding="utf-8"))
    with (CATALOGUES / language / "LC_MESSAGES" / "focalpoint.po").open("rb") as file:
        texts = [each.string for each in read_po(file) if each.id]
    letters = {letter for text in texts for part in ([text] if isinstance(text, str) else text) for letter in part}
    lacking = {each for each in letters if each not in known and each.isalpha() and not _standard(each)}
    assert lacking == set()


def _standard(letter):
    return len(letter.encode("gb2312", errors="ignore")) == 2


def test_names_of_today_have_their_characters():
    blank = png(drawn("　"))
    for letter in "喆堃珺祎昇龢㛃":
        assert png(drawn(letter)) != blank, letter


def test_the_fonts_are_small_and_come_with_their_licence():
    assert sum(file.stat().st_size for file in FONTS.iterdir()) < LARGEST
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    for font in (*FONTS.glob("*.ttf"), *FONTS.glob("*.otf")):
        assert font.name in licence
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
