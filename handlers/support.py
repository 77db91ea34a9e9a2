"""Asking the supporting project for something, listing what was asked, and showing one request."""

from datetime import date
from math import ceil

from handlers.decision_steps import place_in_list
from handlers.due_reading import known_to, languages_of, read_due
from handlers.permission import may
from handlers.refusals import DateUnread, NothingWritten
from handlers.reply import Answer, Edit, Effect, PostCard, Reply, ShowCard, View, says
from handlers.request import Request
from handlers.rules import text
from handlers.rules.dates import split_due
from handlers.rules.names import support_name
from handlers.rules.rights import Act
from handlers.rules.support import SupportChange
from handlers.support_cards import card_of, facts
from handlers.support_steps import args_of, meant, note, numbered, to_coordinators
from handlers.views import support as views
from handlers.views import support_questions
from handlers.views.support import ListFacts
from handlers.words import kept
from storage import support
from storage.kinds import Subject, SupportState
from storage.support import SupportDraft
from storage.tables import SupportRequest

TEXT_LIMIT = 800
"""UTF-16 units of a request: its card has to stay under Telegram's 4,096, also in two languages."""
CHOICES = {"open": support.OPEN, "all": tuple(SupportState)}


async def ask(request: Request) -> Reply:
    """`/support TEXT [by DATE]`: writes the request down and tells the coordinators; without words, the open ones."""
    request.here()
    quoted = request.heard.reply_to
    words = request.words or (quoted.text if quoted else "")
    if words.casefold() in ("", *CHOICES):
        return await _listed(request, words.casefold() or "open")
    await may(request, Act.REQUEST_SUPPORT)
    row = await _add(request, words)
    name, args = support_name(row.number), args_of(row)
    asked = Answer(support_questions.which_kind(name, args))
    return says(*await _shown_to_all(request, row), asked, *await to_coordinators(request, row))


async def page(request: Request) -> Reply:
    """Another page, or the other list, in the same message."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(await _page(request, request.args["choice"], request.args["page"])))


async def show(request: Request) -> Reply:
    """The living card of the request named, below the command."""
    request.here()
    await may(request, Act.SEE)
    return says(await _card(request, await numbered(request, request.args["number"])))


async def shown(request: Request) -> Reply:
    """The card in place of the list it was chosen from; a living card where it was opened from somewhere else."""
    request.here()
    await may(request, Act.SEE)
    row, back = await meant(request), place_in_list(request)
    if request.heard.press is not None and back is not None:
        return says(Edit(await card_of(request.session, row, back=back)))
    return says(await _card(request, row))


async def card(request: Request) -> Reply:
    """Back from the history to the card."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(await card_of(request.session, await meant(request), back=place_in_list(request))))


async def _card(request: Request, row: SupportRequest) -> ShowCard:
    return ShowCard(Subject.SUPPORT, row.id, await card_of(request.session, row))


async def _shown_to_all(request: Request, row: SupportRequest) -> list[Effect]:
    """The card here; what was asked in private, the group sees too."""
    effects: list[Effect] = [await _card(request, row)]
    if request.heard.private:
        effects.append(PostCard(Subject.SUPPORT, row.id, await card_of(request.session, row), row.group_id))
    return effects


async def _add(request: Request, words: str) -> SupportRequest:
    line, phrase = split_due(words, await languages_of(request), await known_to(request))
    needed_by = await _read_date(request, phrase)
    asked = kept(line, TEXT_LIMIT, NothingWritten(command="support"))
    if needed_by is None:
        asked = kept(words, TEXT_LIMIT, NothingWritten(command="support"))
    draft = SupportDraft(
        text=asked,
        language=request.person.language or request.heard.sender.language or "en",
        search_text=text.searchable(asked),
        asked_by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
        side_id=request.mine().side_id,
    )
    row = await support.add(request.session, group=request.here(), draft=draft)
    row.needed_by = needed_by
    await note(request, row, SupportChange.ASKED, number=row.number, text=row.text, needed_by=row.needed_by)
    return row


async def _read_date(request: Request, phrase: str | None) -> date | None:
    """A date that cannot be read, or is in doubt, stops nothing: it stays in the text and is asked for by buttons."""
    if phrase is None:
        return None
    try:
        read = await read_due(request, phrase)
    except DateUnread:
        return None
    return None if read.asks else read.due.day


async def _listed(request: Request, choice: str) -> Reply:
    await may(request, Act.SEE)
    return says(Answer(await _page(request, choice, 1)))


async def _page(request: Request, choice: str, wanted: int) -> View:
    session, group_id, states = request.session, request.here().id, CHOICES[choice]
    total = await support.count(session, group_id, states=states)
    pages = max(1, ceil(total / support.PAGE))
    number = min(max(wanted, 1), pages)
    found = await support.listed(session, group_id, states=states, page=number)
    rows = tuple([await facts(session, row) for row in found])
    return views.listed(ListFacts(group_id, choice, number, pages, total, rows))
