"""What the project answers to a request for support, and what whoever asked says to a question back.

Each handler answers a button, and the words typed when they were asked for.
"""

from handlers import asking
from handlers.permission import may
from handlers.refusals import NotNow, ReasonNeeded
from handlers.reply import Effect, Private, Reply
from handlers.request import Request
from handlers.rules import text
from handlers.rules.names import support_name
from handlers.rules.rights import Act
from handlers.rules.support import CHANGES, NoSuchStep, SupportStep, after
from handlers.support_steps import acknowledged, args_of, meant, note, to_coordinators
from handlers.views import support_questions as views
from handlers.words import kept
from storage.kinds import SupportState
from storage.tables import SupportRequest

WORDS_LIMIT = 600
"""UTF-16 units of an answer."""
OF_THE_ASKER = frozenset({SupportStep.EXPLAIN, SupportStep.WITHDRAW})


async def grant(request: Request) -> Reply:
    """[Granted]."""
    row = await _allowed(request, SupportStep.GRANT)
    return await _answered(request, row, SupportStep.GRANT, "")


async def partly(request: Request) -> Reply:
    """[In part] asks which part."""
    row = await _allowed(request, SupportStep.PARTLY)
    if not _words(request):
        view = views.ask_words(support_name(row.number), SupportStep.PARTLY)
        return await asking.ask(request, kind="support.partly", view=view, args=args_of(row))
    return await _answered(request, row, SupportStep.PARTLY, _words(request))


async def decline(request: Request) -> Reply:
    """[Not possible] asks for the reason."""
    row = await _allowed(request, SupportStep.DECLINE)
    if not _words(request):
        view = views.ask_words(support_name(row.number), SupportStep.DECLINE)
        return await asking.ask(request, kind="support.decline", view=view, args=args_of(row))
    return await _answered(request, row, SupportStep.DECLINE, _words(request))


async def ask_back(request: Request) -> Reply:
    """[Ask back] asks for the question."""
    row = await _allowed(request, SupportStep.ASK_BACK)
    if not _words(request):
        view = views.ask_words(support_name(row.number), SupportStep.ASK_BACK)
        return await asking.ask(request, kind="support.ask_back", view=view, args=args_of(row))
    return await _answered(request, row, SupportStep.ASK_BACK, _words(request))


async def explain(request: Request) -> Reply:
    """[Answer] asks for the answer to the project's question; with it the request is with the project again."""
    row = await _allowed(request, SupportStep.EXPLAIN)
    words = _words(request)
    if not words:
        view = views.ask_words(support_name(row.number), SupportStep.EXPLAIN)
        return await asking.ask(request, kind="support.explain", view=view, args=args_of(row))
    row.explanation = words
    await _enter(request, row, SupportStep.EXPLAIN, words)
    said = views.moved(support_name(row.number), row.state)
    return await acknowledged(request, row, said, *await to_coordinators(request, row))


async def withdraw(request: Request) -> Reply:
    """[Withdraw]: whoever asked, or his side, no longer needs it."""
    row = await _allowed(request, SupportStep.WITHDRAW)
    await _enter(request, row, SupportStep.WITHDRAW, "")
    return await acknowledged(request, row, views.moved(support_name(row.number), row.state))


async def _allowed(request: Request, step: SupportStep) -> SupportRequest:
    """The request, if the asker may do this and its state allows it; raises NotYours, NotNow."""
    row = await meant(request)
    act = Act.SHAPE_SUPPORT if step in OF_THE_ASKER else Act.ANSWER_SUPPORT
    await may(request, act, side_id=row.side_id, owners={row.asked_by})
    try:
        after(row.state, step)
    except NoSuchStep as refused:
        raise NotNow(name=support_name(row.number), state=row.state) from refused
    return row


def _words(request: Request) -> str:
    """What was typed; "" for a press."""
    if text.visibly_empty(request.words):
        return ""
    return kept(request.words, WORDS_LIMIT, ReasonNeeded(command="support"))


async def _answered(request: Request, row: SupportRequest, step: SupportStep, words: str) -> Reply:
    row.reply = words
    await _enter(request, row, step, words)
    name = support_name(row.number)
    return await acknowledged(request, row, views.moved(name, row.state), *_told(request, row))


async def _enter(request: Request, row: SupportRequest, step: SupportStep, words: str) -> None:
    before, row.state = row.state, after(row.state, step)
    row.state_since = request.now
    if row.state is SupportState.QUESTION:
        row.explanation = ""
    await note(request, row, CHANGES[step], {"state": before}, note=words)


def _told(request: Request, row: SupportRequest) -> tuple[Effect, ...]:
    """Whoever asked hears what the project says, unless he says it himself."""
    if row.asked_by == request.person.id:
        return ()
    name, args = support_name(row.number), args_of(row)
    view = views.note(name, row.text, request.here().name, row.state, row.reply, args)
    otherwise = views.note_in_group(name, row.state, args)
    return (Private(row.asked_by, view, group_id=row.group_id, otherwise=otherwise),)
