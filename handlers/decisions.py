"""Proposing decisions, listing them, and showing one with its history."""

from math import ceil

from handlers.decision_cards import card_of, facts, unanswered, waiting
from handlers.decision_settling import note
from handlers.decision_steps import meant, place_in_list, refreshed
from handlers.decision_text_facts import awaited_names, others
from handlers.meeting_records import now_on
from handlers.permission import may
from handlers.refusals import AlreadyReplaced, NoSuchChoice, NoSuchRecord, NothingWritten, NotNow
from handlers.reply import Answer, Edit, Reply, ShowCard, says
from handlers.request import Request
from handlers.rules import text
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.names import decision_name, read_decision_name
from handlers.rules.rights import Act
from handlers.rules.states import OPEN_DECISIONS, replaceable
from handlers.rules.wordings import language_of
from handlers.views import decisions as views
from handlers.words import kept
from storage import decisions, groups
from storage.kinds import DecisionState, Subject
from storage.tables import Decision

__all__ = [
    "card",
    "card_of",
    "facts",
    "listed",
    "named",
    "page",
    "propose",
    "show",
    "shown",
    "supersede",
    "unanswered",
    "waiting",
]

TEXT_LIMIT = 1500
"""UTF-16 units of a decision's text: its card has to stay under Telegram's 4,096, also in two languages."""
NAMED = 20
CHOICES = {
    "open": OPEN_DECISIONS,
    "agreed": frozenset({DecisionState.AGREED}),
    "all": frozenset(DecisionState),
}


async def propose(request: Request) -> Reply:
    """Write down what both sides are asked to agree to: the words of the command, or the message replied to."""
    request.here()
    await may(request, Act.PROPOSE_DECISION)
    decision = await _add(request, _text(request, request.words, "decide"))
    return says(await shown_card(request, decision))


async def write_down(request: Request, command: str) -> Decision:
    """A proposal of the words of a command, for whoever goes on with it."""
    await may(request, Act.PROPOSE_DECISION)
    return await _add(request, _text(request, request.words, command))


async def supersede(request: Request) -> Reply:
    """Propose a text that takes the place of a decision once both sides agree to it."""
    request.here()
    await may(request, Act.SUPERSEDE_DECISION)
    name, *rest = request.words.split(maxsplit=1) or [""]
    if not name:
        raise NothingWritten(command="supersede")
    old = await named(request, name)
    await _may_be_replaced(request, old)
    decision = await _add(request, _text(request, "".join(rest), "supersede"), old)
    return says(await shown_card(request, decision), await refreshed(request, old))


async def listed(request: Request) -> Reply:
    """The first page of the open decisions, or of the agreed ones, or of all."""
    request.here()
    await may(request, Act.SEE)
    choice = request.words.strip().lower() or "open"
    if choice not in CHOICES:
        raise NoSuchChoice(command="decisions", choices=tuple(CHOICES))
    return says(Answer(views.listed(await _page(request, choice, 1))))


async def page(request: Request) -> Reply:
    """Another page, or another list, in the same message."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(views.listed(await _page(request, request.args["choice"], request.args["page"]))))


async def show(request: Request) -> Reply:
    """The living card of the decision named, below the request."""
    request.here()
    await may(request, Act.SEE)
    return says(await shown_card(request, await named(request, decision_name(request.args["number"]))))


async def shown(request: Request) -> Reply:
    """The card in place of the list it was chosen from; a living card where a link was followed."""
    request.here()
    await may(request, Act.SEE)
    decision = await meant(request)
    if request.heard.press is None:
        return says(await shown_card(request, decision))
    back = place_in_list(request) or {"choice": "all", "page": 1}
    return says(Edit(await card_of(request.session, decision, back=back)))


async def card(request: Request) -> Reply:
    """Back from the history to the card."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(await card_of(request.session, await meant(request), back=place_in_list(request))))


async def _add(request: Request, words: str, old: Decision | None = None) -> Decision:
    group = request.here()
    area_id = await _area(request, words)
    decision = await decisions.add(
        request.session,
        group=group,
        text=words,
        language=await _language(request, words),
        search_text=text.searchable(words),
        area_id=area_id,
        by=request.person,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
        supersedes_id=old.id if old else None,
        **vars(await now_on(request)),
    )
    after = {"number": decision.number, "text": words, "area": area_id}
    await note(request, decision, DecisionChange.PROPOSED, None, **after, **({"instead_of": old.id} if old else {}))
    return decision


def _text(request: Request, words: str, command: str) -> str:
    quoted = request.heard.reply_to.text if request.heard.reply_to else ""
    return kept(words or quoted, TEXT_LIMIT, NothingWritten(command=command))


async def _language(request: Request, words: str) -> str:
    """The language of an original as its letters tell it; where they leave a choice, its author's or his side's."""
    person, member = request.person, request.membership
    sides = await groups.sides(request.session, request.here().id)
    own = [side.language for side in sides if member is not None and side.id == member.side_id]
    wishes = [person.chosen_language, person.language, request.heard.sender.language, *own]
    return language_of(words, [*wishes, *(side.language for side in sides)])


async def _area(request: Request, words: str) -> int | None:
    """The first area of the group whose #tag stands in the text."""
    tags = {word.rstrip(".,;:!?)").casefold() for word in words.split() if word.startswith("#")}
    areas = await groups.areas(request.session, request.here().id)
    return next((area.id for area in areas if f"#{area.tag}".casefold() in tags), None)


async def named(request: Request, name: str) -> Decision:
    """The decision of that name in this group; raises NoSuchRecord."""
    number = read_decision_name(name)
    group_id = request.here().id
    found = await decisions.by_number(request.session, group_id, number) if number is not None else None
    if found is None:
        raise NoSuchRecord(name=text.clip(name, NAMED))
    return found


async def _may_be_replaced(request: Request, old: Decision) -> None:
    if not replaceable(old.state):
        raise NotNow(name=decision_name(old.number), state=old.state)
    other = await decisions.open_replacement(request.session, old.id)
    if other is not None:
        raise AlreadyReplaced(name=decision_name(old.number), other=decision_name(other.number))


async def shown_card(request: Request, decision: Decision) -> ShowCard:
    """The living card of a decision, below the request."""
    return ShowCard(Subject.DECISION, decision.id, await card_of(request.session, decision))


async def _page(request: Request, choice: str, wanted: int) -> views.ListFacts:
    group_id, states = request.here().id, CHOICES[choice]
    total = await decisions.count(request.session, group_id, states=states)
    pages = max(1, ceil(total / decisions.PAGE))
    number = min(max(wanted, 1), pages)
    found = await decisions.listed(request.session, group_id, states=states, page=number)
    rows = tuple((row.id, row.number, row.state, row.text) for row in found)
    texts = await others(request.session, [row.id for row in found])
    waits_for = await awaited_names(request.session, group_id, found)
    return views.ListFacts(group_id, choice, number, pages, total, rows, texts, waits_for)
