"""What is true of the rows: nothing is found where all is well, and each statement can be broken."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from storage import activities, founding, groups, invariants, journal, meetings, nudges, shelf, support, tasks
from storage.activities import ActivityDraft
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.journal import Cause
from storage.kinds import ChatKind, InboxState, OutboxState, Priority, Role, Standing, Subject, TaskState
from storage.meetings import MeetingDraft
from storage.nudges import Item
from storage.shelf import FileDraft
from storage.support import SupportDraft
from storage.tables import (
    Activity,
    ActivityStep,
    Chat,
    Decision,
    Inbox,
    Membership,
    Outbox,
    Person,
    Recurrence,
    Room,
    Task,
    TaskStep,
)
from storage.tasks import Share, TaskDraft

NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
WEEK = "Mon-Fri 08:00-12:00 13:00-16:00"
PLACES = (
    PlaceDraft("North", "College, north", "LA", "Vientiane", "Asia/Vientiane", WEEK, "en"),
    PlaceDraft("South", "College, south", "CN", "Kunming", "Asia/Shanghai", WEEK, "en"),
)


@pytest.fixture
async def filled(any_database):
    """One group, one member, one task, one decision, two meetings, one call made and one update answered."""
    rules = MechanismDraft("-1 +1 person", 5, 0, "09:00", "20:00-07:00", 7)
    async with any_database.writing() as session:
        group = await founding.found(session, GroupDraft("Both", PLACES, None, (("Area", "area"),), rules), NOW)
        person = Person(telegram_id=4001, name="Member", created_at=NOW)
        session.add_all([person, Chat(id=-1, bot_id=7, kind=ChatKind.GROUP, first_seen=NOW)])
        await session.flush()
        session.add(Room(chat_id=-1, group_id=group.id, bound_at=NOW))
        session.add(
            Membership(
                person_id=person.id, group_id=group.id, side_id=1, role=Role.MEMBER,
                standing=Standing.ACTIVE, asked_at=NOW,
            )
        )  # fmt: skip
        draft = TaskDraft(
            text="List", language="en", search_text="list", created_by=person.id, bot_id=7, update_id=1, at=NOW
        )
        [task] = await tasks.add(session, group=group, draft=draft, shares=[Share(side_id=1)])
        await _note(session, group, Subject.TASK, task.id, TaskState.OPEN)
        group.last_decision = 1
        decision = Decision(
            bot_id=7, update_id=2, group_id=group.id, number=1, text="Mondays", language="en", search_text="mondays",
            proposed_by=person.id, proposed_at=NOW,
        )  # fmt: skip
        session.add(decision)
        await session.flush()
        await _note(session, group, Subject.DECISION, decision.id, "proposed")
        for number in (1, 2):
            words = MeetingDraft("Plan", "en", "plan", person.id, bot_id=7, update_id=2 + number, created_at=NOW)
            meeting = await meetings.add(session, group=group, draft=words)
            await _note(session, group, Subject.MEETING, meeting.id, "proposed")
        file = FileDraft("document", "plan", person.id, 7, 4, NOW, file_id="DOC-1", name="plan.pdf")
        await shelf.add(session, group=group, draft=file)
        asked = SupportDraft("Expert", "en", "expert", person.id, 7, 3, NOW, side_id=1)
        request = await support.add(session, group=group, draft=asked)
        await _note(session, group, Subject.SUPPORT, request.id, "asked")
        session.add(
            Outbox(
                bot_id=7, key="7:u1:1", method="sendMessage", chat_id=-1, priority=Priority.ANSWER,
                state=OutboxState.SENT, created_at=NOW, sent_at=NOW, message_id=5,
            )
        )  # fmt: skip
        session.add(Inbox(bot_id=7, update_id=1, lane=-1, raw="", state=InboxState.DONE, received_at=NOW, done_at=NOW))
    return any_database


async def _note(session, group, subject, subject_id, state):
    cause = Cause(at=NOW, actor_id=1, bot_id=7, update_id=1)
    await journal.append(
        session, cause, subject=subject, subject_id=subject_id, group_id=group.id, change="made", after={"state": state}
    )


async def names(database):
    async with database.reading() as session:
        return [found.name for found in await invariants.violations(session)]


async def test_nothing_is_found_where_all_is_well(filled):
    assert await names(filled) == []


BROKEN = {
    "an update that was answered keeps no text": "UPDATE inbox SET raw = 'left'",
    "an update that was set aside has a code": "UPDATE inbox SET state = 'dead'",
    "a call on its way has a lease": "UPDATE outbox SET state = 'claimed'",
    "a call that is not on its way has no lease": "UPDATE outbox SET lease_owner = 'dead worker'",
    "a call that was made says when": "UPDATE outbox SET sent_at = NULL",
    "the decisions of a group are numbered without gaps": "UPDATE working_group SET last_decision = 2",
    "the tasks of a group are numbered without gaps": "UPDATE task SET number = 3",
    "the activities of a group are numbered without gaps": "UPDATE working_group SET last_activity = 2",
    "the meetings of a group are numbered without gaps": "UPDATE working_group SET last_meeting = 3",
    "a meeting is in the state that the journal told last": "UPDATE meeting SET state = 'held'",
    "a task is in the state that the journal told last": "UPDATE task SET state = 'done', look_at = NULL",
    "a decision is in the state that the journal told last": "UPDATE decision SET state = 'objected'",
    "no task changed more often than the journal tells": "UPDATE task SET version = 2",
    "no activity changed more often than the journal tells": "UPDATE activity SET version = 2",
    "the requests for support of a group are numbered without gaps": "UPDATE working_group SET last_support = 2",
    "the shared files of a group are numbered without gaps": "UPDATE working_group SET last_file = 2",
    "the side of a shared file is of its group": "UPDATE shelf_file SET side_id = 3",
    "the area of a shared file is of its group": "UPDATE shelf_file SET area_id = 2",
    "a shared file is a file or a link": "UPDATE shelf_file SET link = 'https://example.org'",
    "a request for support is in the state that the journal told last": "UPDATE support_request SET state = 'granted', "
    "look_at = NULL",
    "a request for support that is answered is not looked at again": "UPDATE support_request SET state = 'granted', "
    "look_at = asked_at",
    "the side of a request for support is of its group": "UPDATE support_request SET side_id = 3",
    "a journal entry is about something": "UPDATE journal SET subject_id = 99 WHERE subject = 'task'",
    "a nudge is about something": "UPDATE nudge SET subject_id = 99",
    "a card shows something": "INSERT INTO card (subject, subject_id, group_id, chat_id, thread_id, face, languages) "
    "VALUES ('task', 99, 1, -1, 0, '', '[]')",
    "the side of a task is of its group": "UPDATE task SET group_id = 2",
    "the side of a member is of his group": "UPDATE membership SET group_id = 2",
    "the area of a task is of its group": "UPDATE task SET area_id = 1, group_id = 2, side_id = 3",
    "the area of a decision is of its group": "UPDATE decision SET area_id = 1, group_id = 2",
    "the area of an activity is of its group": "UPDATE activity SET area_id = 2",
    "the activity of a task is of its group": "UPDATE activity SET group_id = 2",
    "the activity of a decision is of its group": "UPDATE decision SET activity_id = 1, group_id = 2",
    "a step belongs to the activity of its task": "UPDATE activity_step SET activity_id = 2",
    "a task comes after another one of its group": "UPDATE task SET after_id = id",
    "the rule by which a task repeats is of its group": "UPDATE recurrence SET group_id = 2",
    "a line of a checklist that is ticked says by whom, others do not": "UPDATE task_step SET done_by = 1",
    "an activity ends after it begins": "UPDATE activity SET first_day = '2026-05-02', last_day = '2026-05-01'",
    "the meeting of a task is of its group": "UPDATE task SET meeting_id = 99",
    "the meeting of a decision is of its group": "UPDATE decision SET meeting_id = 99",
    "a meeting that is fixed, going on or over has a time": "UPDATE meeting SET state = 'held'",
    "a meeting that was called off is not looked at again": "UPDATE meeting SET state = 'cancelled', "
    "look_at = created_at",
    "a point is spoken of only while its meeting goes on": "INSERT INTO agenda_item "
    "(bot_id, update_id, part, meeting_id, position, text, state, added_by, added_at) "
    "VALUES (7, 9, 0, 1, 1, 'Plan', 'running', 1, '2026-04-01 02:00:00')",
    "minutes that are settled say when, others do not": "INSERT INTO minutes "
    "(meeting_id, edition, content, state, drafted_at) VALUES (1, 1, '{}', 'agreed', '2026-04-01 02:00:00')",
    "one meeting of a group goes on at a time": "UPDATE meeting SET state = 'open'",
    "a decision that is closed says when, an open one does not": "UPDATE decision SET closed_at = proposed_at",
    "a decision that is closed is not looked at again": "UPDATE decision SET state = 'withdrawn', "
    "closed_at = proposed_at, look_at = proposed_at",
    "a task that is closed is not looked at again": "UPDATE task SET state = 'done'",
    "a decision that was superseded names its successor": "UPDATE decision SET state = 'superseded', "
    "closed_at = proposed_at",
    "a bundle says something": "DELETE FROM nudge",
    "a nudge is told to the reader of its bundle": "UPDATE nudge SET person_id = 2",
    "who was forgotten has no name or account left": "UPDATE person SET forgotten_at = created_at WHERE id = 1",
    "who was forgotten is in no group": "UPDATE person SET forgotten_at = created_at, telegram_id = NULL WHERE id = 1",
    "a digest was put into the outbox, or had nothing to say": "INSERT INTO digest "
    "(group_id, week, outbox_key, said_nothing, planned_at) VALUES (1, '2026-W14', '', false, '2026-04-01 02:00:00')",
}


def test_every_statement_is_broken_once_by_a_test():
    assert set(BROKEN) == set(invariants.STATEMENTS)


async def test_a_statement_that_does_not_hold_is_named(filled):
    async with filled.writing() as session:
        await _a_second_group_and_a_bundle(session)
    assert await names(filled) == []
    for name, how in BROKEN.items():
        async with filled.writing() as session:
            await (await session.connection()).execute(text(how))
            found = [violation.name for violation in await invariants.violations(session)]
            await session.rollback()
            assert name in found


async def _a_rule_and_a_checklist(session, task):
    rule = Recurrence(bot_id=7, update_id=8, group_id=task.group_id, rule="month 5", made_by=1, made_at=NOW)
    line = TaskStep(bot_id=7, update_id=8, task_id=task.id, position=1, text="Ask", added_by=1, added_at=NOW)
    session.add_all([rule, line])
    await session.flush()
    task.recurrence_id, task.occurrence = rule.id, NOW.date()


async def _a_second_group_and_a_bundle(session):
    rules = MechanismDraft("-1 +1 person", 5, 0, "09:00", "20:00-07:00", 7)
    await founding.found(session, GroupDraft("Others", PLACES, None, (("Area", "area"),), rules), NOW)
    session.add(Person(telegram_id=4002, name="Somebody", created_at=NOW))
    await session.flush()
    task = (await session.exec(select(Task))).one()
    await _two_activities(session, task)
    await _a_rule_and_a_checklist(session, task)
    item = Item(Subject.TASK, task.id, task.group_id, "due", None, 1)
    await nudges.write(
        session, person_id=1, day=NOW.date(), outbox_key="nudge:1", code="AAAA", items=[item], at=NOW + timedelta(1)
    )


def test_a_violation_reads_as_a_sentence():
    assert str(invariants.Violation("a bundle says something", (3, 4))) == ("a bundle says something (not so for 3, 4)")


async def _two_activities(session, task):
    group = await groups.get(session, 1)
    for update in (3, 4):
        draft = ActivityDraft("Visit", "en", "visit", created_by=1, bot_id=7, update_id=update, at=NOW)
        row = await activities.add(session, group, draft)
        await _note(session, group, Subject.ACTIVITY, row.id, "planned")
    task.activity_id = (await session.exec(select(Activity))).first().id
    session.add(ActivityStep(activity_id=task.activity_id, task_id=task.id, position=1, offset="D-5", parties="host"))
    await session.flush()
