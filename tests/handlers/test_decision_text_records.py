"""Wordings confirmed for somebody who cannot reach the bot: with evidence, shown as such, and contestable."""

from datetime import timedelta

import pytest

from handlers import (
    decision_answers,
    decision_cards,
    decision_history,
    decision_records,
    decision_text_records,
    decision_texts,
    decisions,
    mechanism,
)
from handlers.refusals import NobodyToRecordFor, NothingWritten, NotYours, OnBehalfOff, StaleButton
from handlers.reply import Answer, Button, Edit, Post, Private, RefreshCard, ShowCard
from handlers.voice import Say
from storage import decision_texts as stored
from storage import dialogues, groups
from storage.kinds import DecisionState
from storage.tables import Decision, TextConfirmation

LAO, CHINESE = "ພວກເຮົາປະຊຸມທຸກວັນຈັນ.", "我们每周一开会。"
RULE = {"rule": "wordings", "side": 0, "value": "yes"}


@pytest.fixture
async def decision(stage):
    """D1, agreed in substance in a group that asks for wordings; the Chinese one is written, not confirmed."""
    (await groups.mechanism(stage.session, stage.group.id)).wordings = True
    said = await stage.says("vte_trainer", f"/decide {LAO}", decisions.propose)
    found = await stage.session.get_one(Decision, said.of(ShowCard)[0].subject_id)
    for who in ("vte_focal", "kmg_focal"):
        await stage.presses(who, Button("", "decision.agree", args(found)), decision_answers.agree)
    await stage.says("kmg_trainer", f"/text D1 {CHINESE}", decision_texts.write)
    return found


def args(decision, **more):
    return {"id": decision.id, "group": decision.group_id, **more}


async def wording(stage, decision):
    return (await stored.standing(stage.session, [decision.id]))[decision.id]["zh_Hans"]


async def records(stage, decision, whom="kmg_focal", evidence="Letter of 31 March", who="coordinator", **extra):
    given = args(decision, person=stage.cast[whom].id, text=(await wording(stage, decision)).id)
    return await stage.says(who, evidence, decision_text_records.recorded, args=given, **extra)


async def confirmation(stage, decision):
    given = await stored.confirmations(stage.session, [(await wording(stage, decision)).id])
    return next(iter(next(iter(given.values())).values()), None)


async def contests(stage, who, decision, row, **more):
    button = Button("", "decision.text_contest", args(decision, confirmation=row.id, **more))
    return await stage.presses(who, button, decision_text_records.contest)


async def card(stage, decision):
    return (await decision_cards.card_of(stage.session, decision))(Say("en"))


async def test_from_the_card_to_the_question_for_evidence_and_on(stage, decision):
    shown = await stage.says("coordinator", "/d1", decisions.show, args={"number": 1})
    persons = await stage.presses(
        "coordinator", shown.buttons(ShowCard)["Record an answer"], decision_records.on_behalf
    )
    offered = persons.buttons(Answer)
    assert list(offered) == ["Focal point, Kunming · confirms the Chinese wording"]
    said = await stage.presses("coordinator", next(iter(offered.values())), decision_text_records.for_person)
    assert "confirm the wording in Chinese? Please write the evidence" in said.text
    asked = await dialogues.open_with(stage.session, stage.cast["coordinator"].id, -1001, stage.now)
    assert (asked.kind, asked.prompt_key) == ("decision.text_evidence", said.of(Answer)[0].key)
    recorded = await stage.says("coordinator", "Letter", decision_text_records.recorded, args=asked.args)
    assert decision.state is DecisionState.AGREED
    assert "is agreed by both sides" in recorded.of(Post)[0].view(Say("en")).text


async def test_the_card_says_for_ever_who_recorded_it_and_on_what(stage, decision):
    said = await records(stage, decision, evidence="Letter <31>\n& call")
    assert (
        "Chinese: confirmed by Kunming\n<i>Recorded by the coordinator \u2068Coordinator, project\u2069 for "
        "\u2068Focal point, Kunming\u2069: Letter &lt;31&gt; &amp; call</i>" in str(said.page(RefreshCard).text)
    )
    labels = [button.label for row in (await card(stage, decision)).rows for button in row]
    assert labels == ["Contest (Kunming, Chinese)", "History", "Review"]


async def test_the_person_is_told_in_private_or_by_a_mention_and_can_contest_there(stage, decision):
    said = await records(stage, decision)
    (told,) = said.of(Private)
    assert told.person_id == stage.cast["kmg_focal"].id
    page = told.view(Say("en"))
    assert f"\n{CHINESE}\n" in page.text
    assert "has recorded that you confirm this wording in Chinese." in page.text
    assert "Evidence: Letter of 31 March" in page.text
    in_group = told.otherwise(Say("en"))
    assert "a wording of <b>D1</b> was confirmed for you" in in_group.text
    assert in_group.rows == page.rows
    reply = await stage.presses("kmg_focal", page.rows[0][0], decision_text_records.contest)
    assert "no longer counts" in reply.page(Edit).text


async def test_contesting_opens_the_decision_again_and_the_group_hears_it(stage, decision):
    await records(stage, decision)
    said = await contests(stage, "kmg_focal", decision, await confirmation(stage, decision))
    assert decision.state is DecisionState.PROPOSED
    assert decision.closed_at is None
    heard = said.of(Post)[0].view(Say("en")).text
    assert "the confirmation of the wording in Chinese recorded for Kunming was contested" in heard
    assert "D1 is open again." in heard
    assert "agreed; waits for the wording of Kunming" in (await card(stage, decision)).text


async def test_after_contesting_the_person_can_confirm_in_his_own_word(stage, decision):
    await records(stage, decision)
    await contests(stage, "kmg_focal", decision, await confirmation(stage, decision))
    button = Button("", "decision.text_confirm", args(decision, text=(await wording(stage, decision)).id))
    await stage.presses("kmg_focal", button, decision_texts.confirm)
    assert decision.state is DecisionState.AGREED
    assert "Recorded by" not in (await card(stage, decision)).text


async def test_a_wording_added_after_the_agreement_opens_nothing_when_contested(stage, decision):
    await records(stage, decision)
    (await wording(stage, decision)).later = True
    await contests(stage, "kmg_focal", decision, await confirmation(stage, decision))
    assert decision.state is DecisionState.AGREED


async def test_a_rule_made_after_the_agreement_opens_nothing_when_contested(stage, decision):
    await records(stage, decision)
    row = await confirmation(stage, decision)
    button = Button("", "mechanism.set", {"group": stage.group.id, **RULE})
    (await groups.mechanism(stage.session, stage.group.id)).wordings = False
    await stage.presses("coordinator", button, mechanism.chosen)
    await contests(stage, "kmg_focal", decision, row)
    assert decision.state is DecisionState.AGREED


async def test_the_history_tells_both(stage, decision):
    await records(stage, decision)
    await contests(stage, "kmg_focal", decision, await confirmation(stage, decision))
    shown = await stage.presses("observer", Button("", "", args(decision)), decision_history.history)
    told = shown.page(Edit).text
    assert (
        "\u2068Coordinator, project\u2069 recorded for \u2068Focal point, Kunming\u2069 that Kunming confirms the "
        "wording in Chinese.\nEvidence: Letter of 31 March\nWith this both sides agreed." in told
    )
    assert "contested the confirmation of the wording in Chinese recorded for Kunming." in told


async def test_only_the_person_himself_contests_and_only_once(stage, decision):
    await records(stage, decision)
    row = await confirmation(stage, decision)
    for who in ("vte_focal", "coordinator", "kmg_trainer"):
        with pytest.raises(NotYours):
            await contests(stage, who, decision, row)
    await contests(stage, "kmg_focal", decision, row)
    with pytest.raises(StaleButton):
        await contests(stage, "kmg_focal", decision, row)


async def test_ones_own_confirmation_is_nothing_to_contest(stage, decision):
    button = Button("", "decision.text_confirm", args(decision, text=(await wording(stage, decision)).id))
    await stage.presses("kmg_focal", button, decision_texts.confirm)
    with pytest.raises(StaleButton):
        await contests(stage, "kmg_focal", decision, await confirmation(stage, decision))


@pytest.mark.parametrize("who", ["vte_focal", "kmg_focal", "kmg_trainer", "observer"])
async def test_nobody_but_a_coordinator_records(stage, decision, who):
    with pytest.raises(NotYours):
        await records(stage, decision, who=who)


async def test_without_evidence_nothing_is_recorded(stage, decision):
    with pytest.raises(NothingWritten):
        await records(stage, decision, evidence=" \n ")


async def test_a_group_can_forbid_it(stage, decision):
    (await groups.mechanism(stage.session, stage.group.id)).on_behalf = False
    with pytest.raises(OnBehalfOff):
        await records(stage, decision)


async def test_words_written_anew_are_not_confirmed_by_an_old_button(stage, decision):
    given = args(decision, person=stage.cast["kmg_focal"].id, text=(await wording(stage, decision)).id)
    await stage.says("kmg_trainer", "/text D1 我们每周二开会。", decision_texts.write)
    with pytest.raises(StaleButton):
        await stage.says("coordinator", "Letter", decision_text_records.recorded, args=given)


@pytest.mark.parametrize("whom", ["vte_focal", "kmg_trainer", "kmg_alternate"])
async def test_only_who_speaks_for_the_side_of_that_language_can_be_recorded_for(stage, decision, whom):
    with pytest.raises(StaleButton):
        await records(stage, decision, whom)


async def test_the_alternate_can_be_recorded_for_after_two_days(stage, decision):
    await records(stage, decision, "kmg_alternate", now=stage.now + timedelta(hours=48))
    assert decision.state is DecisionState.AGREED


async def test_once_confirmed_there_is_nobody_left_to_record_for(stage, decision):
    await records(stage, decision)
    decision.state = DecisionState.PROPOSED
    with pytest.raises(NobodyToRecordFor):
        await stage.presses("coordinator", Button("", "", args(decision)), decision_records.on_behalf)


async def test_what_was_recorded_and_contested_stays_written_down(stage, decision):
    await records(stage, decision)
    row = await confirmation(stage, decision)
    await contests(stage, "kmg_focal", decision, row)
    kept = await stage.session.get_one(TextConfirmation, row.id)
    assert (kept.evidence, kept.contested_at) == ("Letter of 31 March", stage.now)
    assert await confirmation(stage, decision) is None
