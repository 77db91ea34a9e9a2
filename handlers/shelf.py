"""The shelf of a group: sharing a file or a link, and sending it back. A file never leaves its group."""

from typing import Any

from handlers import journalling
from handlers.attachments import attached
from handlers.heard import Attachment
from handlers.permission import may
from handlers.refusals import NoSuchRecord, NothingToShare, NotNow, StaleButton
from handlers.reply import Answer, Edit, KnownFile, PostCard, RefreshCard, Reply, ShowCard, Toast, View, says
from handlers.request import Request
from handlers.rules import text
from handlers.rules.names import file_name
from handlers.rules.rights import Act
from handlers.rules.shelf import FileChange, without_links
from handlers.rules.task_words import Signs, read_task
from handlers.shelf_cards import card_of, facts
from handlers.views import shelf as views
from handlers.words import kept
from storage import groups, shelf
from storage.kinds import Subject
from storage.shelf import FileDraft
from storage.tables import Area, ShelfFile

PIECES = 10
"""How many files and links one message can share."""
WORDS_LIMIT = 300
"""UTF-16 units of the words below a file: they fit into a caption in two languages."""
PLACE = ("of", "words", "page")


async def share(request: Request) -> Reply:
    """`/share [WORDS] [#area]` below a file, as a reply to one, or with a link. Raises NothingToShare."""
    group = request.here()
    await may(request, Act.SHARE_FILE)
    found = attached(request)[:PIECES]
    if not found:
        raise NothingToShare
    areas = {area.tag.casefold(): area.id for area in await groups.areas(request.session, group.id)}
    read = read_task(request.words, Signs(()), areas)
    said = without_links(read.text, [each.link for each in found if each.link])
    words = "" if text.visibly_empty(said) else kept(said, WORDS_LIMIT, NothingToShare())
    area_id = areas[read.tag] if read.tag else None
    rows = [await _put(request, each, line, words, area_id) for line, each in enumerate(found)]
    if len(rows) > 1:
        return says(Answer(views.shared([file_name(row.number) for row in rows])))
    view = await card_of(request.session, rows[0])
    shown = [PostCard(Subject.FILE, rows[0].id, view, group.id)] if request.heard.private else []
    return says(ShowCard(Subject.FILE, rows[0].id, view), *shown)


async def send(request: Request) -> Reply:
    """`/f6` and [Send the file]: the file itself, to whoever asks; a link is written out."""
    request.here()
    await may(request, Act.SEE)
    row = await (_numbered(request) if "number" in request.args else meant(request))
    _on_the_shelf(row)
    known = await facts(request.session, row)
    if row.link:
        return says(ShowCard(Subject.FILE, row.id, await card_of(request.session, row)))
    lost = views.lost(file_name(row.number))
    return says(KnownFile(row.kind, row.file_id, views.caption(known), lost))


async def shown(request: Request) -> Reply:
    """The card in place of the list it was chosen from; a living card where it was opened from somewhere else."""
    request.here()
    await may(request, Act.SEE)
    row, back = await meant(request), place_in_list(request)
    if request.heard.press is not None and back is not None:
        return says(Edit(await card_of(request.session, row, back=back)))
    return says(ShowCard(Subject.FILE, row.id, await card_of(request.session, row)))


async def card(request: Request) -> Reply:
    """Back from the areas to the card."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(await card_of(request.session, await meant(request), back=place_in_list(request))))


async def area(request: Request) -> Reply:
    """[Area]: the areas of the group, and the one that was chosen (0 for none)."""
    row = await _shapeable(request)
    if "area" not in request.args:
        choices = tuple((each.id, each.name) for each in await groups.areas(request.session, row.group_id))
        return says(Edit(views.areas(await facts(request.session, row, back=place_in_list(request)), choices)))
    chosen = await request.session.get(Area, request.args["area"])
    if request.args["area"] and (chosen is None or chosen.group_id != row.group_id):
        raise StaleButton
    before, row.area_id = row.area_id, chosen.id if chosen is not None else None
    if before != row.area_id:
        await _note(request, row, FileChange.AREA, {"area": before}, area=row.area_id)
    said = views.in_area(file_name(row.number), chosen.name if chosen is not None else "")
    return says(Toast(said), await _refreshed(request, row), Edit(await _here(request, row)))


async def take_off(request: Request) -> Reply:
    """[Take off the shelf]: it is neither listed nor found nor sent from here on; nothing is deleted."""
    row = await _shapeable(request)
    row.taken_off_at = request.now
    await _note(request, row, FileChange.TAKEN_OFF)
    said = views.taken_off(file_name(row.number))
    return says(Toast(said), await _refreshed(request, row), Edit(await _here(request, row)))


async def meant(request: Request) -> ShelfFile:
    """The file a press is about; raises StaleButton outside its group."""
    found = await shelf.get(request.session, request.args["id"])
    if found is None or found.group_id != request.here().id:
        raise StaleButton
    return found


def place_in_list(request: Request) -> dict[str, Any] | None:
    """The page of the list from which the pressed card was opened; None for a living card."""
    back = {name: request.args[name] for name in PLACE if name in request.args}
    return back or None


async def _numbered(request: Request) -> ShelfFile:
    number = request.args["number"]
    found = await shelf.by_number(request.session, request.here().id, number)
    if found is None:
        raise NoSuchRecord(name=file_name(number))
    return found


def _on_the_shelf(row: ShelfFile) -> None:
    if row.taken_off_at is not None:
        raise NotNow(name=file_name(row.number), state="taken_off")


async def _shapeable(request: Request) -> ShelfFile:
    row = await meant(request)
    await may(request, Act.SHAPE_FILE, side_id=row.side_id, owners={row.shared_by})
    _on_the_shelf(row)
    return row


async def _put(request: Request, found: Attachment, line: int, words: str, area_id: int | None) -> ShelfFile:
    draft = FileDraft(
        kind=found.kind,
        file_id=found.file_id,
        link=found.link,
        name=found.name,
        words=words,
        search_text=text.searchable(found.name, words, found.link),
        line=line,
        area_id=area_id,
        side_id=request.mine().side_id,
        shared_by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
    )
    row = await shelf.add(request.session, group=request.here(), draft=draft)
    await _note(request, row, FileChange.SHARED, number=row.number, kind=row.kind, area=area_id)
    return row


async def _note(
    request: Request, row: ShelfFile, change: FileChange, before: dict[str, Any] | None = None, **after: Any
) -> None:
    request.session.add(row)
    said = {"as": request.mine().role, **after}
    await journalling.write(request, Subject.FILE, row.id, change, before=before, after=said)


async def _refreshed(request: Request, row: ShelfFile) -> RefreshCard:
    await request.session.flush()
    return RefreshCard(Subject.FILE, row.id, await card_of(request.session, row))


async def _here(request: Request, row: ShelfFile) -> View:
    return await card_of(request.session, row, back=place_in_list(request))
