"""What a search found: people, records of every kind, shared files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules.activities import ActivityState
from handlers.rules.names import activity_name, decision_name, file_name, meeting_name, support_name, task_name
from handlers.rules.text import clip
from handlers.rules.wordings import read_in
from handlers.views.activities import state_word as activity_state
from handlers.views.decisions import standing_words as decision_stands
from handlers.views.meetings import state_word as meeting_state
from handlers.views.people import role_word
from handlers.views.shelf import shown_name
from handlers.views.support import state_word as support_state
from handlers.views.tasks import state_word as task_state
from handlers.voice import Say
from storage.kinds import DecisionState, MeetingState, Role, SupportState, TaskState

TEXT_UNITS = 80
SOUGHT_UNITS = 60
LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")


@dataclass(frozen=True)
class PersonHit:
    """A member whose name, username or title fits, with his side ("" without one)."""

    name: str
    role: Role
    place: str


@dataclass(frozen=True)
class DecisionHit:
    """A decision that was found; `others` are its texts beside the original, by language.

    `awaited` are the sides whose wording is all that is missing.
    """

    id: int
    number: int
    text: str
    state: DecisionState
    others: Mapping[str, str] = field(default_factory=dict)
    awaited: Sequence[str] = ()


@dataclass(frozen=True)
class TaskHit:
    """A task that was found; `id` is its first part's, `state` None while its parts differ."""

    id: int
    number: int
    text: str
    state: TaskState | None


@dataclass(frozen=True)
class SupportHit:
    """A request for support that was found."""

    id: int
    number: int
    text: str
    state: SupportState


@dataclass(frozen=True)
class FileHit:
    """A shared file that was found."""

    id: int
    number: int
    kind: str
    name: str
    words: str


@dataclass(frozen=True)
class ActivityHit:
    """An activity that was found; `others` are its titles beside the original, by language."""

    id: int
    number: int
    title: str
    state: ActivityState
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MeetingHit:
    """A meeting that was found."""

    id: int
    number: int
    title: str
    state: MeetingState


Hit = ActivityHit | MeetingHit | FileHit | PersonHit | DecisionHit | TaskHit | SupportHit


@dataclass(frozen=True)
class FoundFacts:
    """One page of what was found for the words."""

    group_id: int
    words: str
    page: int
    pages: int
    total: int
    hits: tuple[Hit, ...]


def found(facts: FoundFacts) -> View:
    """One page of a search, with a button into each record."""

    def view(say: Say) -> Page:
        words = clip(facts.words, SOUGHT_UNITS)
        if not facts.total:
            return Page(
                say("I found nothing in this group for “{words}”. Fewer or shorter words find more.", words=words)
            )
        lines = LINE.join(_line(say, hit) for hit in facts.hits)
        return Page(PARAGRAPH.join((_title(say, facts, words), lines)), _buttons(say, facts))

    return view


def _title(say: Say, facts: FoundFacts, words: str) -> Markup:
    title = say("<b>Found for “{words}”</b>: {total}", words=words, total=facts.total)
    if facts.pages < 2:
        return title
    return say("{title} · page {page} of {pages}", title=title, page=facts.page, pages=facts.pages)


def _line(say: Say, hit: Hit) -> Markup:
    match hit:
        case PersonHit():
            return _person(say, hit)
        case DecisionHit():
            words = read_in(say.language, hit.text, hit.others)
            return _record(say, decision_name(hit.number), words, decision_stands(say, hit.state, hit.awaited))
        case TaskHit():
            state = say("in parts") if hit.state is None else task_state(say, hit.state)
            return _record(say, task_name(hit.number), hit.text, state)
        case ActivityHit():
            words = read_in(say.language, hit.title, hit.others)
            return _record(say, activity_name(hit.number), words, activity_state(say, hit.state))
        case FileHit():
            name = shown_name(say, hit.kind, hit.name, hit.words)
            return say("<b>{code}</b> · {name}", code=file_name(hit.number), name=name)
        case SupportHit():
            return _record(say, support_name(hit.number), hit.text, support_state(say, hit.state))
        case MeetingHit():
            return _record(say, meeting_name(hit.number), hit.title, meeting_state(say, hit.state))


def _person(say: Say, hit: PersonHit) -> Markup:
    about = [word for word in (role_word(say, hit.role), Markup("{}").format(hit.place)) if word]
    return say("{name} · {about}", name=say.name(hit.name), about=Markup(" · ").join(about))


def _record(say: Say, name: str, text: str, state: Markup) -> Markup:
    return say(
        "<b>{name}</b> · {state} · {text}", name=name, state=state, text=clip(" ".join(text.split()), TEXT_UNITS)
    )


def _buttons(say: Say, facts: FoundFacts) -> Rows:
    cards = [button for hit in facts.hits if (button := _card(facts, hit)) is not None]
    rows = [tuple(cards[start : start + 3]) for start in range(0, len(cards), 3)]
    here = {"group": facts.group_id, "words": facts.words}
    turning = []
    if facts.page > 1:
        turning.append(Button(say("‹ Back"), "find.page", {**here, "page": facts.page - 1}))
    if facts.page < facts.pages:
        turning.append(Button(say("More ›"), "find.page", {**here, "page": facts.page + 1}))
    return tuple(row for row in (*rows, tuple(turning)) if row)


def _card(facts: FoundFacts, hit: Hit) -> Button | None:
    match hit:
        case DecisionHit():
            return Button(decision_name(hit.number), "decision.show", {"id": hit.id, "group": facts.group_id})
        case TaskHit():
            return Button(task_name(hit.number), "task.show", {"id": hit.id, "group": facts.group_id})
        case ActivityHit():
            return Button(activity_name(hit.number), "activity.show", {"activity": hit.id, "group": facts.group_id})
        case FileHit():
            return Button(file_name(hit.number), "shelf.show", {"id": hit.id, "group": facts.group_id})
        case SupportHit():
            return Button(support_name(hit.number), "support.show", {"id": hit.id, "group": facts.group_id})
        case MeetingHit():
            return Button(meeting_name(hit.number), "meeting.show", {"id": hit.id, "group": facts.group_id})
        case PersonHit():
            return None
