"""Playbooks: listed, looked at, given out as files, and a group's own ones sent as a file."""

from math import ceil

from handlers import attached
from handlers.permission import can, may
from handlers.playbook_library import known, text_of
from handlers.refusals import PlaybookFaulty, StaleButton, TableUnread
from handlers.reply import Answer, Document, Edit, Reply, View, says
from handlers.request import Request
from handlers.rules.playbooks import ENDING, EXAMPLE, Playbook, key_of, read_playbook
from handlers.rules.rights import Act
from handlers.views import playbooks as views
from handlers.views.playbooks import PlaybookFacts
from storage import dialogues, journal, plan_drafts
from storage import playbooks as store
from storage.kinds import Subject
from storage.tables import PlanDraft

PAGE = 6
KIND = "file"


async def show(request: Request) -> Reply:
    """`/playbook`: those there are; with a file, or as a reply to one, it is a new one of the group."""
    request.here()
    await may(request, Act.SEE)
    if attached.has_file(request):
        return await _read(request)
    return says(Answer(await _list(request, 1)))


async def page(request: Request) -> Reply:
    """The list, or another page of it, in the same message."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(await _list(request, request.args.get("page", 1))))


async def shown(request: Request) -> Reply:
    """One playbook with its steps."""
    request.here()
    await may(request, Act.SEE)
    playbook = await meant(request)
    facts = PlaybookFacts(request.here().id, playbook, await can(request, Act.START_PLAYBOOK))
    return says(Edit(views.one(facts, request.args.get("page", 1))))


async def file(request: Request) -> Reply:
    """[Get the file]: to be changed and sent back."""
    request.here()
    await may(request, Act.SEE)
    playbook = await meant(request)
    content = "\ufeff" + await text_of(request.session, request.here().id, playbook.key)
    return says(Document(playbook.key + ENDING, content, views.given_out))


async def add(request: Request) -> Reply:
    """[Send one]: asks for the file."""
    group_id, key = request.here().id, f"ask:{request.heard.update_id}"
    await may(request, Act.ADD_PLAYBOOK)
    await dialogues.ask(
        request.session,
        person_id=request.person.id,
        chat_id=request.heard.chat_id,
        thread_id=request.heard.thread_id,
        kind="playbook.sent",
        args={"group": group_id},
        group_id=group_id,
        prompt_key=key,
        at=request.now,
    )
    return says(Answer(views.ask_file(EXAMPLE), key=key))


async def sent(request: Request) -> Reply:
    """The file came. Raises TableUnread, PlaybookFaulty."""
    return await _read(request)


async def keep(request: Request) -> Reply:
    """[Keep it]: the group has it from now on; a second press changes nothing."""
    await may(request, Act.ADD_PLAYBOOK)
    draft = await _draft(request)
    key, content = str(draft.content["key"]), str(draft.content["text"])
    row = await store.put(
        request.session, group_id=request.here().id, key=key, content=content, by=request.person.id, at=request.now
    )
    await journal.append(
        request.session,
        request.cause,
        subject=Subject.GROUP,
        subject_id=request.here().id,
        group_id=request.here().id,
        change="playbook kept",
        after={"key": key, "version": row.version, "content": content},
    )
    await plan_drafts.forget(request.session, draft)
    return says(Edit(views.kept({"group": request.here().id, "key": key})))


async def drop(request: Request) -> Reply:
    """[Leave it]: what was sent is not wanted."""
    await may(request, Act.ADD_PLAYBOOK)
    await plan_drafts.forget(request.session, await _draft(request))
    return says(Edit(views.left))


async def meant(request: Request) -> Playbook:
    """The playbook of the button; raises StaleButton."""
    found = (await known(request.session, request.here().id)).get(str(request.args.get("key", "")))
    if found is None:
        raise StaleButton
    return found


async def _read(request: Request) -> Reply:
    await may(request, Act.ADD_PLAYBOOK)
    text, name = attached.table(request)
    if not text.strip():
        raise TableUnread(example=EXAMPLE)
    playbook, faults = read_playbook(key_of(name), text)
    if playbook is None:
        raise PlaybookFaulty(faults=faults)
    group_id = request.here().id
    content = {"key": playbook.key, "text": text}
    draft = await plan_drafts.keep(
        request.session, group_id=group_id, person_id=request.person.id, kind=KIND, content=content, at=request.now
    )
    replaces = playbook.key in await known(request.session, group_id)
    return says(Answer(views.preview(playbook, {"group": group_id, "draft": draft.id}, replaces=replaces)))


async def _draft(request: Request) -> PlanDraft:
    draft = await plan_drafts.get(request.session, int(request.args["draft"]), kind=KIND, group_id=request.here().id)
    if draft is None:
        raise StaleButton
    return draft


async def _list(request: Request, wanted: int) -> View:
    found = list((await known(request.session, request.here().id)).values())
    pages = max(1, ceil(len(found) / PAGE))
    number = min(max(wanted, 1), pages)
    shown_here = found[(number - 1) * PAGE : number * PAGE]
    return views.listed(request.here().id, shown_here, number, pages, adds=await can(request, Act.ADD_PLAYBOOK))
