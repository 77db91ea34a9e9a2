"""A group's own words for terms of the glossary: read by everybody, changed by whoever may change the mechanism."""

from handlers.permission import can, may
from handlers.refusals import StaleButton, TermUnread
from handlers.reply import Answer, Edit, Effect, Post, Private, Reply, View, says
from handlers.request import Request
from handlers.rules import terms as rules
from handlers.rules.rights import Act, Grant
from handlers.rules.terms import UnreadableTerm
from handlers.views import terms as views
from handlers.views.terms import TermFacts
from storage import journal, people, terms
from storage.kinds import Subject


async def term(request: Request) -> Reply:
    """/term [TERM = WORD]: the group's own words, or a new one. Raises TermUnread."""
    await may(request, Act.READ_MECHANISM)
    if not request.words:
        return says(Answer(await _list(request)))
    grant = await may(request, Act.CHANGE_MECHANISM)
    try:
        wanted = TermFacts(*rules.read(request.words))
    except UnreadableTerm as error:
        raise TermUnread(text=request.words) from error
    if grant is Grant.PROPOSES:
        return await _propose(request, wanted)
    await _set(request, wanted)
    return says(*await _told(request, wanted, Answer(await _list(request))))


async def listed(request: Request) -> Reply:
    """The list, by a button."""
    await may(request, Act.READ_MECHANISM)
    return says(Edit(await _list(request)))


async def chosen(request: Request) -> Reply:
    """The coordinator takes a focal point's proposal. Raises StaleButton."""
    if await may(request, Act.CHANGE_MECHANISM) is not Grant.FULL:
        raise StaleButton
    wanted = TermFacts(*(str(request.args.get(name, "")) for name in ("language", "term", "instead")))
    await _set(request, wanted)
    return says(*await _told(request, wanted, Edit(await _list(request))))


async def undo(request: Request) -> Reply:
    """A word of the group's own is dropped. Raises StaleButton."""
    if await may(request, Act.CHANGE_MECHANISM) is not Grant.FULL:
        raise StaleButton
    group_id, language, name = request.here().id, str(request.args["language"]), str(request.args["term"])
    row = await terms.get(request.session, group_id, language, name)
    if row is None:
        raise StaleButton
    before = row.instead
    await terms.drop(request.session, row)
    back = TermFacts(language, name, "")
    await _note(request, back, before)
    return says(*await _told(request, back, Edit(await _list(request))))


async def _told(request: Request, words: TermFacts, own: Effect) -> list[Effect]:
    """The asker sees the list; the group hears of it once."""
    if not request.heard.private and isinstance(own, Answer):
        return [Answer(views.changed(words))]
    return [own, Post(request.here().id, views.changed(words))]


async def _propose(request: Request, wanted: TermFacts) -> Reply:
    group = request.here()
    view = views.proposal(group.name, group.id, request.person.name, wanted)
    told = [Private(p.id, view, group_id=group.id) for _, p in await people.coordinators(request.session, group.id)]
    return says(Answer(views.proposed), *told)


async def _set(request: Request, wanted: TermFacts) -> None:
    before = await terms.put(
        request.session,
        group_id=request.here().id,
        language=wanted.language,
        term=wanted.term,
        instead=wanted.instead,
        by=request.person.id,
        at=request.now,
    )
    await _note(request, wanted, before)


async def _note(request: Request, words: TermFacts, before: str) -> None:
    group_id = request.here().id
    named = {"language": words.language, "term": words.term}
    await journal.append(
        request.session,
        request.cause,
        subject=Subject.MECHANISM,
        subject_id=group_id,
        group_id=group_id,
        change="word changed",
        before=named | {"instead": before},
        after=named | {"instead": words.instead},
    )


async def _list(request: Request) -> View:
    group_id = request.here().id
    rows = await terms.of_group(request.session, group_id)
    words = [TermFacts(row.language, row.term, row.instead) for row in rows]
    return views.listed(group_id, words, may_change=await _decides(request))


async def _decides(request: Request) -> bool:
    return await can(request, Act.CHANGE_MECHANISM) and await may(request, Act.CHANGE_MECHANISM) is Grant.FULL
