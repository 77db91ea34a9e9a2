"""A country's calendar as a file: sent by a coordinator, shown with what it would change, then put in force."""

from handlers import calendar_changes
from handlers.calendar_facts import meant_country
from handlers.permission import may
from handlers.refusals import FileUnread, SheetFaulty, StaleButton
from handlers.reply import Answer, Edit, Reply, says
from handlers.request import Request
from handlers.rules.calendar_csv import EXAMPLE, Sheet, read_sheet
from handlers.rules.rights import Act
from handlers.views import calendar_import as views
from storage import calendar_drafts, dialogues
from storage.tables import CalendarDraft

SOURCE = "file"


async def ask(request: Request) -> Reply:
    """Asks for the file, or for its lines as text."""
    await may(request, Act.CHANGE_CALENDAR)
    country, key = await meant_country(request), f"ask:{request.heard.update_id}"
    await dialogues.ask(
        request.session,
        person_id=request.person.id,
        chat_id=request.heard.chat_id,
        thread_id=request.heard.thread_id,
        kind="calendar.file",
        args={"group": request.here().id, "country": country},
        group_id=request.here().id,
        prompt_key=key,
        at=request.now,
    )
    return says(Answer(views.ask(country, EXAMPLE), key=key))


async def sent(request: Request) -> Reply:
    """The file came: what it would change, to be confirmed. Raises FileUnread, SheetFaulty."""
    await may(request, Act.CHANGE_CALENDAR)
    country = await meant_country(request)
    text = next((each.content for each in request.attachments if each.content), "") or request.words
    changes = await calendar_changes.compared(request.session, _sheet(text, country).entries)
    if not changes:
        return says(Answer(views.nothing_new(country, changes.same)))
    draft = await calendar_drafts.keep(
        request.session, group_id=request.here().id, person_id=request.person.id, text=text, at=request.now
    )
    args = {"group": request.here().id, "country": country, "draft": draft.id}
    return says(Answer(views.preview(country, changes, args)))


def _sheet(text: str, country: str) -> Sheet:
    """What a file says of one country. Raises FileUnread, SheetFaulty."""
    if not text.strip():
        raise FileUnread(example=EXAMPLE)
    sheet = read_sheet(text, {country})
    if sheet.faults:
        raise SheetFaulty(faults=sheet.faults)
    return sheet


async def write(request: Request) -> Reply:
    """What was shown is put in force, as it is by now."""
    await may(request, Act.CHANGE_CALENDAR)
    country, draft = await meant_country(request), await _draft(request)
    changes = await calendar_changes.compared(request.session, _sheet(draft.text, country).entries)
    await calendar_changes.write(request.session, request.cause, changes, source=SOURCE, group_id=request.here().id)
    await calendar_drafts.forget(request.session, draft)
    year = changes.all[0].day.year if changes else request.now.year
    return says(Edit(views.done(len(changes.all), {"group": request.here().id, "country": country, "year": year})))


async def drop(request: Request) -> Reply:
    """What was shown is not wanted."""
    await may(request, Act.CHANGE_CALENDAR)
    await calendar_drafts.forget(request.session, await _draft(request))
    return says(Edit(views.dropped))


async def _draft(request: Request) -> CalendarDraft:
    draft = await calendar_drafts.get(request.session, int(request.args["draft"]))
    if draft is None or draft.group_id != request.here().id:
        raise StaleButton
    return draft
