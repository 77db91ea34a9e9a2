"""A group's own words replace whole terms of the glossary, and nothing else."""

import pytest
from markupsafe import Markup

from handlers.rules.terms import LONGEST, UnreadableTerm, by_language, read, replacing
from handlers.voice import Say


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("联络人 = 联系人", ("zh_Hans", "联络人", "联系人")),
        ("联络人＝联系人", ("zh_Hans", "联络人", "联系人")),
        ("ຜູ້ປະສານງານ = ຜູ້ຕິດຕໍ່", ("lo", "ຜູ້ປະສານງານ", "ຜູ້ຕິດຕໍ່")),
        ("Focal  Point = contact person", ("en", "focal point", "contact person")),
        ("task = a = b", ("en", "task", "a = b")),
    ],
)
def test_a_term_tells_its_language(typed, expected):
    assert read(typed) == expected


@pytest.mark.parametrize(
    "typed",
    ["", "联络人", "联络人 =", "= 联系人", "no such term = x", "task = " + "x" * (LONGEST + 1), "task = a\nb"],
)
def test_what_is_no_term_and_word_is_refused(typed):
    with pytest.raises(UnreadableTerm):
        read(typed)


@pytest.mark.parametrize(
    ("language", "words", "sentence", "expected"),
    [
        ("zh_Hans", {"联络人": "联系人"}, "请联络人确认。", "请联系人确认。"),
        ("zh_Hans", {"联络人": "联系人"}, "候补联络人", "候补联络人"),
        ("lo", {"ຜູ້ປະສານງານ": "X"}, "ຜູ້ປະສານງານໂຄງການ", "ຜູ້ປະສານງານໂຄງການ"),
        ("lo", {"ຜູ້ປະສານງານ": "X"}, "ຖາມຜູ້ປະສານງານ", "ຖາມX"),
        ("en", {"focal point": "contact"}, "Focal points: the focal point", "Contacts: the contact"),
        ("en", {"task": "job"}, "A task: /task {task} <b>task</b> tasked", "A job: /task {task} <b>job</b> tasked"),
        ("en", {"task": "job"}, "Write <code>/done a task</code>", "Write <code>/done a task</code>"),
        ("en", {"task": "{job} <b>"}, "a task", "a {{job}} &lt;b&gt;"),
    ],
)  # fmt: skip
def test_only_whole_terms_outside_of_tags_and_placeholders_change(language, words, sentence, expected):
    assert replacing(language, words)(sentence) == expected


def test_what_people_wrote_is_never_replaced():
    say = Say("en", {"task": "job"})
    assert say("A task: {text}", text="my task") == Markup("A job: my task")


def test_a_word_with_braces_survives_being_filled_in():
    assert Say("en", {"task": "{0} & {x}"})("A task") == Markup("A {0} &amp; {x}")


def test_words_are_kept_by_language():
    rows = [("en", "task", "job"), ("lo", "ໜ້າວຽກ", "ວຽກ")]
    assert by_language(rows) == {"en": {"task": "job"}, "lo": {"ໜ້າວຽກ": "ວຽກ"}}
