"""A line that gives a task, taken apart."""

import pytest

from handlers.heard import Mention
from handlers.rules.task_words import Signs, read_task

TAGS = ("curriculum", "tot")


@pytest.mark.parametrize(
    ("line", "text", "who", "perhaps", "tag"),
    [
        pytest.param("Write unit 1", "Write unit 1", [], [], None, id="nothing but text"),
        pytest.param("Write @a_b #tot", "Write", ["a_b"], [], "tot", id="behind the text"),
        pytest.param("#tot @a_b Write", "Write", ["a_b"], [], "tot", id="before the text"),
        pytest.param("@a_b Write @c_d", "Write", ["a_b", "c_d"], [], None, id="on both ends"),
        pytest.param("Write @a_b, @c_d.", "Write", ["a_b", "c_d"], [], None, id="with commas and a full stop"),
        pytest.param("Write @a_b @A_B", "Write", ["A_B"], [], None, id="the same person twice"),
        pytest.param("Ask @a_b for it", "Ask @a_b for it", [], ["a_b"], None, id="inside the text"),
        pytest.param("Ask @a_b for it @c_d", "Ask @a_b for it", ["c_d"], ["a_b"], None, id="inside and behind"),
        pytest.param("Write #sports", "Write #sports", [], [], None, id="an unknown tag is text"),
        pytest.param("Write #TOT", "Write", [], [], "tot", id="a tag in capitals"),
        pytest.param("Write #tot #curriculum", "Write", [], [], "curriculum", id="the last tag counts"),
        pytest.param("Mail a@b.org", "Mail a@b.org", [], [], None, id="an address is no person"),
        pytest.param("@a_b", "", ["a_b"], [], None, id="nobody's text"),
        pytest.param("", "", [], [], None, id="nothing"),
        pytest.param("One\ntwo @a_b", "One\ntwo", ["a_b"], [], None, id="lines stay lines"),
        pytest.param("ເຮັດ @a_b", "ເຮັດ", ["a_b"], [], None, id="Lao"),
    ],
)
def test_read_task(line, text, who, perhaps, tag):
    words = read_task(line, Signs(()), TAGS)
    assert words.text == text
    assert [mention.username for mention in words.who] == who
    assert [mention.username for mention in words.perhaps] == perhaps
    assert words.tag == tag


@pytest.mark.parametrize(
    ("line", "text"),
    [
        pytest.param("Write Mr. Two Words", "Write", id="behind the text"),
        pytest.param("Mr. Two Words writes", "writes", id="before the text"),
        pytest.param("Ask Mr. Two Words for it", "Ask Mr. Two Words for it", id="inside the text, as it was written"),
    ],
)
def test_a_mention_with_spaces_in_its_name(line, text):
    mention = Mention("Mr. Two Words", telegram_id=7)
    signs = Signs((mention,))
    words = read_task(signs.put(line), signs, TAGS)
    assert words.text == text
    assert (words.who or words.perhaps) == (mention,)


def test_two_text_mentions_of_the_same_name():
    mentions = (Mention("Trainer", telegram_id=7), Mention("Trainer", telegram_id=8))
    signs = Signs(mentions)
    assert read_task(signs.put("Write Trainer Trainer"), signs, ()).who == mentions


@pytest.mark.parametrize(
    ("words", "text", "activity"),
    [
        pytest.param("Book the room A4", "Book the room", 4, id="behind the text"),
        pytest.param("Book the room a4.", "Book the room", 4, id="a small letter and a full stop"),
        pytest.param("A4 Book the room #tot", "Book the room", 4, id="before the text"),
        pytest.param("Print the forms on A4", "Print the forms on A4", None, id="a size of paper"),
        pytest.param("Print the forms on A4 A4", "Print the forms on A4", 4, id="a size of paper, then its name"),
        pytest.param("Compare A4 and A9", "Compare A4 and A9", None, id="unknown ones are text"),
    ],
)
def test_the_name_of_an_activity(words, text, activity):
    read = read_task(words, Signs(()), {"tot"}, {4})
    assert (read.text, read.activity) == (text, activity)


def test_of_a_thousand_names_some_stay_text():
    words = read_task("@a " * 1300 + "Send the list", Signs(()), ())
    assert len(words.text.split()) > 1000
    assert words.text.endswith("Send the list")
