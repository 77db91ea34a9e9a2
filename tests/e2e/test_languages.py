"""Languages over HTTP: each person his own, the group both of its sides', one message, one set of buttons."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.rules.text import MESSAGE_LIMIT, units
from handlers.voice import Say
from storage.engine import Database
from storage.tables import Card, GroupTerm, JournalEntry, Mechanism, Person, Side

LO, ZH, EN = Say("lo"), Say("zh_Hans"), Say("en")
TEXT = "We meet on Mondays: 每周一, ທຸກໆວັນຈັນ · at nine."


@pytest.fixture
async def hall(resting_bed) -> AsyncIterator[object]:
    """The group with a Lao and a Chinese side; everybody's Telegram speaks English so far."""
    database = Database(resting_bed.settings.database_url)
    async with database.writing() as session:
        rules = (await session.exec(select(Mechanism))).one()
        rules.languages = ["lo", "zh"]
        session.add(rules)
        for side in (await session.exec(select(Side))).all():
            side.language = rules.languages[side.position]
            session.add(side)
    await database.close()
    async with resting_bed.started():
        await resting_bed.settle()
        yield resting_bed


async def one(bed, table, *where):
    async with bed.program.database.reading() as session:
        return (await session.exec(select(table).where(*where))).first()


def first(text: str, *voices: Say, sentence: str) -> str:
    """The language of the voice whose sentence comes first in a text."""
    return min(voices, key=lambda say: text.index(str(say(sentence)))).language


async def test_a_card_says_what_people_wrote_once_and_the_rest_in_both_languages(hall):
    card = await hall.hears("vte_focal", f"/decide {TEXT}")
    assert card.text.count(TEXT) == 1
    assert all(str(say("proposed")) in card.text for say in (LO, ZH))
    assert str(EN("proposed")) not in card.text
    assert card.buttons[0] in (f"{LO('Agree')} · {ZH('Agree')}", f"{ZH('Agree')} · {LO('Agree')}")
    assert len(hall.said(hall.group)) == 1


async def test_cards_take_turns_in_their_first_language_and_keep_it_for_life(hall):
    cards = [await hall.hears("vte_focal", f"/decide Point {number}") for number in range(3)]
    begins = [first(card.text, LO, ZH, sentence="proposed") for card in cards]
    assert begins == ["lo", "zh_Hans", "lo"]
    agree = next(label for label in cards[1].buttons if str(ZH("Agree")) in label)
    await hall.presses("vte_focal", cards[1], agree)
    await hall.presses("kmg_focal", cards[1], agree)
    shown = hall.last(hall.group, "D2")
    assert first(shown.text, LO, ZH, sentence="agreed") == "zh_Hans"
    assert (await one(hall, Card, Card.subject_id == 2)).languages == ["zh_Hans", "lo"]


async def test_a_group_can_fix_the_order_by_buttons(hall):
    page = await hall.hears("coordinator", "/mechanism", private=True)
    assert "take turns" in page.text
    await hall.presses("coordinator", page, "Order of languages")
    await hall.presses("coordinator", hall.last("coordinator"), "Chinese first")
    assert (await one(hall, Mechanism)).language_order == "zh_Hans"
    cards = [await hall.hears("vte_focal", f"/decide Point {number}") for number in range(2)]
    assert [first(card.text, LO, ZH, sentence="proposed") for card in cards] == ["zh_Hans", "zh_Hans"]


async def test_a_person_chooses_his_language_in_private(hall):
    page = await hall.hears("kmg_focal", "/language", private=True)
    assert page.buttons == ["English", "中文", "ພາສາລາວ", "As Telegram says"]
    await hall.presses("kmg_focal", page, "中文")
    assert str(ZH("As Telegram says")) in hall.last("kmg_focal").buttons
    help_text = (await hall.hears("kmg_focal", "/help", private=True)).text
    assert str(ZH("Agreeing")) in help_text
    person = await one(hall, Person, Person.username == "kmg_focal")
    assert (person.language, person.chosen_language) == ("en", "zh_Hans")
    await hall.presses("kmg_focal", hall.last("kmg_focal", "中文"), str(ZH("As Telegram says")))
    assert (await one(hall, Person, Person.username == "kmg_focal")).chosen_language is None


async def test_in_a_group_everybody_chooses_for_himself(hall):
    page = await hall.hears("vte_focal", "/language")
    toast = await hall.presses("kmg_focal", page, "中文")
    assert "中文" in toast
    assert str(ZH("I write to you in {language} from now on.", language="中文")) == toast
    assert (await one(hall, Person, Person.username == "kmg_focal")).chosen_language == "zh_Hans"
    assert (await one(hall, Person, Person.username == "vte_focal")).chosen_language is None


async def test_a_toast_and_a_refusal_come_in_the_language_of_one_person(hall):
    page = await hall.hears("kmg_focal", "/language")
    await hall.presses("kmg_focal", page, "中文")
    refused = await hall.hears("kmg_focal", "/t99")
    english = await hall.hears("vte_focal", "/t99")
    sentence = "There is no such thing here, or it is not yours to change. /people shows whom you can ask."
    assert (refused.text, english.text) == (str(ZH(sentence)), sentence)


async def test_who_speaks_no_language_of_ours_reads_that_of_his_side(hall):
    hall.cast["vte_trainer"].language_code = "vi"
    said = await hall.hears("vte_trainer", "/help", private=True)
    assert any("\u0e80" <= char <= "\u0eff" for char in said.text)


async def test_a_group_says_its_own_word_for_a_term(hall):
    told = await hall.hears("coordinator", "/term 提议 = 倡议")
    assert "倡议" in told.text
    card = await hall.hears("vte_focal", "/decide 提议 stays what people wrote")
    assert "提议 stays what people wrote" in card.text
    assert "已倡议" in card.text or "倡议" in card.text.replace("提议 stays what people wrote", "")
    page = await hall.hears("coordinator", "/term", private=True)
    await hall.presses("coordinator", page, "Undo: 倡议")
    assert await one(hall, GroupTerm) is None
    assert [row.change for row in await journal(hall)] == ["word changed", "word changed"]


async def journal(bed) -> list[JournalEntry]:
    async with bed.program.database.reading() as session:
        return list((await session.exec(select(JournalEntry).where(JournalEntry.change == "word changed"))).all())


async def test_a_focal_point_proposes_a_word_and_the_coordinator_takes_it(hall):
    await hall.hears("kmg_focal", "/term task = job", private=True)
    assert await one(hall, GroupTerm) is None
    await hall.presses("coordinator", hall.last("coordinator", "job"), "Make it so")
    assert (await one(hall, GroupTerm)).instead == "job"


@pytest.mark.parametrize("who", ["vte_trainer", "observer", "stranger"])
async def test_nobody_else_changes_a_word(hall, who):
    await hall.hears(who, "/term task = job")
    assert await one(hall, GroupTerm) is None


async def test_a_word_that_is_no_term_is_refused_with_an_example(hall):
    said = await hall.hears("coordinator", "/term blub = job", private=True)
    assert "/term focal point" in said.text


async def test_a_long_list_in_two_languages_splits_and_keeps_its_buttons_on_the_last(hall):
    for number in range(7):
        await hall.hears("vte_focal", f"/task {number} {'long words ' * 50}")
    before = len(hall.said(hall.group))
    last = await hall.hears("vte_focal", "/help")
    said = hall.said(hall.group)[before:]
    assert all(units(message.text) <= MESSAGE_LIMIT for message in said)
    assert all(not message.buttons for message in said[:-1])
    assert said[-1] is last


READY = (
    "Good day. I keep the agreements and tasks of a working group. "
    "A coordinator binds this chat with <code>/link CODE</code>; without that I leave in ten minutes."
)
GONE = "Nobody bound this chat to a working group, so I leave. You can add me again at any time."


@pytest.mark.parametrize(("language", "say"), [("zh-hans", ZH), ("lo", LO), ("de", EN)])
async def test_a_chat_of_no_group_reads_the_language_of_who_let_the_bot_in(hall, language, say):
    newcomer = hall.server.world.user("Newcomer", language_code=language, started=True)
    room = hall.server.world.group("Another room", members=[newcomer], kind="supergroup")
    newcomer.adds_bot(room)
    await hall.settle()
    plain = str(say(READY)).replace("<code>", "").replace("</code>", "")
    assert hall.last(room).text == plain
    newcomer.writes(room, "/decide We meet")
    await hall.settle()
    refused = hall.last(room).text
    assert refused != plain
    assert refused.isascii() is (say is EN)
    await hall.at(hall.clock.now() + timedelta(minutes=11))
    assert hall.last(room).text == str(say(GONE))


async def test_the_area_a_status_is_about_is_named_in_the_readers_language(hall):
    await hall.hears("vte_focal", "/task Plan #curriculum")
    said = await hall.hears("vte_focal", "/status #curriculum")
    assert str(EN("Curriculum development")) not in said.text
    assert str(ZH("Curriculum development")) in said.text.split("\n")[0] + said.text.split("\n")[1]


async def test_a_new_date_is_called_one_by_each_language(hall):
    await hall.hears("vte_focal", "/task Plan @vte_focal")
    said = await hall.hears("vte_focal", "/due T1 20 April")
    assert said.text == "T1: ກຳນົດ ວັນຈັນ 20 ເມສາ. / 截止日期为 4月20日 周一。"
