"""What is changed on an activity by button or in words: its period, sides, area, output, numbers, titles."""

from datetime import date, timedelta

from handlers import playbook_moves, task_moves, task_pickers
from handlers.activity_cards import facts
from handlers.activity_steps import acknowledged, args_of, ask, note, place, to_change, unchanged
from handlers.due_reading import zone_of_asker
from handlers.members import place_names
from handlers.refusals import NotANumber, NothingWritten, ReasonNeeded, StaleButton
from handlers.reply import Edit, Post, Reply, View, says
from handlers.request import Request
from handlers.rules import text
from handlers.rules.activity_changes import ActivityChange
from handlers.rules.indicators import read_count, read_indicators, read_people
from handlers.rules.month_grid import month as month_of
from handlers.rules.names import activity_name
from handlers.rules.rights import Act
from handlers.rules.states import CLOSED_TASKS, Move
from handlers.task_dates import day_pressed
from handlers.views import activities as views
from handlers.views import activity_questions as questions
from handlers.words import kept
from storage import activities, groups
from storage.tables import Activity, Area, Indicator, Side

LIMIT = 500
"""UTF-16 units of an output, a reason or a title."""
BACK = timedelta(days=366)
"""How far back an activity may have begun."""
PROJECT = -1
"""The choice that stands for the supporting organisation."""


async def change(request: Request) -> Reply:
    """[Change]: what can be changed, in place of the card."""
    row = await to_change(request)
    return says(Edit(views.sheet(await facts(request.session, row, request.now, back=place(request)))))


async def month(request: Request) -> Reply:
    """[Period] and the leaves of its calendar."""
    row = await to_change(request)
    return says(Edit(await _month(request, row, _first(request), day_pressed(request))))


async def day(request: Request) -> Reply:
    """A day of that calendar: the first one, or the last one, with which the period is written."""
    row = await to_change(request)
    pressed, first = day_pressed(request), _first(request)
    if pressed is None or (first is not None and pressed < first):
        raise StaleButton
    if first is None:
        return says(Edit(await _month(request, row, pressed, pressed)))
    if (row.first_day, row.last_day) == (first, pressed):
        return await unchanged(request, row)
    before = {"first_day": row.first_day, "last_day": row.last_day}
    row.first_day, row.last_day = first, pressed
    await note(request, row, ActivityChange.PERIOD, before, first_day=first, last_day=pressed)
    moved = await playbook_moves.move(request, row)
    then = () if moved is None else (Post(row.group_id, moved),)
    return await acknowledged(request, row, questions.dated(activity_name(row.number), first, pressed), *then)


async def lead(request: Request) -> Reply:
    """[Lead side], and a side that was chosen."""
    row = await to_change(request)
    if "choice" not in request.args:
        return says(Edit(await _sides(request, row, "lead", project=False)))
    before, row.lead_id = row.lead_id, await _side(request)
    if before == row.lead_id:
        return await unchanged(request, row)
    await note(request, row, ActivityChange.SIDES, {"lead": before}, lead=row.lead_id)
    return await _written(request, row)


async def support(request: Request) -> Reply:
    """[Supporting side], and one that was chosen: the other side, the supporting organisation, or none."""
    row = await to_change(request)
    if "choice" not in request.args:
        return says(Edit(await _sides(request, row, "support", project=True)))
    before = {"support": row.support_id, "project": row.project_supports}
    row.project_supports = request.args["choice"] == PROJECT
    row.support_id = None if row.project_supports else await _side(request)
    after = {"support": row.support_id, "project": row.project_supports}
    if before == after:
        return await unchanged(request, row)
    await note(request, row, ActivityChange.SIDES, before, **after)
    return await _written(request, row)


async def area(request: Request) -> Reply:
    """[Area], and one that was chosen."""
    row = await to_change(request)
    found = await groups.areas(request.session, row.group_id)
    if "choice" not in request.args:
        choices = [*((each.id, each.name) for each in found), (0, "")]
        return says(Edit(_choice(request, row, "area", choices)))
    chosen = await request.session.get(Area, request.args["choice"])
    if request.args["choice"] and (chosen is None or chosen.group_id != row.group_id):
        raise StaleButton
    before, row.area_id = row.area_id, chosen.id if chosen is not None else None
    if before == row.area_id:
        return await unchanged(request, row)
    await note(request, row, ActivityChange.AREA, {"area": before}, area=row.area_id)
    return await _written(request, row)


async def output(request: Request) -> Reply:
    """[Expected output]: asked for, and typed."""
    row = await to_change(request)
    if request.heard.press:
        return await ask(request, row, kind="activity.output", view=questions.ask("output", _name(row)))
    before, row.output = row.output, _kept(request)
    await note(request, row, ActivityChange.OUTPUT, {"output": before}, output=row.output)
    return await _written(request, row)


async def delay(request: Request) -> Reply:
    """[Reason for delay]: asked for, and typed."""
    row = await to_change(request, Act.REPORT_ACTIVITY)
    if request.heard.press:
        return await ask(request, row, kind="activity.delay", view=questions.ask("delay", _name(row)))
    before, row.delay = row.delay, _kept(request)
    await note(request, row, ActivityChange.DELAY, {"delay": before}, delay=row.delay)
    return await _written(request, row)


async def indicators(request: Request) -> Reply:
    """[Indicators]: asked for, and typed, one a line. Raises NothingWritten."""
    row = await to_change(request)
    if request.heard.press:
        return await ask(request, row, kind="activity.indicators", view=questions.ask("indicators", _name(row)))
    read = read_indicators(_kept(request))
    await activities.put_indicators(request.session, row.id, read)
    await note(request, row, ActivityChange.INDICATORS, indicators=[list(each) for each in read])
    return await _written(request, row)


async def count(request: Request) -> Reply:
    """[Count …]: how much there is by now, asked for and typed. Raises NotANumber."""
    row = await to_change(request, Act.REPORT_ACTIVITY)
    found = await request.session.get(Indicator, request.args["indicator"])
    if found is None or found.activity_id != row.id:
        raise StaleButton
    if request.heard.press:
        view = questions.ask("count", _name(row), text=text.clip(found.text, 80))
        return await ask(request, row, kind="activity.count", view=view, indicator=found.id)
    number = read_count(request.words)
    if number is None:
        raise NotANumber(text=request.words, example="12")
    before, found.actual = found.actual, number
    request.session.add(found)
    await note(request, row, ActivityChange.ACTUAL, {"actual": before}, text=found.text, actual=number)
    return await _written(request, row)


async def participants(request: Request) -> Reply:
    """[Participants]: of which side, then how many women and men. Raises NotANumber."""
    row = await to_change(request, Act.REPORT_ACTIVITY)
    if "choice" not in request.args:
        return says(Edit(await _sides(request, row, "participants", project=True)))
    side_id = 0 if request.args["choice"] == PROJECT else await _side(request)
    if side_id is None:
        raise StaleButton
    if request.heard.press:
        names = await place_names(request.session, row.group_id)
        view = questions.ask("participants", _name(row), side=names.get(side_id or None, ""))
        choice = request.args["choice"]
        return await ask(request, row, kind="activity.participants", view=view, choice=choice)
    people = read_people(request.words)
    if people is None:
        raise NotANumber(text=request.words, example="5 4")
    await activities.set_participants(request.session, row.id, side_id, women=people[0], men=people[1])
    await note(request, row, ActivityChange.PARTICIPANTS, side=side_id, women=people[0], men=people[1])
    return await _written(request, row)


async def title(request: Request) -> Reply:
    """[Title in …]: asked for, and typed."""
    row = await to_change(request, Act.WRITE_WORDING)
    language = str(request.args["language"])
    if request.heard.press:
        view = questions.ask("title", _name(row), language=language)
        return await ask(request, row, kind="activity.title", view=view, language=language)
    words = _kept(request)
    before = (await activities.texts(request.session, [row.id]))[row.id].get(language, "")
    await activities.set_text(
        request.session, activity_id=row.id, language=language, text=words, by=request.person.id, at=request.now
    )
    titles = (await activities.texts(request.session, [row.id]))[row.id]
    row.search_text = text.searchable(row.title, *titles.values())
    await note(request, row, ActivityChange.TITLE, {"title": before}, language=language, title=words)
    return await _written(request, row)


async def drop(request: Request) -> Reply:
    """[Call off]: the reason is asked for; with it the open tasks are cancelled too, in the same transaction."""
    row = await to_change(request, Act.DROP_ACTIVITY)
    if request.heard.press:
        return await ask(request, row, kind="activity.drop", view=questions.ask("drop", _name(row)))
    reason = kept(request.words, LIMIT, ReasonNeeded(command=""))
    tasks = (await activities.tasks_of(request.session, [row.id]))[row.id]
    live = [task for task in tasks if task.state not in CLOSED_TASKS]
    for task in live:
        await task_moves.report(request, task, Move.DROP, reason)
    row.dropped_at, row.delay = request.now, reason
    await note(request, row, ActivityChange.DROPPED, reason=reason, tasks=len(live))
    return await acknowledged(request, row, questions.dropped(_name(row), len(live)))


async def _written(request: Request, row: Activity) -> Reply:
    return await acknowledged(request, row, questions.written(_name(row)))


def _name(row: Activity) -> str:
    return activity_name(row.number)


def _kept(request: Request) -> str:
    return kept(request.words, LIMIT, NothingWritten(command=""))


def _first(request: Request) -> date | None:
    written = request.args.get("first")
    return date.fromisoformat(written) if written else None


async def _month(request: Request, row: Activity, first: date | None, asked: date | None) -> View:
    today = request.now.astimezone(await zone_of_asker(request)).date()
    sides = await task_pickers.sides_at_work(request, row.group_id)
    grid = month_of(asked or first or row.first_day or today, today, sides, first_day=first or today - BACK)
    return questions.month(grid, _name(row), first, args_of(request, row))


async def _sides(request: Request, row: Activity, question: str, *, project: bool) -> View:
    sides = await groups.sides(request.session, row.group_id)
    organisation = await groups.organisation(request.session, row.group_id)
    choices = [(side.id, side.name) for side in sides]
    if project and organisation is not None:
        choices.append((PROJECT, organisation.name))
    if question == "support":
        choices.append((0, ""))
    return _choice(request, row, question, choices)


def _choice(request: Request, row: Activity, question: str, choices: list[tuple[int, str]]) -> View:
    presses = {
        "lead": "activity.lead",
        "support": "activity.support",
        "area": "activity.area",
        "participants": "activity.participants",
    }
    return views.choice(question, _name(row), args_of(request, row), presses[question], choices)


async def _side(request: Request) -> int | None:
    """The side that was chosen, None for none; raises StaleButton outside the group."""
    chosen = request.args["choice"]
    if not chosen:
        return None
    side = await request.session.get(Side, chosen)
    if side is None or side.group_id != request.here().id:
        raise StaleButton
    return side.id
