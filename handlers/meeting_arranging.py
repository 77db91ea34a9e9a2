"""How a meeting is held: place or link, moderator, minute taker, interpreter, languages, length; and calling it off."""

from datetime import timedelta
from typing import Any

from handlers import meeting_invitations, meeting_times, members
from handlers import meeting_steps as steps
from handlers.permission import may
from handlers.refusals import NothingWritten, ReasonNeeded, StaleButton
from handlers.reply import Edit, Post, Reply, says
from handlers.request import Request
from handlers.rules.languages import SPOKEN
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.names import meeting_name
from handlers.rules.rights import Act
from handlers.rules.wordings import each_named
from handlers.views import meeting_arranging as views
from handlers.views.meeting_arranging import PeopleFacts
from handlers.words import kept
from storage import groups, people
from storage.kinds import MeetingState, Role
from storage.tables import Meeting

PLACE_LIMIT = 300
NAME_LIMIT = 100
PEOPLE = 6
"""Members on one page."""
POSTS = {"moderator": "moderator_id", "minute_taker": "minute_taker_id", "interpreter": "interpreter_id"}
SETTLED_AFTER = timedelta(minutes=10)
"""Calendar files follow so long after the last change: who arranges presses more than one button."""


async def menu(request: Request) -> Reply:
    """[Arrange]: what there is to arrange."""
    meeting = await _mine(request)
    return says(Edit(views.menu(meeting_name(meeting.number), _args(meeting), meeting.state)))


async def ask_place(request: Request) -> Reply:
    """[Place or link]: asks for it."""
    meeting = await _mine(request)
    return await steps.ask(request, meeting, kind="meeting.place", view=views.ask_place(meeting_name(meeting.number)))


async def place(request: Request) -> Reply:
    """The place or link was typed; the one that is not in the words stays as it is."""
    meeting = await _mine(request)
    words = kept(request.words, PLACE_LIMIT, NothingWritten(command="place"))
    links = [each.link for each in request.attachments if each.kind == "link"]
    rest = words
    for link in links:
        rest = rest.replace(link, " ")
    before = {"place": meeting.place, "link": meeting.link}
    meeting.link = links[0] if links else meeting.link
    meeting.place = " ".join(rest.split()).strip(" ,;") or meeting.place
    await _arranged(request, meeting, before, place=meeting.place, link=meeting.link)
    return await steps.acknowledged(request, meeting, views.arranged(meeting_name(meeting.number)))


async def who(request: Request) -> Reply:
    """[Moderator], [Minute taker], [Interpreter]: the members to choose from."""
    meeting = await _mine(request)
    found = [each for each in await members.candidates(request.session, meeting.group_id) if _can_help(each[0].role)]
    names = await members.place_names(request.session, meeting.group_id)
    pages = max(1, -(-len(found) // PEOPLE))
    page = min(max(request.args.get("sheet", 1), 1), pages)
    rows = tuple(
        (person.id, person.name, names[member.side_id]) for member, person in found[(page - 1) * PEOPLE : page * PEOPLE]
    )
    facts = PeopleFacts(meeting_name(meeting.number), _args(meeting), _post(request), rows, page, pages)
    return says(Edit(views.people(facts)))


def _can_help(role: Role) -> bool:
    return role is not Role.OBSERVER


async def person(request: Request) -> Reply:
    """The person is chosen; 0 for nobody."""
    meeting, post = await _mine(request), _post(request)
    chosen = request.args["person"] or None
    if chosen is not None and await people.active(request.session, chosen, meeting.group_id) is None:
        raise StaleButton
    before = {post: getattr(meeting, POSTS[post])}
    setattr(meeting, POSTS[post], chosen)
    if post == "interpreter":
        meeting.interpreter = ""
    await _arranged(request, meeting, before, **{post: chosen})
    return await steps.back_to_card(request, meeting, views.arranged(meeting_name(meeting.number)))


async def ask_interpreter(request: Request) -> Reply:
    """[Somebody else]: asks for the name of an interpreter who is no member."""
    meeting = await _mine(request)
    view = views.ask_interpreter(meeting_name(meeting.number))
    return await steps.ask(request, meeting, kind="meeting.interpreter", view=view)


async def interpreter(request: Request) -> Reply:
    """The name was typed."""
    meeting = await _mine(request)
    before = {"interpreter": meeting.interpreter}
    meeting.interpreter = " ".join(kept(request.words, NAME_LIMIT, NothingWritten(command="name")).split())
    meeting.interpreter_id = None
    await _arranged(request, meeting, before)  # names stand in the meeting alone, never in the journal
    return await steps.acknowledged(request, meeting, views.arranged(meeting_name(meeting.number)))


async def languages(request: Request) -> Reply:
    """[Languages]: each is pressed to be spoken, or no longer."""
    meeting = await _mine(request)
    pressed = request.args.get("language")
    if pressed:
        before = {"languages": list(meeting.languages)}
        spoken = [each for each in meeting.languages if each != pressed]
        meeting.languages = spoken if len(spoken) < len(meeting.languages) else [*spoken, pressed]
        await _arranged(request, meeting, before, languages=meeting.languages)
    sides = await groups.sides(request.session, meeting.group_id)
    offered = each_named([*(side.language for side in sides), *SPOKEN])
    view = views.languages(meeting_name(meeting.number), _args(meeting), offered, meeting.languages)
    return says(Edit(view))


async def length(request: Request) -> Reply:
    """[Length]: how long it takes; times that are proposed are found anew."""
    meeting = await _mine(request)
    pressed = request.args.get("minutes")
    if pressed is None:
        return says(Edit(views.lengths(meeting_name(meeting.number), _args(meeting), meeting.minutes)))
    if pressed not in views.LENGTHS:
        raise StaleButton
    before, meeting.minutes = {"minutes": meeting.minutes}, pressed
    await _arranged(request, meeting, before, minutes=pressed)
    if meeting.state is MeetingState.PROPOSED:
        await meeting_times.anew(request, meeting)
    return await steps.back_to_card(request, meeting, views.arranged(meeting_name(meeting.number)))


async def ask_cancel(request: Request) -> Reply:
    """[Call off]: asks for the reason."""
    meeting = await _mine(request)
    steps.still(meeting, steps.AHEAD)
    return await steps.ask(request, meeting, kind="meeting.cancel", view=views.ask_cancel(meeting_name(meeting.number)))


async def cancel(request: Request) -> Reply:
    """The reason was typed: it is called off, and taken out of the calendars of everybody invited."""
    meeting = await _mine(request)
    steps.still(meeting, steps.AHEAD)
    reason = kept(request.words, PLACE_LIMIT, ReasonNeeded(command="cancel"))
    before = {"state": meeting.state}
    meeting.state = MeetingState.CANCELLED
    meeting.sequence += 1
    await steps.note(request, meeting, MeetingChange.CANCELLED, before, reason=reason)
    files = await meeting_invitations.send(request.session, meeting, request.now)
    view = views.cancelled(meeting_name(meeting.number), meeting.title, reason)
    post = Post(meeting.group_id, view, key=f"meeting_cancelled:{meeting.id}")
    return await steps.acknowledged(request, meeting, views.is_cancelled(meeting_name(meeting.number)), post, *files)


async def _mine(request: Request) -> Meeting:
    """The meeting, where the asker may arrange it and it is not over."""
    meeting = await steps.meant(request)
    await may(request, Act.ARRANGE_MEETING, owners=steps.owners(meeting))
    steps.still(meeting, steps.LIVE)
    return meeting


def _args(meeting: Meeting) -> dict[str, int]:
    return {"id": meeting.id, "group": meeting.group_id}


def _post(request: Request) -> str:
    post = request.args["post"]
    if post not in POSTS:
        raise StaleButton
    return str(post)


async def _arranged(request: Request, meeting: Meeting, before: dict[str, Any], **after: Any) -> None:
    """Note a change; once a time is fixed, everybody's calendar learns of it a little later."""
    wished = meeting.look_at
    await steps.note(request, meeting, MeetingChange.ARRANGED, before, **after)
    if meeting.state is MeetingState.FIXED:
        meeting.sequence += 1
        later = request.now + SETTLED_AFTER
        meeting.look_at = later if wished is None else min(wished, later)
