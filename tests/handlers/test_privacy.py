"""What is stored about a person is given to him, and taken away when he asks."""

import json

import pytest
from sqlmodel import SQLModel, select

from handlers import linking, meetings, minutes_facts, privacy, sessions
from handlers.refusals import NotYours
from handlers.reply import Answer, Button, Document, Edit, Post, ShowCard
from handlers.views import minutes_papers
from handlers.voice import Say
from storage import attendance, dialogues, groups, journal, leave, people
from storage import privacy as store
from storage.kinds import ChatKind, OutboxState, Priority, Standing, Subject
from storage.tables import ButtonToken, Chat, Dialogue, Inbox, Leave, Meeting, Outbox


async def asks_to_be_forgotten(stage, who="vte_focal"):
    asked = await stage.says(who, "/forgetme", privacy.ask_forgetting, private=True)
    return await stage.presses(who, asked.buttons()["Forget me"], privacy.forget, private=True)


@pytest.mark.parametrize("who", ["vte_focal", "observer", "stranger"])
async def test_own_data_come_as_a_file_in_private(stage, who):
    said = await stage.says(who, "/mydata", privacy.my_data, private=True)
    (file,) = said.of(Document)
    found = json.loads(file.content)
    person = stage.cast[who]
    assert (file.name, found["person"]["telegram_id"]) == ("focalpoint-my-data.json", person.telegram_id)
    assert [group["name"] for group in found["groups"]] == ([] if who == "stranger" else ["Vientiane and Kunming"])


async def test_own_data_hold_what_he_did_and_nobody_elses_name(stage):
    today = stage.now.date()
    person = stage.cast["coordinator"]
    await leave.write(stage.session, person_id=person.id, first=today, last=today, at=stage.now)
    await stage.says("coordinator", "/unlink", linking.unlink)
    said = await stage.says("coordinator", "/mydata", privacy.my_data, private=True)
    content = said.of(Document)[0].content
    found = json.loads(content)
    assert found["leave"][0]["first_day"] == "2026-04-01"
    assert [entry["change"] for entry in found["journal"]] == ["unlinking asked"]
    assert not [key for key, other in stage.cast.items() if key != "coordinator" and other.name in content]


def test_own_data_cover_every_table_that_points_to_a_person():
    pointing = {
        (table.name, column.name)
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "person"
    }
    covered = {(table.__tablename__, column) for table, columns in store.ABOUT.values() for column in columns}
    # Who asked for a membership is part of another person's row, whose owner gets it.
    assert pointing - covered == {("membership", "asked_by")}


async def test_in_a_group_only_the_way_into_the_private_chat_is_shown(stage):
    said = await stage.says("vte_focal", "/mydata", privacy.my_data)
    assert said.of(Document) == []
    assert said.buttons()["Open private chat"].url.endswith("start=mydata")


async def test_forgetting_is_asked_once_more_and_never_in_a_group(stage):
    said = await stage.says("vte_focal", "/forgetme", privacy.ask_forgetting)
    assert said.buttons()["Open private chat"].url.endswith("start=forgetme")
    asked = await stage.says("vte_focal", "/forgetme", privacy.ask_forgetting, private=True)
    kept = await stage.presses("vte_focal", asked.buttons()["Keep everything"], privacy.keep, private=True)
    assert "Nothing was removed" in kept.page(Edit).text
    assert stage.cast["vte_focal"].forgotten_at is None


async def test_name_and_account_go_and_the_groups_are_left(stage, now):
    person = stage.cast["vte_focal"]
    said = await asks_to_be_forgotten(stage)
    assert (person.name, person.username, person.telegram_id, person.language) == ("former member", None, None, None)
    assert (person.private_open, person.current_group_id, person.forgotten_at) == (False, None, now)
    member = await people.membership(stage.session, person.id, stage.group.id)
    assert (member.standing, member.until) == (Standing.LEFT, now)
    assert await people.by_telegram(stage.session, 7000) is None
    assert "A member left" in said.page(Post).text
    assert "Vientiane" not in said.page(Post).text


async def guest(stage, meeting, name):
    row = await attendance.add_guest(
        stage.session,
        meeting_id=meeting.id,
        name=name,
        title="Head of the workshop",
        institution="Technical College",
        side_id=None,
        by=stage.cast["coordinator"].id,
        at=stage.now,
    )
    await attendance.be_there(stage.session, row, stage.now, stage.cast["coordinator"].id)
    return row


async def test_minutes_no_longer_name_him_where_he_was_written_down_by_name(stage):
    said = await stage.says("vte_trainer", "/meet Module plan at 12 May 10:00", meetings.meet)
    meeting = await stage.session.get_one(Meeting, said.of(ShowCard)[0].subject_id)
    await stage.says("vte_trainer", "/open M1", sessions.open_)
    meeting.interpreter = "Focal point, Vientiane"
    same, again = (
        await guest(stage, meeting, "Focal point,  VIENTIANE"),
        await guest(stage, meeting, "Focal point, Vientiane"),
    )
    other = await guest(stage, meeting, "Focal point, Vientiane II")
    await stage.says("vte_trainer", "/close", sessions.close)
    await asks_to_be_forgotten(stage)
    assert [(row.name, row.title) for row in (same, again)] == [("former member", "")] * 2
    assert (other.name, other.title) == ("Focal point, Vientiane II", "Head of the workshop")
    facts = await minutes_facts.latest(stage.session, meeting)
    written = str(minutes_papers.paper(facts, [Say("lo"), Say("zh_Hans")], None))
    assert "Focal point, Vientiane'" not in written
    assert "former member" not in written, "the paper says it in its own languages"
    assert written.count(Say("lo").name("former member").strip("\u2068\u2069")) == 3  # two guests, the interpreter


async def test_the_journal_keeps_the_number_alone(stage):
    person = stage.cast["vte_focal"]
    await asks_to_be_forgotten(stage)
    entries = await journal.of(stage.session, Subject.PERSON, person.id)
    assert [(entry.change, entry.actor_id, entry.chat_id) for entry in entries] == [("forgotten", person.id, None)]
    member = await people.membership(stage.session, person.id, stage.group.id)
    assert [e.change for e in await journal.of(stage.session, Subject.MEMBERSHIP, member.id)] == ["left, forgotten"]
    assert await journal.first_fault(stage.session) is None


async def test_everything_that_hangs_on_the_private_chat_goes(stage, now):
    session, person = stage.session, stage.cast["vte_focal"]
    chat_id = person.telegram_id
    today = now.date()
    await leave.write(session, person_id=person.id, first=today, last=today, at=now)
    await groups.chat(session, chat_id=chat_id, bot_id=99, kind=ChatKind.PRIVATE, title="", at=now)
    await dialogues.token(session, chat_id=chat_id, press="help.show", args={}, at=now)
    for number, state in enumerate((OutboxState.PENDING, OutboxState.SENT, OutboxState.FAILED)):
        session.add(
            Outbox(
                bot_id=99,
                key=str(number),
                method="sendMessage",
                payload={"text": "secret"},
                chat_id=chat_id,
                person_id=person.id,
                priority=Priority.NUDGE,
                state=state,
                created_at=now,
            )
        )
    session.add(Inbox(bot_id=99, update_id=1, lane=chat_id, raw="secret", state="dead", received_at=now))
    session.add(Inbox(bot_id=99, update_id=2, lane=chat_id, raw="not answered yet", received_at=now))
    await ask_something(stage, person)
    await asks_to_be_forgotten(stage)
    session.expire_all()
    for table in (Leave, Dialogue, ButtonToken):
        assert (await session.exec(select(table))).all() == []
    assert await session.get(Chat, chat_id) is None
    calls = (await session.exec(select(Outbox).order_by(Outbox.id))).all()
    assert {(call.chat_id, str(call.payload)) for call in calls} == {(None, "{}")}
    assert calls[0].state is OutboxState.WITHDRAWN
    raw = (await session.exec(select(Inbox.raw).order_by(Inbox.id))).all()
    assert raw == ["", "not answered yet"]


async def ask_something(stage, person):
    await dialogues.ask(
        stage.session,
        person_id=person.id,
        chat_id=-1001,
        thread_id=0,
        kind="leave.dates",
        args={},
        group_id=stage.group.id,
        prompt_key="ask:1",
        at=stage.now,
    )


@pytest.mark.parametrize(
    ("who", "private"),
    [
        pytest.param("vte_trainer", True, id="somebody else"),
        pytest.param("vte_focal", False, id="the person, but in the group"),
    ],
)
async def test_a_button_forgets_nobody_but_its_owner_in_private(stage, who, private):
    button = Button("", "privacy.forget", {"person": stage.cast["vte_focal"].id})
    with pytest.raises(NotYours):
        await stage.presses(who, button, privacy.forget, private=private)
    assert stage.cast[who].forgotten_at is None


async def test_whoever_comes_back_is_new(stage, now):
    await asks_to_be_forgotten(stage)
    again = await people.meet(
        stage.session, telegram_id=7000, name="Focal point, Vientiane", username=None, language=None, at=now
    )
    assert again.id != stage.cast["vte_focal"].id
    assert await people.memberships(stage.session, again.id) == []


async def test_a_stranger_may_be_forgotten_too(stage):
    said = await asks_to_be_forgotten(stage, "stranger")
    assert said.of(Post) == []
    assert said.of(Answer) == []
    assert stage.cast["stranger"].telegram_id is None
