"""Starting a playbook: the event is put together by button, looked at, and begun with all its tasks at once."""

from datetime import date

from handlers import activities as plan
from handlers import task_pickers
from handlers.activity_cards import card_of
from handlers.activity_steps import write as write_activity
from handlers.due_reading import zone_of_asker
from handlers.language import language_of
from handlers.permission import may
from handlers.playbook_facts import preview_facts, summary
from handlers.playbook_library import known
from handlers.playbook_writing import Event, write
from handlers.playbooks import meant
from handlers.refusals import NothingWritten, StaleButton
from handlers.reply import Answer, Edit, Post, Reply, ShowCard, Toast, View, says
from handlers.request import Request
from handlers.rules.activity_changes import ActivityChange
from handlers.rules.month_grid import month as month_of
from handlers.rules.playbooks import Party, Playbook, spoken_in
from handlers.rules.rights import Act
from handlers.task_dates import day_pressed
from handlers.views import playbook_starting as views
from handlers.words import kept
from storage import activities, dialogues, groups, plan_drafts
from storage.kinds import Subject
from storage.tables import PlanDraft, Side

KIND = "start"
HOST, AREA, TITLE = "host", "area", "title"


async def start(request: Request) -> Reply:
    """[Start]: asks for the first day."""
    await may(request, Act.START_PLAYBOOK)
    playbook = await meant(request)
    draft = await plan_drafts.keep(
        request.session,
        group_id=request.here().id,
        person_id=request.person.id,
        kind=KIND,
        content={"key": playbook.key},
        at=request.now,
    )
    return says(Edit(await _next(request, draft)))


async def month(request: Request) -> Reply:
    """The leaves of the calendar."""
    return says(Edit(await _month(request, await _draft(request), day_pressed(request))))


async def day(request: Request) -> Reply:
    """A day was pressed: the first one, or the last one."""
    draft, pressed = await _draft(request), day_pressed(request)
    first = _day(draft, "first")
    if pressed is None or (first is not None and pressed < first):
        raise StaleButton
    await plan_drafts.change(request.session, draft, **{"last" if first else "first": pressed.isoformat()})
    return says(Edit(await _next(request, draft)))


async def again(request: Request) -> Reply:
    """[Other dates]: both days are asked for anew."""
    draft = await _draft(request)
    await plan_drafts.change(request.session, draft, first=None, last=None)
    return says(Edit(await _next(request, draft)))


async def host(request: Request) -> Reply:
    """The side that hosts was pressed; the other one sends."""
    draft, sides = await _draft(request), await groups.sides(request.session, request.here().id)
    chosen = next((side for side in sides if side.id == request.args["choice"]), None)
    if chosen is None:
        raise StaleButton
    sends = next((side for side in sides if side.id != chosen.id), chosen)
    await plan_drafts.change(request.session, draft, host=chosen.id, send=sends.id)
    return says(Edit(await _next(request, draft)))


async def area(request: Request) -> Reply:
    """An area was pressed, or none (0)."""
    draft, found = await _draft(request), await groups.areas(request.session, request.here().id)
    if request.args["choice"] and request.args["choice"] not in {each.id for each in found}:
        raise StaleButton
    await plan_drafts.change(request.session, draft, area=request.args["choice"])
    return says(Edit(await _next(request, draft)))


async def usual(request: Request) -> Reply:
    """[As the playbook is called]: the title in every language there is."""
    draft = await _draft(request)
    await plan_drafts.change(request.session, draft, title="")
    return says(Edit(await _next(request, draft)))


async def ask_title(request: Request) -> Reply:
    """[Another title]: asks for it."""
    draft, key = await _draft(request), f"ask:{request.heard.update_id}"
    await dialogues.ask(
        request.session,
        person_id=request.person.id,
        chat_id=request.heard.chat_id,
        thread_id=request.heard.thread_id,
        kind="playbook.title",
        args={"draft": draft.id, "group": draft.group_id},
        group_id=draft.group_id,
        prompt_key=key,
        at=request.now,
    )
    return says(Answer(views.ask_title, key=key))


async def title(request: Request) -> Reply:
    """The title was typed: the whole event is shown below."""
    draft = await _draft(request)
    words = kept(request.words, plan.TITLE_LIMIT, NothingWritten(command=""))
    await plan_drafts.change(request.session, draft, title=words)
    return says(Answer(await _next(request, draft)))


async def drop(request: Request) -> Reply:
    """[Leave it]: nothing was begun."""
    await plan_drafts.forget(request.session, await _draft(request))
    return says(Edit(views.left))


async def begin(request: Request) -> Reply:
    """[Begin]: the activity with all its tasks, in one transaction. A second press shows what there is."""
    await may(request, Act.START_PLAYBOOK)
    draft = await _draft(request)
    begun = draft.content.get("activity")
    if begun is not None:
        row = await activities.get(request.session, begun)
        return says(Toast(views.begun_already)) if row is None else says(Edit(await summary(request, row)))
    playbook = await _playbook(request, draft)
    event = await _event(request, draft, playbook)
    row = await write(request, playbook, event)
    await write_activity(request, row, ActivityChange.STARTED, playbook=playbook.key, number=row.number)
    await plan_drafts.change(request.session, draft, activity=row.id)
    card = await card_of(request.session, row, request.now)
    told = Post(row.group_id, await summary(request, row, buttons=False)) if request.heard.private else None
    shown = (Edit(await summary(request, row)), ShowCard(Subject.ACTIVITY, row.id, card))
    return says(*shown) if told is None else says(*shown, told)


async def _draft(request: Request) -> PlanDraft:
    await may(request, Act.START_PLAYBOOK)
    draft = await plan_drafts.get(request.session, int(request.args["draft"]), kind=KIND, group_id=request.here().id)
    if draft is None:
        raise StaleButton
    return draft


def _day(draft: PlanDraft, name: str) -> date | None:
    written = draft.content.get(name)
    return date.fromisoformat(written) if written else None


async def _playbook(request: Request, draft: PlanDraft) -> Playbook:
    found = (await known(request.session, request.here().id)).get(str(draft.content["key"]))
    if found is None:
        raise StaleButton
    return found


async def _next(request: Request, draft: PlanDraft) -> View:
    """What is still to be said, or the whole event to be looked at."""
    playbook, said = await _playbook(request, draft), draft.content
    args = {"group": draft.group_id, "draft": draft.id}
    if not said.get("first") or not said.get("last"):
        return await _month(request, draft, None)
    if HOST not in said:
        sides = await groups.sides(request.session, draft.group_id)
        return views.host(playbook, [(side.id, side.name) for side in sides], args)
    if AREA not in said:
        found = await groups.areas(request.session, draft.group_id)
        return views.area(playbook, [(each.id, each.name) for each in found], args)
    if said.get(TITLE) is None:
        return views.title(playbook, args)
    return views.preview(await preview_facts(request, playbook, await _event(request, draft, playbook), args))


async def _month(request: Request, draft: PlanDraft, asked: date | None) -> View:
    today = request.now.astimezone(await zone_of_asker(request)).date()
    sides = await task_pickers.sides_at_work(request, draft.group_id)
    first = _day(draft, "first")
    # An event may have begun before anybody thought of its playbook.
    grid = month_of(asked or first or today, today, sides, first_day=first or today.replace(day=1))
    return views.month(await _playbook(request, draft), grid, first, {"group": draft.group_id, "draft": draft.id})


async def _event(request: Request, draft: PlanDraft, playbook: Playbook) -> Event:
    """What was said of the event; raises StaleButton while something is missing."""
    said, first, last = draft.content, _day(draft, "first"), _day(draft, "last")
    if first is None or last is None or HOST not in said or AREA not in said or said.get(TITLE) is None:
        raise StaleButton
    typed, reads = str(said[TITLE]), await language_of(request.session, request.person, draft.group_id)
    return Event(
        title=typed or spoken_in(playbook.title, reads),
        language=await plan.written_in(request, typed) if typed else _language(playbook, reads),
        titles={} if typed else playbook.title,
        first=first,
        last=last,
        sides={
            Party.HOST: await request.session.get_one(Side, said[HOST]),
            Party.SEND: await request.session.get_one(Side, said["send"]),
        },
        area_id=said[AREA] or None,
    )


def _language(playbook: Playbook, reads: str) -> str:
    return reads if reads in playbook.title else next(iter(playbook.title))
