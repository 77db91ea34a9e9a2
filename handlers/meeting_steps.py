"""What the steps on a meeting share: finding it, writing a change down, asking for words, acknowledging."""

from typing import Any

from handlers import asking, journalling
from handlers.meeting_cards import card_of
from handlers.refusals import NoSuchRecord, NothingWritten, NotNow, StaleButton
from handlers.reply import Answer, Edit, Effect, React, RefreshCard, Reply, ShowCard, Toast, View, says
from handlers.request import Request
from handlers.rules import text
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.names import meeting_name, read_meeting_name
from storage import meetings
from storage.kinds import MeetingState, Subject
from storage.tables import Meeting

NAMED = 20
WRITTEN = "✍"
AHEAD = frozenset({MeetingState.ASKED, MeetingState.PROPOSED, MeetingState.FIXED})
LIVE = AHEAD | {MeetingState.OPEN}


async def meant(request: Request) -> Meeting:
    """The meeting a press or a typed answer is about; raises StaleButton outside its group."""
    found = await meetings.get(request.session, request.args["id"])
    if found is None or found.group_id != request.here().id:
        raise StaleButton
    return found


async def named(request: Request, command: str) -> tuple[Meeting, str]:
    """The meeting whose name the words begin with, and the words that are left; raises NothingWritten, NoSuchRecord.

    Without a name it is the one that is going on, or the only one ahead.
    """
    first, *rest = request.words.split(maxsplit=1) or [""]
    number = read_meeting_name(first)
    if number is not None:
        return await by_number(request, number), "".join(rest)
    found = await meetings.running(request.session, request.here().id) or await _only_one(request)
    if found is None:
        raise NothingWritten(command=command)
    return found, request.words


async def _only_one(request: Request) -> Meeting | None:
    ahead = await meetings.coming(request.session, request.here().id)
    return ahead[0] if len(ahead) == 1 else None


async def by_number(request: Request, number: int) -> Meeting:
    """The meeting of that number in this group; raises NoSuchRecord."""
    found = await meetings.by_number(request.session, request.here().id, number)
    if found is None:
        raise NoSuchRecord(name=text.clip(meeting_name(number), NAMED))
    return found


def still(meeting: Meeting, states: frozenset[MeetingState]) -> None:
    """Raises NotNow where the meeting is in none of these states."""
    if meeting.state not in states:
        raise NotNow(name=meeting_name(meeting.number), state=f"meeting_{meeting.state}")


def owners(meeting: Meeting) -> set[int]:
    """Whose meeting it is in the sense of the rights: of who called it, leads it, and writes its minutes."""
    found = (meeting.created_by, meeting.moderator_id, meeting.minute_taker_id)
    return {person_id for person_id in found if person_id is not None}


async def note(
    request: Request, meeting: Meeting, change: MeetingChange, before: dict[str, Any] | None = None, **after: Any
) -> None:
    """Count a change, have the meeting looked at, and write the change into the journal."""
    meeting.version += 1
    meeting.look_at = None if meeting.state is MeetingState.CANCELLED else request.now
    request.session.add(meeting)
    await write(request, meeting, change, before, **after)


async def write(
    request: Request, meeting: Meeting, change: MeetingChange, before: dict[str, Any] | None = None, **after: Any
) -> None:
    """Write into the journal what happened, and the state the meeting is in."""
    said = {"state": meeting.state, **after}
    await journalling.write(request, Subject.MEETING, meeting.id, change, before=before, after=said)


async def ask(request: Request, meeting: Meeting, *, kind: str, view: View, **args: Any) -> Reply:
    """Ask the person for words about a meeting; they come back to the dialogue's handler with these args."""
    about = {"id": meeting.id, "group": meeting.group_id, **args}
    return await asking.ask(request, kind=kind, view=view, args=about)


async def shown(request: Request, meeting: Meeting) -> ShowCard:
    """The living card of a meeting, below the request."""
    return ShowCard(Subject.MEETING, meeting.id, await card_of(request.session, meeting))


async def refreshed(request: Request, meeting: Meeting) -> Effect:
    """Every living card of a meeting as it stands now."""
    return RefreshCard(Subject.MEETING, meeting.id, await card_of(request.session, meeting))


async def acknowledged(request: Request, meeting: Meeting, said: View, *then: Effect) -> Reply:
    """The quietest acknowledgement there is here, the cards brought up to date, and what else follows."""
    return says(receipt(request, said), await refreshed(request, meeting), *then)


async def back_to_card(request: Request, meeting: Meeting, said: View, *then: Effect) -> Reply:
    """The same after a picker that stands in the place of the card: the card comes back."""
    if request.heard.press is None:
        return await acknowledged(request, meeting, said, *then)
    card = Edit(await card_of(request.session, meeting))
    return says(Toast(said), card, await refreshed(request, meeting), *then)


def receipt(request: Request, said: View) -> Effect:
    """A toast to a press, words in private, a reaction in a group."""
    if request.heard.press:
        return Toast(said)
    return Answer(said) if request.heard.private else React(otherwise=said, emoji=WRITTEN)
