"""Where a group asks for the wording of each side: what waits for it, who is reminded, what the rule leaves alone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers import (
    decision_answers,
    decision_cards,
    decision_history,
    decision_records,
    decision_texts,
    decisions,
    digests,
    finding,
    mechanism,
    nudges,
    status,
)
from handlers.refusals import (
    WordingStands,
)
from handlers.reply import Button, Post, Private, ShowCard
from handlers.voice import Say
from storage import decision_texts as stored
from storage import groups
from storage.kinds import DecisionState
from storage.tables import Decision

LAO, CHINESE, ENGLISH = "ພວກເຮົາປະຊຸມທຸກວັນຈັນ.", "我们每周一开会。", "We meet every Monday."
VIENTIANE = ZoneInfo("Asia/Vientiane")


async def proposed(stage, text=LAO, who="vte_trainer"):
    """A decision, in Lao unless said otherwise."""
    said = await stage.says(who, f"/decide {text}", decisions.propose)
    return await stage.session.get_one(Decision, said.of(ShowCard)[0].subject_id)


@pytest.fixture
async def decision(stage):
    """D1, written in Lao."""
    return await proposed(stage)


@pytest.fixture
async def asking(stage):
    """The group asks for the wording of each side."""
    row = await groups.mechanism(stage.session, stage.group.id)
    row.wordings = True
    await stage.session.flush()
    return row


def args(decision, **more):
    return {"id": decision.id, "group": decision.group_id, **more}


async def writes(stage, who, words, name="D1", **extra):
    return await stage.says(who, f"/text {name} {words}".strip(), decision_texts.write, **extra)


async def agrees(stage, decision, *whom):
    for who in whom or ("vte_focal", "kmg_focal"):
        await stage.presses(who, Button("", "decision.agree", args(decision)), decision_answers.agree)


async def wording(stage, decision, language="zh_Hans"):
    return (await stored.standing(stage.session, [decision.id]))[decision.id][language]


async def confirms(stage, who, decision, **extra):
    text = await wording(stage, decision)
    return await stage.presses(
        who, Button("", "decision.text_confirm", args(decision, text=text.id)), decision_texts.confirm, **extra
    )


async def card(stage, decision):
    """The text of its card as the group reads it."""
    return str((await decision_cards.card_of(stage.session, decision))(Say("en")).text)


async def test_without_the_rule_a_decision_counts_without_a_wording(stage, decision):
    await agrees(stage, decision)
    assert decision.state is DecisionState.AGREED


@pytest.mark.usefixtures("asking")
async def test_with_the_rule_it_waits_and_is_agreed_with_the_last_confirmation(stage, decision):
    await agrees(stage, decision, "vte_focal")
    button = Button("", "decision.agree", args(decision))
    said = await stage.presses("kmg_focal", button, decision_answers.agree)
    assert decision.state is DecisionState.PROPOSED
    assert "once Kunming has confirmed" in said.of(Post)[0].view(Say("en")).text
    assert "agreed; waits for the wording of Kunming" in await card(stage, decision)
    await writes(stage, "vte_trainer", CHINESE)
    assert decision.state is DecisionState.PROPOSED
    said = await confirms(stage, "kmg_focal", decision)
    assert decision.state is DecisionState.AGREED
    assert decision.closed_at == stage.now
    assert "is agreed by both sides" in said.of(Post)[0].view(Say("en")).text
    assert "<b>D1</b> · agreed\n" in await card(stage, decision)


WAITING = "waits for a wording: Kunming"


@pytest.mark.usefixtures("asking")
async def test_lists_and_searches_say_what_an_agreed_text_waits_for(stage, decision):
    await agrees(stage, decision, "vte_focal")
    assert "<b>D1</b> · proposed" in (await stage.says("observer", "/decisions", decisions.listed)).text
    await agrees(stage, decision, "kmg_focal")
    assert f"<b>D1</b> · {WAITING} · " in (await stage.says("observer", "/decisions", decisions.listed)).text
    assert f"<b>D1</b> · {WAITING} · " in (await stage.says("observer", "/find D1", finding.find)).text
    await writes(stage, "kmg_focal", CHINESE)
    assert WAITING not in (await stage.says("observer", "/decisions all", decisions.listed)).text
    assert "<b>D1</b> · agreed" in (await stage.says("observer", "/find D1", finding.find)).text


@pytest.mark.usefixtures("asking")
async def test_status_and_digest_say_what_an_agreed_text_waits_for(stage, decision):
    await agrees(stage, decision, "vte_focal")
    assert "D1: waits for Kunming" in (await stage.says("observer", "/status", status.show)).text
    await agrees(stage, decision, "kmg_focal")
    said = (await stage.says("observer", "/status", status.show)).text
    assert "D1: agreed; waits for the wording of Kunming, since today" in said
    (post,) = await digests.plan(stage.session, stage.now + timedelta(days=5))
    assert "agreed; waits for the wording of Kunming, since Wed 1 Apr" in post.view(Say("en")).text


@pytest.mark.usefixtures("asking")
async def test_a_wording_confirmed_first_makes_the_last_answer_count_at_once(stage, decision):
    await writes(stage, "kmg_focal", CHINESE)
    await agrees(stage, decision)
    assert decision.state is DecisionState.AGREED


@pytest.mark.usefixtures("asking")
async def test_an_original_of_neither_side_needs_both_wordings(stage):
    decision = await proposed(stage, ENGLISH)
    await agrees(stage, decision)
    assert "waits for the wording of Vientiane and Kunming" in await card(stage, decision)
    await writes(stage, "vte_focal", LAO)
    assert "waits for the wording of Kunming" in await card(stage, decision)
    await writes(stage, "kmg_focal", CHINESE)
    assert decision.state is DecisionState.AGREED


@pytest.mark.usefixtures("asking")
async def test_a_confirmed_wording_that_is_changed_is_waited_for_again(stage, decision):
    await writes(stage, "kmg_focal", CHINESE)
    await writes(stage, "kmg_trainer", "我们每周二开会。")
    await agrees(stage, decision)
    assert decision.state is DecisionState.PROPOSED


@pytest.mark.usefixtures("asking")
async def test_an_objection_stays_one_whatever_the_wordings(stage, decision):
    await agrees(stage, decision, "vte_focal")
    await stage.says("kmg_focal", "Mondays are full", decision_answers.objected, args=args(decision))
    await writes(stage, "kmg_focal", CHINESE)
    assert decision.state is DecisionState.OBJECTED


async def test_a_replacement_takes_the_place_with_the_last_confirmation(stage, asking):
    row = asking
    row.wordings = False
    old = await proposed(stage)
    await agrees(stage, old)
    row.wordings = True
    said = await stage.says("vte_focal", f"/supersede D1 {LAO} 2", decisions.supersede)
    new = await stage.session.get_one(Decision, said.of(ShowCard)[0].subject_id)
    await agrees(stage, new)
    assert old.state is DecisionState.AGREED
    await writes(stage, "kmg_focal", CHINESE, "D2")
    assert (old.state, new.state) == (DecisionState.SUPERSEDED, DecisionState.AGREED)


async def test_what_was_agreed_without_a_wording_is_not_opened_by_one(stage, decision):
    await agrees(stage, decision)
    (await groups.mechanism(stage.session, stage.group.id)).wordings = True
    await writes(stage, "kmg_trainer", CHINESE)
    assert decision.state is DecisionState.AGREED
    assert "Chinese: added after both sides had agreed" in await card(stage, decision)


@pytest.mark.usefixtures("asking")
async def test_the_wording_that_was_agreed_is_changed_by_nobody(stage, decision):
    await writes(stage, "kmg_focal", CHINESE)
    await agrees(stage, decision)
    with pytest.raises(WordingStands):
        await writes(stage, "kmg_focal", "我们每周二开会。")


@pytest.mark.usefixtures("asking")
async def test_taking_the_rule_back_agrees_what_waited_for_a_wording_alone(stage, decision):
    waiting_for_an_answer = await proposed(stage, "ສອງ")
    await agrees(stage, decision)
    await agrees(stage, waiting_for_an_answer, "vte_focal")
    button = Button("", "mechanism.set", {"group": stage.group.id, "rule": "wordings", "side": 0, "value": "no"})
    said = await stage.presses("coordinator", button, mechanism.chosen)
    assert decision.state is DecisionState.AGREED
    assert waiting_for_an_answer.state is DecisionState.PROPOSED
    texts = [str(post.view(Say("en")).text) for post in said.of(Post)]
    assert any("<b>D1</b> is agreed by both sides" in text for text in texts)
    told = (await stage.presses("observer", Button("", "", args(decision)), decision_history.history)).text
    assert "no longer asks for a wording in each language.\nWith this both sides agreed." in told


@pytest.mark.usefixtures("asking")
async def test_a_contested_answer_opens_it_again_and_the_wording_stays(stage, decision):
    await writes(stage, "kmg_focal", CHINESE)
    await agrees(stage, decision, "vte_focal")
    given = args(decision, person=stage.cast["kmg_focal"].id, verdict="agree")
    await stage.says("coordinator", "Letter of 31 March", decision_records.recorded, args=given)
    assert decision.state is DecisionState.AGREED
    shown = (await decision_cards.card_of(stage.session, decision))(Say("en")).rows
    (contest,) = [button for row in shown for button in row if button.press == "decision.contest"]
    await stage.presses("kmg_focal", contest, decision_records.contest)
    assert decision.state is DecisionState.PROPOSED
    await agrees(stage, decision, "kmg_focal")
    assert decision.state is DecisionState.AGREED


async def told(stage, day, hour=12):
    """Who is told what of the decisions at that hour of that day of April, by the cast's keys."""
    keys = {person.id: key for key, person in stage.cast.items()}
    moment = datetime(2026, 4, day, hour, tzinfo=VIENTIANE).astimezone(UTC)
    effects = await nudges.plan(stage.session, moment)
    return {keys[e.person_id]: str(e.view(Say("en")).text) for e in effects if isinstance(e, Private)}


@pytest.mark.usefixtures("asking")
async def test_the_focal_point_is_reminded_of_the_missing_wording_then_the_alternate(stage, decision):
    await agrees(stage, decision)
    assert await told(stage, 7, 14) == {}
    (who, text), *others = (await told(stage, 8, 14)).items()
    assert (who, others) == ("kmg_focal", [])
    assert "waits for the wording in its language" in text
    assert await told(stage, 9, 14) == {}
    assert list(await told(stage, 10, 14)) == ["kmg_alternate"]
    assert await told(stage, 17, 14) == {}


async def test_nobody_is_reminded_of_a_wording_that_is_confirmed_or_not_asked_for(stage, decision):
    await agrees(stage, decision, "vte_focal")
    await writes(stage, "kmg_trainer", CHINESE)
    assert list(await told(stage, 8, 14)) == ["kmg_focal"]
    assert "waits for the answer" in next(iter((await told(stage, 10, 14)).values()))


@pytest.mark.usefixtures("asking")
async def test_a_side_that_only_owes_its_wording_counts_among_those_that_are_waited_for(stage, decision):
    await agrees(stage, decision)
    ((waiting, sides),) = await decision_cards.waiting(stage.session, stage.group.id)
    assert (waiting.id, [side.name for side in sides]) == (decision.id, ["Kunming"])


async def recorded(stage, decision, whom, **extra):
    """A coordinator writes down that somebody of Kunming agrees."""
    given = args(decision, person=stage.cast[whom].id, verdict="agree")
    await stage.says("coordinator", "Letter of 31 March", decision_records.recorded, args=given, **extra)


async def contests(stage, who, decision):
    """Somebody presses the last button of the card that contests an answer."""
    rows = (await decision_cards.card_of(stage.session, decision))(Say("en")).rows
    button = [button for row in rows for button in row if button.press == "decision.contest"][-1]
    await stage.presses(who, button, decision_records.contest)


async def test_a_rule_made_afterwards_does_not_open_what_is_agreed_still(stage, decision):
    later = stage.now + timedelta(hours=48)
    await recorded(stage, decision, "kmg_alternate", now=later)
    await recorded(stage, decision, "kmg_focal", now=later)
    await agrees(stage, decision, "vte_focal")
    (await groups.mechanism(stage.session, stage.group.id)).wordings = True
    await contests(stage, "kmg_focal", decision)
    assert decision.state is DecisionState.AGREED


async def test_a_decision_that_gets_its_place_back_is_agreed_as_it_was(stage, decision):
    await agrees(stage, decision)
    said = await stage.says("vte_focal", f"/supersede D1 {LAO} 2", decisions.supersede)
    new = await stage.session.get_one(Decision, said.of(ShowCard)[0].subject_id)
    await agrees(stage, new, "vte_focal")
    await recorded(stage, new, "kmg_focal")
    assert decision.state is DecisionState.SUPERSEDED
    (await groups.mechanism(stage.session, stage.group.id)).wordings = True
    await contests(stage, "kmg_focal", new)
    assert (new.state, decision.state) == (DecisionState.PROPOSED, DecisionState.AGREED)


async def test_making_the_rule_looks_again_at_what_nobody_was_to_be_reminded_of(stage, decision):
    decision.look_at = None
    button = Button("", "mechanism.set", {"group": stage.group.id, "rule": "wordings", "side": 0, "value": "yes"})
    await stage.presses("coordinator", button, mechanism.chosen)
    assert decision.look_at == stage.now
