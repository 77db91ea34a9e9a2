"""Playbooks as tables: those that come with the program, and what is wrong with others."""

import pytest

from handlers.rules.languages import SPOKEN
from handlers.rules.offsets import Anchor
from handlers.rules.playbooks import (
    EXAMPLE,
    MOST_STEPS,
    Party,
    PlaybookWrong,
    key_of,
    read_parties,
    read_playbook,
    shipped,
    shipped_text,
)

STEPS = {
    "exchange_visit": 23,
    "trainee_exchange": 20,
    "tot_workshop": 18,
    "curriculum_revision": 17,
    "online_workshop": 15,
}


def test_five_come_with_the_program_each_with_all_its_steps():
    assert {key: len(playbook.steps) for key, playbook in shipped().items()} == STEPS


@pytest.mark.parametrize("key", STEPS)
def test_each_speaks_every_language(key):
    playbook = shipped()[key]
    assert set(playbook.title) == set(SPOKEN)
    assert all(set(texts) == set(SPOKEN) for texts in playbook.roles.values())
    assert set(playbook.roles) == {Party.HOST, Party.SEND}
    for step in playbook.steps:
        assert set(step.texts) == set(SPOKEN)
        assert len(set(step.texts.values())) == len(SPOKEN)


@pytest.mark.parametrize("key", STEPS)
def test_what_comes_before_the_event_comes_in_order(key):
    before = [step.offset.days for step in shipped()[key].steps if step.offset.anchor is Anchor.FIRST]
    ahead = [days for days in before if days < 0]
    assert ahead == sorted(ahead)


def test_steps_of_one_country_alone():
    visit = shipped()["exchange_visit"]
    there = {Party.HOST: "CN", Party.SEND: "LA"}
    back = {Party.HOST: "LA", Party.SEND: "CN"}
    texts = {step.texts["en"] for step in visit.steps if step.applies(there)} ^ {
        step.texts["en"] for step in visit.steps if step.applies(back)
    }
    assert texts == {"Apply for the official invitation by the authorised unit", "Return the service passports"}


def test_a_file_that_was_given_out_can_be_sent_back():
    playbook, faults = read_playbook("own", shipped_text("tot_workshop"))
    assert faults == []
    assert playbook is not None
    assert playbook.steps == shipped()["tot_workshop"].steps


def test_the_example_is_one():
    playbook, faults = read_playbook("own", EXAMPLE)
    assert faults == []
    assert playbook.title == {"en": "Study visit"}


HEAD = "row,side,offset,only,en\ntitle,,,,Visit\n"


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        pytest.param("", 1, PlaybookWrong.NO_HEADER, id="nothing"),
        pytest.param("a,b\n1,2", 1, PlaybookWrong.NO_HEADER, id="other columns"),
        pytest.param("row,side,offset,only,en\nstep,host,D-3,,Draft", 1, PlaybookWrong.NO_TITLE, id="no title"),
        pytest.param(HEAD, 1, PlaybookWrong.NO_STEPS, id="no steps"),
        pytest.param(HEAD + "stop,host,D-3,,Draft\nstep,host,D,,Go", 3, PlaybookWrong.ROW, id="an unknown line"),
        pytest.param(HEAD + "step,guest,D-3,,Draft", 3, PlaybookWrong.SIDE, id="nobody's step"),
        pytest.param(HEAD + "step,host,May,,Draft", 3, PlaybookWrong.OFFSET, id="no offset"),
        pytest.param(HEAD + "step,host,D-3,China,Draft", 3, PlaybookWrong.CONDITION, id="no condition"),
        pytest.param(HEAD + "step,host,D-3,,", 3, PlaybookWrong.NO_TEXT, id="no text"),
        pytest.param(HEAD + "step,host,D-3,," + "x" * 301, 3, PlaybookWrong.LONG_TEXT, id="a long text"),
        pytest.param(HEAD + "step,host,D-3,,Draft\n" * (MOST_STEPS + 1), 1, PlaybookWrong.TOO_MANY, id="too many"),
    ],
)
def test_what_is_wrong_with_a_file(text, line, wrong):
    playbook, faults = read_playbook("own", text)
    assert playbook is None
    assert (faults[0].line, faults[0].wrong) == (line, wrong)


def test_every_wrong_line_is_told():
    _, faults = read_playbook("own", HEAD + "step,guest,D-3,,Draft\nstep,host,D,,Go\nstep,host,May,,Draft")
    assert [fault.line for fault in faults] == [3, 5]


@pytest.mark.parametrize(
    ("written", "parties"),
    [
        pytest.param("host", (Party.HOST,), id="one"),
        pytest.param("Both", (Party.HOST, Party.SEND), id="both"),
        pytest.param("send + project", (Party.SEND, Party.PROJECT), id="two"),
        pytest.param("both+host", (Party.HOST, Party.SEND), id="each once"),
        pytest.param("", None, id="nobody"),
        pytest.param("guest", None, id="unknown"),
    ],
)
def test_who_does_a_step(written, parties):
    assert read_parties(written) == parties


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("Study Visit.csv", "study_visit", id="spaces"),
        pytest.param("考察.xlsx", "考察", id="Chinese"),
        pytest.param("../x.csv", "x", id="no path"),
        pytest.param(".csv", "own", id="no name"),
    ],
)
def test_the_key_of_a_file(name, key):
    assert key_of(name) == key
