"""A meeting as tests call it, press its buttons and hold it."""

from datetime import UTC, datetime

from handlers import (
    agendas,
    decisions,
    meeting_notes,
    meeting_times,
    meetings,
    sessions,
    tasks,
)
from handlers.heard import Mention
from handlers.reply import ShowCard
from storage.tables import Meeting

TEN = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)
"""Tuesday 12 May 2026, 10:00 in Vientiane and 11:00 in Kunming."""


async def called(stage, words="/meet Module plan", who="vte_trainer", **extra):
    said = await stage.says(who, words, meetings.meet, **extra)
    meeting = await stage.session.get_one(Meeting, said.of(ShowCard)[0].subject_id)
    return said, meeting


def press(stage, who, said, label, handler, kind=ShowCard):
    return stage.presses(who, said.buttons(kind)[label], handler)


async def typed(stage, who, words, **args):
    return await stage.says(who, words, meeting_times.time_typed, args=args)


def about(meeting, **more):
    return {"id": meeting.id, "group": meeting.group_id, **more}


async def pressed(stage, who, meeting, handler, **more):
    return await stage.says(who, "", handler, args=about(meeting, **more), now=more.pop("now", stage.now))


async def points(stage, *words):
    for each in words:
        await stage.says("kmg_trainer", f"/agenda M1 {each}", agendas.agenda)


async def opened(stage, *words):
    await points(stage, *words)
    await stage.says("vte_trainer", "/open M1", sessions.open_)


async def closed(stage):
    return await stage.says("vte_trainer", "/close", sessions.close)


async def held(stage, meeting):
    """A whole meeting, with everything that minutes have."""
    await opened(stage, "Module plan", "Visit", "Budget")
    await pressed(stage, "kmg_focal", meeting, sessions.here)
    await stage.says("vte_trainer", "Ms Keo, Director, Technical College", sessions.guests, args=about(meeting))
    mention = (Mention("@kmg_focal", username="kmg_focal"),)
    await stage.says("vte_focal", "/note @kmg_focal We can start in May", meeting_notes.note, mentions=mention)
    await stage.says("vte_focal", "/decide Same plan #curriculum", decisions.propose)
    await stage.says("vte_focal", "/task Send the list by 30 April", tasks.create)
    await stage.says("vte_trainer", "/next", sessions.next_)
    return await closed(stage)
