"""The word of a person against an answer that was recorded for him, and what it undoes."""

from typing import Any

import pytest

from handlers import decision_answers, decision_records, decisions
from handlers.refusals import (
    NotYours,
    StaleButton,
)
from handlers.reply import Button, Edit, Post, RefreshCard, ShowCard, Toast
from storage import decisions as stored
from storage.kinds import DecisionState
from storage.tables import Answer as AnswerRow
from storage.tables import Decision


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


async def _contests(stage: Any, who: str, decision: Decision, answer: AnswerRow, **more: Any) -> Any:
    button = Button("", "decision.contest", _args(decision, answer=answer.id, **more))
    return await stage.presses(who, button, decision_records.contest)


async def _latest(stage: Any, decision: Decision) -> AnswerRow:
    return (await stored.answers(stage.session, decision.id))[-1]


async def test_contesting_opens_the_decision_again_and_the_group_hears_it(stage: Any, decision: Decision) -> None:
    await _agrees(stage, "vte_focal", decision)
    await _records(stage, decision)
    answer = await _latest(stage, decision)
    assert decision.state is DecisionState.AGREED
    said = await _contests(stage, "kmg_focal", decision, answer)
    assert (decision.state, decision.closed_at, decision.look_at) == (DecisionState.PROPOSED, None, stage.now)
    assert answer.contested_at == stage.now
    (post,) = said.of(Post)
    assert post.key == f"contested:{answer.id}"
    assert str(said.page(Post).text).endswith("It no longer counts. D1 is open again.")
    assert "<b>Kunming</b>: no answer yet" in str(said.page(RefreshCard).text)
    assert said.of(Toast)


async def test_contesting_an_answer_that_settled_nothing_only_takes_it_away(stage: Any, decision: Decision) -> None:
    await _records(stage, decision)
    said = await _contests(stage, "kmg_focal", decision, await _latest(stage, decision))
    assert decision.state is DecisionState.PROPOSED
    assert "open again" not in str(said.page(Post).text)


async def test_contesting_from_the_private_notice_closes_the_notice(stage: Any, decision: Decision) -> None:
    await _records(stage, decision)
    said = await _contests(stage, "kmg_focal", decision, await _latest(stage, decision), notice=1)
    assert said.page(Edit).rows == ()


async def test_what_was_recorded_earlier_for_the_person_does_not_come_back(stage: Any, decision: Decision) -> None:
    await _records(stage, decision)
    await _records(stage, decision, verdict="object", reason="Too early")
    await _contests(stage, "kmg_focal", decision, await _latest(stage, decision))
    assert await stored.standing(stage.session, [decision.id]) == {decision.id: {}}


async def test_the_persons_own_words_stand_when_an_older_record_is_contested(stage: Any, decision: Decision) -> None:
    await _records(stage, decision)
    recorded = await _latest(stage, decision)
    await _agrees(stage, "kmg_focal", decision)
    own = await _latest(stage, decision)
    await _contests(stage, "kmg_focal", decision, recorded)
    given = (await stored.standing(stage.session, [decision.id]))[decision.id]
    assert list(given.values()) == [own]


@pytest.mark.parametrize("who", ["vte_focal", "kmg_alternate", "kmg_trainer", "coordinator", "observer", "stranger"])
async def test_nobody_else_contests(stage: Any, decision: Decision, who: str) -> None:
    await _records(stage, decision)
    answer = await _latest(stage, decision)
    with pytest.raises(NotYours):
        await _contests(stage, who, decision, answer)
    assert answer.contested_at is None


async def test_an_answer_is_contested_once(stage: Any, decision: Decision) -> None:
    await _records(stage, decision)
    answer = await _latest(stage, decision)
    await _contests(stage, "kmg_focal", decision, answer)
    with pytest.raises(StaleButton):
        await _contests(stage, "kmg_focal", decision, answer)


async def test_an_answer_given_oneself_cannot_be_contested(stage: Any, decision: Decision) -> None:
    await _agrees(stage, "kmg_focal", decision)
    with pytest.raises(StaleButton):
        await _contests(stage, "kmg_focal", decision, await _latest(stage, decision))


async def test_an_answer_to_another_decision_is_not_contested_here(stage: Any, decision: Decision) -> None:
    other = await _proposed(stage)
    await _records(stage, other)
    with pytest.raises(StaleButton):
        await _contests(stage, "kmg_focal", decision, await _latest(stage, other))


async def test_a_second_agreement_after_a_contest_is_said_again(stage: Any, decision: Decision) -> None:
    await _agrees(stage, "vte_focal", decision)
    first = await _records(stage, decision)
    await _contests(stage, "kmg_focal", decision, await _latest(stage, decision))
    button = Button("", "decision.agree", _args(decision))
    second = await stage.presses("kmg_focal", button, decision_answers.agree)
    assert first.of(Post)[0].key != second.of(Post)[0].key


@pytest.mark.parametrize("agreed_before", [True, False], ids=["agreed before", "still open before"])
async def test_what_was_superseded_by_a_contested_answer_stands_again(
    stage: Any, decision: Decision, agreed_before: bool
) -> None:
    if agreed_before:
        await _agrees(stage, "vte_focal", decision)
        await _agrees(stage, "kmg_focal", decision)
    new = await _proposed(stage, "/supersede D1 Three trainers")
    await _agrees(stage, "vte_focal", new)
    await _records(stage, new)
    assert decision.state is DecisionState.SUPERSEDED
    said = await _contests(stage, "kmg_focal", new, await _latest(stage, new))
    assert decision.state is (DecisionState.AGREED if agreed_before else DecisionState.PROPOSED)
    assert decision.superseded_by_id is None
    assert decision.closed_at == (stage.now if agreed_before else None)
    assert {card.subject_id for card in said.of(RefreshCard)} == {new.id, decision.id}


async def test_a_contest_undoes_a_whole_line_of_replacements(stage: Any, decision: Decision) -> None:
    second = await _proposed(stage, "/supersede D1 Three trainers")
    await _agrees(stage, "vte_focal", second)
    await _records(stage, second)
    recorded = await _latest(stage, second)
    third = await _proposed(stage, "/supersede D2 Four trainers")
    await _agrees(stage, "vte_focal", third)
    await _records(stage, third)
    await _contests(stage, "kmg_focal", second, recorded)
    assert second.state is DecisionState.SUPERSEDED
    await _contests(stage, "kmg_focal", third, await _latest(stage, third))
    assert [row.state for row in (decision, second, third)] == [DecisionState.PROPOSED] * 3
