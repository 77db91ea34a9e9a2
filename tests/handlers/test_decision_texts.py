"""A decision in each language: written, confirmed by the side whose language it is, shown and found."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers import (
    decision_answers,
    decision_cards,
    decision_history,
    decision_texts,
    decisions,
    digests,
    finding,
    nudges,
)
from handlers.heard import Quoted
from handlers.refusals import (
    NoSuchChoice,
    NoSuchRecord,
    NothingWritten,
    NotNow,
    NotYours,
    OriginalStays,
    OtherLanguage,
    StaleButton,
    TooLong,
)
from handlers.reply import Answer, Button, Post, Private, React, RefreshCard, ShowCard
from handlers.rules.text import visible_units
from handlers.voice import Say
from storage import decision_texts as stored
from storage import dialogues, journal
from storage.kinds import Subject
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


async def labels(stage, decision):
    rows = (await decision_cards.card_of(stage.session, decision))(Say("en")).rows
    return [str(button.label) for row in rows for button in row]


@pytest.mark.parametrize(("text", "language"), [(LAO, "lo"), (CHINESE, "zh_Hans"), (ENGLISH, "en"), ("15:00", "en")])
async def test_an_original_is_in_the_language_of_its_letters(stage, text, language):
    assert (await proposed(stage, text)).language == language


async def test_a_wording_stands_on_the_card_below_the_original(stage, decision):
    said = await writes(stage, "kmg_trainer", CHINESE)
    assert said.of(RefreshCard)
    text = await card(stage, decision)
    assert f"<b>ພາສາລາວ</b>\n{LAO}\n\n<b>中文</b>\n{CHINESE}" in text
    assert "Lao: the original" in text
    assert "Chinese: not confirmed yet by Kunming" in text
    assert "Confirm Chinese" in await labels(stage, decision)
    assert "Wording in Chinese" not in await labels(stage, decision)


async def test_the_texts_are_the_same_whoever_reads_the_card(stage, decision):
    await writes(stage, "kmg_trainer", CHINESE)
    view = await decision_cards.card_of(stage.session, decision)
    paragraphs = [str(view(Say(language)).text).split("\n\n")[1:3] for language in ("en", "lo", "zh_Hans")]
    assert paragraphs[0] == paragraphs[1] == paragraphs[2]


async def test_the_message_replied_to_is_the_wording_unless_the_bot_wrote_it(stage, decision):
    await writes(stage, "vte_trainer", "", reply_to=Quoted(7, CHINESE, None))
    assert (await wording(stage, decision)).text == CHINESE
    with pytest.raises(NothingWritten):
        await writes(stage, "vte_trainer", "", reply_to=Quoted(8, CHINESE, None, from_this_bot=True))


async def test_a_button_asks_for_the_words_and_wants_them_in_its_language(stage, decision):
    button = Button("", "decision.text", args(decision, language="zh_Hans"))
    asked = await stage.presses("kmg_trainer", button, decision_texts.ask_text)
    assert "Chinese" in asked.text
    typed = {"args": args(decision, language="zh_Hans")}
    with pytest.raises(OtherLanguage):
        await stage.says("kmg_trainer", ENGLISH, decision_texts.typed, **typed)
    await stage.says("kmg_trainer", CHINESE, decision_texts.typed, **typed)
    assert (await wording(stage, decision)).text == CHINESE


async def test_where_the_letters_leave_a_choice_the_language_is_asked(stage, decision):
    asked = await writes(stage, "kmg_trainer", "使用 Moodle")
    assert list(asked.buttons(Answer)) == ["中文", "English"]
    chinese = asked.buttons(Answer)["中文"]
    with pytest.raises(StaleButton):
        await stage.presses("vte_trainer", chinese, decision_texts.in_language)
    said = await stage.presses("kmg_trainer", chinese, decision_texts.in_language)
    assert "Chinese" in said.text
    assert (await wording(stage, decision)).text == "使用 Moodle"
    assert await dialogues.open_with(stage.session, stage.cast["kmg_trainer"].id, -1001, stage.now) is None


async def test_the_language_can_be_typed_too(stage, decision):
    await writes(stage, "kmg_trainer", "使用 Moodle")
    kept = args(decision, words="使用 Moodle", languages=["zh_Hans", "en"])
    with pytest.raises(NoSuchChoice):
        await stage.says("kmg_trainer", "French", decision_texts.language_typed, args=kept)
    await stage.says("kmg_trainer", "ENGLISH", decision_texts.language_typed, args=kept)
    assert (await wording(stage, decision, "en")).text == "使用 Moodle"


@pytest.mark.parametrize(
    ("who", "command", "refusal"),
    [
        pytest.param("vte_trainer", "/text", NothingWritten, id="nothing"),
        pytest.param("vte_trainer", "/text D1", NothingWritten, id="no words"),
        pytest.param("vte_trainer", "/text D9 word", NoSuchRecord, id="no such decision"),
        pytest.param("vte_trainer", f"/text D1 {LAO}!", OriginalStays, id="in the language of the original"),
        pytest.param("vte_trainer", f"/text D1 {'字' * 1501}", TooLong, id="more than a card can show"),
        pytest.param("observer", f"/text D1 {CHINESE}", NotYours, id="an observer"),
        pytest.param("stranger", f"/text D1 {CHINESE}", NotYours, id="a stranger"),
    ],
)
async def test_what_is_no_wording(stage, decision, who, command, refusal):
    with pytest.raises(refusal):
        await stage.says(who, command, decision_texts.write)
    assert (await stored.standing(stage.session, [decision.id]))[decision.id] == {}


@pytest.mark.parametrize("who", ["kmg_trainer", "vte_focal", "coordinator", "observer", "kmg_alternate"])
async def test_nobody_else_confirms_the_wording_of_a_side(stage, decision, who):
    await writes(stage, "kmg_trainer", CHINESE)
    with pytest.raises(NotYours):
        await confirms(stage, who, decision)


async def test_the_alternate_confirms_after_two_days_of_silence(stage, decision):
    await writes(stage, "kmg_trainer", CHINESE)
    await confirms(stage, "kmg_alternate", decision, now=stage.now + timedelta(hours=48))
    assert "Chinese: confirmed by Kunming" in await card(stage, decision)


async def test_a_focal_point_who_writes_the_wording_of_his_side_has_confirmed_it(stage, decision):
    await writes(stage, "kmg_focal", CHINESE)
    assert "Chinese: confirmed by Kunming" in await card(stage, decision)


async def test_the_focal_point_of_the_other_side_who_writes_it_has_not(stage, decision):
    await writes(stage, "vte_focal", CHINESE)
    assert "Chinese: not confirmed yet by Kunming" in await card(stage, decision)


async def test_a_changed_wording_loses_its_confirmation_and_the_old_one_cannot_be_confirmed(stage, decision):
    await writes(stage, "kmg_trainer", CHINESE)
    old = await wording(stage, decision)
    await writes(stage, "kmg_focal", "我们每周二开会。")
    await writes(stage, "kmg_trainer", "我们每周三开会。")
    assert "Chinese: not confirmed yet by Kunming" in await card(stage, decision)
    button = Button("", "decision.text_confirm", args(decision, text=old.id))
    with pytest.raises(StaleButton):
        await stage.presses("kmg_focal", button, decision_texts.confirm)


@pytest.mark.usefixtures("decision")
async def test_the_other_side_cannot_change_what_was_confirmed(stage):
    await writes(stage, "kmg_focal", CHINESE)
    with pytest.raises(NotYours):
        await writes(stage, "vte_focal", "我们每周五开会。")


async def test_the_same_words_again_and_a_second_press_change_nothing(stage, decision):
    await writes(stage, "kmg_focal", CHINESE)
    assert "says that already" in (await writes(stage, "kmg_trainer", CHINESE)).of(React)[0].otherwise(Say("en")).text
    await confirms(stage, "kmg_focal", decision)
    changes = [entry.change for entry in await journal.of(stage.session, Subject.DECISION, decision.id)]
    assert changes == ["decision proposed", "wording written", "wording confirmed"]


async def test_a_wording_added_later_can_still_be_put_right(stage, decision):
    await agrees(stage, decision)
    await writes(stage, "kmg_focal", CHINESE)
    await writes(stage, "kmg_focal", "我们每周二开会。")
    assert (await wording(stage, decision)).text == "我们每周二开会。"


async def test_a_withdrawn_decision_gets_no_wording(stage, decision):
    await stage.says("vte_trainer", "Too early", decision_answers.withdrawn, args=args(decision))
    with pytest.raises(NotNow):
        await writes(stage, "kmg_trainer", CHINESE)
    button = Button("", "decision.text", args(decision, language="zh_Hans"))
    with pytest.raises(NotNow):
        await stage.presses("kmg_trainer", button, decision_texts.ask_text)


async def test_the_history_tells_who_wrote_and_who_confirmed(stage, decision):
    await writes(stage, "kmg_trainer", CHINESE)
    await confirms(stage, "kmg_focal", decision)
    told = (await stage.presses("observer", Button("", "", args(decision)), decision_history.history)).text
    assert f"\u2068Trainer, Kunming\u2069 wrote its wording in Chinese.\n{CHINESE}" in told
    assert "\u2068Focal point, Kunming\u2069 confirmed the wording in Chinese for Kunming." in told


@pytest.mark.usefixtures("decision")
async def test_a_decision_is_found_by_each_of_its_wordings(stage):
    await writes(stage, "kmg_trainer", "我们开会讨论预算。")
    for query in ("预算", "ວັນຈັນ"):
        assert "D1" in (await stage.says("observer", f"/find {query}", finding.find)).buttons()
    await writes(stage, "kmg_trainer", "我们开会。")
    assert "D1" not in (await stage.says("observer", "/find 预算", finding.find)).buttons()


async def test_long_wordings_are_cut_on_the_card_and_whole_behind_a_button(stage):
    decision = await proposed(stage, "ກ" * 1500)
    await writes(stage, "kmg_trainer", "字" * 1500)
    await writes(stage, "kmg_trainer", "word " * 299)
    text = await card(stage, decision)
    assert visible_units(text) < 3000
    assert "字" * 1500 not in text
    button = Button("", "decision.text_whole", args(decision, language="zh_Hans"))
    said = await stage.presses("observer", button, decision_texts.whole)
    assert "字" * 1500 in said.text
    assert list(said.buttons())[:2] == ["ພາສາລາວ", "English"]
    with pytest.raises(NotYours):
        await stage.presses("stranger", button, decision_texts.whole)


async def told(stage, day, hour=12):
    """Who is told what of the decisions at that hour of that day of April, by the cast's keys."""
    keys = {person.id: key for key, person in stage.cast.items()}
    moment = datetime(2026, 4, day, hour, tzinfo=VIENTIANE).astimezone(UTC)
    effects = await nudges.plan(stage.session, moment)
    return {keys[e.person_id]: str(e.view(Say("en")).text) for e in effects if isinstance(e, Private)}


async def test_whoever_reads_a_list_a_search_or_a_reminder_reads_it_in_his_language(stage, decision):
    await writes(stage, "kmg_trainer", CHINESE)
    await agrees(stage, decision, "vte_focal")
    listed = (await stage.says("observer", "/decisions", decisions.listed)).page
    sought = (await stage.says("observer", "/find D1", finding.find)).page
    (reminder,) = await nudges.plan(stage.session, datetime(2026, 4, 8, 7, tzinfo=UTC))
    for page in (listed, sought, lambda language: reminder.view(Say(language))):
        assert CHINESE in str(page(language="zh_Hans").text)
        assert LAO not in str(page(language="zh_Hans").text)
        assert LAO in str(page(language="lo").text)
        assert LAO in str(page(language="en").text)


@pytest.mark.usefixtures("decision")
async def test_the_digest_has_a_decision_in_the_language_of_its_reader(stage):
    await writes(stage, "kmg_trainer", CHINESE)
    effects = await digests.plan(stage.session, datetime(2026, 4, 6, 6, tzinfo=UTC))
    (post,) = [effect for effect in effects if isinstance(effect, Post)]
    assert CHINESE in str(post.view(Say("zh_Hans")).text)
    assert LAO in str(post.view(Say("lo")).text)
