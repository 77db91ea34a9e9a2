"""Agreeing, objecting, changing one's answer, withdrawing: rights, states, and what the group hears."""

from datetime import date, timedelta
from typing import Any

import pytest

from handlers import decision_answers, decisions
from handlers.refusals import NotAMember, NotNow, NotYours, ReasonNeeded, Refusal, TooLong
from handlers.reply import Answer, Button, Post, React, RefreshCard, ShowCard, Toast
from storage import decisions as stored
from storage import dialogues, journal, people
from storage.kinds import DecisionState, Role, Subject, Verdict
from storage.tables import Decision, Leave


@pytest.fixture
async def decision(stage: Any) -> Decision:
    """D1, proposed by Vientiane's focal point."""
    said = await stage.says("vte_focal", "/decide Exchange two trainers", decisions.propose)
    found: Decision = await stage.session.get_one(Decision, said.of(ShowCard)[0].subject_id)
    return found


def _args(decision: Decision) -> dict[str, Any]:
    return {"id": decision.id, "group": decision.group_id}


async def _agrees(stage: Any, who: str, decision: Decision, **extra: Any) -> Any:
    return await stage.presses(who, Button("", "decision.agree", _args(decision)), decision_answers.agree, **extra)


async def _objects(stage: Any, who: str, decision: Decision, reason: str = "Too early", **extra: Any) -> Any:
    return await stage.says(who, reason, decision_answers.objected, args=_args(decision), **extra)


async def test_the_answer_of_one_side_shows_on_the_card(stage: Any, decision: Decision) -> None:
    said = await _agrees(stage, "kmg_focal", decision)
    assert str(said.page(Toast).text) == "D1: your side agrees."
    card = str(said.page(RefreshCard).text)
    assert (
        "<b>Vientiane</b>: no answer yet\n<b>Kunming</b>: agreed · \u2068Focal point, Kunming\u2069, Wed 1 Apr" in card
    )
    assert decision.state is DecisionState.PROPOSED
    assert said.of(Post) == []


async def test_both_sides_agree_and_the_group_hears_it_once(stage: Any, decision: Decision) -> None:
    await _agrees(stage, "kmg_focal", decision)
    said = await _agrees(stage, "vte_focal", decision)
    (post,) = said.of(Post)
    assert str(said.page(Post).text) == "<b>D1</b> is agreed by both sides."
    assert post.group_id == stage.group.id
    assert post.key.startswith(f"agreed:{decision.id}:")
    assert (decision.state, decision.closed_at, decision.look_at) == (DecisionState.AGREED, stage.now, None)
    assert decision.version == 2
    assert list(said.buttons(RefreshCard)) == ["History", "Review"]


async def test_one_side_cannot_agree_for_both(stage: Any, decision: Decision) -> None:
    decision.proposed_at -= timedelta(hours=48)
    await _agrees(stage, "vte_focal", decision)
    with pytest.raises(NotYours):
        await _agrees(stage, "vte_alternate", decision)
    assert decision.state is DecisionState.PROPOSED


async def test_agreeing_twice_adds_nothing(stage: Any, decision: Decision) -> None:
    await _agrees(stage, "kmg_focal", decision)
    said = await _agrees(stage, "kmg_focal", decision)
    assert str(said.page(Toast).text) == "D1: you have agreed already."
    assert len(await stored.answers(stage.session, decision.id)) == 1


async def test_an_objection_asks_for_its_reason_first(stage: Any, decision: Decision) -> None:
    said = await stage.presses("kmg_focal", Button("", "decision.object", _args(decision)), decision_answers.object_to)
    (answer,) = said.of(Answer)
    person = stage.cast["kmg_focal"]
    asked = await dialogues.open_with(stage.session, person.id, -1001, stage.now)
    assert asked is not None
    assert (asked.kind, asked.args, asked.prompt_key) == ("decision.reason", _args(decision), answer.key)
    assert said.page(Answer).ask
    assert await stored.answers(stage.session, decision.id) == []


async def test_an_objection_stands_with_its_reason(stage: Any, decision: Decision) -> None:
    said = await _objects(stage, "kmg_focal", decision, "Exams <i>come</i> first & last")
    card = str(said.page(RefreshCard).text)
    assert "<b>D1</b> · objected" in card
    assert "Reason: Exams &lt;i&gt;come&lt;/i&gt; first &amp; last" in card
    assert said.of(React)[0].emoji == "✍"
    assert (decision.state, decision.look_at) == (DecisionState.OBJECTED, stage.now)


async def test_in_private_an_objection_is_answered_in_words(stage: Any, decision: Decision) -> None:
    said = await _objects(stage, "kmg_focal", decision, private=True)
    assert str(said.page(Answer).text) == "D1: the objection of your side is recorded."


async def test_a_side_may_change_its_answer_while_the_decision_is_open(stage: Any, decision: Decision) -> None:
    await _agrees(stage, "vte_focal", decision)
    await _objects(stage, "kmg_focal", decision)
    await _agrees(stage, "kmg_focal", decision)
    assert decision.state is DecisionState.AGREED
    verdicts = [answer.verdict for answer in await stored.answers(stage.session, decision.id)]
    assert verdicts == [Verdict.AGREE, Verdict.OBJECT, Verdict.AGREE]


async def test_the_journal_tells_who_answered_as_what(stage: Any, decision: Decision) -> None:
    await _objects(stage, "kmg_focal", decision)
    _, entry = await journal.of(stage.session, Subject.DECISION, decision.id)
    (answer,) = await stored.answers(stage.session, decision.id)
    assert entry.change == "side objected"
    assert entry.before == {"state": "proposed"}
    assert entry.after == {
        "state": "objected",
        "answer": answer.id,
        "side": answer.side_id,
        "verdict": "object",
        "as": "focal_point",
        "reason": "Too early",
    }


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        pytest.param("vte_trainer", NotYours, id="a member speaks for no side"),
        pytest.param("vte_alternate", NotYours, id="an alternate while the focal point is there"),
        pytest.param("coordinator", NotYours, id="a coordinator replaces no side"),
        pytest.param("observer", NotYours, id="an observer reads"),
        pytest.param("stranger", NotAMember, id="a stranger"),
    ],
)
@pytest.mark.parametrize("answering", [_agrees, _objects], ids=["agree", "object"])
async def test_who_may_not_answer(
    stage: Any, decision: Decision, who: str, refusal: type[Refusal], answering: Any
) -> None:
    with pytest.raises(refusal):
        await answering(stage, who, decision)
    assert await stored.answers(stage.session, decision.id) == []


async def test_the_alternate_answers_while_the_focal_point_is_away_and_is_labelled(
    stage: Any, decision: Decision
) -> None:
    focal = stage.cast["kmg_focal"]
    leave = Leave(person_id=focal.id, first_day=date(2026, 4, 1), last_day=date(2026, 4, 3), written_at=stage.now)
    stage.session.add(leave)
    said = await _agrees(stage, "kmg_alternate", decision)
    assert "agreed · \u2068Alternate, Kunming\u2069 (alternate), Wed 1 Apr" in str(said.page(RefreshCard).text)


@pytest.mark.parametrize(
    ("hours", "may"),
    [
        pytest.param(47, False, id="47 hours are the focal point's own"),
        pytest.param(48, True, id="after 48 hours the alternate may answer"),
    ],
)
async def test_the_alternate_of_a_silent_side(stage: Any, decision: Decision, hours: int, may: bool) -> None:
    later = stage.now + timedelta(hours=hours)
    if may:
        await _agrees(stage, "kmg_alternate", decision, now=later)
    else:
        with pytest.raises(NotYours):
            await _agrees(stage, "kmg_alternate", decision, now=later)
    assert len(await stored.answers(stage.session, decision.id)) == int(may)


async def test_the_label_stays_when_the_alternate_becomes_something_else(stage: Any, decision: Decision) -> None:
    await _agrees(stage, "kmg_alternate", decision, now=stage.now + timedelta(hours=50))
    member = await people.active(stage.session, stage.cast["kmg_alternate"].id, stage.group.id)
    assert member is not None
    member.role = Role.MEMBER
    said = await stage.says("observer", "/d1", decisions.show, args={"number": 1})
    assert "(alternate)" in said.text


@pytest.mark.parametrize(
    ("reason", "refusal"),
    [
        pytest.param("  ", ReasonNeeded, id="no reason"),
        pytest.param("a" * 1001, TooLong, id="more than anybody reads"),
    ],
)
async def test_a_reason_that_is_none(stage: Any, decision: Decision, reason: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        await _objects(stage, "kmg_focal", decision, reason)
    assert decision.state is DecisionState.PROPOSED


@pytest.mark.parametrize("state", [DecisionState.AGREED, DecisionState.WITHDRAWN, DecisionState.SUPERSEDED], ids=str)
async def test_a_closed_decision_takes_nothing_more(stage: Any, decision: Decision, state: DecisionState) -> None:
    decision.state = state
    button = Button("", "", _args(decision))
    for handler in (decision_answers.agree, decision_answers.object_to, decision_answers.withdraw):
        with pytest.raises(NotNow) as refused:
            await stage.presses("vte_focal", button, handler)
        assert refused.value.values == {"name": "D1", "state": state}


@pytest.mark.parametrize("who", ["vte_focal", "coordinator"])
async def test_a_withdrawal_asks_for_its_reason_and_closes(stage: Any, decision: Decision, who: str) -> None:
    button = Button("", "decision.withdraw", _args(decision))
    asked = await stage.presses(who, button, decision_answers.withdraw)
    assert asked.page(Answer).ask
    assert decision.state is DecisionState.PROPOSED
    said = await stage.says(who, "Written <twice>", decision_answers.withdrawn, args=_args(decision))
    card = str(said.page(RefreshCard).text)
    assert "<b>D1</b> · withdrawn" in card
    assert "Withdrawn: Written &lt;twice&gt;" in card
    assert (decision.state, decision.closed_at, decision.look_at) == (DecisionState.WITHDRAWN, stage.now, None)


@pytest.mark.parametrize("who", ["kmg_focal", "vte_alternate", "vte_trainer", "observer", "stranger"])
async def test_nobody_else_withdraws(stage: Any, decision: Decision, who: str) -> None:
    with pytest.raises(NotYours):
        await stage.says(who, "I want to", decision_answers.withdrawn, args=_args(decision))
    assert decision.state is DecisionState.PROPOSED


async def test_a_withdrawn_replacement_leaves_the_old_one_as_it_was(stage: Any, decision: Decision) -> None:
    for who in ("vte_focal", "kmg_focal"):
        await _agrees(stage, who, decision)
    said = await stage.says("kmg_focal", "/supersede D1 Three trainers", decisions.supersede)
    new = await stage.session.get_one(Decision, said.of(ShowCard)[0].subject_id)
    gone = await stage.says("kmg_focal", "Not now", decision_answers.withdrawn, args=_args(new))
    assert decision.state is DecisionState.AGREED
    cards = {card.subject_id for card in gone.of(RefreshCard)}
    assert cards == {new.id, decision.id}
    again = await stage.says("kmg_focal", "/supersede D1 Four trainers", decisions.supersede)
    assert "It takes the place of D1" in again.text


async def test_both_cards_are_refreshed_when_the_place_is_taken(stage: Any, decision: Decision) -> None:
    said = await stage.says("kmg_focal", "/supersede D1 Three trainers", decisions.supersede)
    new = await stage.session.get_one(Decision, said.of(ShowCard)[0].subject_id)
    await _agrees(stage, "vte_focal", new)
    agreed = await _agrees(stage, "kmg_focal", new)
    assert {card.subject_id for card in agreed.of(RefreshCard)} == {new.id, decision.id}
    assert str(agreed.page(Post).text) == "<b>D2</b> is agreed by both sides. It takes the place of D1."
    assert (decision.state, decision.look_at) == (DecisionState.SUPERSEDED, None)
