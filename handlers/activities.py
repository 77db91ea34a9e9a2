"""The implementation plan: its areas, their activities, and the card of one."""

from collections import Counter
from math import ceil

from handlers.activity_cards import card_of
from handlers.activity_states import states
from handlers.activity_steps import meant, named, place, write
from handlers.members import place_names
from handlers.permission import may
from handlers.refusals import NoSuchChoice, NothingWritten
from handlers.reply import Answer, Edit, Reply, ShowCard, View, says
from handlers.request import Request
from handlers.rules import text
from handlers.rules.activity_changes import ActivityChange
from handlers.rules.rights import Act
from handlers.rules.task_words import Signs, read_task
from handlers.rules.wordings import language_of
from handlers.views import activity_lists as views
from handlers.views import activity_questions as questions
from handlers.views.activity_lists import AreaFacts, AreaPage, PlanFacts, RowFacts
from handlers.words import kept
from storage import activities, dialogues, groups
from storage.activities import PAGE, ActivityDraft
from storage.kinds import Subject
from storage.tables import Activity, Area, Side

TITLE_LIMIT = 300
"""UTF-16 units of a title."""
ADD = "add"


async def plan(request: Request) -> Reply:
    """`/plan`, `/plan #area`, `/plan A4`, `/plan add TITLE #area`."""
    request.here()
    await may(request, Act.SEE)
    first, *rest = request.words.split(maxsplit=1) or [""]
    if first.casefold() == ADD:
        return await _added(request, "".join(rest))
    if not first:
        return says(Answer(views.plan(await _plan(request))))
    return says(Answer(await _page(request, await _area(request, first), 1)))


async def all_areas(request: Request) -> Reply:
    """From one area back to all of them."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(views.plan(await _plan(request))))


async def area(request: Request) -> Reply:
    """One area, or another page of it, in the same message."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(await _page(request, request.args.get("area", 0), request.args.get("page", 1))))


async def new(request: Request) -> Reply:
    """[New activity]: asks what it is called."""
    group_id, key = request.here().id, f"ask:{request.heard.update_id}"
    await may(request, Act.PLAN_ACTIVITY)
    await dialogues.ask(
        request.session,
        person_id=request.person.id,
        chat_id=request.heard.chat_id,
        thread_id=request.heard.thread_id,
        kind="plan.named",
        args={"group": group_id},
        group_id=group_id,
        prompt_key=key,
        at=request.now,
    )
    tags = [area.tag for area in await groups.areas(request.session, group_id)]
    return says(Answer(questions.new(tags), key=key))


async def typed(request: Request) -> Reply:
    """The title of a new activity was typed."""
    return await _added(request, request.words)


async def show(request: Request) -> Reply:
    """The living card of the activity named, below the request."""
    request.here()
    await may(request, Act.SEE)
    return says(await shown_card(request, await named(request, request.args["number"])))


async def shown(request: Request) -> Reply:
    """The card in place of the list it was chosen from; a living card where it was opened from somewhere else."""
    request.here()
    await may(request, Act.SEE)
    row = await meant(request)
    if request.heard.press is not None and (back := place(request)):
        return says(Edit(await card_of(request.session, row, request.now, back=back)))
    return says(await shown_card(request, row))


async def card(request: Request) -> Reply:
    """Back from a picker or the tasks to the card."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(await card_of(request.session, await meant(request), request.now, back=place(request))))


async def shown_card(request: Request, row: Activity) -> ShowCard:
    """The living card, posted below the request."""
    await request.session.flush()
    return ShowCard(Subject.ACTIVITY, row.id, await card_of(request.session, row, request.now))


async def _added(request: Request, words: str) -> Reply:
    """Write an activity down; its area may stand at either end of its title. Raises NothingWritten, TooLong."""
    await may(request, Act.PLAN_ACTIVITY)
    group = request.here()
    areas = {area.tag.casefold(): area.id for area in await groups.areas(request.session, group.id)}
    read = read_task(words, Signs(()), areas)
    title = kept(read.text, TITLE_LIMIT, NothingWritten(command="plan"))
    draft = ActivityDraft(
        title=title,
        language=await written_in(request, title),
        search_text=text.searchable(title),
        created_by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
        area_id=areas[read.tag] if read.tag else None,
        lead_id=request.mine().side_id,
    )
    row = await activities.add(request.session, group, draft)
    await write(
        request, row, ActivityChange.PLANNED, number=row.number, title=title, area=row.area_id, lead=row.lead_id
    )
    return says(await shown_card(request, row))


async def written_in(request: Request, title: str) -> str:
    """The language of a title: the asker's own wishes first, his side's next, as far as the letters fit."""
    side_id = request.mine().side_id
    side = None if side_id is None else await request.session.get(Side, side_id)
    wishes = (request.person.chosen_language, request.heard.sender.language, side.language if side else None)
    return language_of(title, wishes)


async def _plan(request: Request) -> PlanFacts:
    group = request.here()
    rows = await activities.all_of(request.session, group.id)
    standing = await states(request.session, group.id, rows, request.now)
    found = await groups.areas(request.session, group.id)
    counts = {
        area_id: Counter(standing[row.id] for row in rows if row.area_id == area_id)
        for area_id in (*(area.id for area in found), None)
    }
    facts = [AreaFacts(area.id, area.name, dict(counts[area.id])) for area in found]
    if counts[None]:
        facts.append(AreaFacts(0, "", dict(counts[None])))
    return PlanFacts(group.id, group.name, tuple(facts))


async def _area(request: Request, words: str) -> int:
    areas = await groups.areas(request.session, request.here().id)
    found = next((each for each in areas if f"#{each.tag}".casefold() == words.casefold()), None)
    if found is None:
        raise NoSuchChoice(command="plan", choices=(*(f"#{each.tag}" for each in areas), ADD))
    return found.id


async def _page(request: Request, area_id: int, wanted: int) -> View:
    session, group_id = request.session, request.here().id
    found = await session.get(Area, area_id) if area_id else None
    total = await activities.count(session, group_id, area_id or None)
    pages = max(1, ceil(total / PAGE))
    number = min(max(wanted, 1), pages)
    rows = await activities.listed(session, group_id, area_id or None, page=number)
    name = found.name if found is not None else ""
    return views.area_page(AreaPage(group_id, area_id, name, number, pages, total, await _rows(request, rows)))


async def _rows(request: Request, rows: list[Activity]) -> tuple[RowFacts, ...]:
    group_id = request.here().id
    standing = await states(request.session, group_id, rows, request.now)
    texts = await activities.texts(request.session, [row.id for row in rows])
    names = await place_names(request.session, group_id)
    return tuple(
        RowFacts(
            id=row.id,
            number=row.number,
            title=row.title,
            titles=texts[row.id],
            state=standing[row.id],
            first_day=row.first_day,
            last_day=row.last_day,
            lead=names.get(row.lead_id, "") if row.lead_id is not None else "",
        )
        for row in rows
    )
