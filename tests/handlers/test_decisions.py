"""Proposing, listing and showing decisions, and what waits for whom."""

from datetime import UTC, datetime
from typing import Any

import pytest

from handlers import decision_answers, decisions
from handlers.heard import Quoted
from handlers.refusals import (
    NoSuchChoice,
    NoSuchRecord,
    NothingWritten,
    NotYours,
    Refusal,
    StaleButton,
    TooLong,
)
from handlers.reply import Answer, Button, Edit, RefreshCard, ShowCard
from handlers.rules.text import visible_units
from storage import decisions as stored
from storage import founding, groups, journal
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.kinds import DecisionState, Subject
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


async def test_a_proposal_becomes_a_numbered_card_with_the_state_of_each_side(stage: Any) -> None:
    said = await stage.says("vte_focal", "/decide Exchange <b>two</b> & more #curriculum", decisions.propose)
    text = said.text
    assert "<b>D1</b> · proposed" in text
    assert "Exchange &lt;b&gt;two&lt;/b&gt; &amp; more #curriculum" in text
    assert "Area: Curriculum development" in text
    assert "Proposed by \u2068Focal point, Vientiane\u2069, Wed 1 Apr" in text
    assert "<b>Vientiane</b>: no answer yet\n<b>Kunming</b>: no answer yet" in text
    wordings = ["Wording in Lao", "Wording in Chinese"]
    assert list(said.buttons(ShowCard)) == ["Agree", "Object", "Withdraw", "Record an answer", *wordings, "History"]
    (card,) = said.of(ShowCard)
    decision = await stage.session.get_one(Decision, card.subject_id)
    assert (decision.text, decision.look_at) == ("Exchange <b>two</b> & more #curriculum", stage.now)
    assert decision.search_text == "exchange < b > two < / b > & more # curriculum"


async def test_the_journal_holds_the_proposal_without_a_name(stage: Any) -> None:
    decision = await _proposed(stage)
    (entry,) = await journal.of(stage.session, Subject.DECISION, decision.id)
    assert entry.change == "decision proposed"
    assert entry.actor_id == stage.cast["vte_focal"].id
    assert entry.after == {"state": "proposed", "number": 1, "text": "Exchange two trainers", "area": None}


async def test_a_reply_gives_the_text_of_the_message_replied_to(stage: Any) -> None:
    quoted = Quoted(7, "We exchange two trainers.", None)
    said = await stage.says("kmg_trainer", "/decide", decisions.propose, reply_to=quoted)
    assert "We exchange two trainers." in said.text


async def test_words_of_the_command_count_more_than_the_message_replied_to(stage: Any) -> None:
    said = await stage.says("kmg_trainer", "/decide These", decisions.propose, reply_to=Quoted(7, "Those", None))
    assert "These" in said.text
    assert "Those" not in said.text


@pytest.mark.parametrize(
    ("who", "text", "refusal"),
    [
        pytest.param("vte_focal", "/decide", NothingWritten, id="no words and no reply"),
        pytest.param("vte_focal", "/decide \u200b\u2060", NothingWritten, id="nothing that can be seen"),
        pytest.param("vte_focal", "/decide " + "a" * 1501, TooLong, id="longer than a card"),
        pytest.param("vte_focal", "/decide " + "\U0001f600" * 751, TooLong, id="longer in UTF-16 units"),
        pytest.param("observer", "/decide A", NotYours, id="an observer only reads"),
        pytest.param("stranger", "/decide A", NotYours, id="a stranger"),
    ],
)
async def test_no_proposal(stage: Any, who: str, text: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        await stage.says(who, text, decisions.propose)
    assert await stored.count(stage.session, stage.group.id, states=set(DecisionState)) == 0


@pytest.mark.parametrize("who", ["vte_focal", "vte_alternate", "kmg_trainer", "coordinator"])
async def test_who_may_propose(stage: Any, who: str) -> None:
    assert (await _proposed(stage, who=who)).proposed_by == stage.cast[who].id


async def test_the_day_of_a_proposal_is_that_of_the_proposers_place(stage: Any) -> None:
    late = datetime(2026, 4, 1, 16, 30, tzinfo=UTC)
    at_home = await stage.says("vte_focal", "/decide A", decisions.propose, now=late)
    abroad = await stage.says("kmg_focal", "/decide B", decisions.propose, now=late)
    assert "Vientiane\u2069, Wed 1 Apr" in at_home.text
    assert "Kunming\u2069, Thu 2 Apr" in abroad.text


async def test_the_longest_card_fits_into_one_message(stage: Any) -> None:
    for person in stage.cast.values():
        person.name = "<" * 64
    decision = await _proposed(stage, "&" * 1500)
    for who in ("vte_focal", "kmg_focal"):
        args = {"id": decision.id, "group": stage.group.id}
        await stage.says(who, "<" * 1000, decision_answers.objected, args=args)
    page = (await stage.says("vte_focal", "/d1", decisions.show, args={"number": 1})).page(ShowCard)
    assert visible_units(str(page.text)) <= 4096


async def test_a_list_shows_six_a_page_and_turns_in_place(stage: Any) -> None:
    for number in range(1, 9):
        await _proposed(stage, f"Text {number}")
    first = await stage.says("kmg_trainer", "/decisions", decisions.listed)
    assert "<b>Open decisions</b>: 8 · page 1 of 2" in first.text
    labels = list(first.buttons(Answer))
    assert labels == ["D8", "D7", "D6", "D5", "D4", "D3", "Older ›", "Agreed", "All"]
    second = await stage.presses("kmg_trainer", first.buttons(Answer)["Older ›"], decisions.page)
    assert list(second.buttons(Edit)) == ["D2", "D1", "‹ Newer", "Agreed", "All"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        pytest.param("", ["D3", "D1"], id="open is what is meant without a word"),
        pytest.param("open", ["D3", "D1"], id="open"),
        pytest.param("Agreed", ["D2"], id="agreed, in any case"),
        pytest.param("all", ["D3", "D2", "D1"], id="all"),
    ],
)
async def test_a_list_by_state(stage: Any, words: str, shown: list[str]) -> None:
    await _proposed(stage)
    await _both_agree(stage, await _proposed(stage))
    await _proposed(stage)
    said = await stage.says("observer", f"/decisions {words}", decisions.listed)
    assert [label for label in said.buttons(Answer) if label.startswith("D")] == shown


async def test_a_list_without_decisions_says_how_one_begins(stage: Any) -> None:
    said = await stage.says("kmg_trainer", "/decisions", decisions.listed)
    assert "No decision is open. /decide proposes one." in said.text


@pytest.mark.parametrize("page", [0, -3, 99])
async def test_a_page_that_is_gone_shows_the_nearest(stage: Any, page: int) -> None:
    await _proposed(stage)
    button = _button("decisions.page", stage, choice="open", page=page)
    assert "D1" in (await stage.presses("kmg_trainer", button, decisions.page)).buttons(Edit)


@pytest.mark.parametrize(
    ("who", "words", "refusal"),
    [
        pytest.param("kmg_focal", "closed", NoSuchChoice, id="a word that selects nothing"),
        pytest.param("stranger", "", NotYours, id="a stranger"),
    ],
)
async def test_no_list(stage: Any, who: str, words: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        await stage.says(who, f"/decisions {words}", decisions.listed)


async def test_a_card_opens_in_place_of_the_list_and_leads_back(stage: Any) -> None:
    await _proposed(stage)
    listed = await stage.says("kmg_focal", "/decisions", decisions.listed)
    opened = await stage.presses("kmg_focal", listed.buttons(Answer)["D1"], decisions.shown)
    back = await stage.presses("kmg_focal", opened.buttons(Edit)["Back to the list"], decisions.page)
    assert "<b>Open decisions</b>: 1" in back.text


async def test_an_answer_on_a_card_in_a_list_shows_there_too(stage: Any) -> None:
    await _proposed(stage)
    listed = await stage.says("kmg_focal", "/decisions", decisions.listed)
    opened = await stage.presses("kmg_focal", listed.buttons(Answer)["D1"], decisions.shown)
    agreed = await stage.presses("kmg_focal", opened.buttons(Edit)["Agree"], decision_answers.agree)
    assert "<b>Kunming</b>: agreed" in str(agreed.page(Edit).text)
    assert "Back to the list" in agreed.buttons(Edit)
    assert "Back to the list" not in agreed.buttons(RefreshCard)


async def test_a_link_to_a_card_shows_a_living_one(stage: Any) -> None:
    decision = await _proposed(stage)
    args = {"id": decision.id, "group": stage.group.id}
    said = await stage.says("kmg_focal", "/start token", decisions.shown, args=args, private=True)
    assert [card.subject_id for card in said.of(ShowCard)] == [decision.id]


@pytest.mark.parametrize(
    ("who", "number", "refusal"),
    [
        pytest.param("kmg_focal", 2, NoSuchRecord, id="a number nobody gave"),
        pytest.param("stranger", 1, NotYours, id="a stranger"),
    ],
)
async def test_no_card(stage: Any, who: str, number: int, refusal: type[Refusal]) -> None:
    await _proposed(stage)
    with pytest.raises(refusal):
        await stage.says(who, f"/d{number}", decisions.show, args={"number": number})


@pytest.mark.parametrize(
    ("press", "handler"),
    [
        pytest.param("decision.show", decisions.shown, id="showing"),
        pytest.param("decision.card", decisions.card, id="back to the card"),
        pytest.param("decision.agree", decision_answers.agree, id="agreeing"),
        pytest.param("decision.object", decision_answers.object_to, id="objecting"),
        pytest.param("decision.withdraw", decision_answers.withdraw, id="withdrawing"),
    ],
)
async def test_a_button_about_another_groups_decision_means_nothing_here(stage: Any, press: str, handler: Any) -> None:
    foreign = await _foreign_decision(stage)
    with pytest.raises(StaleButton):
        await stage.presses("vte_focal", _button(press, stage, id=foreign.id), handler)


async def _foreign_decision(stage: Any) -> Decision:
    place = PlaceDraft("A", "School", "LA", "Vientiane", "Asia/Vientiane", "Mon-Fri 08:00-12:00", "en")
    rules = MechanismDraft("0 person", 5, 0, "09:00", "20:00-07:00", 7)
    other = await founding.found(stage.session, GroupDraft("Other", (place,), None, (), rules), stage.now)
    return await stored.add(
        stage.session,
        group=other,
        text="Elsewhere",
        language="en",
        search_text="elsewhere",
        by=stage.cast["vte_focal"],
        bot_id=99,
        update_id=9_000,
        at=stage.now,
    )


async def test_what_waits_and_for_which_side(stage: Any) -> None:
    waiting, objected, agreed = [await _proposed(stage) for _ in range(3)]
    await _both_agree(stage, agreed)
    await stage.presses("kmg_focal", _button("decision.agree", stage, id=objected.id), decision_answers.agree)
    args = {"id": objected.id, "group": stage.group.id}
    await stage.says("vte_focal", "Too early", decision_answers.objected, args=args)
    vientiane, kunming = await groups.sides(stage.session, stage.group.id)
    assert await decisions.waiting(stage.session, stage.group.id) == [
        (waiting, [vientiane, kunming]),
        (objected, []),
    ]
    assert await decisions.unanswered(stage.session, waiting) == [vientiane, kunming]
