"""What a line that gives a task was understood to say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers import members
from handlers.due_reading import DueReading, known_to, languages_of, read_due
from handlers.refusals import DateUnread, NothingWritten, TooManyPersons
from handlers.request import Request
from handlers.rules.dates import split_due
from handlers.rules.task_words import Signs, TaskWords, read_task
from handlers.words import kept
from storage import activities, groups
from storage.people import Member
from storage.tables import Activity, Side

TEXT_LIMIT = 800
"""UTF-16 units of a task's text: its card has to stay under Telegram's 4,096, also in two languages."""
_ACTIVITY = re.compile(r"A\d", re.IGNORECASE)
PERSONS = 8
"""How many persons one task can have."""


@dataclass(frozen=True)
class Order:
    """The text, the members named, the handles nobody here has, the area, the activity, the date or why it is none."""

    text: str
    takers: list[Member]
    strangers: list[str]
    area_id: int | None
    activity_id: int | None
    due: DueReading | None
    unread: DateUnread | None


async def understand(request: Request) -> Order:
    """Take the words of the command apart; the text may come from the message replied to.

    Raises NothingWritten, TooLong, TooManyPersons. A date that cannot be read stops nothing.
    """
    areas = {area.tag.casefold(): area.id for area in await groups.areas(request.session, request.here().id)}
    signs = Signs(request.mentions)
    line, phrase = split_due(signs.put(request.words), await languages_of(request), await known_to(request))
    plan = await _plan(request, line)
    words = read_task(line, signs, areas, plan)
    takers, strangers = await _people(request, words)
    due, unread = await _due(request, phrase, takers)
    activity = await _activity(request, plan, words.activity)
    area_id = areas[words.tag] if words.tag else activity.area_id if activity else None
    activity_id = activity.id if activity else None
    return Order(_text(request, words.text), takers, strangers, area_id, activity_id, due, unread)


async def _plan(request: Request, line: str) -> Mapping[int, Activity]:
    """The activities by number, if the line can name one at all."""
    if _ACTIVITY.search(line) is None:
        return {}
    return {row.number: row for row in await activities.all_of(request.session, request.here().id)}


async def _activity(request: Request, plan: Mapping[int, Activity], number: int | None) -> Activity | None:
    """The activity named in the line, or the one whose card asked for the task; its area is the task's."""
    if number is None and "activity" in request.args:
        return await activities.get(request.session, request.args["activity"])
    return plan[number] if number is not None else None


def _text(request: Request, words: str) -> str:
    quoted = request.heard.reply_to.text if request.heard.reply_to else ""
    return kept(words or quoted, TEXT_LIMIT, NothingWritten(command="task"))


async def _people(request: Request, words: TaskWords) -> tuple[list[Member], list[str]]:
    """The members named around the text, or else inside it; and the handles around it that nobody here has."""
    found: dict[int, Member] = {}
    strangers: list[str] = []
    for mention in words.who or words.perhaps:
        member = await members.who(request.session, request.here().id, mention)
        if member is not None:
            found[member[1].id] = member
        elif words.who:
            strangers.append(mention.shown)
    if len(found) + len(strangers) > PERSONS:
        raise TooManyPersons(limit=PERSONS)
    return list(found.values()), strangers


async def _due(
    request: Request, phrase: str | None, takers: list[Member]
) -> tuple[DueReading | None, DateUnread | None]:
    """The date by the working days of the side that gets the task."""
    if phrase is None:
        return None, None
    side_id = next((member.side_id for member, _ in takers if member.side_id is not None), None)
    side = None if side_id is None else await request.session.get_one(Side, side_id)
    try:
        return await read_due(request, phrase, side), None
    except DateUnread as unread:
        return None, unread
