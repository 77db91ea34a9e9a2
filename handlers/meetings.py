"""Calling a meeting, showing one, and the list of meetings."""

from math import ceil

from handlers import meeting_times, working
from handlers.meeting_cards import card_of
from handlers.meeting_steps import by_number, meant, shown, write
from handlers.permission import may
from handlers.refusals import NoSuchChoice, NothingWritten
from handlers.reply import Answer, Edit, Reply, says
from handlers.request import Request
from handlers.rules import text
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.rights import Act
from handlers.rules.wordings import language_of
from handlers.views import meeting_lists as views
from handlers.words import kept
from storage import groups, meetings
from storage.kinds import MeetingState
from storage.meetings import AHEAD, MeetingDraft
from storage.tables import Meeting

TITLE_LIMIT = 200
"""UTF-16 units of a meeting's title."""
CHOICES = {
    "coming": frozenset(AHEAD),
    "held": frozenset({MeetingState.HELD}),
    "all": frozenset(MeetingState),
}


async def meet(request: Request) -> Reply:
    """/meet TITLE [at DATE TIME]: a meeting at that time, or with times to choose from. Raises NothingWritten."""
    request.mine()
    await may(request, Act.CALL_MEETING)
    title, time = await meeting_times.understand(request)
    meeting = await _add(request, title)
    effects = await meeting_times.begin(request, meeting, time)
    return says(await shown(request, meeting), *effects)


async def show(request: Request) -> Reply:
    """/m2: the living card of the meeting named, below the request."""
    request.here()
    await may(request, Act.SEE)
    return says(await shown(request, await by_number(request, request.args["number"])))


async def card(request: Request) -> Reply:
    """Back from a picker or a list to the card; a living card where a link was followed."""
    request.here()
    await may(request, Act.SEE)
    meeting = await meant(request)
    if request.heard.press is None:
        return says(await shown(request, meeting))
    return says(Edit(await card_of(request.session, meeting)))


async def opened(request: Request) -> Reply:
    """The living card of a meeting chosen from a list, in a message of its own."""
    request.here()
    await may(request, Act.SEE)
    return says(await shown(request, await meant(request)))


async def listed(request: Request) -> Reply:
    """/meetings [coming|held|all]."""
    request.here()
    await may(request, Act.SEE)
    choice = request.words.strip().lower() or "coming"
    if choice not in CHOICES:
        raise NoSuchChoice(command="meetings", choices=tuple(CHOICES))
    return says(Answer(views.listed(await _page(request, choice, 1))))


async def page(request: Request) -> Reply:
    """Another page, or another list, in the same message."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(views.listed(await _page(request, request.args["choice"], request.args["page"]))))


async def _page(request: Request, choice: str, wanted: int) -> views.ListFacts:
    group_id, states = request.here().id, CHOICES[choice]
    total = await meetings.count(request.session, group_id, states=states)
    pages = max(1, ceil(total / meetings.PAGE))
    number = min(max(wanted, 1), pages)
    found = await meetings.listed(request.session, group_id, states=states, page=number)
    rows = tuple(views.RowFacts(row.id, row.number, row.title, row.state, row.starts_at) for row in found)
    cities = tuple(await working.cities(request.session, group_id))
    return views.ListFacts(group_id, choice, number, pages, total, rows, cities)


async def _add(request: Request, title: str) -> Meeting:
    kept_title = kept(title, TITLE_LIMIT, NothingWritten(command="meet"))
    group = request.here()
    draft = MeetingDraft(
        title=kept_title,
        language=await _language(request, kept_title),
        search_text=text.searchable(kept_title),
        created_by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        created_at=request.now,
    )
    meeting = await meetings.add(request.session, group=group, draft=draft)
    await write(request, meeting, MeetingChange.CALLED, None, number=meeting.number, title=kept_title)
    return meeting


async def _language(request: Request, words: str) -> str:
    """The language of a title as its letters tell it; where they leave a choice, its author's or the sides'."""
    person, sides = request.person, await groups.sides(request.session, request.here().id)
    wishes = [person.chosen_language, person.language, request.heard.sender.language]
    return language_of(words, [*wishes, *(side.language for side in sides)])
