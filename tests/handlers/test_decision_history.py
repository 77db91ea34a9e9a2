"""The history of a decision in words, read from the journal."""

from datetime import UTC, datetime
from typing import Any

import pytest

from handlers import decision_answers, decision_history, decision_records, decisions
from handlers.refusals import NotYours
from handlers.reply import Button, Edit, ShowCard
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.text import visible_units
from handlers.views.decision_history import LineFacts, sentence
from handlers.voice import Say
from storage.kinds import DecisionState, Verdict
from storage.tables import Decision


@pytest.fixture
async def decision(stage: Any) -> Decision:
    said = await stage.says("vte_focal", "/decide Exchange two trainers", decisions.propose)
    found: Decision = await stage.session.get_one(Decision, said.of(ShowCard)[0].subject_id)
    return found


def _button(decision: Decision, **more: Any) -> Button:
    return Button("", "decision.history", {"id": decision.id, "group": decision.group_id, **more})


async def _objects(stage: Any, decision: Decision, reason: str) -> None:
    args = {"id": decision.id, "group": decision.group_id}
    await stage.says("kmg_focal", reason, decision_answers.objected, args=args)


async def test_the_history_tells_who_did_what_when_in_both_cities(stage: Any, decision: Decision) -> None:
    await _objects(stage, decision, "Too <early>")
    for who in ("vte_focal", "kmg_focal"):
        await stage.presses(who, _button(decision), decision_answers.agree)
    said = await stage.presses("observer", _button(decision), decision_history.history)
    text = said.text
    assert "\u2068Focal point, Vientiane\u2069 proposed it." in text
    assert "\u2068Focal point, Kunming\u2069 objected for Kunming.\nReason: Too &lt;early&gt;" in text
    assert "\u2068Focal point, Kunming\u2069 agreed for Kunming.\nWith this both sides agreed." in text
    assert "Wed 1 Apr, 09:00 Vientiane / Wed 1 Apr, 10:00 Kunming" in text
    assert text.index("proposed it") < text.index("objected for") < text.index("agreed for Vientiane")
    assert text.count("With this both sides agreed.") == 1


async def test_from_the_card_to_its_history_and_back(stage: Any, decision: Decision) -> None:
    args = {"number": decision.number}
    card = await stage.says("observer", "/d1", decisions.show, args=args)
    history = await stage.presses("observer", card.buttons(ShowCard)["History"], decision_history.history)
    back = await stage.presses("observer", history.buttons(Edit)["Back to the card"], decisions.card)
    assert back.page(Edit).rows == card.page(ShowCard).rows


async def test_back_from_a_card_in_a_list_keeps_the_way_to_the_list(stage: Any, decision: Decision) -> None:
    button = _button(decision, choice="open", page=1)
    history = await stage.presses("observer", button, decision_history.history)
    back = await stage.presses("observer", history.buttons(Edit)["Back to the card"], decisions.card)
    assert back.buttons(Edit)["Back to the list"].args == {"group": stage.group.id, "choice": "open", "page": 1}


async def test_a_long_history_turns_its_pages_and_fits(stage: Any, decision: Decision) -> None:
    for number in range(6):
        await _objects(stage, decision, f"{number} " + "&" * 900)
    newest = await stage.presses("observer", _button(decision), decision_history.history)
    assert [str(number) in _reasons(newest.text) for number in range(6)] == [False, True, True, True, True, True]
    assert visible_units(newest.text) <= 4096
    older = await stage.presses("observer", newest.buttons(Edit)["‹ Older"], decision_history.history)
    assert "proposed it" in older.text
    assert _reasons(older.text) == {"0"}
    assert "Newer ›" in older.buttons(Edit)


def _reasons(text: str) -> set[str]:
    return {line.split()[1] for line in text.splitlines() if line.startswith("Reason:")}


async def test_a_stranger_reads_no_history(stage: Any, decision: Decision) -> None:
    with pytest.raises(NotYours):
        await stage.presses("stranger", _button(decision), decision_history.history)


async def test_records_contests_and_replacements_are_told(stage: Any, decision: Decision) -> None:
    args = {"id": decision.id, "group": decision.group_id}
    new = await stage.says("vte_focal", "/supersede D1 Three trainers", decisions.supersede)
    second: Decision = await stage.session.get_one(Decision, new.of(ShowCard)[0].subject_id)
    await stage.presses("vte_focal", _button(second), decision_answers.agree)
    recording = args | {"id": second.id, "person": stage.cast["kmg_focal"].id, "verdict": "agree"}
    await stage.says("coordinator", "Letter", decision_records.recorded, args=recording)
    card = await stage.says("observer", "/d2", decisions.show, args={"number": 2})
    await stage.presses("kmg_focal", card.buttons(ShowCard)["Contest (Kunming)"], decision_records.contest)
    first = (await stage.presses("observer", _button(decision), decision_history.history)).text
    assert "D2 took its place." in first
    assert "It stands again: D2 is open again." in first
    later = (await stage.presses("observer", _button(second), decision_history.history)).text
    assert "proposed it in place of D1." in later
    assert "recorded for \u2068Focal point, Kunming\u2069 that Kunming agrees.\nEvidence: Letter" in later
    assert "\u2068Focal point, Kunming\u2069 contested the answer recorded for Kunming." in later


@pytest.mark.parametrize("change", list(DecisionChange))
def test_every_change_has_a_sentence(change: DecisionChange) -> None:
    line = LineFacts(datetime(2026, 4, 1, tzinfo=UTC), change, DecisionState.PROPOSED, "A", verdict=Verdict.AGREE)
    assert str(sentence(Say("en"), line)).endswith(".")
