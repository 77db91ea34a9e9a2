"""An event written down from a playbook: an activity, and a task for each step of each time it is to be done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from handlers import working
from handlers.request import Request
from handlers.rules import text
from handlers.rules.offsets import planned
from handlers.rules.playbooks import Party, Playbook, Step
from handlers.rules.task_changes import TaskChange
from handlers.rules.wordings import each_named
from handlers.rules.working_time import WorkingTime
from handlers.task_giving import as_given
from storage import activities, groups, journal, people, playbooks, tasks
from storage.activities import ActivityDraft
from storage.journal import Change
from storage.kinds import Acceptance, Role, Subject
from storage.tables import Activity, ActivityStep, Organisation, Side, Task
from storage.tasks import Share, TaskDraft

BETWEEN = " / "
"""Between the wordings of a step: whoever has it reads his own language first."""


@dataclass(frozen=True)
class Event:
    """What was said of an event: its titles (the original and the others), its days, and the sides by their part."""

    title: str
    language: str
    first: date
    last: date
    sides: Mapping[Party, Side]
    titles: Mapping[str, str] = field(default_factory=dict)
    area_id: int | None = None

    @property
    def countries(self) -> dict[Party, str]:
        """The countries that host and send."""
        return {party: side.country for party, side in self.sides.items()}


@dataclass(frozen=True)
class Line:
    """One task to be written: which step, which time of it, when, in which words."""

    position: int
    turn: int
    step: Step
    due: date | None
    text: str
    language: str


async def working_of(request: Request, sides: Mapping[Party, Side]) -> dict[Party, WorkingTime]:
    """When each party works; a group without a supporting organisation leaves its steps to the host."""
    organisation = await groups.organisation(request.session, request.here().id)
    places: dict[Party, Side | Organisation] = {**sides, Party.PROJECT: organisation or sides[Party.HOST]}
    return {party: await working.of_place(request.session, place) for party, place in places.items()}


async def lines(request: Request, playbook: Playbook, event: Event) -> list[Line]:
    """Every task of the event, in the order of the steps."""
    at_work = await working_of(request, event.sides)
    found = list[Line]()
    for position, step in enumerate(playbook.steps, 1):
        if step.applies(event.countries):
            languages = await _languages(request, step, event)
            found += _turns(position, step, event, [at_work[party] for party in step.parties], languages)
    return found


def _turns(
    position: int, step: Step, event: Event, parties: Sequence[WorkingTime], languages: Sequence[str]
) -> Iterator[Line]:
    days = planned(step.offset, event.first, event.last, parties)
    spoken = [language for language in languages if language in step.texts] or list(step.texts)[:1]
    words = BETWEEN.join(dict.fromkeys(step.texts[language] for language in spoken))
    for turn, due in enumerate(days, 1):
        counted = f"{words} ({turn}/{len(days)})" if len(days) > 1 else words
        yield Line(position, turn, step, due, counted, spoken[0])


async def _languages(request: Request, step: Step, event: Event) -> list[str]:
    """The languages of those who do the step, then those of the other side."""
    organisation = await groups.organisation(request.session, request.here().id)
    doing = [event.sides[party].language for party in step.parties if party in event.sides]
    supporting = [organisation.language] if organisation is not None and Party.PROJECT in step.parties else []
    return each_named([*doing, *supporting, *(side.language for side in event.sides.values())])


async def write(request: Request, playbook: Playbook, event: Event) -> Activity:
    """The activity with all its tasks, their steps and their history."""
    row = await _activity(request, playbook, event)
    written = await lines(request, playbook, event)
    shares = {party: await _share(request, party, event) for party in Party}
    drafts = [(_draft(request, row, line, number), _shares(line.step, shares)) for number, line in enumerate(written)]
    found = await tasks.add_many(request.session, group=request.here(), drafts=drafts)
    pairs = list(zip(written, found, strict=True))
    await playbooks.add_steps(request.session, [step for pair in pairs for step in _steps(row, *pair)])
    changes = [given(request, task) for parts in found for task in parts]
    await journal.append_all(request.session, request.cause, changes, group_id=row.group_id)
    return row


def given(request: Request, task: Task) -> Change:
    """What the journal keeps of a task that was written together with others."""
    after = {"state": task.state, "as": request.mine().role, **as_given(task)}
    return Change(Subject.TASK, task.id, TaskChange.GIVEN, after=after)


async def _activity(request: Request, playbook: Playbook, event: Event) -> Activity:
    titles = {language: text for language, text in event.titles.items() if language != event.language}
    draft = ActivityDraft(
        title=event.title,
        language=event.language,
        search_text=text.searchable(event.title, *titles.values()),
        created_by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
        area_id=event.area_id,
        first_day=event.first,
        last_day=event.last,
        lead_id=event.sides[Party.HOST].id,
        support_id=event.sides[Party.SEND].id,
        playbook=playbook.key,
        host_id=event.sides[Party.HOST].id,
        send_id=event.sides[Party.SEND].id,
    )
    row = await activities.add(request.session, request.here(), draft)
    for language, title in titles.items():
        await activities.set_text(
            request.session, activity_id=row.id, language=language, text=title, by=request.person.id, at=request.now
        )
    return row


async def _share(request: Request, party: Party, event: Event) -> Share:
    """A side's steps are nobody's, so that its focal point hears of them; the project's are a coordinator's."""
    side = event.sides.get(party, event.sides[Party.HOST])
    today = request.now.astimezone(ZoneInfo(side.zone)).date()
    if party is not Party.PROJECT:
        return Share(side.id, given_on=today)
    if request.mine().role is Role.COORDINATOR:
        return Share(side.id, request.person.id, today)
    found = await people.coordinators(request.session, request.here().id)
    if not found:
        return Share(side.id, given_on=today)
    return Share(side.id, found[0][1].id, today, Acceptance.ASKED)


def _shares(step: Step, shares: Mapping[Party, Share]) -> list[Share]:
    return [shares[party] for party in step.parties]


def _draft(request: Request, row: Activity, line: Line, number: int) -> TaskDraft:
    return TaskDraft(
        text=line.text,
        language=line.language,
        search_text=text.searchable(line.text),
        created_by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
        area_id=row.area_id,
        due=line.due,
        activity_id=row.id,
        line=number,
    )


def _steps(row: Activity, line: Line, parts: Sequence[Task]) -> Iterator[ActivityStep]:
    for task in parts:
        yield ActivityStep(
            activity_id=row.id,
            task_id=task.id,
            position=line.position,
            turn=line.turn,
            offset=str(line.step.offset),
            parties=" ".join(line.step.parties),
            planned=line.due,
        )
