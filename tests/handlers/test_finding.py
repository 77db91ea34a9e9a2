"""Finding: the same records in the same order on either database, and what the asker reads."""

from datetime import timedelta

import pytest

from handlers import activities, activity_changes, decisions, finding, tasks
from handlers.finding import read_sought
from handlers.refusals import NothingWritten, NotYours, TooLong
from handlers.reply import ShowCard
from handlers.rules.text import searchable
from storage import decisions as stored_decisions
from storage import finding as stored
from storage import founding, groups
from storage import tasks as stored_tasks
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.kinds import Subject
from storage.tables import Person
from storage.tasks import Share, TaskDraft

WEEK = "Mon-Fri 08:00-12:00"
DRAFT = GroupDraft(
    "North and South",
    (
        PlaceDraft("North", "College", "LA", "Vientiane", "Asia/Vientiane", WEEK, "lo"),
        PlaceDraft("South", "School", "CN", "Kunming", "Asia/Shanghai", WEEK, "zh_Hans"),
    ),
    None,
    (),
    MechanismDraft("0 person", 5, 0, "09:00", "20:00-07:00", 7),
)
DECISIONS = (
    "Visa letters are asked for three months ahead.",  # D1
    "双方共同办理签证和保险。",  # D2
    "ຝ່າຍລາວ ກະກຽມວີຊາ ໃຫ້ ນັກຮຽນຝຶກ",  # D3
    "The module plan starts in May; 50% of it is translated.",  # D4
    "We plan 500 modules.",  # D5
    "A pilot course, then the plan of the ILO project.",  # D6
)
TASKS = (
    "Plan the study visit",  # T1
    "Send the visa forms by a_b mail",  # T2
    "翻译教材",  # T3
    "ສົ່ງບົດລາຍງານໄຕມາດ 3",  # T4
    "Ask for insurance, see D4",  # T5
)
FOUND = {  # newest last: D1 … D6, then T1 … T5
    "visa": ["D1", "T2", "D3", "D2"],
    "签证": ["D2", "T2", "D3", "D1"],
    "ວີຊາ": ["D3", "T2", "D2", "D1"],
    "签证保险": ["D2"],
    "签证和保险": ["D2"],
    "visa insurance": ["D2"],
    "insurance": ["T5", "D2"],
    "PLAN": ["T1", "D6", "D5", "D4"],
    "plan module": ["D4", "D5"],
    "Ｐｌａｎ": ["T1", "D6", "D5", "D4"],
    "50%": ["D4"],
    "a_b": ["T2"],
    "a%b": [],
    "\\": [],
    "3": ["T3", "D3", "T4"],
    "໓": ["T3", "D3", "T4"],
    "D4": ["D4", "T5"],
    "d4": ["D4", "T5"],
    "t2": ["T2"],
    "国际劳工组织": ["D6"],
    "ນັກ ຮຽນຝຶກ": ["D3"],
    "学员": ["D3"],
    "ສື່ການສອນ": ["T3"],
    "translation": ["T3"],
    "nothing of the kind": [],
}


async def shelf(session, now):
    """A group with a line of decisions and tasks, each a minute younger than the one before; its id."""
    group = await founding.found(session, DRAFT, now)
    person = Person(name="Trainer", created_at=now)
    session.add(person)
    await session.flush()
    side = (await groups.sides(session, group.id))[0]
    for minute, text in enumerate((*DECISIONS, *TASKS)):
        kept = {"text": text, "language": "en", "search_text": searchable(text), "bot_id": 99, "update_id": minute}
        at = now + timedelta(minutes=minute)
        if minute < len(DECISIONS):
            await stored_decisions.add(session, group=group, by=person, at=at, **kept)
        else:
            draft = TaskDraft(created_by=person.id, at=at, **kept)
            await stored_tasks.add(session, group=group, draft=draft, shares=[Share(side.id)])
    return group.id


async def names(session, group_id, query):
    """What a query finds, in its order; the names of decisions and tasks are their ids here."""
    sought = read_sought(query)
    hits = await stored.hits(session, group_id, sought, offset=0, limit=99)
    assert len(hits) == await stored.count(session, group_id, sought)
    return [f"{'D' if hit.subject is Subject.DECISION else 'T'}{hit.id}" for hit in hits]


async def test_each_query_finds_these_in_this_order_on_either_database(any_database, now):
    async with any_database.writing() as session:
        group_id = await shelf(session, now)
        assert {query: await names(session, group_id, query) for query in FOUND} == FOUND


async def test_pages_go_on_where_the_one_before_ended(any_database, now):
    async with any_database.writing() as session:
        group_id = await shelf(session, now)
        sought = read_sought("plan")
        pages = [await stored.hits(session, group_id, sought, offset=at, limit=2) for at in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 0]
    assert len({(hit.subject, hit.id) for page in pages for hit in page}) == 4


async def test_another_group_finds_nothing_of_it(database, now):
    async with database.writing() as session:
        await shelf(session, now)
        assert await names(session, 99, "plan") == []


async def test_people_are_found_by_name_username_and_number_sign(stage):
    for query in ("trainer kunming", "@vte_trainer", "协调员"):
        assert "Found for" in (await stage.says("observer", f"/find {query}", finding.find)).text
    assert "nothing" in (await stage.says("observer", "/find 。", finding.find)).text


async def test_a_decision_and_a_task_are_found_by_what_was_written(stage):
    await stage.says("vte_focal", "/decide 办理签证", decisions.propose)
    await stage.says("vte_focal", "/task ສົ່ງເອກະສານວີຊາ", tasks.create)
    said = await stage.says("observer", "/find visa", finding.find)
    assert {"D1", "T1"} <= set(said.buttons())


@pytest.mark.parametrize(
    ("who", "query", "refusal"),
    [
        pytest.param("vte_focal", "\u200b", NothingWritten, id="nothing to be seen"),
        pytest.param("vte_focal", "x" * 101, TooLong, id="more than a query"),
        pytest.param("stranger", "plan", NotYours, id="a stranger"),
    ],
)
async def test_what_is_not_looked_for(stage, who, query, refusal):
    with pytest.raises(refusal):
        await stage.says(who, f"/find {query}", finding.find)


@pytest.mark.parametrize("query", ["exchange", "互访", "a1", "1"])
async def test_activities_are_found_by_their_titles_and_by_number(stage, query):
    await stage.says("coordinator", "/plan add Exchange visit #tot", activities.plan)
    args = {"activity": 1, "group": stage.group.id, "language": "zh_Hans"}
    await stage.says("coordinator", "教师互访", activity_changes.title, args=args)
    said = await stage.says("observer", f"/find {query}", finding.find)
    assert "<b>A1</b> · planned · Exchange visit" in said.text
    card = await stage.presses("observer", said.buttons()["A1"], activities.shown)
    assert "Exchange visit" in card.page(ShowCard).text
