"""Asking the project for support: asked, answered, asked back, nudged, listed, found."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers import (
    digests,
    finding,
    nudges,
    status,
    support,
    support_answers,
    support_details,
    support_history,
)
from handlers.refusals import NothingWritten, NotNow, NotYours
from handlers.reply import Answer, Edit, Post, PostCard, Private, RefreshCard, ShowCard
from handlers.voice import Say
from storage import activities, journal
from storage import support as stored
from storage.activities import ActivityDraft
from storage.kinds import Role, Standing, Subject, SupportKind, SupportState
from storage.tables import Membership, Person

WORDS = "/support An expert on welding for five days"


@pytest.fixture
async def asked(stage):
    """S1, asked for by a trainer of Vientiane."""
    return await stage.says("vte_trainer", WORDS, support.ask)


async def row(stage):
    return await stored.by_number(stage.session, stage.group.id, 1)


def args(stage, found):
    return {"id": found.id, "group": stage.group.id}


async def test_it_is_written_down_at_once_and_the_coordinators_hear_of_it(stage, asked):
    assert "<b>S1</b> · support asked for" in asked.text
    assert "An expert on welding for five days" in asked.text
    (told,) = asked.of(Private)
    assert (told.person_id, told.card) == (stage.cast["coordinator"].id, (Subject.SUPPORT, (await row(stage)).id))
    assert "Granted" in {str(button.label) for line in told.view(Say("en")).rows for button in line}
    (entry,) = await journal.of(stage.session, Subject.SUPPORT, (await row(stage)).id)
    assert (entry.change, entry.after["state"]) == ("support asked for", "asked")


async def test_kind_and_date_are_chosen_by_buttons(stage, asked):
    kinds = asked.buttons(Answer)
    assert list(kinds) == ["Expert", "Funding", "Translation", "Equipment", "Letter", "Something else"]
    said = await stage.presses("vte_trainer", kinds["Expert"], support_details.kind)
    day = said.buttons(Edit)["Fri 3 Apr"]
    said = await stage.presses("vte_trainer", day, support_details.needed)
    assert "The coordinators are told" in said.page(Edit).text
    found = await row(stage)
    assert (found.kind, found.needed_by) == (SupportKind.EXPERT, date(2026, 4, 3))
    assert "Kind: Expert\nNeeded by: Fri 3 Apr" in said.page(RefreshCard).text


@pytest.mark.usefixtures("asked")
async def test_it_belongs_to_an_activity_where_there_are_some(stage):
    draft = ActivityDraft("Exchange visit", "en", "exchange visit", stage.cast["coordinator"].id, 99, 900, stage.now)
    planned = await activities.add(stage.session, stage.group, draft)
    found = await row(stage)
    said = await stage.presses("vte_trainer", _button(args(stage, found)), support_details.needed)
    choices = said.buttons(Edit)
    assert list(choices) == ["A1 Exchange visit", "For none of them"]
    said = await stage.presses("vte_trainer", choices["A1 Exchange visit"], support_details.activity)
    assert found.activity_id == planned.id
    assert "Activity: A1 Exchange visit" in said.page(RefreshCard).text
    shown = await stage.presses("kmg_trainer", _button(args(stage, found)), support_history.history)
    assert "put it under A1." in shown.text


async def test_a_date_can_be_written_and_one_that_is_none_stops_nothing(stage):
    await stage.says("vte_trainer", "/support A projector by 20 April", support.ask)
    assert ((await row(stage)).text, (await row(stage)).needed_by) == ("A projector", date(2026, 4, 20))
    await stage.says("vte_trainer", "/support Chairs by 31/2", support.ask)
    second = await stored.by_number(stage.session, stage.group.id, 2)
    assert (second.text, second.needed_by) == ("Chairs by 31/2", None)
    asked = await stage.presses("vte_trainer", _button(args(stage, second)), support_details.ask_date)
    assert asked.page().ask
    await stage.says("vte_trainer", "30 April", support_details.typed, args=args(stage, second))
    assert second.needed_by == date(2026, 4, 30)
    doubted = await stage.says("vte_trainer", "15 April 2569", support_details.typed, args=args(stage, second))
    assert second.needed_by == date(2026, 4, 30)
    await stage.presses("vte_trainer", doubted.buttons()["Yes, Wed 15 Apr 2026"], support_details.needed)
    assert second.needed_by == date(2026, 4, 15)


def _button(found):
    from handlers.reply import Button

    return Button("", "support.any", found)


async def test_what_is_asked_in_private_the_group_sees_too(stage):
    said = await stage.says("vte_trainer", WORDS, support.ask, private=True)
    assert len(said.of(ShowCard)) == len(said.of(PostCard)) == 1


@pytest.mark.parametrize(
    ("handler", "words", "state"),
    [
        pytest.param(support_answers.grant, "", SupportState.GRANTED, id="granted"),
        pytest.param(support_answers.partly, "Two days of the five", SupportState.PARTLY, id="in part"),
        pytest.param(support_answers.decline, "No budget this year", SupportState.DECLINED, id="declined"),
        pytest.param(support_answers.ask_back, "For how many trainers?", SupportState.QUESTION, id="asked back"),
    ],
)
@pytest.mark.usefixtures("asked")
async def test_the_coordinator_answers(stage, handler, words, state):
    found = await row(stage)
    if words:
        question = await stage.presses("coordinator", _button(args(stage, found)), handler, private=True)
        assert question.page().ask
        assert found.state is SupportState.ASKED
        said = await stage.says("coordinator", words, handler, private=True, args=args(stage, found))
    else:
        said = await stage.presses("coordinator", _button(args(stage, found)), handler, private=True)
    assert (found.state, found.reply) == (state, words)
    (told,) = said.of(Private)
    assert told.person_id == stage.cast["vte_trainer"].id
    assert words in told.view(Say("en")).text
    assert words in said.page(RefreshCard).text


@pytest.mark.usefixtures("asked")
async def test_a_question_goes_back_and_forth(stage):
    found = await row(stage)
    await stage.says("coordinator", "How many?", support_answers.ask_back, args=args(stage, found))
    said = await stage.says("vte_trainer", "Twelve", support_answers.explain, args=args(stage, found))
    assert (found.state, found.explanation) == (SupportState.ASKED, "Twelve")
    assert [each.person_id for each in said.of(Private)] == [stage.cast["coordinator"].id]
    assert "The project: How many?\nThe answer: Twelve" in said.of(Private)[0].view(Say("en")).text
    shown = await stage.presses("kmg_trainer", _button(args(stage, found)), support_history.history)
    assert "asked for it." in shown.text
    assert "<i>How many?</i>" in shown.text
    assert "<i>Twelve</i>" in shown.text


@pytest.mark.usefixtures("asked")
async def test_only_the_project_answers_and_only_the_askers_side_withdraws(stage):
    button = _button(args(stage, await row(stage)))
    for who in ("vte_trainer", "vte_focal", "observer"):
        with pytest.raises(NotYours):
            await stage.presses(who, button, support_answers.grant)
    with pytest.raises(NotYours):
        await stage.presses("kmg_focal", button, support_answers.withdraw)
    await stage.presses("vte_focal", button, support_answers.withdraw)
    with pytest.raises(NotNow):
        await stage.presses("coordinator", button, support_answers.grant)
    with pytest.raises(NotNow):
        await stage.presses("vte_trainer", button, support_details.ask)
    with pytest.raises(NotYours):
        await stage.says("observer", WORDS, support.ask)


async def told_at(stage, moment):
    effects = await nudges.plan(stage.session, moment)
    return {each.person_id: str(each.view(Say("en")).text) for each in effects}


def at(day, hour=3):
    return datetime(2026, 4, day, hour, tzinfo=UTC)


@pytest.mark.usefixtures("asked")
async def test_the_project_is_nudged_in_its_own_time_and_then_another_coordinator(stage):
    second = Person(telegram_id=7_500, name="Second coordinator", created_at=stage.now, private_open=True)
    stage.session.add(second)
    await stage.session.flush()
    stage.session.add(
        Membership(person_id=second.id, group_id=stage.group.id, role=Role.COORDINATOR, standing=Standing.ACTIVE,
                   asked_at=stage.now, since=stage.now)
    )  # fmt: skip
    first = stage.cast["coordinator"].id
    assert await told_at(stage, at(3)) == {}
    said = await told_at(stage, at(7))
    assert list(said) == [first]
    assert "asked of the project on Wed 1 Apr and waits for your answer until Wed 8 Apr" in said[first]
    assert list(await told_at(stage, at(10))) == [second.id]
    assert list(await told_at(stage, at(11))) == []  # a Saturday
    assert list(await told_at(stage, at(15))) == [second.id]


@pytest.mark.usefixtures("asked")
async def test_who_was_asked_back_is_nudged_instead(stage):
    found = await row(stage)
    await stage.says("coordinator", "How many?", support_answers.ask_back, args=args(stage, found))
    said = await told_at(stage, at(7))
    assert list(said) == [stage.cast["vte_trainer"].id]
    assert "The project asks: How many?" in next(iter(said.values()))
    await stage.says("vte_trainer", "Twelve", support_answers.explain, args=args(stage, found))
    assert list(await told_at(stage, at(14))) == [stage.cast["coordinator"].id]


@pytest.mark.usefixtures("asked")
async def test_an_answer_ends_the_nudging(stage):
    await stage.presses("coordinator", _button(args(stage, await row(stage))), support_answers.grant)
    assert await told_at(stage, at(20)) == {}
    assert (await row(stage)).look_at is None


@pytest.mark.usefixtures("asked")
async def test_it_stands_in_lists_status_digest_and_is_found(stage):
    assert "<b>S1</b> · asked for · An expert" in (await stage.says("observer", "/support", support.ask)).text
    shown = await stage.says("kmg_trainer", "/s1", support.show, args={"number": 1})
    assert "<b>S1</b>" in shown.page(ShowCard).text
    assert "S1: support, waits for Project, since today" in (await stage.says("vte_focal", "/status", status.show)).text
    assert "<b>S1</b> · asked for" in (await stage.says("vte_focal", "/find welding", finding.find)).text
    assert "<b>S1</b>" in (await stage.says("vte_focal", "/find S1", finding.find)).text
    (digest,) = await digests.plan(stage.session, stage.now + timedelta(days=5))
    assert isinstance(digest, Post)
    assert "S1 An expert on welding for five days · waits for Project, since Wed 1 Apr" in digest.view(Say("en")).text
    with pytest.raises(NothingWritten):
        await stage.says("vte_focal", "/support by tomorrow", support.ask)
