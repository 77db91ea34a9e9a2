"""Superseding: a proposal that takes the place of a decision once both sides agree."""

from typing import Any

import pytest

from handlers import decision_answers, decisions
from handlers.heard import Quoted
from handlers.refusals import (
    AlreadyReplaced,
    NoSuchRecord,
    NothingWritten,
    NotNow,
    NotYours,
    Refusal,
)
from handlers.reply import Button, RefreshCard, ShowCard
from storage import decisions as stored
from storage.kinds import DecisionState
from storage.tables import Decision


async def _proposed(stage: Any, text: str = "Exchange two trainers", who: str = "vte_focal") -> Decision:
    said = await stage.says(who, f"/decide {text}", decisions.propose)
    (card,) = said.of(ShowCard)
    found = await stored.get(stage.session, card.subject_id)
    assert found is not None
    return found


async def _both_agree(stage: Any, decision: Decision) -> None:
    for who in ("vte_focal", "kmg_focal"):
        await stage.presses(who, _button("decision.agree", stage, id=decision.id), decision_answers.agree)


def _button(press: str, stage: Any, **args: Any) -> Button:
    return Button("", press, {"group": stage.group.id, **args})


async def test_a_replacement_points_to_the_old_one_and_back(stage: Any) -> None:
    old = await _proposed(stage)
    await _both_agree(stage, old)
    said = await stage.says("kmg_focal", "/supersede d1 Exchange\nthree trainers", decisions.supersede)
    assert "It takes the place of D1 once both sides agree." in said.text
    assert "Exchange\nthree trainers" in said.text
    (refreshed,) = said.of(RefreshCard)
    assert refreshed.subject_id == old.id
    assert "D2 is proposed in its place." in str(said.page(RefreshCard).text)
    assert old.state is DecisionState.AGREED


async def test_once_agreed_the_replacement_supersedes(stage: Any) -> None:
    old = await _proposed(stage)
    await _both_agree(stage, old)
    closed_at = old.closed_at
    said = await stage.says(
        "kmg_focal", "/supersede D1", decisions.supersede, reply_to=Quoted(7, "Three trainers", None)
    )
    new = await stage.session.get_one(Decision, said.of(ShowCard)[0].subject_id)
    await _both_agree(stage, new)
    assert (old.state, old.superseded_by_id) == (DecisionState.SUPERSEDED, new.id)
    assert old.closed_at == closed_at
    cards = [
        (await stage.says("observer", f"/d{number}", decisions.show, args={"number": number})).text for number in (1, 2)
    ]
    assert "<b>D1</b> · superseded" in cards[0]
    assert "D2 has taken its place." in cards[0]
    assert "It has taken the place of D1." in cards[1]


@pytest.mark.parametrize(
    ("who", "words", "refusal"),
    [
        pytest.param("kmg_focal", "", NothingWritten, id="nothing named"),
        pytest.param("kmg_focal", "D1", NothingWritten, id="no new text"),
        pytest.param("kmg_focal", "D7 New", NoSuchRecord, id="a number nobody gave"),
        pytest.param("kmg_focal", "the first New", NoSuchRecord, id="no name of a decision"),
        pytest.param("kmg_focal", "D2 New", AlreadyReplaced, id="another proposal wants its place"),
        pytest.param("kmg_focal", "D4 New", NotNow, id="withdrawn"),
        pytest.param("observer", "D1 New", NotYours, id="an observer"),
    ],
)
async def test_no_replacement(stage: Any, who: str, words: str, refusal: type[Refusal]) -> None:
    await _proposed(stage)
    await _proposed(stage)
    await stage.says("kmg_focal", "/supersede D2 Another", decisions.supersede)
    withdrawn = await _proposed(stage)
    args = {"id": withdrawn.id, "group": stage.group.id}
    await stage.says("vte_focal", "A slip", decision_answers.withdrawn, args=args)
    with pytest.raises(refusal):
        await stage.says(who, f"/supersede {words}", decisions.supersede)
    assert await stored.count(stage.session, stage.group.id, states=set(DecisionState)) == 4
