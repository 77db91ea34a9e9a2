"""Every refusal says in one sentence what to do, and repeats what people wrote without trusting it."""

import pytest

from handlers import refusals
from handlers.refusals import Refusal
from handlers.rules.date_reading import Reason
from handlers.views.help_topics import HELP
from handlers.views.refusal_sentences import SENTENCES
from handlers.views.refusals import our_fault, sentence
from handlers.voice import Say
from storage.kinds import DecisionState, TaskState

VALUES = {"groups": [(1, "A & B")], "choices": ["open", "all"], "state": TaskState.DONE}


def every_refusal(kind: type[Refusal] = Refusal) -> list[type[Refusal]]:
    return [found for each in kind.__subclasses__() for found in (each, *every_refusal(each))]


def test_every_refusal_has_its_sentence():
    assert set(every_refusal()) == set(SENTENCES)


@pytest.mark.parametrize("kind", SENTENCES, ids=lambda kind: kind.__name__)
def test_every_sentence_can_be_said_with_and_without_values(kind):
    values = {**VALUES, **dict.fromkeys(("name", "shown", "text", "other", "group", "limit", "length"), "<b>&")}
    said = str(sentence(kind(**values))(Say("en")).text)
    assert said[0].isupper() or said[0] in "“&⁨"
    assert "<b>&<" not in said  # what somebody wrote is never markup
    assert sentence(kind(groups=[]))(Say("en")).text


def test_what_is_not_there_and_what_is_not_yours_sound_the_same():
    say = Say("en")
    assert sentence(refusals.NotYours())(say).text == sentence(refusals.NoSuchRecord(name="T17"))(say).text


@pytest.mark.parametrize("command", HELP)
def test_missing_words_show_how_the_command_is_written(command):
    assert f"/{command}" in sentence(refusals.NothingWritten(command=command))(Say("en")).text


@pytest.mark.parametrize("state", [*TaskState, *DecisionState])
def test_every_state_has_a_word(state):
    said = sentence(refusals.NotNow(name="T17", state=state))(Say("en")).text
    assert said.startswith("T17 is ")
    assert "another state" not in said


def test_every_reason_has_its_own_sentence():
    said = {sentence(refusals.DateUnread(text="x", reason=reason))(Say("en")).text for reason in Reason}
    assert len(said) == len(Reason)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        pytest.param("past", "already past", id="a day that is over"),
        pytest.param("too_far", "five years", id="a day far ahead"),
        pytest.param("no_calendar", "no calendar of that year", id="a holiday of a year nobody has given yet"),
        pytest.param("no_such_day", "no such day", id="31 April"),
        pytest.param("no_such_time", "cannot tell the time", id="midnight, 25:00, an hour that the clocks jump over"),
        pytest.param("weekday_differs", "do not fit", id="a Monday that is a Tuesday"),
        pytest.param("not_a_date", "cannot read", id="no date at all"),
    ],
)
def test_a_date_is_refused_with_its_reason(reason, words):
    said = sentence(refusals.DateUnread(text="x<y", reason=reason))(Say("en")).text
    assert words in said
    assert "x&lt;y" in said


def test_several_groups_are_offered_as_buttons():
    page = sentence(refusals.WhichGroup(groups=[(4, "North"), (5, "South")]))(Say("en"))
    assert [(b.label, b.press, b.args) for row in page.rows for b in row] == [
        ("North", "group.choose", {"group": 4}),
        ("South", "group.choose", {"group": 5}),
    ]


def test_our_own_fault_comes_with_its_code():
    assert "<code>E-7F3A</code>" in our_fault("E-7F3A")(Say("en")).text
