"""Finding the records, shared files and people of a group by words."""

from math import ceil

from handlers.activity_states import states
from handlers.decision_text_facts import awaited_names, others
from handlers.members import place_names
from handlers.permission import may
from handlers.refusals import NothingWritten, TooLong
from handlers.reply import Answer, Edit, Reply, View, says
from handlers.request import Request
from handlers.rules import glossary, text
from handlers.rules.names import (
    read_activity_name,
    read_decision_name,
    read_file_name,
    read_meeting_name,
    read_support_name,
    read_task_name,
)
from handlers.rules.rights import Act
from handlers.views import finding as views
from handlers.views.finding import (
    ActivityHit,
    DecisionHit,
    FileHit,
    FoundFacts,
    Hit,
    MeetingHit,
    PersonHit,
    SupportHit,
    TaskHit,
)
from storage import activities, finding, people
from storage.finding import Sought
from storage.kinds import Subject
from storage.tables import Task

PAGE = 6
"""Lines on one page."""
WORDS_LIMIT = 100
"""UTF-16 units that are looked for at once."""


async def find(request: Request) -> Reply:
    """/find WORDS: what holds all the words, in this group. Raises NothingWritten, TooLong."""
    group_id = request.here().id
    await may(request, Act.FIND)
    words = wanted_words(request)
    if text.visibly_empty(words):
        raise NothingWritten(command="find")
    return says(Answer(await _found(request, group_id, words, 1)))


def wanted_words(request: Request) -> str:
    """The words to look for; raises TooLong: each of them is looked for by itself."""
    words = " ".join(request.words.split())
    if text.units(words) > WORDS_LIMIT:
        raise TooLong(limit=WORDS_LIMIT, length=text.units(words))
    return words


async def page(request: Request) -> Reply:
    """Another page in the same message."""
    group_id = request.here().id
    await may(request, Act.FIND)
    return says(Edit(await _found(request, group_id, request.args["words"], request.args["page"])))


async def _found(request: Request, group_id: int, words: str, wanted: int) -> View:
    sought = read_sought(words)
    persons = await _people(request, group_id, sought)
    total = len(persons) + await finding.count(request.session, group_id, sought)
    pages = max(1, ceil(total / PAGE))
    number = min(max(wanted, 1), pages)
    start = (number - 1) * PAGE
    shown = persons[start : start + PAGE]
    records = await _records(request, group_id, sought, max(0, start - len(persons)), PAGE - len(shown))
    return views.found(FoundFacts(group_id, words, number, pages, total, (*shown, *records)))


def read_sought(words: str) -> Sought:
    """What the words look for: a text, and if they are a name such as D3 or a bare number, that record."""
    phrase = text.searchable(words)
    # A bare number may be that of any kind of record.
    name = {sign: f"{sign}{phrase}" if phrase.isdecimal() else phrase for sign in "ADFMST"}
    task, meant = read_task_name(name["T"]), glossary.read(words)
    return Sought(
        meant,
        phrase,
        glossary.as_typed(meant),
        decision=read_decision_name(name["D"]),
        task=task[0] if task else None,
        support=read_support_name(name["S"]),
        file=read_file_name(name["F"]),
        activity=read_activity_name(name["A"]),
        meeting=read_meeting_name(name["M"]),
    )


async def _people(request: Request, group_id: int, sought: Sought) -> list[PersonHit]:
    """Members whose name, username or title holds all the words."""
    places = await place_names(request.session, group_id)
    found = []
    for member, person in await people.members(request.session, group_id):
        about = f" {text.searchable(person.name, person.username or '', member.title)} "
        if sought.words and all(_is_about(word, about) for word in sought.words):
            found.append(PersonHit(person.name, member.role, places[member.side_id]))
    return found


def _is_about(word: glossary.Word, about: str) -> bool:
    return any(all(piece.removeprefix("@ ") in about for piece in spelling) for spelling in word)


async def _records(request: Request, group_id: int, sought: Sought, offset: int, limit: int) -> list[Hit]:
    hits = await finding.hits(request.session, group_id, sought, offset=offset, limit=limit) if limit else []
    ids = {kind: [hit.id for hit in hits if hit.subject is kind] for kind in Subject}
    found: dict[tuple[Subject, int], Hit] = {}
    decisions = await finding.decisions(request.session, ids[Subject.DECISION])
    texts = await others(request.session, list(decisions))
    waits_for = await awaited_names(request.session, request.here().id, list(decisions.values()))
    for each in decisions.values():
        named = waits_for.get(each.id, ())
        hit = DecisionHit(each.id, each.number, each.text, each.state, texts[each.id], named)
        found[Subject.DECISION, each.id] = hit
    for task in (await finding.tasks(request.session, ids[Subject.TASK])).values():
        found[Subject.TASK, task.id] = _task(task)
    for row in (await finding.requests(request.session, ids[Subject.SUPPORT])).values():
        found[Subject.SUPPORT, row.id] = SupportHit(row.id, row.number, row.text, row.state)
    for file in (await finding.files(request.session, ids[Subject.FILE])).values():
        found[Subject.FILE, file.id] = FileHit(file.id, file.number, file.kind, file.name, file.words)
    for meeting in (await finding.meetings(request.session, ids[Subject.MEETING])).values():
        found[Subject.MEETING, meeting.id] = MeetingHit(meeting.id, meeting.number, meeting.title, meeting.state)
    for planned in await _planned(request, ids[Subject.ACTIVITY]):
        found[Subject.ACTIVITY, planned.id] = planned
    return [found[hit.subject, hit.id] for hit in hits]


async def _planned(request: Request, ids: list[int]) -> list[ActivityHit]:
    """The activities that were found, with how they stand today."""
    rows = await finding.activities(request.session, ids)
    standing = await states(request.session, request.here().id, list(rows.values()), request.now)
    texts = await activities.texts(request.session, ids)
    return [ActivityHit(row.id, row.number, row.title, standing[row.id], texts[row.id]) for row in rows.values()]


def _task(task: Task) -> TaskHit:
    # The state of one part is not that of the task.
    return TaskHit(task.id, task.number, task.text, None if task.part else task.state)
