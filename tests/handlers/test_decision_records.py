"""Answers recorded for somebody: who may, with what evidence, and how it is shown."""

from datetime import date, timedelta
from typing import Any

import pytest

from handlers import decision_answers, decision_records, decisions
from handlers.refusals import (
    NobodyToRecordFor,
    NothingWritten,
    NotNow,
    NotYours,
    OnBehalfOff,
    ReasonNeeded,
    Refusal,
    StaleButton,
)
from handlers.reply import Answer, Button, Edit, Private, RefreshCard, ShowCard
from handlers.voice import Say
from storage import decisions as stored
from storage import dialogues, groups, journal
from storage.kinds import DecisionState, Subject
from storage.tables import Answer as AnswerRow
from storage.tables import Decision, Leave


@pytest.fixture
async def decision(stage: Any) -> Decision:
    """D1, proposed by a trainer of Vientiane."""
    return await _proposed(stage)


async def _proposed(stage: Any, text: str = "/decide Exchange two trainers") -> Decision:
    handler = decisions.supersede if text.startswith("/supersede") else decisions.propose
    said = await stage.says("vte_trainer", text, handler)
    found: Decision = await stage.session.get_one(Decision, said.of(ShowCard)[0].subject_id)
    return found


def _args(decision: Decision, **more: Any) -> dict[str, Any]:
    return {"id": decision.id, "group": decision.group_id, **more}


async def _agrees(stage: Any, who: str, decision: Decision) -> None:
    await stage.presses(who, Button("", "decision.agree", _args(decision)), decision_answers.agree)


async def _records(
    stage: Any, decision: Decision, whom: str = "kmg_focal", evidence: str = "Letter of 31 March", **more: Any
) -> Any:
    args = _args(decision, person=stage.cast[whom].id, **{"verdict": "agree"} | more)
    return await stage.says("coordinator", evidence, decision_records.recorded, args=args)


async def _latest(stage: Any, decision: Decision) -> AnswerRow:
    return (await stored.answers(stage.session, decision.id))[-1]


async def _asked(stage: Any) -> Any:
    return await dialogues.open_with(stage.session, stage.cast["coordinator"].id, -1001, stage.now)


async def test_from_the_card_to_the_question_for_evidence(stage: Any, decision: Decision) -> None:
    card = await stage.says("coordinator", "/d1", decisions.show, args={"number": 1})
    persons = await stage.presses("coordinator", card.buttons(ShowCard)["Record an answer"], decision_records.on_behalf)
    offered = persons.buttons(Answer)
    assert list(offered) == ["Focal point, Vientiane · Vientiane", "Focal point, Kunming · Kunming"]
    verdicts = await stage.presses(
        "coordinator", offered["Focal point, Kunming · Kunming"], decision_records.for_person
    )
    assert "what does \u2068Focal point, Kunming\u2069 (Kunming) answer?" in verdicts.text
    said = await stage.presses("coordinator", verdicts.buttons(Edit)["Agrees"], decision_records.for_verdict)
    asked = await _asked(stage)
    assert (asked.kind, asked.prompt_key) == ("decision.evidence", said.of(Answer)[0].key)
    assert asked.args == _args(decision, person=stage.cast["kmg_focal"].id, verdict="agree")
    recorded = await stage.says("coordinator", "Letter", decision_records.recorded, args=asked.args)
    assert "<b>Kunming</b>: agreed" in str(recorded.page(RefreshCard).text)


async def test_an_objection_for_somebody_takes_its_reason_before_the_evidence(stage: Any, decision: Decision) -> None:
    button = Button("", "", _args(decision, person=stage.cast["kmg_focal"].id, verdict="object"))
    await stage.presses("coordinator", button, decision_records.for_verdict)
    reason = await _asked(stage)
    assert reason.kind == "decision.reason_for"
    await stage.says("coordinator", "Exams come first", decision_records.reason_for, args=reason.args)
    evidence = await _asked(stage)
    assert evidence.kind == "decision.evidence"
    said = await stage.says("coordinator", "Call of 1 April", decision_records.recorded, args=evidence.args)
    card = str(said.page(RefreshCard).text)
    assert "<b>Kunming</b>: objected" in card
    assert "Reason: Exams come first" in card
    assert "Call of 1 April" in card


async def test_the_card_says_for_ever_who_recorded_it_and_on_what(stage: Any, decision: Decision) -> None:
    await _records(stage, decision, evidence="Letter <31>\n& call")
    await _agrees(stage, "vte_focal", decision)
    said = await stage.says("observer", "/d1", decisions.show, args={"number": 1})
    assert (
        "<i>Recorded by the coordinator \u2068Coordinator, project\u2069 for \u2068Focal point, Kunming\u2069: "
        "Letter &lt;31&gt; &amp; call</i>" in said.text
    )
    assert list(said.buttons(ShowCard)) == ["Contest (Kunming)", "History", "Review"]


async def test_the_person_is_told_in_private_with_a_way_to_contest(stage: Any, decision: Decision) -> None:
    said = await _records(stage, decision)
    (told,) = said.of(Private)
    answer = await _latest(stage, decision)
    assert (told.person_id, told.group_id) == (stage.cast["kmg_focal"].id, stage.group.id)
    page = told.view(Say("en"))
    assert "has recorded that you agree." in page.text
    assert "Evidence: Letter of 31 March" in page.text
    assert page.rows[0][0].args == _args(decision, answer=answer.id, notice=1)
    in_group = told.otherwise(Say("en"))
    assert in_group.rows == page.rows


async def test_the_journal_keeps_person_and_evidence(stage: Any, decision: Decision) -> None:
    await _records(stage, decision)
    answer = await _latest(stage, decision)
    entry = (await journal.of(stage.session, Subject.DECISION, decision.id))[-1]
    assert (entry.change, entry.actor_id) == ("answer recorded", stage.cast["coordinator"].id)
    assert entry.after["person"] == stage.cast["kmg_focal"].id
    assert entry.after["evidence"] == "Letter of 31 March"
    assert entry.after["answer"] == answer.id


@pytest.mark.parametrize(
    "handler", [decision_records.on_behalf, decision_records.for_person, decision_records.for_verdict]
)
@pytest.mark.parametrize("who", ["vte_focal", "kmg_alternate", "vte_trainer", "observer", "stranger"])
async def test_only_a_coordinator_records(stage: Any, decision: Decision, who: str, handler: Any) -> None:
    button = Button("", "", _args(decision, person=stage.cast["kmg_focal"].id, verdict="agree"))
    with pytest.raises(NotYours):
        await stage.presses(who, button, handler)


async def test_a_typed_evidence_of_somebody_else_records_nothing(stage: Any, decision: Decision) -> None:
    args = _args(decision, person=stage.cast["kmg_focal"].id, verdict="agree")
    with pytest.raises(NotYours):
        await stage.says("vte_focal", "Letter", decision_records.recorded, args=args)
    assert await stored.answers(stage.session, decision.id) == []


async def test_the_groups_rules_may_rule_it_out(stage: Any, decision: Decision) -> None:
    (await groups.mechanism(stage.session, stage.group.id)).on_behalf = False
    with pytest.raises(OnBehalfOff):
        await _records(stage, decision)
    card = await stage.says("coordinator", "/d1", decisions.show, args={"number": 1})
    assert "Record an answer" not in card.buttons(ShowCard)


@pytest.mark.parametrize(
    ("whom", "more", "refusal"),
    [
        pytest.param("kmg_focal", {"evidence": " "}, NothingWritten, id="no evidence"),
        pytest.param("kmg_trainer", {}, StaleButton, id="a member speaks for no side"),
        pytest.param("kmg_alternate", {}, StaleButton, id="an alternate while the focal point is there"),
        pytest.param("vte_focal", {}, StaleButton, id="a side that answered in its own words"),
        pytest.param("coordinator", {}, StaleButton, id="the coordinator himself"),
    ],
)
async def test_what_cannot_be_recorded(
    stage: Any, decision: Decision, whom: str, more: dict[str, Any], refusal: type[Refusal]
) -> None:
    await _agrees(stage, "vte_focal", decision)
    with pytest.raises(refusal):
        await _records(stage, decision, whom, **more)
    assert len(await stored.answers(stage.session, decision.id)) == 1


async def test_an_objection_for_somebody_needs_its_reason(stage: Any, decision: Decision) -> None:
    args = _args(decision, person=stage.cast["kmg_focal"].id)
    with pytest.raises(ReasonNeeded):
        await stage.says("coordinator", "\u200b", decision_records.reason_for, args=args)


async def test_nobody_is_offered_once_both_sides_spoke(stage: Any, decision: Decision) -> None:
    await _agrees(stage, "vte_focal", decision)
    args = _args(decision)
    await stage.says("kmg_focal", "Too early", decision_answers.objected, args=args)
    with pytest.raises(NobodyToRecordFor):
        await stage.presses("coordinator", Button("", "", args), decision_records.on_behalf)


async def test_nothing_is_recorded_on_a_closed_decision(stage: Any, decision: Decision) -> None:
    decision.state = DecisionState.WITHDRAWN
    with pytest.raises(NotNow):
        await _records(stage, decision)


async def test_an_alternate_who_stands_in_can_be_recorded_for(stage: Any, decision: Decision) -> None:
    focal = stage.cast["kmg_focal"]
    leave = Leave(person_id=focal.id, first_day=date(2026, 4, 1), last_day=date(2026, 4, 3), written_at=stage.now)
    stage.session.add(leave)
    said = await _records(stage, decision, "kmg_alternate")
    assert "\u2068Alternate, Kunming\u2069 (alternate)" in str(said.page(RefreshCard).text)


async def test_an_alternate_may_answer_again_only_when_the_side_is_silent(stage: Any, decision: Decision) -> None:
    decision.proposed_at -= timedelta(hours=50)
    await _records(stage, decision)
    with pytest.raises(NotYours):
        await _agrees(stage, "kmg_alternate", decision)
